"""Somebody asks who is on call."""

from handlers.services import Services
from handlers.team_names import team_named
from handlers.views.on_call import Duty, on_call_card
from pipeline.policy import Team
from pipeline.ports import Card, Person
from pipeline.rotation import on_call
from storage.absences import away


async def on_call_now(services: Services, person: Person, text: str) -> Card:
    """Return who is on call for a team, or for every team that has a rotation."""
    if text:
        teams = [services.policy.team(team_named(services.policy, text, "on-call"))]
    else:
        teams = [team for team in services.policy.teams if team.on_call] or list(services.policy.teams)
    return on_call_card([await _duty(services, team) for team in teams])


async def _duty(services: Services, team: Team) -> Duty:
    if team.on_call is None:
        return Duty(team=team.name, lead=team.lead)
    now = services.clock.now()
    async with services.store.reader() as connection:
        turn = on_call(team.on_call, now, await away(connection, services.workspace, now))
        later = on_call(team.on_call, turn.ends, await away(connection, services.workspace, turn.ends))
    return Duty(team=team.name, now=turn, later=later)
