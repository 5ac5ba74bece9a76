"""Route: which team and which agent a ticket goes to, and by when it wants an answer."""

from collections.abc import Sequence
from datetime import datetime
from math import ceil

from pydantic import Field, field_serializer

from pipeline.classify import Band, Classification
from pipeline.escalation import Escalation
from pipeline.policy import Category, Member, Policy, Team
from pipeline.preferences import Preferences, as_chosen
from pipeline.shift import at_work
from pipeline.value import Value


class Route(Value):
    """Where the ticket goes. `agent` is a member's name, or None when nobody is free."""

    team: str
    escalation_team: str
    agent: str | None
    sla_minutes: int
    escalated: bool
    reason: str


class Roster(Value):
    """Who has how many open cases, and who is away, by member name."""

    load: dict[str, int] = Field(default_factory=dict)
    away: frozenset[str] = frozenset()
    chosen: dict[str, Preferences] = Field(default_factory=dict, description="whose own hours win over the policy's")

    @field_serializer("away")
    def _in_order(self, away: frozenset[str]) -> list[str]:
        return sorted(away)  # a set has another order in each process, and a receipt must not

    def free(self, member: Member, now: datetime) -> bool:
        """Whether the member is at work, not away, and has room for one more case."""
        has_room = self.load.get(member.name, 0) < member.capacity
        return member.name not in self.away and has_room and at_work(as_chosen(member, self.chosen), now)

    def fullness(self, member: Member) -> float:
        """Return the share of the member's capacity that is taken."""
        return self.load.get(member.name, 0) / member.capacity


def choose_route(
    classification: Classification,
    escalation: Escalation,
    policy: Policy,
    roster: Roster,
    *,
    language: str,
    now: datetime,
) -> Route:
    """Choose team, agent and target. The same input always gives the same route."""
    category = policy.known(classification.category)
    team = policy.team(category.team)
    wanted = wanted_skills(classification, policy, language)
    agent, why = _agent(team, policy, roster, wanted, now)
    minutes = category.target(classification.urgency).total_seconds() / 60
    return Route(
        team=team.name,
        escalation_team=category.escalation_team,
        agent=agent.name if agent else None,
        sla_minutes=max(1, ceil(minutes)),
        escalated=escalation.escalated,
        reason=f"{_claim(category, classification, escalation)}, and {why}.",
    )


def _claim(category: Category, classification: Classification, escalation: Escalation) -> str:
    likely = " is the likeliest category, which" if classification.band is Band.LOW else ""
    claim = f"{category.name}{likely} belongs to {category.team}"
    if escalation.escalated:
        claim += f", {category.escalation_team} is told because it is {escalation.level.value}"
    return claim


def _agent(
    team: Team, policy: Policy, roster: Roster, wanted: Sequence[str], now: datetime
) -> tuple[Member | None, str]:
    free = [member for member in team.members if roster.free(member, now)]
    if free:
        best = min(free, key=lambda member: (-len(known_skills(member, wanted)), roster.fullness(member), member.name))
        return best, _praise(best, roster, known_skills(best, wanted), alone=len(free) == 1)
    lead = lead_of(team, policy)
    if lead and roster.free(lead, now):
        return lead, f"nobody else there is free, so its lead {lead.name} takes it"
    return None, "nobody there is free, so it waits for whoever claims it"


def wanted_skills(classification: Classification, policy: Policy, language: str) -> tuple[str, ...]:
    """Return what it would help to know for a ticket."""
    return (policy.known(classification.category).name, classification.subcategory or "", language)


def known_skills(member: Member, wanted: Sequence[str]) -> tuple[str, ...]:
    """Return what a member knows of it."""
    return tuple(dict.fromkeys(skill for skill in wanted if skill and skill in member.skills))


def _praise(member: Member, roster: Roster, skills: Sequence[str], *, alone: bool) -> str:
    load = f"{roster.load.get(member.name, 0)} of {member.capacity} cases open"
    if alone:
        return f"{member.name} is the one who is free there ({load})"
    if skills:
        return f"{member.name} knows most of it ({', '.join(skills)}; {load})"
    return f"{member.name} has most room ({load})"


def lead_of(team: Team, policy: Policy) -> Member | None:
    """Return who takes what nobody else of a team is free for."""
    people = {member.name: member for member in (*policy.leads, *team.members)}
    return people.get(team.lead)
