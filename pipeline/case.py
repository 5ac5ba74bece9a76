"""Case: our view of a ticket, and what people and the world can do to it.

WAITING ──triage──> OPEN ──approve, edit──> ANSWERED ──resolve──> CLOSED
   ^                 │ ^ └─resolve, merge, dismiss, duplicate──────^
   │                 │ └──wake── SNOOZED <──snooze──┘
   └── the customer writes again, from wherever the case stands
"""

import hashlib
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Self

from pydantic import AwareDatetime, Field

from pipeline.analysis import Analysis
from pipeline.policy import Policy
from pipeline.ticket import Ticket
from pipeline.timer import Timer
from pipeline.value import Value


class Status(StrEnum):
    """Where a case stands."""

    WAITING = "waiting"  # for triage
    OPEN = "open"  # for a person's decision
    SNOOZED = "snoozed"
    ANSWERED = "answered"
    CLOSED = "closed"


class Sending(StrEnum):
    """How far the approved reply has come."""

    NONE = "none"
    QUEUED = "queued"
    SENT = "sent"
    FAILED = "failed"


class Actor(Value):
    """Who did something: a Slack user, or the product itself."""

    id: str
    name: str


DESK = Actor(id="triage-desk", name="Triage Desk")
HELPDESK = Actor(id="helpdesk", name="the helpdesk")
AUTOPILOT = Actor(id="autopilot", name="autopilot")


class Acknowledged(Value):
    """Who heard that a case must not wait, and said so."""

    by: Actor
    at: AwareDatetime


class Verdict(StrEnum):
    """What a decision was; the words that a card uses."""

    APPROVED = "approved"
    EDITED = "edited and sent"
    FOLLOWED_UP = "followed up"
    SOLVED_THERE = "solved in the helpdesk"
    DELETED_THERE = "deleted in the helpdesk"
    DISMISSED = "marked as not a request"
    DUPLICATE = "marked as a duplicate"
    RESOLVED = "resolved"
    MERGED = "merged into another ticket"


_DONE = (Verdict.RESOLVED, Verdict.SOLVED_THERE)


class Worth(StrEnum):
    """What an answer is worth to later tickets, in a person's words."""

    PLAIN = "plain"
    GOLD = "gold"
    POOR = "poor"  # nothing is learnt from it


class Decision(Value):
    """What a person decided last. `text` is the reply, word for word as the customer gets it."""

    verdict: Verdict
    by: Actor
    at: AwareDatetime
    text: str = ""


class Holding(Value):
    """A holding reply: the customer was told that somebody looks into it, and is still owed an answer.

    `asked` is how many messages of theirs it was about, `replies` how many replies had been decided on before.
    """

    by: Actor
    at: AwareDatetime
    text: str
    asked: int
    replies: int
    sending: Sending = Sending.QUEUED


class Absorbed(Value):
    """A case of the same customer that goes on within another one. `excerpt` is masked."""

    case: str
    source: str
    ticket: str
    subject: str
    url: str
    excerpt: str


