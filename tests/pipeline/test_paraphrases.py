"""Few false alarms and no false facts, on paraphrase that the rules were not written to."""

import json
import re
from functools import cache
from importlib.resources import files

import pytest

from bot.policy_file import default_policy
from pipeline.ground import Said, Ticket, ungrounded
from pipeline.mask import mask_text
from pipeline.passage import Passage, Resolution
from pipeline.policy import Policy
from pipeline.sources import sources
from tests.pipeline.paraphrases import INVENTED, PARAPHRASES, POLITE


@cache
def shipped() -> Policy:
    return default_policy()


@cache
def history() -> dict[str, Resolution]:
    lines = files("bot.playground").joinpath("data/history.jsonl").read_text(encoding="utf-8").splitlines()
    known = Resolution.model_fields
    rows = [{key: value for key, value in json.loads(line).items() if key in known} for line in lines]
    return {row["id"]: Resolution.model_validate(row) for row in rows}


def failures(source: str, asked: str, text: str, language: str = "en") -> tuple[str, ...]:
    masked, policy = mask_text(asked), shipped()
    found = [Passage(resolution=history()[source], score=0.9)] if source else []
    return ungrounded([Said(text, sources(found, masked, policy))], Ticket(masked, policy, language))


@pytest.mark.parametrize(("source", "asked", "text"), PARAPHRASES)
def test_a_paraphrase_passes_and_no_number_of_it_may_change(source: str, asked: str, text: str) -> None:
    assert failures(source, asked, text) == ()
    for number in re.finditer(r"\d+", text):
        assert failures(source, asked, f"{text[: number.start()]}{int(number[0]) + 7}{text[number.end() :]}")


@pytest.mark.parametrize(("language", "asked", "text"), POLITE)
def test_courtesy_needs_no_source(language: str, asked: str, text: str) -> None:
    assert failures("", asked, text, language) == ()


@pytest.mark.parametrize("invented", INVENTED)
def test_what_is_invented_beside_an_honest_answer_is_found(invented: str) -> None:
    for source, asked, text in PARAPHRASES:
        assert failures(source, asked, f"{text} {invented}"), source


def test_every_answer_of_the_history_carries_itself() -> None:
    for resolution in history().values():
        (own,) = sources([Passage(resolution=resolution, score=0.9)], mask_text(resolution.question), shipped())
        ticket = Ticket(mask_text(resolution.question), shipped(), resolution.language)
        assert ungrounded([Said(own.resolution.answer, (own,))], ticket) == (), resolution.id
