"""Each act does the same in a status every time, and nobody decides on what they have not seen."""

from datetime import timedelta
from typing import get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.acts import (
    Acknowledge,
    Act,
    Approve,
    CallOff,
    Choose,
    Claim,
    Dismiss,
    Edit,
    Escalate,
    FollowUp,
    Keep,
    KeepNote,
    MarkDuplicate,
    Merge,
    Rate,
    Reassign,
    Regenerate,
    Reopen,
    Resolve,
    SendHolding,
    Snooze,
    Unacknowledge,
)
from pipeline.case import Actor, Case, Sending, Status, Verdict, Worth, analysed, sent, told, unsent, untriaged, woken
from pipeline.decide import AlreadyClaimed, AlreadyDecided, Change, NotNow, NotReady, Stale, Unsendable, decide
from tests.fakes.clock import MORNING
from tests.fakes.house import said
from tests.fakes.house import told as a_ticket
from tests.pipeline.deciding import ANA, BEN, DRAFT, a_case, analysis
from tests.pipeline.people import POLICY

NOW = MORNING + timedelta(minutes=10)
LATER = MORNING + timedelta(hours=2)
W, O, S, A, C = Status  # noqa: E741 - the columns of the table below


def an_act(name: str, case: Case, by: Actor = ANA) -> Act:
    acts: dict[str, Act] = {
        "approve": Approve(by=by, shown=case.shown, text=DRAFT),
        "hold": SendHolding(by=by, shown=case.shown, text=DRAFT),
        "edit": Edit(by=by, shown=case.shown, text="My own words."),
        "reassign": Reassign(by=by, team="care", agent="Otto", reason="theirs"),
        "choose": Choose(by=by, category="general"),
        "claim": Claim(by=by),
        "dismiss": Dismiss(by=by),
        "duplicate": MarkDuplicate(by=by, of="case2"),
        "follow up": FollowUp(by=by, shown=case.shown, after=case.replies, text="And?"),
        "note": KeepNote(by=by, text="He called."),
        "resolve": Resolve(by=by),
        "merge": Merge(by=by, into="case2"),
        "snooze": Snooze(by=by, until=LATER),
        "reopen": Reopen(by=by),
        "escalate": Escalate(by=by),
        "call off": CallOff(by=by),
        "acknowledge": Acknowledge(by=by),
        "take back": Unacknowledge(by=by),
        "rate": Rate(by=by, good=True),
        "regenerate": Regenerate(by=by, instruction="shorter"),
        "keep": Keep(by=by, worth=Worth.GOLD),
    }
    return acts[name]


def do(case: Case, name: str, by: Actor = ANA) -> Case:
    return decide(case, an_act(name, case, by), POLICY, NOW)


TABLE: dict[str, tuple[Status | type[NotNow], ...]] = {
    #            waiting   open  snoozed answered         closed
    "approve": (NotReady, A, A, AlreadyDecided, AlreadyDecided),
    "hold": (NotReady, O, S, AlreadyDecided, AlreadyDecided),
    "edit": (A, A, A, AlreadyDecided, AlreadyDecided),
    "reassign": (W, O, S, AlreadyDecided, AlreadyDecided),
    "choose": (W, W, W, AlreadyDecided, AlreadyDecided),
    "claim": (W, O, S, AlreadyDecided, AlreadyDecided),
    "dismiss": (C, C, C, AlreadyDecided, AlreadyDecided),
    "duplicate": (C, C, C, AlreadyDecided, AlreadyDecided),
    "follow up": (NotReady, NotReady, NotReady, AlreadyDecided, AlreadyDecided),
    "note": (W, O, S, A, C),
    "resolve": (C, C, C, NotNow, AlreadyDecided),
    "merge": (C, C, C, AlreadyDecided, AlreadyDecided),
    "snooze": (S, S, S, AlreadyDecided, AlreadyDecided),
    "reopen": (NotNow, NotNow, NotNow, NotNow, O),
    "escalate": (W, O, S, AlreadyDecided, AlreadyDecided),
    "call off": (W, O, S, AlreadyDecided, AlreadyDecided),
    "acknowledge": (W, O, S, AlreadyDecided, AlreadyDecided),
    "take back": (NotNow, NotNow, NotNow, AlreadyDecided, AlreadyDecided),
    "rate": (NotReady, O, S, AlreadyDecided, AlreadyDecided),
    "regenerate": (NotReady, W, W, AlreadyDecided, AlreadyDecided),
    "keep": (NotNow, NotNow, NotNow, A, NotNow),
}
ROWS = [(act, before, after) for act, row in TABLE.items() for before, after in zip(Status, row, strict=True)]