class Case(Value):
    """A ticket on its way from the customer to a decision. `version` changes with every save."""

    id: str
    workspace: str
    ticket: Ticket
    created_at: AwareDatetime
    status: Status = Status.WAITING
    version: int = 0
    analysis: Analysis | None = None
    analysed_at: AwareDatetime | None = None
    chosen_category: str = Field(default="", description="a person's choice; wins over the engine's")
    read_as: str = Field(default="", description="the engine's category when a person first filed it anew")
    chosen_team: str = Field(default="", description="where a person moved it; a further triage does not move it back")
    chosen_escalation: bool | None = Field(default=None, description="a person's word; wins over what was found")
    team: str = ""
    home: str = Field(default="", description="team in whose channel the card stands; differs when escalated")
    placement: int = Field(default=0, description="grows when the card moves to another channel")
    agent: str = ""
    assignee: str = Field(
        default="", max_length=200, description="name in the helpdesk of who has it there and is nobody in the policy"
    )
    instruction: str = Field(default="", max_length=300, description="how a person wants the draft to be written")
    claimed_by: Actor | None = None
    acknowledged: Acknowledged | None = None
    timer: Timer | None = Field(default=None, description="business time used; starts with the first triage")
    first_due_at: AwareDatetime | None = Field(default=None, description="when the first response was due, or is")
    due_at: AwareDatetime | None = Field(default=None, description="of the present target; none while it rests")
    at_risk_at: AwareDatetime | None = None
    warn_at: AwareDatetime | None = Field(default=None, description="when people are told next that time goes by")
    snoozed_until: AwareDatetime | None = None
    duplicate_of: str = Field(default="", description="the case that this one repeats, or was merged into")
    absorbed: tuple[Absorbed, ...] = Field(default=(), description="the cases that were merged into this one")
    decision: Decision | None = None
    closing: Decision | None = Field(default=None, description="who closed it after its answer was sent")
    worth: Worth = Worth.PLAIN
    replies: int = Field(default=0, description="how many replies were decided on; names the one in hand")
    sending: Sending = Sending.NONE
    holdings: tuple[Holding, ...] = Field(default=(), description="the last one is in hand; their number names it")
    problem: str = Field(default="", max_length=500, description="what a person has to know, shown on the card")

    @property
    def shown(self) -> str:
        """What a reader of the card has in front of them: draft and customer's last message, hashed."""
        draft = self.analysis.draft.text if self.analysis else ""
        return f"{_digest(draft)}.{_digest(self.ticket.last_asked)}"

    @property
    def open(self) -> bool:
        """Whether somebody still has to decide."""
        return self.status in (Status.WAITING, Status.OPEN, Status.SNOOZED)

    @property
    def answered(self) -> bool:
        """Whether a reply was decided on last, be the ticket closed since or not."""
        return self.decision is not None and bool(self.decision.text)

    @property
    def held(self) -> Holding | None:
        """The holding reply that is, or will be, the last word to the customer; None where they got no such word."""
        last = self.holdings[-1] if self.holdings else None
        if last is None or not self.open or last.sending not in (Sending.QUEUED, Sending.SENT):
            return None
        wrote_since = len(self.ticket.asked) > last.asked
        answered_since = self.replies > last.replies and self.sending is not Sending.FAILED
        return None if wrote_since or answered_since else last

    @property
    def resolved(self) -> bool:
        """Whether it is closed because what was asked is done: not set aside, repeated, merged or deleted."""
        word = self.closing or self.decision
        return self.status is Status.CLOSED and word is not None and word.verdict in _DONE

    @property
    def category(self) -> str:
        """The category: a person's choice, else the engine's; "" before triage."""
        return self.chosen_category or (self.analysis.classification.category if self.analysis else "")

    @property
    def owner(self) -> str:
        """The name of who works on it, or has it; "" where nobody does."""
        return self.claimed_by.name if self.claimed_by is not None else self.agent

    @property
    def escalated(self) -> bool:
        """Whether it must not wait: as a person says, else as triage found."""
        if self.chosen_escalation is not None:
            return self.chosen_escalation
        return self.analysis is not None and self.analysis.escalation.escalated

    @property
    def unread(self) -> bool:
        """Whether triage has yet to read what the customer wrote last, or what a person chose."""
        if self.analysis is None or self.analysis.read_until != self.ticket.last_asked:
            return True
        return self.chosen_category not in ("", self.analysis.classification.category)

    def but(self, **changes: object) -> Self:
        """Return this case with some fields changed."""
        return self.model_copy(update=changes)

    def back(self) -> Self:
        """Return this case as it stands once nothing holds it any more: open, or waiting to be read."""
        status = Status.WAITING if self.unread else Status.OPEN
        return self.but(status=status, snoozed_until=None, decision=None)

    def reopened(self) -> Self:
        """Return this closed case as one to be decided on again; what it was answered with before stays learnt."""
        opened = self.back()
        return opened.but(duplicate_of="", closing=None, sending=Sending.NONE, worth=Worth.PLAIN)

    def placed(self, team: str) -> Self:
        """Return this case with its card in the channel of `team`."""
        if team == self.home:
            return self
        return self.but(home=team, placement=self.placement + 1)


