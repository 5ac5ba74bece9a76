"""Somebody asks what presses: /triage sla and /triage escalations."""

from datetime import datetime

from handlers.card_links import links_to_cards
from handlers.services import Services
from handlers.summoning import DueStep, Inquiry, due_step
from handlers.team_names import team_named
from handlers.views.watch import MOST_ALARMS, MOST_LISTED, Calling, Targets, escalations_card, sla_card
from handlers.views.words import title
from pipeline.case import Case
from pipeline.errors import Unavailable
from pipeline.ports import Card, Person
from pipeline.summon import Held, Passed, Reached
from storage import alarms
from storage.cases import undecided

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
    ordered = sorted(found, key=lambda alarm: not alarm.occasion.escalates)
    steps = [await due_step(services, f"{alarm.id}:{alarm.step}") for alarm in ordered]
    open_steps = [step for step in steps if step is not None and step.case.open]
    inquiry = Inquiry(services)
    calling = [await _calling(inquiry, step) for step in open_steps[:MOST_ALARMS]]
    links = await links_to_cards(services, [each.case for each in calling])
    shown = [each.model_copy(update={"card": links.get(each.case.id, "")}) for each in calling]
    return escalations_card(shown, len(open_steps))


async def _calling(inquiry: Inquiry, step: DueStep) -> Calling:
    called = tuple(one.who for one in step.made if one.ts is not None)
    known = Calling(alarm=step.alarm, case=step.case, called=called)
    try:
        ahead = await inquiry.outcomes(step)
    except Unavailable:
        return known.model_copy(update={"unsure": True})
    passed = tuple((each.who, each.reason) for each in ahead if isinstance(each, Passed))
    match ahead[-1:]:
        case (Reached(who=who, at=at),) | (Held(who=who, until=at),):
            return known.model_copy(update={"passed": passed, "next": who, "at": at})
    return known.model_copy(update={"passed": passed})
