"""Without a language model a wish is followed where something that we know allows it, and else said to be unmet."""

import pytest

from pipeline.classify import Band
from pipeline.compose import compose
from pipeline.draft import Draft, Grade
from pipeline.mask import mask_text
from pipeline.passage import Passage
from pipeline.wish import CUT_SHORT, UNMET, Wish, shortened, wish_of
from tests.pipeline.drafting import POLICY, TEAM, classified, passage

TICKET = mask_text("Where is my invoice?")
STEPS = "Open Settings > Billing.\nChoose Invoices.\nTick the ones you need.\nPress Download."
ANSWER = passage(STEPS)
MORE = passage("Older invoices are in the archive. A refund is made to the same card.", 0.7, id="r2")
GOODWILL = {"name": "Goodwill refund", "text": {"en": "Hello {customer}, we refund your last payment.", "de": "x"}}
WITH_MACRO = TEAM.model_validate(TEAM.model_dump() | {"macros": [GOODWILL]})


def drafted(instruction: str, *passages: Passage, team: object = TEAM, language: str = "en") -> Draft:
    return compose(TICKET, classified(), passages, POLICY, team, language, instruction)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("instruction", "wish"),
    [
        ("shorter", Wish(shorter=True)),
        ("Bitte kürzer und förmlicher", Wish(shorter=True, formal=True)),
        ("plus court", Wish(shorter=True)),
        ("friendlier, offer a refund", Wish(friendly=True, matter=("refund",))),
        ("more detail", Wish(detail=True)),
        ("ofrece un reembolso", Wish(matter=("reembolso",))),
    ],
)
def test_a_wish_is_read_in_the_languages_of_the_house(instruction: str, wish: Wish) -> None:
    assert wish_of(instruction) == wish


def test_shorter_keeps_the_first_steps_whole_and_says_that_there_is_more() -> None:
    draft = drafted("shorter", ANSWER)
    assert "Open Settings > Billing.\nChoose Invoices.\n" in draft.text
    assert "Press Download" not in draft.text
    assert (draft.grade, draft.tags) == (Grade.SUGGESTION, (CUT_SHORT,))


def test_what_is_one_sentence_cannot_be_shortened() -> None:
    assert drafted("shorter", passage("Open Billing.")).tags == (UNMET,)
    assert shortened("Open Billing.") == "Open Billing."


def test_more_detail_takes_a_second_answer_and_cites_it() -> None:
    draft = drafted("more detail", ANSWER, MORE)
    assert "Older invoices are in the archive." in draft.text
    assert [citation.number for citation in draft.citations] == [1, 2]
    assert "other question" not in draft.text
    assert drafted("more detail", ANSWER).tags == (UNMET,)


def test_a_matter_is_taken_from_a_macro_or_from_an_answer_that_says_it() -> None:
    by_macro = drafted("offer a refund", ANSWER, team=WITH_MACRO)
    assert "\n\nWe refund your last payment.\n\n" in by_macro.text
    assert by_macro.citations[1].resolution == "macro:care:Goodwill refund"
    assert by_macro.grade is Grade.SUGGESTION
    assert "A refund is made to the same card." in drafted("offer a refund", ANSWER, MORE).text


def test_what_nothing_says_is_unmet_and_the_draft_stays() -> None:
    draft = drafted("offer a free month", ANSWER, MORE, team=WITH_MACRO)
    assert draft.tags == (UNMET,)
    assert draft.text == drafted("", ANSWER, MORE).text


@pytest.mark.parametrize("language", ["en", "de", "fr", "es", "pt", "it", "nl"])
def test_a_tone_changes_the_first_and_last_words_in_every_language(language: str) -> None:
    texts = {drafted(wish, ANSWER, language=language).text for wish in ("", "more formal", "friendlier")}
    assert len(texts) == 3
    assert drafted("more formal", ANSWER, language=language).tags in ((), ("language_mismatch",))


def test_a_macro_is_no_answer_by_itself() -> None:
    assert drafted("", team=WITH_MACRO).grade is Grade.NEEDS_PERSON


def test_a_question_back_can_change_its_tone_and_nothing_else() -> None:
    vague = mask_text("Nothing works!")
    for wish, tags in (("friendlier", ()), ("shorter", (UNMET,))):
        draft = compose(vague, classified(band=Band.LOW), (ANSWER,), POLICY, TEAM, "en", wish)
        assert (draft.grade, draft.tags) == (Grade.QUESTION, tags)
