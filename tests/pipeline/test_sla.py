"""A case's clock: against which target it runs, when it pauses, and what stays counted."""

from datetime import datetime, timedelta

import pytest

from pipeline.case import Case, Decision, Sending, Status, Verdict, told
from pipeline.classify import Urgency
from pipeline.hours import Hours
from pipeline.policy import Policy
from pipeline.sla import share_reached, share_used, timed
from pipeline.ticket import Author, Message
from pipeline.timer import Aim, Phase
from tests.handlers.views import cases
from tests.handlers.views.cases import ANA, NOW, analysis, classification

HOUR = timedelta(hours=1)
OFFICE = Hours(zone="UTC", monday="09:00-17:00", tuesday="09:00-17:00", wednesday="09:00-17:00")  # NOW: a Monday, 10:00


def policy(*, resolution: float | None = None, **hours: Hours) -> Policy:
    """Four hours for an answer, and for P1 one; a resolution where it is said."""
    known = cases.POLICY
    says: dict[str, object] = {"sla_hours": {**dict.fromkeys(Urgency, 4.0), Urgency.P1: 1.0}}
    if resolution is not None:
        says["resolution_hours"] = dict.fromkeys(Urgency, resolution)
    teams = tuple(team.model_copy(update={"hours": hours.get(team.name)}) for team in known.teams)
    categories = tuple(category.model_copy(update=says) for category in known.categories)
    return known.model_copy(update={"categories": categories, "teams": teams})


def at(hours: float) -> datetime:
    return NOW + hours * HOUR


def new(rules: Policy, **more: object) -> Case:
    return timed(cases.case(due_at=None, **more), rules, NOW + timedelta(minutes=1))


def said(hours: float, author: Author, id: str = "") -> Message:
    return Message(id=id or f"{author}{hours}", author=author, text="Hello.", at=at(hours))


def heard(case: Case, rules: Policy, hours: float, author: Author) -> Case:
    return timed(
        told(case, case.ticket.model_copy(update={"messages": (said(hours, author),)})), rules, at(hours + 0.1)
    )


def answered(case: Case, rules: Policy, hours: float) -> Case:
    """Decide on a reply, which reaches the customer a quarter of an hour later."""
    decision = Decision(verdict=Verdict.APPROVED, by=ANA, at=at(hours), text="Here it is.")
    queued = case.but(status=Status.ANSWERED, decision=decision, sending=Sending.QUEUED)
    queued = timed(queued, rules, at(hours))
    assert queued.timer is not None
    assert queued.timer.phase is not Phase.ANSWERED
    return timed(queued.but(sending=Sending.SENT), rules, at(hours + 0.25), replied=True)


def aim(case: Case) -> Aim:
    assert case.timer is not None
    return case.timer.aim


def test_the_first_response_is_due_its_hours_after_the_ticket_came_by_the_clock_on_the_wall() -> None:
    case = new(policy())
    assert (case.due_at, case.first_due_at, aim(case)) == (at(4), at(4), Aim.FIRST)
    assert (case.warn_at, case.at_risk_at) == (at(2), at(3.2))


def test_a_team_with_hours_has_only_these() -> None:
    case = new(policy(billing_support=OFFICE), ticket=cases.TICKET.model_copy(update={"created_at": at(6)}))
    assert case.due_at == at(26)  # an hour on Monday, three on Tuesday from nine
    assert share_used(case, policy(billing_support=OFFICE), at(20)) == 0.25


def test_what_is_not_read_yet_has_no_clock() -> None:
    case = cases.case(analysis=None, due_at=None)
    assert timed(case, policy(), NOW) == case
    assert share_used(case, policy(), NOW) is None


@pytest.mark.parametrize("hours", [0.5, 3])
def test_a_priority_that_changes_counts_from_when_the_ticket_came(hours: float) -> None:
    rules = policy()
    pressing = new(rules).but(analysis=analysis(classification=classification(urgency=Urgency.P1)))
    assert timed(pressing, rules, at(hours)).due_at == at(1)
    assert share_reached(timed(pressing, rules, at(hours)), rules, at(hours)) == (0.5 if hours < 1 else 1)


def test_after_our_reply_the_clock_waits_for_the_customer_and_then_goes_on_where_it_stood() -> None:
    rules = policy(resolution=10)
    case = answered(new(rules), rules, 2)
    assert (case.due_at, case.warn_at, case.first_due_at, aim(case)) == (None, None, at(4), Aim.RESOLUTION)
    assert case.timer is not None
    assert (case.timer.responded_at, case.timer.spent) == (at(2.25), 2.25 * 3600)
    case = heard(case, rules, 20, Author.CUSTOMER)
    assert case.status is Status.WAITING
    assert (case.due_at, case.first_due_at) == (at(20 + 10 - 2.25), at(4))


def test_without_a_resolution_target_each_later_message_wants_its_answer_in_the_same_time() -> None:
    rules = policy()
    case = heard(answered(new(rules), rules, 2), rules, 20, Author.CUSTOMER)
    assert (case.due_at, aim(case)) == (at(24), Aim.ANSWER)
    case = heard(answered(case, rules, 21), rules, 30, Author.CUSTOMER)
    assert case.due_at == at(34)


def test_an_answer_in_the_helpdesk_pauses_the_clock_of_an_open_case() -> None:
    rules = policy(resolution=10)
    case = heard(new(rules), rules, 1, Author.AGENT)
    assert case.open
    assert case.due_at is None
    assert case.timer is not None
    assert (case.timer.phase, case.timer.responded_at) == (Phase.ANSWERED_THERE, at(1))
    assert timed(case, rules, at(5)) == case
    assert heard(case, rules, 6, Author.CUSTOMER).due_at == at(15)


