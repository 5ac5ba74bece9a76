"""Who may decide on a case: members of its team, of its escalation team, and leads. Fails closed."""

from zoneinfo import ZoneInfo

from pipeline.case import Actor, Case
from pipeline.decide import NotNow
from pipeline.policy import Member, Policy
from pipeline.ports import Person


class NotAllowed(NotNow):
    """Only members of this ticket's team and leads can do this."""


def may_decide(person: Person, case: Case, policy: Policy) -> Actor:
    """Return the person as an actor. Raises NotAllowed with what to do about it."""
    if person.stranger:
        raise NotAllowed("Guests and people of other workspaces cannot decide on tickets.")
    teams = _teams(case, policy)
    for member in (*policy.leads, *(member for team in teams for member in policy.team(team).members)):
        if _is(member, person):
            return Actor(id=person.id, name=member.name)
    named = " or ".join(teams) or "a team"
    raise NotAllowed(
        f"Only {named} and leads can decide on this ticket. A lead can reassign it to your team, "
        f"or add you to the team in the policy file."
    )


def may_look(person: Person) -> None:
    """Raise NotAllowed unless the person belongs to the workspace."""
    if person.stranger:
        raise NotAllowed("Guests and people of other workspaces cannot look into tickets.")


def must_lead(person: Person, policy: Policy) -> Actor:
    """Return the person as an actor where they lead: everybody, or a team. Raises NotAllowed."""
    lead_a_team = {team.lead for team in policy.teams}
    everybody = (member for team in policy.teams for member in team.members)
    leads = (*policy.leads, *(member for member in everybody if member.name in lead_a_team))
    found = next((member for member in leads if _is(member, person)), None)
    if person.stranger or found is None:
        raise NotAllowed("Only leads can decide what we learn from. Ask one of yours to press it.")
    return Actor(id=person.id, name=found.name)


def member_of(person: Person, policy: Policy) -> Member | None:
    """Return the policy's entry for a person of the workspace, if there is one."""
    everybody = (*policy.leads, *(member for team in policy.teams for member in team.members))
    return next((member for member in everybody if _is(member, person)), None)


def teams_of(person: Person, policy: Policy) -> tuple[str, ...]:
    """Return the names of the teams that a person is a member of."""
    return tuple(team.name for team in policy.teams if any(_is(member, person) for member in team.members))


def is_theirs(case: Case, person: Person, policy: Policy) -> bool:
    """Whether a person works on the case: they claimed it, or nobody did and it is assigned to them."""
    if case.claimed_by is not None:
        return case.claimed_by.id == person.id
    member = member_of(person, policy)
    return member is not None and case.agent == member.name


def zone_of(person: Person, policy: Policy) -> ZoneInfo:
    """Return the time zone that the policy has for a person; UTC for everybody else."""
    member = member_of(person, policy)
    return ZoneInfo(member.zone if member else "UTC")


def _teams(case: Case, policy: Policy) -> tuple[str, ...]:
    known = {team.name for team in policy.teams}
    escalation = case.analysis.route.escalation_team if case.analysis else ""
    return tuple(dict.fromkeys(name for name in (case.team, case.home, escalation) if name in known))


def _is(member: Member, person: Person) -> bool:
    if member.slack:
        return member.slack == person.id
    return bool(member.email) and member.email.casefold() == person.email.casefold()
