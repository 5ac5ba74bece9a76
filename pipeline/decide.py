"""decide(): what a person's act makes of a case, or why it cannot be.

NotNow
├── AlreadyDecided     somebody was faster
├── AlreadyClaimed     somebody else works on it
├── AlreadyHeard       somebody else has acknowledged the call
├── AlreadyHeld        the customer was told already that somebody looks into it
├── AlreadySo          what is asked for is so already
├── Stale              what was shown is no longer what would be sent
├── NotReady           there is nothing to decide on yet
└── Unsendable         the text must not reach a customer as it is
"""

from datetime import datetime
from enum import StrEnum

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
from pipeline.case import Acknowledged, Actor, Case, Decision, Holding, Sending, Status, Verdict, Worth, expired
from pipeline.errors import TriageError
from pipeline.policy import Policy


class NotNow(TriageError):
    """This cannot be done now."""


class AlreadyDecided(NotNow):
    """Somebody was faster."""

    def __init__(self, decision: Decision) -> None:
        super().__init__(f"Already {decision.verdict} by {decision.by.name}.")
        self.decision = decision


class AlreadyClaimed(NotNow):
    """Somebody else works on it."""

    def __init__(self, by: Actor) -> None:
        super().__init__(f"Already claimed by {by.name}. Ask them to release it, or reassign the ticket.")


class AlreadyHeard(NotNow):
    """Somebody else has acknowledged the call."""

    def __init__(self, by: Actor) -> None:
        super().__init__(f"Already acknowledged by {by.name}, so nobody else is called.")


class AlreadyHeld(NotNow):
    """The customer was told already that somebody looks into it."""

    def __init__(self, by: Actor) -> None:
        super().__init__(
            f"Already acknowledged to the customer by {by.name}. The answer is still owed: write the reply."
        )


class AlreadySo(NotNow):
    """It is so already."""


class Change(StrEnum):
    """What is different from what was shown."""

    MESSAGE = "the customer wrote again"
    DRAFT = "the draft was written anew"
    AGE = "the draft is too old"
    READING = "the ticket is being read again"


class Stale(NotNow):
    """What was shown is no longer what would be sent."""

    def __init__(self, case: Case, changes: tuple[Change, ...]) -> None:
        super().__init__(f"Not sent: {' and '.join(changes)}. Look at the card again, then decide.")
        self.case = case
        self.changes = changes


class NotReady(NotNow):
    """There is no draft yet: wait for triage, or write the reply yourself with Edit."""


class Unsendable(NotNow):
    """The text holds a placeholder that does not belong to this customer: edit it first."""


_ANSWERS_THE_CALL = (Approve, Edit, Reassign, Claim, Dismiss, MarkDuplicate, Resolve, Merge, Snooze, CallOff)


def decide(case: Case, act: Act, policy: Policy, now: datetime) -> Case:
    """Return what `act` makes of `case`. Raises NotNow with a sentence for the person who acted."""
    after = _decided(case, act, policy, now)
    return after.but(acknowledged=None) if isinstance(act, _ANSWERS_THE_CALL) else after


def _decided(case: Case, act: Act, policy: Policy, now: datetime) -> Case:
    if isinstance(act, Reopen):
        return _reopen(case)
    if isinstance(act, Keep):
        return _keep(case, act.worth)
    if isinstance(act, KeepNote):
        return case
    if isinstance(act, FollowUp):
        return _follow_up(case, act, now)
    if isinstance(act, Resolve) and case.status is Status.ANSWERED:
        return _closed_after_answer(case, Decision(verdict=Verdict.RESOLVED, by=act.by, at=now))
    if case.decision is not None:
        raise AlreadyDecided(case.closing or case.decision)
    match act:
        case Approve(by=by, text=text):
            _must_be_current(case, act.shown, policy, now)
            return _answer(case, Decision(verdict=Verdict.APPROVED, by=by, at=now, text=text))
        case SendHolding(by=by, text=text):
            return _hold(case, act.shown, by, text, policy, now)
        case Edit(by=by, text=text):
            _must_hear_the_customer(case, act.shown)
            return _answer(case, Decision(verdict=Verdict.EDITED, by=by, at=now, text=text))
        case Reassign(team=team, agent=agent):
            return _filed_anew(case).but(team=team, chosen_team=team, agent=agent, claimed_by=None).placed(team)
        case Choose(category=category):
            waiting = _filed_anew(case).but(status=Status.WAITING, snoozed_until=None)
            return waiting.but(chosen_category=category, chosen_team="")
        case Claim(by=by, hold=hold):
            return _claim(case, by, hold)
        case Dismiss(by=by):
            return _close(case, Decision(verdict=Verdict.DISMISSED, by=by, at=now))
        case MarkDuplicate(by=by, of=of):
            return _close(case, Decision(verdict=Verdict.DUPLICATE, by=by, at=now)).but(duplicate_of=of)
        case Resolve(by=by):
            return _close(case, Decision(verdict=Verdict.RESOLVED, by=by, at=now))
        case Merge(by=by, into=into, category=category):
            filed = _filed_anew(case).but(chosen_category=category) if category else case
            return _close(filed, Decision(verdict=Verdict.MERGED, by=by, at=now)).but(duplicate_of=into)
        case Snooze(until=until):
            return case.but(status=Status.SNOOZED, snoozed_until=until)
        case Escalate():
            team = policy.known(case.category).escalation_team
            return case.but(chosen_escalation=True).placed(team)
        case CallOff():
            return case.but(chosen_escalation=False).placed(case.team or case.home)
        case Acknowledge(by=by):
            return _acknowledge(case, by, now)
        case Unacknowledge():
            return _unacknowledge(case)
        case Rate():
            return _rated(case)
        case Regenerate(instruction=instruction):
            return _rated(case).but(status=Status.WAITING, instruction=instruction, snoozed_until=None)


