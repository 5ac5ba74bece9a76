"""A composed reply is grounded, honest about its evidence, and always fit to be sent."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.check_draft import problems
from pipeline.classify import Band, Sentiment, Urgency
from pipeline.compose import compose
from pipeline.draft import LONGEST, Draft, Grade
from pipeline.mask import Masked, mask, mask_text
from pipeline.normalise import Plain
from pipeline.passage import Passage
from pipeline.phrases import phrases, speaks
from pipeline.piece import MISMATCH, SHORTENED
from pipeline.ticket import Customer
from tests.pipeline.drafting import POLICY, TEAM, classified, passage

TICKET = mask(Plain(subject="", text="Where is it? Yours, Anna Schmidt"), Customer(name="Anna Schmidt"))


def composed(*passages: Passage, masked: Masked = TICKET, language: str = "en", **more: object) -> Draft:
    return compose(masked, classified(**more), passages, POLICY, TEAM, language)


def test_a_good_answer_is_greeted_edited_and_signed() -> None:
    draft = composed(passage("Hi Tom,\n\nInvoices are under Billing.\n\nBest,\nKim"))
    assert draft.text == (
        "Hello [NAME_1],\n\nThank you for your message.\n\nInvoices are under Billing.\n\n"
        "If this does not solve it, simply reply to this message.\n\nKind regards\nYour care team\nhttps://care.example"
    )
    assert (draft.grade, draft.citations[0].number, draft.looked_for) == (Grade.ANSWER, 1, "")
    assert TICKET.restore(draft.text).startswith("Hello Anna Schmidt,")


@pytest.mark.parametrize(("score", "grade"), [(0.61, Grade.ANSWER), (0.5, Grade.SUGGESTION), (0.3, Grade.NEEDS_PERSON)])
def test_the_grade_follows_the_evidence(score: float, grade: Grade) -> None:
    draft = composed(passage("Invoices are under Billing.", score))
    assert draft.grade is grade
    assert bool(draft.citations) is (grade is not Grade.NEEDS_PERSON)
    assert ("under Billing" in draft.text) is (grade is not Grade.NEEDS_PERSON)


def test_weak_evidence_says_what_was_looked_for_and_promises_nothing() -> None:
    draft = composed(passage("Secret steps", 0.2), band=Band.LOW, urgency=Urgency.P1)
    said = phrases("en")
    assert said.received in draft.text
    assert said.urgent in draft.text
    assert said.question in draft.text
    assert draft.looked_for == "Wants an invoice. (nearest: Invoices, 0.20)"
    assert composed().looked_for == "Wants an invoice. (nothing alike was answered before)"


NOTHING_WORKS = {
    "en": "Nothing works!", "de": "Es geht gar nichts mehr!", "fr": "Plus rien ne marche !", "es": "¡No funciona nada!",
    "pt": "Não funciona nada!", "it": "Non funziona niente!", "nl": "Niets werkt meer!",
}  # fmt: skip


@pytest.mark.parametrize("language", NOTHING_WORKS)
def test_a_ticket_that_names_nothing_is_asked_back_in_its_language(language: str) -> None:
    found = passage("Restart the app.", 0.95, language=language)
    draft = composed(found, masked=mask_text(NOTHING_WORKS[language]), language=language, band=Band.LOW)
    assert draft.grade is Grade.QUESTION
    assert phrases(language).question in draft.text
    assert "Restart" not in draft.text
    assert (draft.citations, draft.looked_for) == ((), "")


def test_who_only_says_thank_you_is_not_asked_what_is_wrong() -> None:
    thanks = composed(masked=mask_text("Thanks a lot!"), band=Band.LOW, sentiment=Sentiment.POSITIVE)
    assert thanks.grade is Grade.NEEDS_PERSON


def test_a_person_who_chose_the_category_gets_what_was_found() -> None:
    draft = composed(passage("Restart the app.", 0.95), masked=mask_text("Nothing works!"), band=Band.HIGH)
    assert draft.grade is Grade.ANSWER


def test_an_answer_in_another_language_is_at_most_a_suggestion() -> None:
    draft = composed(passage("Rechnungen stehen unter Abrechnung.", 0.95, language="de"))
    assert (draft.grade, draft.tags) == (Grade.SUGGESTION, (MISMATCH,))


def test_an_answer_in_the_tickets_language_is_preferred() -> None:
    draft = composed(passage("Deutsch.", 0.85, language="de"), passage("English.", 0.8, id="r2"))
    assert [citation.number for citation in draft.citations] == [2]


def test_an_answer_that_had_to_be_shortened_is_at_most_a_suggestion() -> None:
    draft = composed(passage("We have refunded order #4471. Refunds take five days.", 0.95))
    assert (draft.grade, draft.tags) == (Grade.SUGGESTION, (SHORTENED,))
    assert "4471" not in draft.text


def test_an_answer_of_which_nothing_remains_goes_to_a_person() -> None:
    assert composed(passage("We have refunded order #4471.", 0.95)).grade is Grade.NEEDS_PERSON


def test_two_concerns_get_two_answers() -> None:
    first = passage("Invoices are under Billing.", 0.9, category="billing")
    second = passage("Restart the app.", 0.7, id="r2", category="technical", title="Crashes")
    draft = composed(first, second, secondary_category="technical")
    assert draft.text.index("under Billing") < draft.text.index("other question") < draft.text.index("Restart")
    assert [citation.resolution for citation in draft.citations] == ["r1", "r2"]


def test_the_source_is_named_when_it_has_an_address() -> None:
    url = "https://docs.example/a"
    assert f"More about this: {url}" in composed(passage("See Billing.", url=url)).text
    assert "javascript" not in composed(passage("See Billing.", url="javascript:alert(1)")).text


@pytest.mark.parametrize("language", ["en", "de", "fr", "es", "pt", "it", "nl"])
@pytest.mark.parametrize("sentiment", Sentiment)
def test_every_language_has_its_own_words(language: str, sentiment: Sentiment) -> None:
    assert speaks(language)
    draft = composed(passage("Billing.", language=language), language=language, sentiment=sentiment)
    assert phrases(language).feeling[sentiment] in draft.text
    assert len({phrases(each).closing for each in ("en", "de", "fr", "es", "pt", "it", "nl")}) == 7


def test_an_unknown_language_is_answered_in_english() -> None:
    assert composed(language="unknown", masked=mask_text("??")).text.startswith("Hello,")


HOSTILE = st.lists(
    st.one_of(
        st.text(max_size=40),
        st.sampled_from(
            [
                "<script>", "<<b>img src=x>", "![a](b)", "data:text/html,x", "https://evil.example/?[EMAIL_1]",
                "[NAME_1]", "[CARD_7]", "http://a.example", "www.b.example/x", "\n", ". ", "<!channel>",
                "\u202e", "<", "![", "](", "\u200b", "java\u200bscript:x", "[NA\u200bME_1]", "x" * 900,
                "[EMAIL", "_1]", "[[NAME_1]_2]",
            ]
        ),
    ),
    max_size=12,
).map("".join)  # fmt: skip


@settings(max_examples=300)
@given(HOSTILE, HOSTILE, HOSTILE, st.sampled_from(["en", "ja", "unknown"]))
def test_no_resolution_makes_a_draft_that_may_not_be_sent(answer: str, url: str, title: str, language: str) -> None:
    source = passage(answer, 0.9, url=url, title=title)
    draft = composed(source, language=language)
    cited = [source] if draft.citations else []
    assert problems(draft.text, TICKET, cited, POLICY) == ()
    assert 0 < len(draft.text) <= LONGEST
    assert len(draft.looked_for) <= 300


def test_a_long_answer_is_cut_at_a_sentence() -> None:
    draft = composed(passage("This is a sentence about invoices. " * 400))
    assert LONGEST - 200 < len(draft.text) <= LONGEST
    assert "invoices.\n\nIf this" in draft.text
