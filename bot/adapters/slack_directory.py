"""The workspace's directory: channels by name, people by id and e-mail, remembered for a while."""

import asyncio
import re
import time
from collections.abc import AsyncGenerator, Awaitable, Callable, Mapping
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from typing import Any, Generic, TypeVar

from slack_sdk.web.async_client import AsyncWebClient

from bot.adapters.slack_errors import FIXES
from bot.adapters.slack_gate import Gate
from bot.adapters.slack_groups import UserGroups
from pipeline.errors import Refused
from pipeline.ports import Person
from pipeline.problem import is_zone
from pipeline.whereabouts import apart

PAGE = 200
MOST_PAGES = 100
MENDED = 10.0  # seconds that we believe that there is no way into a channel
TRUSTED = 15.0  # seconds that we believe that no other company is in a channel
MOST_REMEMBERED = 10_000
_CHANNEL_ID = re.compile(r"[CGD][A-Z0-9]{5,20}")
_EXTERNAL = ("is_ext_shared", "is_pending_ext_shared", "pending_connected_team_ids")
_STRANGE = ("is_restricted", "is_ultra_restricted", "is_stranger", "deleted", "is_bot", "is_workflow_bot")

Found = TypeVar("Found")


class Remembered(Generic[Found]):
    """Answers by key for some seconds; whoever asks for the same at once waits for one look-up."""

    def __init__(self, seconds: float, now: Callable[[], float] = time.monotonic) -> None:
        self._seconds = seconds
        self._now = now
        self._kept: dict[str, tuple[float, Found]] = {}
        self._locks: dict[str, tuple[asyncio.Lock, int]] = {}

    async def get(self, key: str, look_up: Callable[[], Awaitable[Found]], *, within: float = float("inf")) -> Found:
        """Return what is remembered (since so many seconds at most), or look it up. An error is not remembered."""
        async with self._alone(key):
            until, found = self._kept.get(key, (0.0, None))
            if found is None or until - self._now() <= max(0.0, self._seconds - within):
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

    def __init__(self, client: AsyncWebClient, gate: Gate, cache_seconds: float, *, usual: bool = True) -> None:
        self._client = client
        self._gate = gate
        self._usual = usual
        self.groups = UserGroups(client, gate, cache_seconds)
        self._channels: Remembered[dict[str, tuple[str, bool]]] = Remembered(cache_seconds)
        self._internal: Remembered[bool] = Remembered(min(cache_seconds, TRUSTED))
        self._people: Remembered[Person] = Remembered(cache_seconds)
        self._ids: Remembered[str] = Remembered(cache_seconds)
        self._team: Remembered[str] = Remembered(float("inf"))

    async def channel(self, name: str) -> str:
        """Return the id of a channel that we are in."""
        name = name.removeprefix("#")
        if _CHANNEL_ID.fullmatch(name):
            return name
        known = (await self._channels.get("", self._list_channels)).get(name)
        if known is None or not known[1]:  # it may have been mended just now
            known = (await self._channels.get("", self._list_channels, within=MENDED)).get(name)
        if known is None or not known[1]:
            code = "channel_not_found" if known is None else "not_in_channel"
            raise Refused(FIXES[code].replace("that channel", f"#{name}"), code=code)
        return known[0]

    async def is_internal(self, channel: str) -> bool:
        """Whether nobody of another company reads a channel, or will. What Slack does not tell counts as no."""
        return await self._internal.get(channel, lambda: self._ask_internal(channel))

    async def home(self) -> str:
        """Return the id of the workspace."""
        return await self._team.get("", self._ask_team)

    async def person(self, user: str) -> Person:
        """Return a person as the workspace knows them, with the user groups that they are in now."""
        if apart(user)[0] not in ("", await self.home()):
            return Person(id=user, name="somebody of another workspace")
        person = await self._people.get(user, lambda: self._ask_person(user))
        return person if person.stranger else person.model_copy(update={"groups": await self.groups.of(user)})

    async def user_id(self, email: str) -> str | None:
        """Return the id of the person with that e-mail."""
        if not email:
            return None
        return await self._ids.get(email.casefold(), lambda: self._ask_id(email)) or None

    async def quiet_until(self, user: str) -> datetime | None:
        """Return until when a person has notifications switched off; None when they do not now."""
        async with self._gate.through("dnd.info"):
            told: dict[str, Any] = dict((await self._client.dnd_info(user=user)).data)  # type: ignore[arg-type]
        return undisturbed_until(told, datetime.now(UTC))

    async def _list_channels(self) -> dict[str, tuple[str, bool]]:
        found: dict[str, tuple[str, bool]] = {}
        cursor = ""
        for _ in range(MOST_PAGES):
            async with self._gate.through("conversations.list"):
                answer = await self._client.conversations_list(
                    types="public_channel,private_channel", exclude_archived=True, limit=PAGE, cursor=cursor
                )
            for each in answer["channels"]:
                found[each["name"]] = (each["id"], bool(each.get("is_member")))
            if not (cursor := next_cursor(answer)):
                break
        return found

    async def _ask_internal(self, channel: str) -> bool:
        async with self._gate.through("conversations.info"):
            told: dict[str, Any] = (await self._client.conversations_info(channel=channel))["channel"]
        return told.get("is_ext_shared") is False and not any(told.get(mark) for mark in _EXTERNAL)

    async def _ask_person(self, user: str) -> Person:
        async with self._gate.through("users.info"):
            told: dict[str, Any] = (await self._client.users_info(user=user))["user"]
        here = await self.home()
        profile, zone = told.get("profile") or {}, str(told.get("tz") or "")
        return Person(
            id=told["id"],
            name=profile.get("real_name") or told.get("real_name") or told.get("name") or user,
            email=profile.get("email") or "",
            zone=zone if is_zone(zone) else "",
            stranger=told.get("team_id") != here or any(told.get(mark) for mark in _STRANGE),
            workspaces=frozenset({"", here} if self._usual else {here}),
        )

    async def _ask_team(self) -> str:
        async with self._gate.through("auth.test"):
            return str((await self._client.auth_test())["team_id"])

    async def _ask_id(self, email: str) -> str:
        try:
            async with self._gate.through("users.lookupByEmail"):
                return str((await self._client.users_lookupByEmail(email=email))["user"]["id"])
        except Refused as refusal:
            if refusal.code in ("users_not_found", "invalid_email"):
                return ""
            raise


def next_cursor(answer: Any) -> str:
    """Return where the next page starts; "" at the end."""
    return str((answer.get("response_metadata") or {}).get("next_cursor") or "")


def undisturbed_until(told: Mapping[str, Any], now: datetime) -> datetime | None:
    """Return until when somebody's notifications are off, by what dnd.info says: a snooze, or their hours of rest."""
    ends = [0.0]
    if told.get("snooze_enabled"):
        ends.append(float(told.get("snooze_endtime") or 0))
    if told.get("dnd_enabled") and float(told.get("next_dnd_start_ts") or 0) <= now.timestamp():
        ends.append(float(told.get("next_dnd_end_ts") or 0))
    return datetime.fromtimestamp(max(ends), UTC) if max(ends) > now.timestamp() else None
