"""Every alarm shows the customer's own words that raised it."""

import pytest

from pipeline.classify import Classification, Evidence, Sentiment, Urgency
from pipeline.evidence import FIRST, LAST, LONGEST, Chances, is_alarmed, loudest, one_for_all, quotable, quoted
from pipeline.mask import mask_text
from tests.stubs.understanding import classification


def found(**other: object) -> Classification:
    return classification().model_copy(update=other)


def chance(column: str, label: str, of_it: float) -> Chances:
    return {column: {label: of_it}}


def test_the_sentence_with_the_highest_chance_is_quoted_and_only_for_alarms_that_there_are() -> None:
    said = ("Hello team.", "You kept my money.", "Bye for now.")
    chances = [chance("escalation", "true", of_it) for of_it in (0.1, 0.9, 0.2)]
    assert loudest(found(risk="a complaint"), said, chances) == Evidence(risk="You kept my money.")
    assert loudest(found(), said, chances) == Evidence()


def test_of_equals_the_first_is_quoted_and_nothing_of_an_empty_ticket() -> None:
    angry = found(sentiment=Sentiment.ANGRY)
    assert loudest(angry, ("You clowns.", "You fools."), [{}, {}]).sentiment == "You clowns."
    assert loudest(angry, (), []) == Evidence()


def test_words_that_the_guideline_names_come_before_what_a_head_guesses() -> None:
    said = ("I am in a hurry today.", "Our whole site is down.")
    guesses = [chance("urgency", "P1", 0.9), chance("urgency", "P1", 0.1)]
    assert loudest(found(urgency=Urgency.P1), said, guesses).urgency == said[1]


def test_a_long_ticket_is_quoted_from_its_beginning_and_its_end_in_short_pieces() -> None:
    said = quotable(mask_text("\n".join(f"This is the sentence with number {place}." for place in range(90))))
    assert len(said) == FIRST + LAST
    assert (said[0][-2:], said[-1][-3:]) == ("0.", "89.")
    assert max(map(len, quotable(mask_text("money " * 900)))) <= LONGEST


def test_greetings_are_quoted_only_when_there_is_nothing_else() -> None:
    assert quotable(mask_text("Hi!\nYou kept my money.\nBob")) == ("You kept my money.",)
    assert quotable(mask_text("Thieves!")) == ("Thieves!",)


def test_personal_data_stays_masked() -> None:
    assert quotable(mask_text("Write to kim@example.com or I will sue you.")) == (
        "Write to [EMAIL_1] or I will sue you.",
    )


@pytest.mark.parametrize(
    ("claimed", "stands"),
    [
        ("Give the money back or you hear from my lawyer!", "Give the money back or you hear from my lawyer!"),
        ("the  money\nback", "the money back"),
        ("I will burn your office down.", ""),
        ("money", ""),
        ("", ""),
    ],
)
def test_a_models_quote_counts_only_when_it_stands_in_the_ticket(claimed: str, stands: str) -> None:
    assert quoted(mask_text("Hello.\nGive the money   back or you hear from my lawyer!"), claimed) == stands


def test_a_models_quote_is_cut() -> None:
    text = "money back " * 90
    assert len(quoted(mask_text(text), text)) <= LONGEST


def test_one_quote_serves_every_alarm() -> None:
    several = found(risk="a lawyer", sentiment=Sentiment.ANGRY)
    assert one_for_all(several, "You kept it.") == Evidence(risk="You kept it.", sentiment="You kept it.")
    assert is_alarmed(several)
    assert not is_alarmed(found())
