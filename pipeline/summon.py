"""Summon: whom a step of a chain means at a moment, and what speaks against calling them now."""

from collections.abc import Collection
from datetime import datetime

from pydantic import AwareDatetime

from pipeline.alarm import Alarm
from pipeline.chain import Occasion, Whom
from pipeline.policy import Member, Policy, Team
from pipeline.preferences import Mentions, Preferences
from pipeline.rotation import on_call
from pipeline.shift import at_work, begins
from pipeline.value import Value


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