def _answer(case: Case, decision: Decision) -> Case:
    if not decision.text.strip():
        raise NotReady
    return case.but(
        status=Status.ANSWERED,
        decision=decision,
        sending=Sending.QUEUED,
        replies=case.replies + 1,
        problem="",
        snoozed_until=None,
    )


def _hold(case: Case, shown: str, by: Actor, text: str, policy: Policy, now: datetime) -> Case:
    if case.held is not None:
        raise AlreadyHeld(case.held.by)
    _must_be_current(case, shown, policy, now)
    if not text.strip():
        raise NotReady
    held = Holding(by=by, at=now, text=text, asked=len(case.ticket.asked), replies=case.replies)
    return case.but(holdings=(*case.holdings, held), problem="")


def _follow_up(case: Case, act: FollowUp, now: datetime) -> Case:
    if case.decision is None or not case.answered:
        raise AlreadyDecided(case.decision) if case.decision else NotReady
    if case.replies != act.after or case.sending is Sending.QUEUED:
        raise AlreadyDecided(case.decision)
    _must_hear_the_customer(case, act.shown)
    return _answer(case, Decision(verdict=Verdict.FOLLOWED_UP, by=act.by, at=now, text=act.text)).but(closing=None)


def _filed_anew(case: Case) -> Case:
    return case.but(read_as=case.read_as or case.category)


def _close(case: Case, decision: Decision) -> Case:
    return case.but(status=Status.CLOSED, decision=decision, snoozed_until=None)


def _closed_after_answer(case: Case, closing: Decision) -> Case:
    if case.sending is Sending.QUEUED:
        raise NotNow("The reply is still on its way to the customer. Resolve the ticket once it was sent.")
    return case.but(status=Status.CLOSED, closing=closing)


def _reopen(case: Case) -> Case:
    if case.status is not Status.CLOSED:
        raise NotNow("Only a closed ticket can be reopened.")
    return case.reopened()


def _keep(case: Case, worth: Worth) -> Case:
    if not case.answered:
        raise NotNow("Only an answer that was given can be kept or left out.")
    return case.but(worth=worth)


def _rated(case: Case) -> Case:
    if case.analysis is None or not case.analysis.draft.text.strip():
        raise NotReady
    return case


def _claim(case: Case, by: Actor, hold: bool | None) -> Case:
    theirs = case.claimed_by is not None and case.claimed_by.id == by.id
    if hold is theirs:
        raise AlreadySo
    if case.claimed_by is None:
        return case.but(claimed_by=by)
    if not theirs:
        raise AlreadyClaimed(case.claimed_by)
    return case.but(claimed_by=None, agent="" if case.agent == case.claimed_by.name else case.agent)


def _acknowledge(case: Case, by: Actor, now: datetime) -> Case:
    if case.acknowledged is not None:
        raise AlreadyHeard(case.acknowledged.by)
    return case.but(acknowledged=Acknowledged(by=by, at=now))


def _unacknowledge(case: Case) -> Case:
    if case.acknowledged is None:
        raise NotNow("Nobody has acknowledged this, so there is nothing to take back.")
    return case.but(acknowledged=None)


def _must_be_current(case: Case, shown: str, policy: Policy, now: datetime) -> None:
    if case.analysis is None:
        raise NotReady
    draft, _, message = shown.partition(".")
    now_draft, _, now_message = case.shown.partition(".")
    changes = (
        *((Change.MESSAGE,) if message != now_message else ()),
        *((Change.READING,) if case.status is Status.WAITING and message == now_message else ()),
        *((Change.DRAFT,) if draft != now_draft else ()),
        *((Change.AGE,) if expired(case, policy, now) else ()),
    )
    if changes:
        raise Stale(case, changes)
    if case.unread:  # triage gave up on what the customer wrote last, so the draft is about something else
        raise NotReady
    if doubts := case.analysis.draft.doubts:
        named = ", ".join(f"“{word}”" for word in doubts[:3])
        raise Unsendable(f"Not sent: {named} may name another customer. Press Edit, take out what does, then send.")


def _must_hear_the_customer(case: Case, shown: str) -> None:
    # Whoever writes the reply need not know our draft, but must have read the customer's last words.
    if shown.partition(".")[2] != case.shown.partition(".")[2]:
        raise Stale(case, (Change.MESSAGE,))
