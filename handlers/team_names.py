"""Teams as people type them."""

from difflib import get_close_matches

from pipeline.decide import NotNow
from pipeline.policy import Policy


class UnknownTeam(NotNow):
    """I know no team of that name."""


def team_named(policy: Policy, text: str, command: str) -> str:
    """Return the name of the team that is meant: by its name or channel, in any case. Raises UnknownTeam.

    `command` is what the person typed before it, for the answer to a typo.
    """
    wanted = _plainly(text)
    for team in policy.teams:
        if wanted in (_plainly(team.name), _plainly(team.channel)):
            return team.name
    names = {_plainly(team.name): team.name for team in policy.teams}
    near = get_close_matches(wanted[:60], names, n=1, cutoff=0.5)
    meant = names[near[0]] if near else policy.teams[0].name
    raise UnknownTeam(f"I know no team “{text[:60]}”. Did you mean /triage {command} {meant}?")


def _plainly(name: str) -> str:
    return name.casefold().removeprefix("#").replace("_", " ").replace("-", " ").strip()
