"""Summon: whom a step of a chain means at a moment, what speaks against calling them now, and who is reached next."""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Self

from pydantic import AwareDatetime

from pipeline.alarm import Alarm, Condition
from pipeline.chain import Occasion, Whom
from pipeline.policy import Member, Policy, Team
from pipeline.preferences import Mentions, Preferences
from pipeline.rotation import on_call
from pipeline.shift import at_work, begins
from pipeline.value import Value

MOST_HELD = 20  # times that a walk waits for somebody, before it says for whom and looks no further


class Target(Value):
    """A person, or a channel. `direct`: by direct message, wherever the card stands."""

    member: Member | None = None
    channel: str = ""
    direct: bool = False

    @property
    def who(self) -> str:
        """The person's name, or the channel's with #."""
        return self.member.name if self.member else f"#{self.channel}"


class Hindrance(Value):
    """Why somebody is not called now, and until when that holds, where it ends by itself."""

    reason: str
    until: AwareDatetime | None = None


@dataclass(frozen=True, slots=True)
class Reach:
    """What Slack says of a person: their address, or why there is none, and until when nothing disturbs them."""

    user: str = ""
    refusal: str = ""
    quiet_until: datetime | None = None


@dataclass(frozen=True, slots=True)
class Place:
    """Where a call would stand, or why it cannot."""

    channel: str = ""
    thread: str | None = None
    refusal: str = ""


@dataclass(frozen=True, slots=True)
class Ask:
    """What Slack has to be asked before it is known what comes of a step: who somebody is, or where they are told."""

    target: Target
    reach: Reach | None = None

    @property
    def place(self) -> bool:
        """Whether the place is asked for."""
        return self.target.member is None or self.reach is not None


@dataclass(frozen=True, slots=True)
class Reached:
    """Somebody is called, at that moment."""

    who: str
    user: str
    place: Place
    at: datetime


@dataclass(frozen=True, slots=True)
class Held:
    """Somebody is called later."""

    who: str
    reason: str
    until: datetime


@dataclass(frozen=True, slots=True)
class Passed:
    """Somebody is not called: the next is, at once."""

    who: str
    reason: str


@dataclass(frozen=True, slots=True)
class Facts:
    """What is known of everybody. `absent` says until when, `called` who was called by which step, both by name."""

    policy: Policy  # with everybody's hours as they chose them
    preferences: Mapping[str, Preferences] = field(default_factory=dict)
    absent: Mapping[str, datetime | None] = field(default_factory=dict)
    called: Mapping[int, str] = field(default_factory=dict)
    people: Mapping[str, Reach] = field(default_factory=dict)
    places: Mapping[tuple[str, bool], Place] = field(default_factory=dict)

    def away(self, at: datetime) -> frozenset[str]:
        """Return who is away at a moment, as far as they have said."""
        return frozenset(name for name, until in self.absent.items() if until is None or until > at)

    def place(self, target: Target) -> Place | None:
        """Return where a target is told, if that was asked."""
        return self.places.get((target.who, target.direct))

    def told(self, ask: Ask, said: Reach | Place) -> Self:
        """Return the facts with the answer to a question."""
        if isinstance(said, Reach):
            return replace(self, people={**self.people, ask.target.who: said})
        return replace(self, places={**self.places, (ask.target.who, ask.target.direct): said})


Outcome = Reached | Held | Passed | Ask


def walk(alarm: Alarm, facts: Facts, now: datetime) -> Iterator[Outcome]:
    """Yield what comes of the steps from the present one on, while nobody acts: up to whoever is reached, or an Ask.

    The first is what happens to the present step; it yields nothing where nobody is called or left to call.
    """
    at, held = max(now, alarm.next_at or now), 0
    while alarm.condition is Condition.CALLING and alarm.next is not None and held < MOST_HELD:
        outcome = _outcome(alarm, facts, at)
        yield outcome
        match outcome:
            case Reached() | Ask():
                return
            case Held():
                alarm, at, held = alarm.held(outcome.until), outcome.until, held + 1
            case Passed():
                alarm = alarm.advanced(at, at_once=True)


