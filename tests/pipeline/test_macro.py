"""A macro is filled with names and numbers, and with nothing that could be more than that."""

import pytest

from pipeline.macro import Filling, Macro, filled
from pipeline.macros import macro_passages
from pipeline.policy import Team
from pipeline.wording import in_language
from tests.pipeline.drafting import POLICY

TEXT = "Hello {customer}, I am {agent}. Your ticket is {ticket}."


def test_its_places_are_filled() -> None:
    filling = Filling(customer="Anna Schmidt", agent="Ana", ticket="4711")
    assert filling.fill(TEXT) == "Hello Anna Schmidt, I am Ana. Your ticket is 4711."


@pytest.mark.parametrize(
    "name", ["", "<!channel>", "https://evil.example", "Anna\nBcc: x", "{agent}", "a" * 200, "[x](http://e.example)"]
)
def test_what_is_no_name_is_left_out(name: str) -> None:
    assert Filling(customer=name, agent="Ana", ticket="1").fill(TEXT) == "Hello, I am Ana. Your ticket is 1."


def test_a_text_comes_in_the_language_asked_for_then_in_english_then_in_any() -> None:
    assert in_language({"de": "Hallo", "en": "Hello"}, "de-AT") == "Hallo"
    assert in_language({"de": "Hallo", "en": "Hello"}, "fr") == "Hello"
    assert in_language({"de": "Hallo"}, "fr") == "Hallo"
    assert in_language({}, "fr") == ""
    assert filled(Macro.model_validate({"name": "m", "text": "Hi"}), "fr", Filling()) == "Hi"


def test_only_macros_that_need_nobody_in_particular_are_sources() -> None:
    macros = [{"name": "a", "text": "Hi {customer}."}, {"name": "b", "text": "I am {agent}."}]
    team = Team.model_validate({"name": "care", "channel": "care", "macros": macros})
    (only,) = macro_passages(team, POLICY, "en")
    assert (only.resolution.title, only.resolution.answer) == ("a", "Hi.")
    assert only.score == POLICY.thresholds.suggestion