def told(case: Case, later: Ticket) -> Case:
    """Return the case with what a further delivery tells; the customer's words make it wait for triage.

    What they edit or take back does so only while somebody still has to decide.
    """
    ticket = case.ticket.joined_by(later)
    news = {message.id for message in ticket.asked} - {message.id for message in case.ticket.asked}
    if ticket.heard == case.ticket.heard or not (news or case.open):
        return case.but(ticket=ticket)
    return case.but(
        ticket=ticket,
        status=Status.WAITING,
        decision=None,
        closing=None,
        duplicate_of="",
        sending=Sending.NONE,
        snoozed_until=None,
        worth=Worth.PLAIN,
        instruction="",
        chosen_escalation=case.chosen_escalation or None,  # an alarm that was called off may be raised again
    )


def analysed(case: Case, analysis: Analysis, now: datetime) -> Case:
    """Return the case with what triage found out, in its team's or its escalation team's channel.

    What a person decided while the ticket was being read stands, and so does the place of its card.
    """
    route, waits, was_escalated = analysis.route, case.status is Status.WAITING, case.escalated
    team = case.chosen_team or route.team
    given = case.agent and case.team in ("", team)  # before it was read, only the helpdesk can have done that
    keeps_agent = given or (case.team == team and case.chosen_team) or case.assignee
    case = case.but(
        analysis=analysis,
        analysed_at=now,
        status=Status.OPEN if waits else case.status,
        team=team,
        agent=case.agent if keeps_agent else route.agent or "",
        problem="",
    )
    calls = case.escalated and not (case.chosen_team and was_escalated)  # who moved it had heard the alarm
    return case.placed(route.escalation_team if calls else team) if waits or not case.home else case


def untriaged(case: Case, reason: str, policy: Policy) -> Case:
    """Return the case as people must see it when triage gave up: the raw ticket, and why."""
    team = case.team or policy.fallback.team
    status = Status.OPEN if case.status is Status.WAITING else case.status
    return case.but(status=status, team=team, problem=reason[:500]).placed(case.home or team)


def sent(case: Case) -> Case:
    """Return the case after its reply reached the helpdesk."""
    return case.but(sending=Sending.SENT, problem="")


def unsent(case: Case, reason: str) -> Case:
    """Return the case after the helpdesk refused its reply: a person has to decide again."""
    problem = f"The reply was not sent: {reason}"
    return case.but(status=Status.OPEN, decision=None, sending=Sending.FAILED, problem=problem[:500])


def held_so_far(case: Case, number: int, sending: Sending) -> Case:
    """Return the case after a holding reply came so far; what it waits for stays as it is."""
    known = enumerate(case.holdings, start=1)
    return case.but(
        holdings=tuple(each.model_copy(update={"sending": sending}) if at == number else each for at, each in known)
    )


def is_holding(case: Case, text: str) -> bool:
    """Whether these are the words of a holding reply; a helpdesk may set them anew and add a line of its own."""
    return any(_says(text, each.text) for each in case.holdings)


def is_ours(case: Case, text: str) -> bool:
    """Whether these are words that were decided on here, as the helpdesk tells them."""
    return is_holding(case, text) or (case.decision is not None and _says(text, case.decision.text))


def _says(text: str, words: str) -> bool:
    sought = " ".join(words.split())
    return bool(sought) and sought in " ".join(text.split())


def woken(case: Case, now: datetime) -> Case:
    """Return the case after its snooze has ended; a case that no longer sleeps stays as it is."""
    if case.status is not Status.SNOOZED or (case.snoozed_until and case.snoozed_until > now):
        return case
    return case.back()


def expired(case: Case, policy: Policy, now: datetime) -> bool:
    """Whether the shown draft is older than the policy lets an approval be."""
    return case.analysed_at is not None and now - case.analysed_at > timedelta(hours=policy.approval_hours)


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:12]