def _outcome(alarm: Alarm, facts: Facts, at: datetime) -> Outcome:
    assert alarm.next is not None
    if planned := facts.called.get(alarm.step):  # it is on its way
        return Reached(planned, "", Place(), at)
    away = facts.away(at)
    target = target_of(alarm, alarm.next.call, facts.policy, at, away)
    if target is None:
        return Passed(alarm.next.call, "is nobody at present")
    if knows := _knows(alarm, facts, target):
        return Passed(target.who, knows)
    reach = Reach() if target.member is None else facts.people.get(target.who)
    if reach is None:
        return Ask(target)
    if reach.refusal:
        return Passed(target.who, reach.refusal)
    wishes = facts.preferences.get(target.who, Preferences())
    if against := hindrance(alarm, target, wishes, now=at, away=away, quiet_until=reach.quiet_until):
        if against.until is not None and waits(alarm, against.until, at):
            return Held(target.who, against.reason, against.until)
        return Passed(target.who, against.reason)
    if (place := facts.place(target)) is None:
        return Ask(target, reach)
    return Passed(target.who, place.refusal) if place.refusal else Reached(target.who, reach.user, place, at)


def _knows(alarm: Alarm, facts: Facts, target: Target) -> str:
    """Return why somebody need not be told, if they need not."""
    if target.member is None:
        return ""
    if target.who == alarm.raised_by:
        return "raised it"
    return "was called already" if not target.direct and target.who in facts.called.values() else ""


def target_of(alarm: Alarm, call: str, policy: Policy, now: datetime, away: Collection[str]) -> Target | None:
    """Return who or what a step calls; None where there is nobody of that kind."""
    team = policy.known_team(alarm.team)
    match call:
        case Whom.OWNER:
            return _person(policy, alarm.owner)
        case Whom.ON_CALL:
            return _person(policy, standby(team, now, away))
        case Whom.LEAD:
            return _person(policy, team.lead)
        case Whom.DIRECT:
            lead = _person(policy, team.lead or next((member.name for member in policy.leads), ""))
            return None if lead is None else lead.model_copy(update={"direct": True})
        case Whom.CHANNEL:
            return Target(channel=team.address)
        case Whom.FALLBACK:
            return Target(channel=policy.fallback_channel)
    if call.startswith("#"):
        return Target(channel=call[1:])
    return _person(policy, call)


def standby(team: Team, now: datetime, away: Collection[str]) -> str:
    """Return who is on call: by the rotation, else the first of the team who is there, else its lead."""
    if team.on_call is not None:
        return on_call(team.on_call, now, away).member
    there = (member.name for member in team.members if member.name not in away and at_work(member, now))
    return next(there, team.lead)


def hindrance(
    alarm: Alarm,
    target: Target,
    preferences: Preferences,
    *,
    now: datetime,
    away: Collection[str],
    quiet_until: datetime | None,
) -> Hindrance | None:
    """Return what speaks against calling a target now. For a P1 people are called whenever they are not away."""
    member = target.member
    if member is None:
        return None
    if member.name in away:
        return Hindrance(reason="is away")
    if alarm.pressing or (alarm.next is not None and alarm.next.call == Whom.DIRECT):
        return None  # the last resort does not wait either
    if preferences.mentions is Mentions.NONE or (preferences.mentions is Mentions.MINE and member.name != alarm.owner):
        return Hindrance(reason="does not want to be mentioned for this")
    if not at_work(member, now):
        return Hindrance(reason="is not at work", until=begins(member, now))
    if quiet_until is not None and quiet_until > now:
        return Hindrance(reason="has notifications switched off", until=quiet_until)
    return None


def waits(alarm: Alarm, until: datetime | None, now: datetime) -> bool:
    """Whether a call can wait until a moment: not when the target is missed by then. A target that is, can."""
    if until is None:
        return False
    if alarm.occasion is Occasion.OVERDUE:
        return True
    return alarm.due_at is not None and now < until < alarm.due_at


def _person(policy: Policy, name: str) -> Target | None:
    everybody = (*policy.leads, *(member for team in policy.teams for member in team.members))
    found = next((member for member in everybody if name and member.name == name), None)
    return None if found is None else Target(member=found)
