"""decide(): what a person's act makes of a case, or why it cannot be.

NotNow
├── AlreadyDecided     somebody was faster
├── AlreadyClaimed     somebody else works on it
├── Stale              what was shown is no longer what would be sent
├── NotReady           there is nothing to decide on yet
└── Unsendable         the text must not reach a customer as it is
"""

from datetime import datetime
from enum import StrEnum

from pydantic import AwareDatetime, Field

from pipeline.case import Actor, Case, Decision, Sending, Status, Verdict, Worth, expired
from pipeline.draft import LONGEST
from pipeline.errors import TriageError
from pipeline.policy import Policy
from pipeline.value import Value


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


class Approve(Value):
    """Send the draft as it was shown. `text` is that draft with the customer's own data put back."""

    by: Actor
    shown: str
    text: str


class Edit(Value):
    """Send what the person wrote instead."""

    by: Actor
    shown: str
    text: str = Field(max_length=LONGEST)


class Reassign(Value):
    """Give the ticket to another team or person."""

    by: Actor
    team: str
    agent: str = ""
    reason: str = Field(default="", max_length=500)


class Choose(Value):
    """Settle the category where the engine was not sure, or was wrong."""

    by: Actor
    category: str


class Claim(Value):
    """Say that one works on it; said again by the same person, it is released."""

    by: Actor


class Dismiss(Value):
    """Say that this is not a request."""

    by: Actor


class MarkDuplicate(Value):
    """Say that another case is about the same thing."""

    by: Actor
    of: str


class Snooze(Value):
    """Put it away until a moment."""

    by: Actor
    until: AwareDatetime


class Reopen(Value):
    """Take back that it was dismissed or a duplicate."""

    by: Actor


class Escalate(Value):
    """Say that it must not wait."""

    by: Actor


class CallOff(Value):
    """Say that it was escalated for nothing."""

    by: Actor


class Rate(Value):
    """Say whether the draft is a good one."""

    by: Actor
    good: bool


class Regenerate(Value):
    """Have the draft written anew, as the person says."""

    by: Actor
    instruction: str = Field(min_length=1, max_length=300)


class Keep(Value):
    """Say what the answer is worth to later tickets."""

    by: Actor
    worth: Worth


Act = (
    Approve
    | Edit
    | Reassign
    | Choose
    | Claim
    | Dismiss
    | MarkDuplicate
    | Snooze
    | Reopen
    | Escalate
    | CallOff
    | Rate
    | Keep
    | Regenerate
)


def decide(case: Case, act: Act, policy: Policy, now: datetime) -> Case:
    """Return what `act` makes of `case`. Raises NotNow with a sentence for the person who acted."""
    if isinstance(act, Reopen):
        return _reopen(case)
    if isinstance(act, Keep):
        return _keep(case, act.worth)
    if case.decision is not None:
        raise AlreadyDecided(case.decision)
    match act:
        case Approve(by=by, text=text):
            _must_be_current(case, act.shown, policy, now)
            return _answer(case, Decision(verdict=Verdict.APPROVED, by=by, at=now, text=text))
        case Edit(by=by, text=text):
            _must_hear_the_customer(case, act.shown)
            return _answer(case, Decision(verdict=Verdict.EDITED, by=by, at=now, text=text))
        case Reassign(team=team, agent=agent):
            return _filed_anew(case).but(team=team, chosen_team=team, agent=agent, claimed_by=None).placed(team)
        case Choose(category=category):
            waiting = _filed_anew(case).but(status=Status.WAITING, snoozed_until=None)
            return waiting.but(chosen_category=category, chosen_team="")
        case Claim(by=by):
            return _claim(case, by)
        case Dismiss(by=by):
            return _close(case, Decision(verdict=Verdict.DISMISSED, by=by, at=now))
        case MarkDuplicate(by=by, of=of):
            return _close(case, Decision(verdict=Verdict.DUPLICATE, by=by, at=now)).but(duplicate_of=of)
        case Snooze(until=until):
            return case.but(status=Status.SNOOZED, snoozed_until=until)
        case Escalate():
            team = policy.known(case.category).escalation_team
            return case.but(chosen_escalation=True).placed(team)
        case CallOff():
            return case.but(chosen_escalation=False).placed(case.team or case.home)
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


def _filed_anew(case: Case) -> Case:
    return case.but(read_as=case.read_as or case.category)


def _close(case: Case, decision: Decision) -> Case:
    return case.but(status=Status.CLOSED, decision=decision, snoozed_until=None)


def _reopen(case: Case) -> Case:
    if case.status is not Status.CLOSED:
        raise NotNow("Only a closed ticket can be reopened.")
    return case.back().but(duplicate_of="")


def _keep(case: Case, worth: Worth) -> Case:
    if case.status is not Status.ANSWERED:
        raise NotNow("Only an answer that was given can be kept or left out.")
    return case.but(worth=worth)


def _rated(case: Case) -> Case:
    if case.analysis is None or not case.analysis.draft.text.strip():
        raise NotReady
    return case


def _claim(case: Case, by: Actor) -> Case:
    if case.claimed_by is None:
        return case.but(claimed_by=by)
    if case.claimed_by.id != by.id:
        raise AlreadyClaimed(case.claimed_by)
    return case.but(claimed_by=None)


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