@pytest.mark.parametrize(("act", "before", "after"), ROWS, ids=[f"{act}-{before}" for act, before, _ in ROWS])
def test_an_act_in_a_status(act: str, before: Status, after: Status | type[NotNow]) -> None:
    case = a_case(before)
    if isinstance(after, Status):
        assert do(case, act).status is after
    else:
        with pytest.raises(after):
            do(case, act)


def test_a_draft_that_may_name_another_customer_is_edited_first() -> None:
    found = analysis()
    doubted = found.model_copy(update={"draft": found.draft.model_copy(update={"doubts": ("Zorvath",)})})
    with pytest.raises(Unsendable, match="“Zorvath” may name another customer"):
        do(a_case(analysis=doubted), "approve")
    assert do(a_case(analysis=doubted), "edit").status is Status.ANSWERED


def test_while_a_draft_is_written_anew_nobody_approves_the_old_one() -> None:
    before = a_case()
    wished = do(before, "regenerate")
    assert (wished.instruction, wished.snoozed_until) == ("shorter", None)
    with pytest.raises(Stale, match="read again"):
        do(wished, "approve")
    after = analysed(wished, analysis(draft="Shorter."), NOW)
    with pytest.raises(Stale, match="written anew"):
        decide(after, Approve(by=ANA, shown=before.shown, text=DRAFT), POLICY, NOW)
    assert do(after, "approve").status is Status.ANSWERED


def test_a_wish_ends_when_the_customer_writes_again() -> None:
    wished = do(a_case(), "regenerate")
    assert told(wished, a_ticket(said("m1", "Hello"), said("m2", "And now?", minutes=5))).instruction == ""


def test_an_answered_ticket_is_resolved_once_its_reply_was_sent_and_keeps_it() -> None:
    answered = a_case(Status.ANSWERED)
    with pytest.raises(NotNow, match="still on its way"):
        do(answered, "resolve")
    resolved = do(answered.but(sending=Sending.SENT), "resolve")
    assert resolved.closing is not None and resolved.decision == answered.decision
    assert (resolved.status, resolved.closing.verdict, resolved.closing.by) == (Status.CLOSED, Verdict.RESOLVED, ANA)
    assert do(resolved, "keep").worth is Worth.GOLD
    with pytest.raises(AlreadyDecided, match=r"Already resolved by Ana\."):
        do(resolved, "resolve", BEN)
    again = do(resolved, "reopen")
    assert (again.status, again.decision, again.closing, again.sending) == (Status.OPEN, None, None, Sending.NONE)


def test_a_further_reply_goes_out_once_and_opens_what_was_closed() -> None:
    answered = a_case(Status.ANSWERED).but(sending=Sending.SENT)
    after = do(do(answered, "resolve"), "follow up")
    assert after.decision is not None and after.closing is None
    assert (after.status, after.sending, after.replies) == (Status.ANSWERED, Sending.QUEUED, 2)
    assert (after.decision.verdict, after.decision.text) == (Verdict.FOLLOWED_UP, "And?")
    stale = FollowUp(by=BEN, shown=answered.shown, after=answered.replies, text="And?")
    with pytest.raises(AlreadyDecided, match=r"Already followed up by Ana\."):
        decide(after.but(sending=Sending.SENT), stale, POLICY, NOW)


def test_a_merge_files_the_ticket_as_a_person_filed_the_other() -> None:
    merged = decide(a_case(), Merge(by=ANA, into="case2", category="general"), POLICY, NOW)
    assert (merged.duplicate_of, merged.chosen_category, merged.read_as) == ("case2", "general", a_case().category)


def test_the_table_knows_every_act() -> None:
    assert {type(an_act(name, a_case())) for name in TABLE} == set(get_args(Act))


@pytest.mark.parametrize(
    "act", ["approve", "edit", "reassign", "claim", "dismiss", "duplicate", "snooze", "call off", "take back"]
)
def test_an_acknowledgement_lasts_until_something_is_done(act: str) -> None:
    heard = do(a_case(), "acknowledge", BEN)
    assert heard.acknowledged is not None
    assert (heard.acknowledged.by, heard.acknowledged.at) == (BEN, NOW)
    assert do(heard, "escalate").acknowledged == do(heard, "rate").acknowledged == heard.acknowledged
    assert do(heard, act).acknowledged is None