def test_an_internal_note_and_a_robot_answer_nobody() -> None:
    rules = policy()
    case = heard(new(rules), rules, 1, Author.SYSTEM)
    note = said(2, Author.AGENT).model_copy(update={"public": False})
    case = timed(told(case, case.ticket.model_copy(update={"messages": (note,)})), rules, at(2))
    assert case.due_at == at(4)


def test_messages_that_came_before_it_was_read_are_taken_in_their_order() -> None:
    rules = policy(resolution=10)
    messages = (said(0, Author.CUSTOMER), said(1, Author.AGENT), said(3, Author.CUSTOMER, "m1"))
    ticket = cases.TICKET.model_copy(update={"messages": messages})
    case = timed(cases.case(due_at=None, ticket=ticket), rules, at(5))
    assert (case.due_at, case.first_due_at) == (at(12), at(4))


def test_a_closed_case_has_no_clock_and_a_reopened_one_goes_on() -> None:
    rules = policy(resolution=10)
    case = answered(new(rules), rules, 2)
    case = timed(case.but(status=Status.CLOSED), rules, at(5))
    assert case.due_at is None
    case = timed(case.reopened(), rules, at(100))
    assert case.due_at == at(100 + 10 - 2.25)


def test_a_case_that_was_closed_without_an_answer_still_owes_its_first_when_it_is_reopened() -> None:
    rules = policy()
    closed = timed(new(rules).but(status=Status.CLOSED), rules, at(1))
    case = timed(closed.reopened(), rules, at(50))
    assert (case.due_at, aim(case)) == (at(53), Aim.FIRST)


def test_after_a_move_the_other_teams_hours_count_and_what_was_counted_stays() -> None:
    rules = policy(account_support=OFFICE)
    moved = timed(new(rules).but(team="account_support"), rules, at(1))
    assert moved.due_at == at(4)
    late = timed(new(rules).but(team="account_support"), rules, at(3.5))
    assert late.due_at == at(4)
    night = new(rules, ticket=cases.TICKET.model_copy(update={"created_at": at(8)}))
    assert night.due_at == at(12)
    assert timed(night.but(team="account_support"), rules, at(10)).due_at == at(25)  # two hours left, on Tuesday


def test_a_reply_that_the_customer_overtook_was_a_response_all_the_same() -> None:
    rules = policy()
    queued = new(rules).but(status=Status.ANSWERED, sending=Sending.QUEUED)
    case = heard(timed(queued, rules, at(1)), rules, 1.5, Author.CUSTOMER)
    case = timed(case, rules, at(2), replied=True)
    assert case.timer is not None
    assert case.timer.responded_at == at(2)
    assert aim(case) is Aim.ANSWER


def test_of_each_share_people_are_told_until_the_target_is_another() -> None:
    rules = policy()
    case = new(rules)
    assert case.timer is not None
    for share, following in ((0.5, at(3.2)), (0.8, at(4)), (1.0, None)):
        assert share_reached(case, rules, case.warn_at or NOW) == share
        assert case.timer is not None
        case = timed(case.but(timer=case.timer.model_copy(update={"told": share})), rules, case.warn_at or NOW)
        assert case.warn_at == following
    slower = rules.model_copy(
        update={
            "categories": tuple(
                each.model_copy(update={"sla_hours": dict.fromkeys(Urgency, 8)}) for each in rules.categories
            )
        }
    )
    assert timed(case, slower, at(4.5)).warn_at == at(4)


def test_a_resolution_that_pauses_is_warned_of_once_at_each_share() -> None:
    rules = policy(resolution=4)
    case = heard(answered(new(rules), rules, 1), rules, 10, Author.CUSTOMER)
    assert case.warn_at == at(10.75)
    assert case.timer is not None
    case = timed(case.but(timer=case.timer.model_copy(update={"told": 0.5})), rules, at(11))
    case = heard(answered(case, rules, 11), rules, 20, Author.CUSTOMER)
    assert case.warn_at == at(20 + 3.2 - 2.5)


def test_the_same_moment_gives_the_same_clock_however_often_it_is_asked() -> None:
    rules = policy(resolution=10, billing_support=OFFICE)
    case = heard(answered(new(rules), rules, 2), rules, 20, Author.CUSTOMER)
    for hours in (20.1, 21, 30):
        assert timed(case, rules, at(hours)) == case


def test_the_clock_survives_what_is_kept_of_a_case() -> None:
    case = answered(new(policy()), policy(), 2)
    assert Case.model_validate_json(case.model_dump_json()) == case


def test_a_word_that_answers_nothing_yet_is_the_first_response_and_the_answer_is_owed_from_then() -> None:
    rules = policy()
    case = timed(new(rules), rules, at(3), replied=True, held=True)
    assert case.timer is not None and case.timer.phase is Phase.RUNS
    assert (case.first_due_at, case.timer.responded_at, aim(case), case.due_at) == (at(4), at(3), Aim.ANSWER, at(7))


def test_a_resolution_goes_on_from_the_beginning_after_a_word_that_answers_nothing_yet() -> None:
    rules = policy(resolution=10)
    case = timed(new(rules), rules, at(3), replied=True, held=True)
    assert (aim(case), case.due_at) == (Aim.RESOLUTION, at(10))
    assert share_used(case, rules, at(5)) == 0.5
