"""Roles: what somebody is here, and what each role may do."""

from collections.abc import Mapping
from enum import StrEnum

from pipeline.value import Value


class Role(StrEnum):
    """What somebody is; each may do what those before it may, and more."""

    AGENT = "agent"
    LEAD = "lead"
    ADMIN = "admin"


class Right(StrEnum):
    """What a role allows, in the words of a refusal: "Only leads can ..."."""

    TICKETS = "decide on the tickets of their teams"
    ALL_TICKETS = "decide on every ticket"
    LEARNING = "decide what we learn from"
    POLICY = "change the policy"
    ROLES = "change who is what"
    INSTALLING = "install the app and look into its set-up"
    ERASING = "erase what we know of a customer"


_ADDED: Mapping[Role, frozenset[Right]] = {
    Role.AGENT: frozenset({Right.TICKETS}),
    Role.LEAD: frozenset({Right.ALL_TICKETS, Right.LEARNING, Right.POLICY}),
    Role.ADMIN: frozenset({Right.ROLES, Right.INSTALLING, Right.ERASING}),
}
RIGHTS: Mapping[Role, frozenset[Right]] = {
    role: frozenset(right for lower in tuple(Role)[: at + 1] for right in _ADDED[lower]) for at, role in enumerate(Role)
}
"""The whole table. Nobody without a role may do any of it."""
OF_TEAM_LEADS = frozenset({Right.LEARNING})
"""What an agent may do beside that as the lead of a team."""


class RoleGroups(Value):
    """Slack user groups, by handle or id, whose members have a role without being named one by one."""

    agent: tuple[str, ...] = ()
    lead: tuple[str, ...] = ()
    admin: tuple[str, ...] = ()

    def of(self, role: Role) -> tuple[str, ...]:
        """Return the groups that give a role."""
        return {Role.AGENT: self.agent, Role.LEAD: self.lead, Role.ADMIN: self.admin}[role]


def plain_group(name: str) -> str:
    """Return a group's handle or id as names are compared: without @, in small letters."""
    return name.strip().removeprefix("@").casefold()
