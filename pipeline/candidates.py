"""Who could have got a ticket, and why each was passed over."""

from pydantic import Field

from pipeline.conclude import Concluded, Given
from pipeline.policy import Member, Policy, Team
from pipeline.preferences import as_chosen
from pipeline.route import known_skills, lead_of, wanted_skills
from pipeline.shift import at_work
from pipeline.value import Value


class Candidate(Value):
    """A member who could have got it. `passed_over` says why not; empty for who did."""

    name: str
    knows: tuple[str, ...] = ()
    load: int
    capacity: int
    passed_over: tuple[str, ...] = Field(default=(), description="every reason, in the order in which they count")


def candidates(concluded: Concluded, policy: Policy, given: Given) -> tuple[Candidate, ...]:
    """Return everybody of the team, and its lead, in the policy's order."""
    team = policy.team(concluded.route.team)
    wanted = wanted_skills(concluded.classification, policy, given.language)
    best = next((member for member in team.members if member.name == concluded.route.agent), None)
    return tuple(_candidate(member, team, best, concluded, given, wanted) for member in considered(team, policy))


def considered(team: Team, policy: Policy) -> tuple[Member, ...]:
    """Return everybody who can get a team's tickets: its members, then its lead."""
    lead = lead_of(team, policy)
    return (*team.members, lead) if lead is not None and lead not in team.members else team.members


def _candidate(
    member: Member, team: Team, best: Member | None, concluded: Concluded, given: Given, wanted: tuple[str, ...]
) -> Candidate:
    knows, chosen = known_skills(member, wanted), member.name == concluded.route.agent
    reasons = () if chosen else (*_hindered(member, given), *_beaten(member, team, best, given, wanted))
    load = given.roster.load.get(member.name, 0)
    return Candidate(name=member.name, knows=knows, load=load, capacity=member.capacity, passed_over=reasons)


def _hindered(member: Member, given: Given) -> tuple[str, ...]:
    load, member = given.roster.load.get(member.name, 0), as_chosen(member, given.roster.chosen)
    return (
        *(("away",) if member.name in given.roster.away else ()),
        *((f"not at work: {member.hours} {member.zone}",) if not at_work(member, given.at) else ()),
        *((f"no free place: {load} of {member.capacity} open",) if load >= member.capacity else ()),
    )


def _beaten(member: Member, team: Team, best: Member | None, given: Given, wanted: tuple[str, ...]) -> tuple[str, ...]:
    """Why somebody who was free did not get it."""
    if _hindered(member, given):
        return ()
    if member not in team.members:
        return ("its lead, who takes what nobody of the team is free for",)
    if best is None:
        return ()
    lacks = [skill for skill in known_skills(best, wanted) if skill not in member.skills]
    if len(known_skills(best, wanted)) > len(known_skills(member, wanted)):
        return (f"knows less of it: {best.name} also knows {', '.join(lacks)}",)
    if given.roster.fullness(member) > given.roster.fullness(best):
        return (f"{best.name} has more room",)
    return (f"as good as {best.name}, who comes first by name",)
