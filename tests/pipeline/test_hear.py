"""What a person does says something of what they were shown, and no more than that."""

import pytest

from pipeline.acts import (
    Act,
    CallOff,
    Choose,
    Claim,
    Dismiss,
    Edit,
    Escalate,
    Keep,
    Merge,
    Rate,
    Reassign,
    Reopen,
    Resolve,
)
from pipeline.case import Case, Status, Worth, analysed
from pipeline.decide import decide
from pipeline.feedback import Aspect
from pipeline.hear import Sent, hear
from tests.pipeline.deciding import ANA, DRAFT, a_case, analysis
from tests.pipeline.people import POLICY
from tests.pipeline.test_decide import NOW, an_act


def heard(case: Case, act: Act, sent: Sent | None = None) -> list[tuple[str, str, str]]:
    return [(each.aspect.value, each.shown, each.chosen) for each in hear(case, act, POLICY, NOW, sent)]


def test_an_approval_says_that_the_draft_was_good_and_the_category_right() -> None:
    case = a_case()
    draft, category = hear(case, an_act("approve", case), POLICY, NOW)
    assert (draft.aspect, draft.distance, draft.grade, draft.by, draft.at) == (Aspect.DRAFT, 0.0, "answer", ANA, NOW)
    assert (category.shown, category.chosen, category.corrects) == ("billing", "billing", False)


def test_an_acknowledgement_says_nothing_of_draft_or_category_since_the_answer_is_still_to_come() -> None:
    case = a_case()
    assert heard(case, an_act("hold", case)) == []


def test_an_edit_keeps_both_texts_and_how_far_apart_they_are() -> None:
    case = a_case()
    edited = Edit(by=ANA, shown=case.shown, text="We refund it, Maria.")
    draft, _ = hear(case, edited, POLICY, NOW, Sent("We refund it, [NAME_1].", 0.4))
    assert (draft.shown, draft.chosen, draft.distance) == (DRAFT, "We refund it, [NAME_1].", 0.4)


def test_a_category_is_corrected_against_what_was_read_first() -> None:
    first = decide(a_case(), Choose(by=ANA, category="general"), POLICY, NOW)
    read_again = analysed(first, analysis(), NOW)
    assert heard(read_again, Choose(by=ANA, category="billing")) == [("category", "billing", "billing")]


def test_moving_to_the_owner_of_another_category_corrects_it() -> None:
    moved = Reassign(by=ANA, team="care")
    assert heard(a_case(), moved) == [("team", "money", "care"), ("category", "billing", "general")]
    assert heard(a_case(), Reassign(by=ANA, team="nobody")) == [("team", "money", "nobody")]
    assert heard(a_case(), Reassign(by=ANA, team="money", agent="Ben")) == []


def test_an_answer_from_another_team_confirms_no_category() -> None:
    case = a_case(chosen_team="nobody", team="nobody")
    assert [aspect for aspect, *_ in heard(case, an_act("approve", case))] == ["draft"]


@pytest.mark.parametrize(
    ("case", "act", "said"),
    [
        (a_case(), Resolve(by=ANA), ("category", "billing", "billing")),
        (a_case(), Merge(by=ANA, into="case2", category="general"), ("category", "billing", "general")),
        (a_case(), Dismiss(by=ANA), ("request", "true", "false")),
        (a_case(Status.CLOSED), Reopen(by=ANA), ("request", "true", "true")),
        (a_case(), Escalate(by=ANA), ("escalation", "false", "true")),
        (a_case(analysis=analysis(escalated=True)), CallOff(by=ANA), ("escalation", "true", "false")),
        (a_case(), Rate(by=ANA, good=False), ("rating", DRAFT, "down")),
        (a_case(Status.ANSWERED), Keep(by=ANA, worth=Worth.GOLD), ("gold", "plain", "gold")),
    ],
    ids=["resolve", "merge", "dismiss", "reopen", "escalate", "call off", "rate", "keep"],
)
def test_each_judgement_is_kept_with_what_was_shown(case: Case, act: Act, said: tuple[str, str, str]) -> None:
    assert heard(case, act) == [said]


def test_who_takes_a_ticket_says_nothing_of_our_work() -> None:
    assert heard(a_case(), Claim(by=ANA)) == []
