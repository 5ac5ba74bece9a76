"""Whom a step of a chain reaches now: somebody at a place in Slack, somebody later, or nobody."""

from dataclasses import dataclass
from itertools import islice

from handlers.reaching import address_of
from handlers.services import Services
from pipeline.alarm import Alarm
from pipeline.case import Case, Status
from pipeline.errors import Refused, Unavailable
from pipeline.preferences import personal
from pipeline.summon import Ask, Facts, Held, Passed, Place, Reach, Reached, Target, walk
from pipeline.whereabouts import apart
from storage import alarms
from storage.absences import absent
from storage.alarms import Call
from storage.cards import CARD, Placed, placed
from storage.cases import load
from storage.preferences import preferred

Known = Reached | Held | Passed


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
    [outcome] = await Inquiry(services).outcomes(step, most=1)
    if not isinstance(outcome, Reached):
        return outcome
    known = {"alarm_id": step.alarm.id, "step": step.number, "who": outcome.who, "user": apart(outcome.user)[1]}
    place = {"channel": outcome.place.channel, "thread": outcome.place.thread}
    return Call.model_validate({**known, **place, "planned_at": services.clock.now()})


class Inquiry:
    """Walks down chains, and asks Slack for what a walk has to know: for several alarms each thing once."""

    def __init__(self, services: Services) -> None:
        self._services = services
        self._people: dict[tuple[str, str, bool], Reach] = {}

    async def outcomes(self, step: DueStep, most: int | None = None) -> tuple[Known, ...]:
        """Return what comes of an alarm's next steps while nobody acts: that of the present one first.

        Raises Unavailable while Slack does not say what has to be known.
        """
        now, facts = self._services.clock.now(), await _facts(self._services, step)
        while True:
            found = tuple(islice(walk(step.alarm, facts, now), most))
            if not (asks := [each for each in found if isinstance(each, Ask)]):
                return tuple(each for each in found if not isinstance(each, Ask))
            facts = facts.told(asks[0], await self._answer(step, asks[0]))

    async def _answer(self, step: DueStep, ask: Ask) -> Reach | Place:
        if ask.place:
            return await _place(self._services, step, ask.target, ask.reach.user if ask.reach else "")
        home = self._services.policy.known_team(step.case.home)
        key = (home.workspace, ask.target.who, step.alarm.pressing)
        if key not in self._people:
            self._people[key] = await _reach(self._services, step, ask.target)
        return self._people[key]


async def _facts(services: Services, step: DueStep) -> Facts:
    async with services.store.reader() as connection:
        gone = await absent(connection, services.workspace, services.clock.now())
        chosen = await preferred(connection, services.workspace)
    called = {one.step: one.who for one in step.made}
    return Facts(personal(services.policy, chosen), chosen, gone, called)


async def _reach(services: Services, step: DueStep, target: Target) -> Reach:
    assert target.member is not None
    try:
        user = await address_of(services, services.policy.known_team(step.case.home), target.member)
    except Refused as refusal:
        return Reach(refusal=str(refusal))
    if step.alarm.pressing:
        return Reach(user)
    try:
        return Reach(user, quiet_until=await services.chat.quiet_until(user))
    except (Refused, Unavailable):
        return Reach(user)  # a call does not wait for what only spares somebody


async def _place(services: Services, step: DueStep, target: Target, user: str) -> Place:
    """Return where a call stands: below the card for who is in its team, else a direct message."""
    try:
        return await _where(services, step, target, user)
    except Refused as refusal:
        return Place(refusal=str(refusal))


async def _where(services: Services, step: DueStep, target: Target, user: str) -> Place:
    if target.member is None:
        return Place(await services.chat.channel(target.channel))
    home = services.policy.known_team(step.case.home)
    elsewhere = apart(user)[0] != home.workspace
    if target.direct or elsewhere or target.who not in {member.name for member in home.members}:
        return Place(await services.chat.direct(user))
    if step.card is not None:
        return Place(step.card.channel, step.card.root)
    return Place(await services.chat.channel(home.address))
