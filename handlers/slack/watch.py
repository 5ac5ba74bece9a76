"""Somebody asks what presses: /triage sla and /triage escalations."""

from datetime import datetime

from handlers.card_links import links_to_cards
from handlers.services import Services
from handlers.team_names import team_named
from handlers.views.watch import MOST_LISTED, Calling, Targets, escalations_card, sla_card
from handlers.views.words import title
from pipeline.alarm import Alarm
from pipeline.case import Case
from pipeline.ports import Card, Person
from pipeline.summon import target_of
from storage import alarms
from storage.absences import away
from storage.cases import load, undecided

MOST_READ = 2000


async def sla(services: Services, person: Person, text: str) -> Card:
    """Return what is overdue, at risk and due next, of one team or of all."""
    team = team_named(services.policy, text, "sla") if text else ""
    async with services.store.reader() as connection:
        waiting = await undecided(connection, services.workspace, team=team, limit=MOST_READ)
    targets = targets_of([case for case in waiting if case.due_at], services.clock.now())
    targets = targets.model_copy(update={"unread": sum(case.due_at is None for case in waiting)})
    shown = [case for some in (targets.overdue, targets.at_risk, targets.later) for case in some[:MOST_LISTED]]
    return sla_card(targets, title(team), await links_to_cards(services, shown))


def targets_of(cases: list[Case], now: datetime) -> Targets:
    """Sort cases that have a target by how it stands."""
    late = [case.due_at is not None and case.due_at <= now for case in cases]
    risky = [case.at_risk_at is not None and case.at_risk_at <= now for case in cases]
    standing = list(zip(cases, late, risky, strict=True))
    return Targets(
        overdue=tuple(case for case, is_late, _ in standing if is_late),
        at_risk=tuple(case for case, is_late, is_risky in standing if is_risky and not is_late),
        later=tuple(case for case, is_late, is_risky in standing if not (is_late or is_risky)),
    )


async def escalations(services: Services, person: Person, text: str) -> Card:
    """Return the alarms that are not over, escalations first."""
    async with services.store.reader() as connection:
        found = await alarms.unended(connection, services.workspace)
    found = tuple(sorted(found, key=lambda alarm: not alarm.occasion.escalates))
    calling = [each for alarm in found if (each := await _calling(services, alarm))]
    links = await links_to_cards(services, [each.case for each in calling])
    return escalations_card([each.model_copy(update={"card": links.get(each.case.id, "")}) for each in calling])


async def _calling(services: Services, alarm: Alarm) -> Calling | None:
    now = services.clock.now()
    async with services.store.reader() as connection:
        case = await load(connection, alarm.case_id)
        made = await alarms.calls_of(connection, alarm.id)
        gone = await away(connection, services.workspace, alarm.next_at or now)
    if case is None or not case.open:
        return None
    target = target_of(alarm, alarm.next.call, services.policy, alarm.next_at or now, gone) if alarm.next else None
    called = tuple(one.who for one in made if one.ts is not None)
    return Calling(alarm=alarm, case=case, called=called, next=target.who if target else "", at=alarm.next_at)
