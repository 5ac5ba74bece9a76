"""What a model wrote stands in the sources that it cites; honest paraphrase is no false alarm."""

import pytest

from pipeline.ground import Said, Ticket, ungrounded
from pipeline.mask import mask_text
from tests.pipeline.drafting import POLICY, passage
from tests.pipeline.grounding import FALSE, HONEST, SOURCES


def failures(language: str, asked: str, paragraph: str, source: str, wish: str = "") -> tuple[str, ...]:
    cited = ()
    if source:
        written_in, title, answer = SOURCES[source]
        cited = (passage(answer, id=source, title=title, language=written_in),)
    return ungrounded([Said(paragraph, cited)], Ticket(mask_text(asked), POLICY, language, wish))


@pytest.mark.parametrize("row", HONEST, ids=lambda row: f"{row[0]} {row[2][:50]}")
def test_honest_paraphrase_passes(row: tuple[str, str, str, str]) -> None:
    assert failures(*row) == ()


@pytest.mark.parametrize("row", FALSE, ids=lambda row: f"{row[0]} {row[2][:50]}")
def test_what_no_source_says_is_named(row: tuple[str, str, str, str]) -> None:
    assert failures(*row)


def test_a_failure_says_what_is_wrong() -> None:
    assert failures("en", "x", "Money arrives within 60 days.", "refund") == (
        "“60 days” stands in no source that the paragraph cites.",
    )
    told = failures("en", "You promised me 500 €", "You find 500 € there.", "")
    assert any("stands in the ticket alone: say that the customer writes so" in each for each in told)


def test_a_wish_backs_a_promise_but_no_number_that_it_does_not_name() -> None:
    row = ("en", "It broke", "We are glad to offer you a refund.", "")
    assert failures(*row)
    assert failures(*row, wish="offer a refund") == ()
    assert failures("en", "It broke", "We offer you a refund of 30 €.", "", wish="offer a refund")
    assert failures("en", "It broke", "We offer you a refund of 30 €.", "", wish="offer a refund of 30 €") == ()
