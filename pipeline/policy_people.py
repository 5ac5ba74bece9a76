"""What a policy says of people that its types cannot check: user groups, workspaces, and who is who in the helpdesk."""

import re
from collections.abc import Iterator

from pipeline.policy import Member, Policy
from pipeline.problem import Path, Problem
from pipeline.roles import Role, plain_group

DESKS = ("zendesk", "freshdesk", "intercom")
_GROUP = re.compile(r"@?[a-z0-9._-]{1,80}")
_WHO = re.compile(r"[0-9]{1,20}|[^\s@<>\"]{1,64}@[^\s@<>\"]{1,255}")
_WORKSPACE = re.compile(r"T[A-Z0-9]{2,20}")


def people_problems(policy: Policy) -> Iterator[Problem]:
    """Yield every mistake about who is who."""
    yield from _groups(policy)
    yield from _workspaces(policy)
    yield from _identities(policy)


def entries(policy: Policy) -> Iterator[tuple[Path, Member]]:
    """Yield every entry for a person with its place in the file."""
    yield from ((("admins", index), member) for index, member in enumerate(policy.admins))
    yield from ((("leads", index), member) for index, member in enumerate(policy.leads))
    for at, team in enumerate(policy.teams):
        yield from ((("teams", at, "members", index), member) for index, member in enumerate(team.members))


def places_of(policy: Policy, name: str) -> Iterator[tuple[tuple[str, ...], Member]]:
    """Yield every entry for a person of that name, with its place as a change of the policy names it."""
    yield from ((("admins", name), member) for member in policy.admins if member.name == name)
    yield from ((("leads", name), member) for member in policy.leads if member.name == name)
    for team in policy.teams:
        yield from ((("teams", team.name, "members", name), each) for each in team.members if each.name == name)


def _groups(policy: Policy) -> Iterator[Problem]:
    named: list[tuple[Path, str]] = []
    for role in Role:
        named += [(("roles", role.value, index), group) for index, group in enumerate(policy.roles.of(role))]
    named += [(("teams", index, "user_group"), team.user_group) for index, team in enumerate(policy.teams)]
    for path, group in named:
        if (group or path[0] == "roles") and not _GROUP.fullmatch(plain_group(group)):
            yield Problem(path, f'{group!r} is no user group: write its handle, such as "support-leads", or its id')


def _workspaces(policy: Policy) -> Iterator[Problem]:
    named: list[tuple[Path, str]] = [(("workspace",), policy.workspace)]
    named += [(("teams", index, "workspace"), team.workspace) for index, team in enumerate(policy.teams)]
    for path, workspace in named:
        if workspace and not _WORKSPACE.fullmatch(workspace):
            yield Problem(
                path, f"workspace {workspace!r} is no workspace's id: write the one that begins with T in its address"
            )
    further = next((path for path, workspace in named[1:] if workspace), None)
    if further and not policy.workspace:  # else a stranger's workspace, where anybody may have any e-mail, could be it
        yield Problem(
            further, 'with several workspaces, name the usual one, too: workspace = "T…" at the top of the file'
        )


def _identities(policy: Policy) -> Iterator[Problem]:
    """A person of the helpdesk is one person here, and has one name there."""
    taken: dict[tuple[str, str], str] = {}
    known: dict[tuple[str, str], str] = {}
    for path, member in entries(policy):
        for desk, there in member.helpdesk.items():
            here = (*path, "helpdesk", desk)
            if desk not in DESKS:
                yield Problem(here, f"helpdesk {desk!r} is not known: write {', '.join(DESKS)}")
            elif not there.strip():
                yield Problem(here, f"helpdesk {desk!r} names nobody: write their e-mail or id there, or leave it out")
            elif not _WHO.fullmatch(there):
                yield Problem(here, f"{there!r} is neither an e-mail nor an id in {desk}: write one of them")
            elif (other := taken.setdefault((desk, there.casefold()), member.name)) != member.name:
                yield Problem(here, f"{there!r} in {desk} is {other!r} already: each of them has one person here")
            elif known.setdefault((desk, member.name), there).casefold() != there.casefold():
                said = known[desk, member.name]
                yield Problem(
                    here, f"{member.name!r} is {said!r} in {desk} elsewhere in this file: write the same here"
                )
