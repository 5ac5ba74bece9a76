"""Preferences: when and for what one person wants to be called, in their own words; they win over the policy's."""

from collections.abc import Mapping
from enum import StrEnum

from pydantic import Field

from pipeline.policy import Member, Policy
from pipeline.value import Value


class Mentions(StrEnum):
    """What a person wants to be mentioned for."""

    ALL = "all"
    MINE = "mine"  # only what they work on
    NONE = "none"


class Preferences(Value):
    """One member's. Hours and zone are None where the policy's count; hours "" are always."""

    mentions: Mentions = Mentions.ALL
    hours: str | None = Field(default=None, pattern=r"^(([01][0-9]|2[0-3]):[0-5][0-9]-([01][0-9]|2[0-3]):[0-5][0-9])?$")
    zone: str | None = None


Chosen = Mapping[str, Preferences]  # by member's name


def as_chosen(member: Member, chosen: Chosen) -> Member:
    """Return a member with the hours and the zone that they chose."""
    preferences = chosen.get(member.name)
    if preferences is None:
        return member
    given = {"hours": preferences.hours, "zone": preferences.zone}
    return member.model_copy(update={name: value for name, value in given.items() if value is not None})


def personal(policy: Policy, chosen: Chosen) -> Policy:
    """Return the policy with everybody's hours and zones as they chose them."""
    if not chosen:
        return policy
    teams = tuple(
        team.model_copy(update={"members": tuple(as_chosen(member, chosen) for member in team.members)})
        for team in policy.teams
    )
    leads = tuple(as_chosen(member, chosen) for member in policy.leads)
    return policy.model_copy(update={"teams": teams, "leads": leads})