@pytest.mark.parametrize(("act", "text"), [("approve", DRAFT), ("edit", "My own words.")])
def test_a_reply_goes_out_word_for_word_under_the_name_of_who_sent_it(act: str, text: str) -> None:
    after = do(a_case(), act)
    assert after.decision is not None
    assert (after.decision.text, after.decision.by, after.decision.at) == (text, ANA, NOW)
    assert (after.sending, after.replies) == (Sending.QUEUED, 1)


def test_whoever_comes_second_hears_who_was_faster() -> None:
    with pytest.raises(AlreadyDecided, match=r"Already approved by Ben\."):
        do(a_case(Status.ANSWERED), "dismiss")


def test_a_claim_is_released_by_its_owner_and_by_nobody_else() -> None:
    claimed = do(a_case(), "claim")
    assert claimed.claimed_by == ANA
    with pytest.raises(AlreadyClaimed, match="Ana"):
        do(claimed, "claim", BEN)
    assert do(claimed, "claim").claimed_by is None


def test_a_reassigned_case_stands_in_its_new_team_s_channel_and_is_free() -> None:
    after = do(a_case(claimed_by=BEN), "reassign")
    assert (after.team, after.home, after.placement, after.agent) == ("care", "care", 2, "Otto")
    assert after.claimed_by is None


def test_nothing_is_sent_that_says_nothing() -> None:
    case = a_case()
    with pytest.raises(NotReady):
        decide(case, Edit(by=ANA, shown=case.shown, text=" \n"), POLICY, NOW)


# What was shown, and what has changed since


def wrote_again(case: Case) -> Case:
    return told(case, a_ticket(said("m2", "And it happened again!", minutes=5)))


def redrafted(case: Case) -> Case:
    return case.but(analysis=analysis("Another draft."))


STALE = [
    (wrote_again, NOW, (Change.MESSAGE,)),
    (redrafted, NOW, (Change.DRAFT,)),
    (lambda case: redrafted(wrote_again(case)), NOW, (Change.MESSAGE, Change.DRAFT)),
    (lambda case: case, MORNING + timedelta(hours=73), (Change.AGE,)),
    (lambda case: case.but(status=Status.WAITING), NOW, (Change.READING,)),
]


@pytest.mark.parametrize(("meanwhile", "now", "changes"), STALE)
def test_an_approval_of_what_changed_is_refused_and_names_what_changed(meanwhile, now, changes) -> None:  # type: ignore[no-untyped-def]
    case = a_case()
    with pytest.raises(Stale) as refused:
        decide(meanwhile(case), an_act("approve", case), POLICY, now)
    assert refused.value.changes == changes
    assert str(refused.value).startswith(f"Not sent: {changes[0]}")


def test_an_edited_reply_needs_the_last_message_but_not_the_last_draft() -> None:
    case = a_case()
    mine = an_act("edit", case)
    assert decide(redrafted(case), mine, POLICY, NOW).status is Status.ANSWERED
    with pytest.raises(Stale, match="the customer wrote again"):
        decide(wrote_again(case), mine, POLICY, NOW)


@pytest.mark.parametrize(
    "left",
    [
        lambda case: untriaged(case, "ValueError", POLICY),
        lambda case: do(case, "snooze"),
    ],
    ids=["untriaged", "snoozed"],
)
def test_a_draft_that_has_not_read_the_last_message_cannot_be_approved(left) -> None:  # type: ignore[no-untyped-def]
    case = left(wrote_again(a_case()))
    with pytest.raises(NotReady):
        do(case, "approve")
    assert do(case, "edit").status is Status.ANSWERED


def test_what_was_put_away_unread_is_read_when_it_comes_back() -> None:
    unread = wrote_again(a_case())
    assert woken(do(unread, "snooze"), LATER).status is Status.WAITING
    assert do(do(unread, "dismiss"), "reopen").status is Status.WAITING
    assert woken(do(a_case(), "snooze"), LATER).status is Status.OPEN
    assert woken(do(a_case(), "snooze"), NOW).status is Status.SNOOZED


# What the customer and the helpdesk do to it


@pytest.mark.parametrize("status", Status)
def test_a_customer_who_writes_again_is_heard_wherever_the_case_stands(status: Status) -> None:
    after = wrote_again(a_case(status))
    assert (after.status, after.decision, after.sending) == (Status.WAITING, None, Sending.NONE)
    assert after.replies == a_case(status).replies


