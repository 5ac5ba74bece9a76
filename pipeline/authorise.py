"""Who may do what: by role and team, from the policy and Slack's user groups. Fails closed."""

from collections.abc import Collection, Iterator
from zoneinfo import ZoneInfo

from pipeline.case import Actor, Case
from pipeline.decide import NotNow
from pipeline.policy import Member, Policy, Team
from pipeline.ports import Person
from pipeline.roles import OF_TEAM_LEADS, RIGHTS, Right, Role, plain_group

_MOST_NAMED = 3  # people whom a refusal names


class NotAllowed(NotNow):
    """Only members of this ticket's team and leads can do this."""


def may_decide(person: Person, case: Case, policy: Policy) -> Actor:
    """Return the person as an actor on a case. Raises NotAllowed with what to do about it."""
    if person.stranger:
        raise NotAllowed("Guests and people of other workspaces cannot decide on tickets.")
    if not person.workspaces & {"", _workspace(case, policy)}:  # the usual one also has what found no home elsewhere
        raise NotAllowed(
            "This ticket's card stands in another workspace: decide there, or ask a lead there to reassign it."
        )
    teams = _teams(case, policy)
    rights = rights_of(person, policy)
    theirs = Right.TICKETS in rights and any(_works_in(person, policy.team(name), policy) for name in teams)
    if theirs or Right.ALL_TICKETS in rights:
        return _actor(person, policy)
    named = " or ".join(teams) or "a team"
    groups = [policy.team(name).user_group for name in teams]
    raise NotAllowed(
        f"Only {named} and leads can decide on this ticket. A lead can reassign it to your team, "
        f"or add you to {_ways(('members of [[teams]]',), groups)}. {_help(Role.LEAD, person, policy)}".strip()
    )


def may_answer(person: Person, case: Case, policy: Policy, called: Collection[str]) -> Actor:
    """Return who answers a call: one of those whom it called, by name, whatever their team; else whoever may decide."""
    member = member_of(person, policy)
    if member is not None and member.name in called and not person.stranger:
        return _actor(person, policy)
    return may_decide(person, case, policy)


def must_have(right: Right, person: Person, policy: Policy) -> Actor:
    """Return the person as an actor where their role allows it. Raises NotAllowed with who can help."""
    if right in rights_of(person, policy):
        return _actor(person, policy)
    role = next(role for role, rights in RIGHTS.items() if right in rights)
    said = f"Only {role}s can {right.value}."
    if person.stranger:
        raise NotAllowed(f"{said} Guests and people of other workspaces never.")
    ways = _ways((f"[[{role}s]]",), policy.roles.of(role))
    raise NotAllowed(f"{said} {_help(role, person, policy)} Whoever shall be one is added to {ways}.")


def must_lead(person: Person, policy: Policy) -> Actor:
    """Return the person as an actor where they lead, everybody or a team. Raises NotAllowed."""
    return must_have(Right.LEARNING, person, policy)


def may_ask(person: Person) -> None:
    """Raise NotAllowed unless the person belongs to the workspace."""
    if person.stranger:
        raise NotAllowed("Guests and people of other workspaces cannot look into tickets.")


def may_look(person: Person, policy: Policy) -> None:
    """Raise NotAllowed unless the person has a role, or the policy lets every member look into tickets."""
    may_ask(person)
    if can_look(person, policy):
        return
    groups = (*policy.roles.agent, *(team.user_group for team in policy.teams))
    raise NotAllowed(
        f"Only agents, leads and admins can look into tickets. {_help(Role.LEAD, person, policy)} Whoever shall be an "
        f"agent is added to {_ways(('members of [[teams]]',), groups)}; with everybody_looks = true every member may."
    )


def can_look(person: Person, policy: Policy) -> bool:
    """Whether somebody may look into tickets."""
    return not person.stranger and (policy.everybody_looks or role_of(person, policy) is not None)


def role_of(person: Person, policy: Policy) -> Role | None:
    """Return the highest role of a person. A group of which Slack tells nothing gives none."""
    if person.stranger:
        return None
    return next((role for role in reversed(Role) if _has(role, person, policy)), None)


