"""Whom a step of a chain reaches now: somebody at a place in Slack, somebody later, or nobody."""

from dataclasses import dataclass
from datetime import datetime

from handlers.reaching import address_of
from handlers.services import Services
from pipeline.alarm import Alarm
from pipeline.case import Case, Status
from pipeline.errors import Refused, Unavailable
from pipeline.preferences import Preferences, personal
from pipeline.summon import Hindrance, Target, hindrance, target_of, waits
from pipeline.whereabouts import apart
from storage import alarms
from storage.absences import away
from storage.alarms import Call
from storage.cards import CARD, Placed, placed
from storage.cases import load
from storage.preferences import preferred


@dataclass(frozen=True, slots=True)
class DueStep:
    """A step that came due, with what is known of it. `card` is where the case is shown now."""

    alarm: Alarm
    case: Case
    number: int
    made: tuple[Call, ...]
    card: Placed | None

    @property
    def key(self) -> str:
        """The name of its effect."""
        return f"call:{self.alarm.id}:{self.number}"

    @property
    def call(self) -> Call | None:
        """The call as it was planned, if it was."""
        return next((one for one in self.made if one.step == self.number), None)

    @property
    def wanted(self) -> bool:
        """Whether nobody has acted yet."""
        return self.alarm.calls(self.number) and self.case.open and self.case.status is not Status.SNOOZED


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


async def due_step(services: Services, subject: str) -> DueStep | None:
    """Return the step that a job names; None when there is no such alarm."""
    alarm_id, _, number = subject.partition(":")
    async with services.store.reader() as connection:
        if (alarm := await alarms.load(connection, alarm_id)) is None:
            return None
        case = await load(connection, alarm.case_id)
        assert case is not None  # the database keeps a case while an alarm names it
        made = await alarms.calls_of(connection, alarm_id)
        shown = await placed(connection, case.id)
    card = next((one for one in shown if one.role == CARD and one.placement == case.placement), None)
    return DueStep(alarm, case, int(number), made, card)


async def summoned(services: Services, step: DueStep) -> Call | Held | Passed:
    """Decide who is called and where. Raises Unavailable while Slack does not say what has to be known."""
    now, alarm = services.clock.now(), step.alarm
    assert alarm.next is not None
    async with services.store.reader() as connection:
        gone = await away(connection, services.workspace, now)
        chosen = await preferred(connection, services.workspace)
    target = target_of(alarm, alarm.next.call, personal(services.policy, chosen), now, gone)
    if target is None:
        return Passed(alarm.next.call, "is nobody at present")
    home = services.policy.known_team(step.case.home)
    if knows := _knows(step, target):
        return Passed(target.who, knows)
    try:
        user = await address_of(services, home, target.member) if target.member else ""
        against = await _against(services, alarm, target, user, gone, chosen.get(target.who, Preferences()))
        if against is not None:
            if against.until is not None and waits(alarm, against.until, now):
                return Held(target.who, against.reason, against.until)
            return Passed(target.who, against.reason)
        channel, thread = await _where(services, step, target, user)
    except Refused as refusal:
        return Passed(target.who, str(refusal))
    known = {"alarm_id": alarm.id, "step": step.number, "who": target.who, "user": apart(user)[1]}
    return Call.model_validate({**known, "channel": channel, "thread": thread, "planned_at": now})


def _knows(step: DueStep, target: Target) -> str:
    """Return why somebody need not be told, if they need not."""
    if target.member is None:
        return ""
    if target.who == step.alarm.raised_by:
        return "raised it"
    return "was called already" if not target.direct and any(one.who == target.who for one in step.made) else ""


async def _against(
    services: Services, alarm: Alarm, target: Target, user: str, gone: frozenset[str], chosen: Preferences
) -> Hindrance | None:
    quiet = None
    if user and not alarm.pressing:
        try:
            quiet = await services.chat.quiet_until(user)
        except (Refused, Unavailable):
            quiet = None  # a call does not wait for what only spares somebody
    now = services.clock.now()
    return hindrance(alarm, target, chosen, now=now, away=gone, quiet_until=quiet)


async def _where(services: Services, step: DueStep, target: Target, user: str) -> tuple[str, str | None]:
    """Return channel and thread: below the card for who is in its team, else a direct message."""
    if target.member is None:
        return await services.chat.channel(target.channel), None
    home = services.policy.known_team(step.case.home)
    elsewhere = apart(user)[0] != home.workspace
    if target.direct or elsewhere or target.who not in {member.name for member in home.members}:
        return await services.chat.direct(user), None
    if step.card is not None:
        return step.card.channel, step.card.ts
    return await services.chat.channel(home.address), None
