"""Slack's user groups: who is in which, remembered for a while and never for longer."""

import asyncio
import time
from collections.abc import Callable, Mapping
from typing import Any

import structlog
from slack_sdk.web.async_client import AsyncWebClient

from bot.adapters.slack_gate import Gate
from pipeline.errors import TriageError
from pipeline.roles import plain_group

PATIENCE = 1.5  # seconds: a click waits for this, and Slack waits three for the click
_AFTER_FAILURE = 5.0  # seconds in which a failure is not tried again: the method is of tier 2, twenty a minute

Membership = Mapping[str, frozenset[str]]  # user id -> handles and ids of their groups


class UserGroups:
    """Asks for all groups with their people at once. Where Slack cannot answer, what is too old is no answer."""

    def __init__(
        self, client: AsyncWebClient, gate: Gate, seconds: float, now: Callable[[], float] = time.monotonic
    ) -> None:
        self._client = client
        self._gate = gate
        self._seconds = seconds
        self._now = now
        self._until = float("-inf")
        self._known: Membership | None = None
        self._handles: frozenset[str] = frozenset()
        self._alone = asyncio.Lock()

    async def of(self, user: str) -> frozenset[str] | None:
        """Return the handles and ids of a person's groups, or None where Slack does not tell."""
        known = await self._members()
        return None if known is None else known.get(user, frozenset())

    async def names(self) -> frozenset[str] | None:
        """Return the handles and ids of every group, or None where Slack does not tell."""
        return None if await self._members() is None else self._handles

    async def _members(self) -> Membership | None:
        async with self._alone:
            if self._now() >= self._until:
                self._known = await self._asked()
                self._until = self._now() + (_AFTER_FAILURE if self._known is None else self._seconds)
            return self._known

    async def _asked(self) -> Membership | None:
        try:
            async with asyncio.timeout(PATIENCE):
                async with self._gate.through("usergroups.list"):
                    groups = (await self._client.usergroups_list(include_users=True))["usergroups"]
                return await self._read(groups)
        except (TriageError, TimeoutError, KeyError, TypeError) as error:
            structlog.get_logger().warning(
                "groups.unknown", error=type(error).__name__, code=getattr(error, "code", "")
            )
            return None

    async def _read(self, groups: list[dict[str, Any]]) -> Membership:
        members: dict[str, set[str]] = {}
        handles: set[str] = set()
        for group in groups:
            names = {plain_group(str(group["id"])), plain_group(str(group["handle"]))}
            handles |= names
            users = group["users"] if "users" in group else await self._users(str(group["id"]))
            for user in users:
                members.setdefault(str(user), set()).update(names)
        self._handles = frozenset(handles)
        return {user: frozenset(names) for user, names in members.items()}

    async def _users(self, group: str) -> list[str]:
        async with self._gate.through("usergroups.users.list"):
            return list((await self._client.usergroups_users_list(usergroup=group))["users"])