def rights_of(person: Person, policy: Policy) -> frozenset[Right]:
    """Return everything that a person may do."""
    role = role_of(person, policy)
    if role is None:
        return frozenset()
    leads_a_team = any(_is(member, person) and member.name == team.lead for team, member in _of_teams(policy))
    return RIGHTS[role] | OF_TEAM_LEADS if leads_a_team else RIGHTS[role]


def member_of(person: Person, policy: Policy) -> Member | None:
    """Return the policy's entry for a person of the workspace, if there is one."""
    return next((member for member in policy.everybody if _is(member, person)), None)


def teams_of(person: Person, policy: Policy) -> tuple[str, ...]:
    """Return the names of the teams that a person is a member of."""
    return tuple(team.name for team in policy.teams if _belongs(person, team))


def is_theirs(case: Case, person: Person, policy: Policy) -> bool:
    """Whether a person works on the case: they claimed it, or nobody did and it is assigned to them."""
    if case.claimed_by is not None:
        return case.claimed_by.id == person.id
    member = member_of(person, policy)
    return member is not None and case.agent == member.name


def zone_of(person: Person, policy: Policy) -> ZoneInfo:
    """Return the time zone that the policy has for a person, else the one that they have in Slack, else UTC."""
    member = member_of(person, policy)
    named = member.zone if member else "UTC"
    return ZoneInfo(named if named != "UTC" else person.zone or "UTC")


def _has(role: Role, person: Person, policy: Policy) -> bool:
    if _in_any(person, policy.roles.of(role)):
        return True
    if role is Role.AGENT:
        return any(_belongs(person, team) for team in policy.teams)
    return any(_is(member, person) for member in _named(role, policy))


def _named(role: Role, policy: Policy) -> tuple[Member, ...]:
    """Return whom the policy itself makes an admin or a lead."""
    return {Role.ADMIN: policy.admins, Role.LEAD: policy.leads, Role.AGENT: ()}[role]


def _of_teams(policy: Policy) -> Iterator[tuple[Team, Member]]:
    return ((team, member) for team in policy.teams for member in team.members)


def _works_in(person: Person, team: Team, policy: Policy) -> bool:
    """Whether a person is of a team, or of a group whose members work in every team."""
    return _belongs(person, team) or _in_any(person, policy.roles.agent)


def _belongs(person: Person, team: Team) -> bool:
    return _in_any(person, (team.user_group,)) or any(_is(member, person) for member in team.members)


def _in_any(person: Person, groups: tuple[str, ...]) -> bool:
    theirs = {plain_group(group) for group in person.groups or ()}
    return any(plain_group(group) in theirs for group in groups if group)


def _actor(person: Person, policy: Policy) -> Actor:
    member = member_of(person, policy)
    return Actor(id=person.id, name=member.name if member else person.name)


def _teams(case: Case, policy: Policy) -> tuple[str, ...]:
    known = {team.name for team in policy.teams}
    escalation = case.analysis.route.escalation_team if case.analysis else ""
    return tuple(dict.fromkeys(name for name in (case.team, case.home, escalation) if name in known))


def _workspace(case: Case, policy: Policy) -> str:
    """The workspace in which the case's card stands; "" is the usual one."""
    return next((team.workspace for team in policy.teams if team.name == case.home), "")


def _help(role: Role, person: Person, policy: Policy) -> str:
    """Say whom to ask; and, where Slack did not tell who is in a group, that it may be worth trying again."""
    people = list(dict.fromkeys(member.name for member in _named(role, policy)))[:_MOST_NAMED]
    groups = [f"somebody of {_shown(group)}" for group in policy.roles.of(role)][:_MOST_NAMED]
    asked = f"Ask {' or '.join((*people, *groups))}." if people or groups else f"The policy names no {role} yet."
    if person.groups is None and policy.user_groups:
        asked += " Slack did not tell me just now who is in your user groups: try again in a minute."
    return asked


def _ways(tables: tuple[str, ...], groups: list[str] | tuple[str, ...]) -> str:
    """Say where in the policy, or in which of Slack's groups, somebody is added."""
    named = [f"the user group {_shown(group)}" for group in groups if group]
    return " or ".join((*(f"{table} in the policy file" for table in tables), *dict.fromkeys(named)))


def _shown(group: str) -> str:
    return f"@{group.removeprefix('@')}"


def _is(member: Member, person: Person) -> bool:
    if member.slack:
        return member.slack == person.id
    return bool(member.email) and member.email.casefold() == person.email.casefold()
