"""What the helpdesk makes of a ticket is what becomes of its case; the echo of our own acts changes nothing."""

import pytest

from pipeline.case import Case, Sending, Status, Verdict, analysed, told
from pipeline.standing import stood
from pipeline.ticket import TicketStatus
from tests.fakes.clock import MORNING
from tests.fakes.house import said
from tests.fakes.house import told as a_ticket
from tests.pipeline.deciding import a_case, analysis
from tests.pipeline.test_decide import NOW, do

OPEN, SOLVED, DELETED = TicketStatus.OPEN, TicketStatus.SOLVED, TicketStatus.DELETED


@pytest.mark.parametrize("status", [Status.WAITING, Status.OPEN, Status.SNOOZED])
@pytest.mark.parametrize(("there", "verdict"), [(SOLVED, Verdict.SOLVED_THERE), (DELETED, Verdict.DELETED_THERE)])
def test_what_is_undecided_ends(status: Status, there: TicketStatus, verdict: Verdict) -> None:
    ended = stood(a_case(status), there, NOW)
    assert ended.decision is not None
    assert (ended.status, ended.decision.verdict, ended.snoozed_until) == (Status.CLOSED, verdict, None)


def test_what_was_answered_closes_and_keeps_its_answer_once_it_was_sent() -> None:
    answered = a_case(Status.ANSWERED)
    assert stood(answered, SOLVED, NOW) == answered
    closed = stood(answered.but(sending=Sending.SENT), SOLVED, NOW)
    assert closed.closing is not None
    assert (closed.status, closed.decision, closed.closing.verdict) == (
        Status.CLOSED,
        answered.decision,
        Verdict.SOLVED_THERE,
    )


@pytest.mark.parametrize(
    ("case", "there"),
    [
        (do(a_case(), "resolve"), SOLVED),
        (do(a_case(), "merge"), SOLVED),
        (a_case(), OPEN),
        (a_case(Status.ANSWERED), OPEN),
        (a_case(Status.CLOSED), OPEN),  # dismissed here, which the helpdesk was never told
        (do(a_case(), "merge"), OPEN),
    ],
    ids=["resolved", "merged", "open", "answered", "dismissed", "merged and opened"],
)
def test_an_echo_changes_nothing(case: Case, there: TicketStatus) -> None:
    assert stood(case, there, NOW) == case


@pytest.mark.parametrize("ended", [do(a_case(), "resolve"), stood(a_case(), DELETED, NOW)])
def test_what_is_opened_again_there_waits_for_a_decision(ended: Case) -> None:
    opened = stood(ended, OPEN, NOW)
    assert (opened.status, opened.decision, opened.closing) == (Status.OPEN, None, None)


def edited(text: str) -> Case:
    message = said("m1", text).model_copy(update={"edited": True})
    return told(a_case(), a_ticket(message))


def test_an_edit_is_read_anew_and_no_approval_of_the_old_words_counts() -> None:
    before, after = a_case(), edited("It was charged three times.")
    assert (after.status, after.ticket.asked[0].text) == (Status.WAITING, "It was charged three times.")
    assert before.shown != after.shown and after.unread
    again = analysed(after, analysis(read_until=after.ticket.last_asked), MORNING)
    assert not again.unread
    assert told(again, a_ticket(after.ticket.messages[0])) == again


def test_the_same_words_set_anew_are_no_edit() -> None:
    assert told(a_case(), a_ticket(said("m1", "Hello,  our card was charged twice for March.\n"))) == a_case()


def test_an_edit_opens_nothing_that_was_decided() -> None:
    message = said("m1", "(redacted)").model_copy(update={"edited": True})
    after = told(a_case(Status.ANSWERED), a_ticket(message))
    assert (after.status, after.ticket.asked[0].text) == (Status.ANSWERED, "(redacted)")