def test_a_reply_that_the_helpdesk_refused_is_decided_on_again_under_a_new_number() -> None:
    case = unsent(a_case(Status.ANSWERED), "the ticket is closed")
    assert (case.status, case.sending, case.problem) == (
        Status.OPEN,
        Sending.FAILED,
        "The reply was not sent: the ticket is closed",
    )
    assert do(case, "edit").replies == 2


def test_a_further_triage_leaves_a_case_where_a_person_moved_it() -> None:
    moved = do(a_case(), "reassign")
    again = analysed(wrote_again(moved), analysis(read_until="m2"), NOW)
    assert (again.team, again.home, again.agent) == ("care", "care", "Otto")
    chosen = do(moved, "choose")
    assert analysed(chosen, analysis(), NOW).team == "money"


def test_an_alarm_calls_the_escalation_team_even_after_a_person_moved_the_case_but_once() -> None:
    moved = do(a_case(), "reassign")
    loud = analysed(wrote_again(moved), analysis(escalated=True), NOW)
    assert (loud.team, loud.home) == ("care", "money_lead")
    back = do(loud.but(status=Status.WAITING), "reassign")
    assert analysed(back, analysis(escalated=True), NOW).home == "care"


def test_whoever_escalates_calls_the_escalation_team_and_an_alarm_that_is_called_off_stays_off() -> None:
    raised = do(a_case(), "escalate")
    assert (raised.escalated, raised.home, raised.team) == (True, "money_lead", "money")
    off = do(raised, "call off")
    assert (off.escalated, off.home) == (False, "money")
    again = analysed(do(off, "choose"), analysis(escalated=True), NOW)
    assert (again.escalated, again.home) == (False, "money")


def test_a_customer_who_writes_again_can_raise_an_alarm_that_was_called_off() -> None:
    off = do(a_case(analysis=analysis(escalated=True), home="money_lead"), "call off")
    assert analysed(wrote_again(off), analysis(escalated=True, read_until="m2"), NOW).escalated
    raised = wrote_again(do(a_case(), "escalate"))
    assert analysed(raised, analysis(read_until="m2"), NOW).escalated


def test_what_an_answer_is_worth_is_said_of_that_answer_alone() -> None:
    gold = do(a_case(Status.ANSWERED), "keep")
    assert gold.worth is Worth.GOLD
    assert wrote_again(gold).worth is Worth.PLAIN


STEPS = st.sampled_from([*TABLE, "customer", "triage", "refused", "sent"])


@given(st.lists(st.tuples(STEPS, st.sampled_from([ANA, BEN]), st.booleans()), max_size=30))
def test_a_round_has_one_decision_and_each_reply_its_own_number(steps: list[tuple[str, Actor, bool]]) -> None:
    """A round ends with a decision; only the customer, a refusal or a reopening begins another."""
    case = seen = a_case()
    numbers: list[int] = []
    for n, (step, by, look) in enumerate(steps):
        seen = case if look else seen
        before = case
        if step == "customer":
            case = told(case, a_ticket(said(f"c{n}", "More.", minutes=n + 1)))
        elif step == "triage" and case.status is Status.WAITING:
            case = analysed(case, analysis(f"draft {n}", read_until=case.ticket.last_asked), NOW)
        elif step == "refused" and case.sending is Sending.QUEUED:
            case = unsent(case, "no")
        elif step == "sent" and case.sending is Sending.QUEUED:
            case = sent(case)
        elif step in TABLE:
            try:
                case = decide(case, an_act(step, seen, by), POLICY, NOW)
            except NotNow:
                assert case is before
                continue
            if before.decision is not None:
                assert step in ("reopen", "keep", "note", "follow up", "resolve")
                assert (case.decision is None) == (step == "reopen")
            if case.replies != before.replies:
                assert before.decision is None or step == "follow up"
                assert seen.ticket.last_asked == case.ticket.last_asked
                numbers.append(case.replies)
        assert (case.status in (Status.ANSWERED, Status.CLOSED)) == (case.decision is not None)
        assert (case.status is Status.ANSWERED) == (case.answered and case.closing is None)
    assert numbers == list(range(1, len(numbers) + 1))


def test_what_a_person_decided_while_the_ticket_was_read_stands() -> None:
    """A dismissal during triage is not undone by its result."""
    dismissed = do(a_case(status=Status.WAITING), "dismiss")
    after = analysed(dismissed, analysis(), NOW)
    assert (after.status, after.decision, after.home) == (Status.CLOSED, dismissed.decision, dismissed.home)
