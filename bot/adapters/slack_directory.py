"""The workspace's directory: channels by name, people by id and e-mail, remembered for a while."""

import asyncio
import re
import time
from collections.abc import AsyncGenerator, Awaitable, Callable
from contextlib import asynccontextmanager
from typing import Any, Generic, TypeVar

from slack_sdk.web.async_client import AsyncWebClient

from bot.adapters.slack_errors import FIXES, ours
from bot.adapters.slack_gate import Gate
from pipeline.errors import Refused
from pipeline.ports import Person

PAGE = 200
MOST_PAGES = 100
MOST_REMEMBERED = 10_000
_CHANNEL_ID = re.compile(r"[CGD][A-Z0-9]{5,20}")
_STRANGE = ("is_restricted", "is_ultra_restricted", "is_stranger", "deleted", "is_bot", "is_workflow_bot")

Found = TypeVar("Found")


class Remembered(Generic[Found]):
    """Answers by key for some seconds; whoever asks for the same at once waits for one look-up."""

    def __init__(self, seconds: float, now: Callable[[], float] = time.monotonic) -> None:
        self._seconds = seconds
        self._now = now
        self._kept: dict[str, tuple[float, Found]] = {}
        self._locks: dict[str, tuple[asyncio.Lock, int]] = {}

    async def get(self, key: str, look_up: Callable[[], Awaitable[Found]]) -> Found:
        """Return what is remembered, or look it up. An error is not remembered."""
        async with self._alone(key):
            until, found = self._kept.get(key, (0.0, None))
            if found is None or until <= self._now():
                found = await look_up()
                self._keep(key, found)
            return found

    def _keep(self, key: str, found: Found) -> None:
        if len(self._kept) >= MOST_REMEMBERED:
            self._kept.clear()
        self._kept[key] = (self._now() + self._seconds, found)

    @asynccontextmanager
    async def _alone(self, key: str) -> AsyncGenerator[None]:
        lock, waiting = self._locks.get(key, (asyncio.Lock(), 0))
        self._locks[key] = (lock, waiting + 1)
        try:
            async with lock:
                yield
        finally:
            lock, waiting = self._locks[key]
            self._locks[key] = (lock, waiting - 1)
            if waiting == 1:
                del self._locks[key]


class Directory:
    """Looks things up with slack_sdk's client, within Slack's limits."""

    def __init__(self, client: AsyncWebClient, gate: Gate, cache_seconds: float) -> None:
        self._client = client
        self._gate = gate
        self._channels: Remembered[dict[str, tuple[str, bool]]] = Remembered(cache_seconds)
        self._people: Remembered[Person] = Remembered(cache_seconds)
        self._ids: Remembered[str] = Remembered(cache_seconds)
        self._team: Remembered[str] = Remembered(float("inf"))

    async def channel(self, name: str) -> str:
        """Return the id of a channel that we are in."""
        name = name.removeprefix("#")
        if _CHANNEL_ID.fullmatch(name):
            return name
        channels = await self._channels.get("", self._list_channels)
        known = channels.get(name)
        if known is None or not known[1]:
            code = "channel_not_found" if known is None else "not_in_channel"
            raise Refused(FIXES[code].replace("that channel", f"#{name}"), code=code)
        return known[0]

    async def person(self, user: str) -> Person:
        """Return a person as the workspace knows them."""
        return await self._people.get(user, lambda: self._ask_person(user))

    async def user_id(self, email: str) -> str | None:
        """Return the id of the person with that e-mail."""
        if not email:
            return None
        return await self._ids.get(email.casefold(), lambda: self._ask_id(email)) or None

    async def _list_channels(self) -> dict[str, tuple[str, bool]]:
        found: dict[str, tuple[str, bool]] = {}
        cursor = ""
        for _ in range(MOST_PAGES):
            with self._gate.through("conversations.list"), ours(writes=False):
                answer = await self._client.conversations_list(
                    types="public_channel,private_channel", exclude_archived=True, limit=PAGE, cursor=cursor
                )
            for each in answer["channels"]:
                found[each["name"]] = (each["id"], bool(each.get("is_member")))
            if not (cursor := next_cursor(answer)):
                break
        return found

    async def _ask_person(self, user: str) -> Person:
        with self._gate.through("users.info"), ours(writes=False):
            told: dict[str, Any] = (await self._client.users_info(user=user))["user"]
        ours_too = told.get("team_id") == await self._team.get("", self._ask_team)
        profile = told.get("profile") or {}
        return Person(
            id=told["id"],
            name=profile.get("real_name") or told.get("real_name") or told.get("name") or user,
            email=profile.get("email") or "",
            stranger=not ours_too or any(told.get(mark) for mark in _STRANGE),
        )

    async def _ask_team(self) -> str:
        with self._gate.through("auth.test"), ours(writes=False):
            return str((await self._client.auth_test())["team_id"])

    async def _ask_id(self, email: str) -> str:
        try:
            with self._gate.through("users.lookupByEmail"), ours(writes=False):
                return str((await self._client.users_lookupByEmail(email=email))["user"]["id"])
        except Refused as refusal:
            if refusal.code in ("users_not_found", "invalid_email"):
                return ""
            raise


def next_cursor(answer: Any) -> str:
    """Return where the next page starts; "" at the end."""
    return str((answer.get("response_metadata") or {}).get("next_cursor") or "")
