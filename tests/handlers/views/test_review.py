"""The week's review says what drifted and what is confused, and each open proposal has its two buttons."""

import json
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from handlers.views.review import review_card
from pipeline.ports import Card
from pipeline.review import Answer, Drifted, Proposal, Review
from tests.handlers.views.cases import ANA, NOW
from tests.handlers.views.valid import must_be_valid

PATTERN = Proposal(
    number=7,
    shown="billing",
    chosen="technical",
    phrase="payment error",
    hits=14,
    total=17,
    entries=tuple(range(14)),
    people={"Ana Ribeiro": 12, "Ben Adeyemi": 2},
)
WAITING = Proposal(
    number=8,
    shown="billing",
    chosen="account",
    hits=0,
    total=0,
    entries=(40,),
    people={"Ana Ribeiro": 1},
    excerpt="Where is the invoice for March?",
)
DRIFTED = Drifted(category="billing", corrected=14, judged=20, corrected_before=10, judged_before=100)


def review(*proposals: Proposal, drifted: tuple[Drifted, ...] = (DRIFTED,)) -> Review:
    return Review(slot="2026-W10", at=NOW, judged=57, corrected=16, drifted=drifted, proposals=proposals)


def answered(proposal: Proposal, answer: Answer) -> Proposal:
    return proposal.model_copy(update={"answer": answer, "by": ANA, "at": NOW})


def buttons(card: Card) -> list[tuple[str, str]]:
    rows: list[Any] = [block["elements"] for block in card.blocks if block["type"] == "actions"]
    return [(each["action_id"], each["value"]) for row in rows for each in row]


def test_a_review_has_two_buttons_for_whatever_waits() -> None:
    found = review_card(review(PATTERN, WAITING))
    must_be_valid(found)
    assert buttons(found) == [
        ("proposal.accept.7", "7"),
        ("proposal.decline.7", "7"),
        ("proposal.accept.8", "8"),
        ("proposal.decline.8", "8"),
    ]


def test_an_answer_takes_the_place_of_the_buttons() -> None:
    found = review_card(review(answered(PATTERN, Answer.ACCEPTED), answered(WAITING, Answer.DECLINED)))
    must_be_valid(found)
    assert buttons(found) == []
    assert "Accepted by Ana Ribeiro" in str(found.blocks)
    assert "Declined by Ana Ribeiro" in str(found.blocks)


def test_nothing_to_tell_is_one_line() -> None:
    found = review_card(review(drifted=()))
    must_be_valid(found)
    assert len(found.blocks) == 1


def test_the_longest_review_fits() -> None:
    many = [PATTERN.model_copy(update={"number": number}) for number in range(10)]
    many += [WAITING.model_copy(update={"number": 10 + number}) for number in range(10)]
    must_be_valid(review_card(review(*many, drifted=(DRIFTED,) * 20)))


@given(st.text(max_size=400), st.text(max_size=90), st.text(max_size=100))
def test_whatever_stands_in_a_ticket_or_a_name_is_dead(excerpt: str, phrase: str, name: str) -> None:
    hostile = f"<!channel> <@U0ANA> {excerpt}"
    pattern = PATTERN.model_copy(update={"phrase": f"<!here>{phrase}", "people": {f"<@U0BEN>{name}": 5}})
    found = review_card(review(pattern, WAITING.model_copy(update={"excerpt": hostile})))
    must_be_valid(found)
    said = json.dumps([dict(block) for block in found.blocks])
    assert "<!" not in said
    assert "<@" not in said
