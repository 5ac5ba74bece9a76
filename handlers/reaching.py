"""Where a member is in Slack: in the workspace of the team that calls, or in another one that installed the app."""

from handlers.services import Services
from pipeline.errors import Refused
from pipeline.policy import Member, Team
from storage.installations import listed


async def address_of(services: Services, home: Team, member: Member) -> str:
    """Return a member's user id, with their workspace before it unless it is the usual one. Raises Refused."""
    refused = Refused("is not known to Slack by the e-mail in the policy", code="users_not_found")
    places = await _places(services, home, member)
    for number, place in enumerate(places):
        before = f"{place}/" if place else ""
        try:
            user = member.slack or await services.chat.user_id(before + member.email)
            if user and (len(places) == 1 or await _belongs(services, before + user)):
                return before + user
        except Refused as refusal:
            refused = refused if number else refusal
    raise refused


async def _belongs(services: Services, address: str) -> bool:
    """Whether somebody is of that workspace: it knows those with whom it shares a channel by their e-mail, too."""
    return not (await services.chat.person(address)).stranger


async def _places(services: Services, home: Team, member: Member) -> tuple[str, ...]:
    """Return the workspaces in which to look, the likeliest first: of the team, of the member's teams, all others."""
    async with services.store.reader() as connection:
        known = await listed(connection, services.workspace)
    installed = [await services.chat.workspace(each.team) for each in known if each.active]
    theirs = {team.workspace for team in services.policy.teams if member.name in {each.name for each in team.members}}
    if not installed:
        return (home.workspace,)  # one workspace, whose token is in the settings
    return tuple(sorted(dict.fromkeys(installed), key=lambda place: (place != home.workspace, place not in theirs)))
