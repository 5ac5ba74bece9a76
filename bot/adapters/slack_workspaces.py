"""Several workspaces behind the one Chat door: each call goes where its address says, with that workspace's token."""

from collections.abc import AsyncGenerator, Callable, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from slack_sdk.web.async_client import AsyncWebClient

from bot.adapters.slack import SlackChat
from bot.adapters.slack_gate import Gate
from bot.adapters.slack_installations import DEAD, EXPIRED, Installations, NotInstalled
from pipeline.errors import Refused
from pipeline.policy import Policy
from pipeline.ports import Card, Person, Spoken
from pipeline.whereabouts import apart
from storage.installations import usual

InForce = Callable[[], Policy]


@dataclass(frozen=True, slots=True)
class _Place:
    """A workspace with what is left of an address. `before` goes before the ids that it answers with."""

    chat: SlackChat
    bare: str
    before: str


class Workspaces:
    """An address without a workspace is in the usual one: T0AB/C0DE is a channel elsewhere."""

    def __init__(
        self,
        installations: Installations,
        client: Callable[[str], AsyncWebClient],
        policy: InForce,
        gate: Callable[[str], Gate],
    ) -> None:
        self._installations = installations
        self._client = client
        self._policy = policy
        self._gate = gate
        self._gates: dict[str, Gate] = {}
        self._chats: dict[tuple[str, bool], SlackChat] = {}

    def gate_of(self, team: str) -> Gate:
        """Return the gate of a workspace, for calls that are made past this door, too."""
        if team not in self._gates:
            self._gates[team] = self._gate(team)
        return self._gates[team]

    async def channel(self, name: str) -> str:
        """Return the address of a channel. A further workspace without the app is refused, so that others are told."""
        try:
            async with self._at(name) as place:
                return place.before + await place.chat.channel(place.bare)
        except NotInstalled as missing:
            if apart(name)[0] in ("", await self._usual()):
                raise  # there is no better place: what is owed waits for the app to come back
            raise Refused(str(missing), code="not_installed") from missing

    async def post(self, channel: str, card: Card, *, key: str, thread: str | None = None) -> str:
        """Post once and return the message's ts."""
        async with self._at(channel) as place:
            return await place.chat.post(place.bare, card, key=key, thread=thread)

    async def find(self, channel: str, key: str, *, since: datetime, thread: str | None = None) -> str | None:
        """Return the ts of the message that carries the key, if it is there."""
        async with self._at(channel) as place:
            return await place.chat.find(place.bare, key, since=since, thread=thread)

    async def update(self, channel: str, ts: str, card: Card) -> None:
        """Replace what a message shows."""
        async with self._at(channel) as place:
            await place.chat.update(place.bare, ts, card)

    async def busy(self, channel: str, thread: str, words: str) -> None:
        """Say in a thread what we are doing."""
        async with self._at(channel) as place:
            await place.chat.busy(place.bare, thread, words)

    async def complete_step(self, execution: str, outputs: Mapping[str, str]) -> None:
        """End a workflow's step."""
        async with self._at(execution) as place:
            await place.chat.complete_step(place.bare, outputs)

    async def fail_step(self, execution: str, reason: str) -> None:
        """End a workflow's step with a sentence for whoever runs it."""
        async with self._at(execution) as place:
            await place.chat.fail_step(place.bare, reason)

    async def whisper(self, channel: str, user: str, card: Card, *, thread: str | None = None) -> None:
        """Show something to one person alone."""
        async with self._at(channel) as place:
            await place.chat.whisper(place.bare, apart(user)[1], card, thread=thread)

    async def show_home(self, user: str, view: Mapping[str, Any]) -> None:
        """Put a view in the place of what a person's Home shows."""
        async with self._at(user) as place:
            await place.chat.show_home(place.bare, view)

    async def conversation(self, channel: str, ts: str) -> tuple[Spoken, ...]:
        """Return what was said in a message's thread up to that message."""
        async with self._at(channel) as place:
            return await place.chat.conversation(place.bare, ts)

    async def direct(self, user: str) -> str:
        """Return the conversation with a person of that workspace."""
        async with self._at(user) as place:
            return place.before + await place.chat.direct(place.bare)

    async def quiet_until(self, user: str) -> datetime | None:
        """Return until when a person has notifications switched off."""
        async with self._at(user) as place:
            return await place.chat.quiet_until(place.bare)

    async def permalink(self, channel: str, ts: str) -> str:
        """Return the address of a message, for a browser."""
        async with self._at(channel) as place:
            return await place.chat.permalink(place.bare, ts)

    async def is_internal(self, channel: str) -> bool:
        """Whether nobody of another company reads a channel, or will."""
        async with self._at(channel) as place:
            return await place.chat.is_internal(place.bare)

    async def person(self, user: str) -> Person:
        """Return who somebody is in the workspace in which they act."""
        async with self._at(user) as place:
            return await place.chat.person(place.bare)

    async def user_id(self, email: str) -> str | None:
        """Return the user id of a member there, to mention them."""
        async with self._at(email) as place:
            return await place.chat.user_id(place.bare)

    async def user_groups(self, workspace: str = "") -> frozenset[str] | None:
        """Return the handles and ids of all user groups there, or None where Slack does not tell."""
        async with self._at(f"{workspace}/") as place:
            return await place.chat.user_groups()

    async def scopes(self, workspace: str = "") -> frozenset[str]:
        """Return what we were granted there."""
        async with self._at(f"{workspace}/") as place:
            return await place.chat.scopes()

    async def workspace(self, team: str) -> str:
        """Return what stands before addresses in a workspace: nothing in the usual one."""
        return "" if team == await self._usual() else team

    async def _usual(self) -> str:
        return usual(await self._installations.all(), self._policy())

    @asynccontextmanager
    async def _at(self, address: str) -> AsyncGenerator[_Place]:
        """Yield the place of an address. A token that Slack refuses is noted, and the call is owed until it is back."""
        named, bare = apart(address)
        at_home = await self._usual()
        team = named or at_home
        token = await self._installations.token(team)
        chat = self._chat(team, token, is_usual=team == at_home)
        try:
            yield _Place(chat, bare, "" if team == at_home else f"{team}/")
        except Refused as refusal:
            if refusal.code not in (*DEAD, EXPIRED):
                raise
            raise await self._installations.found_dead(team, token, refusal.code) from refusal

    def _chat(self, team: str, token: str, *, is_usual: bool) -> SlackChat:
        chat = self._chats.get((team, is_usual))
        if chat is None:
            chat = self._chats[team, is_usual] = SlackChat(self._client(token), self.gate_of(team), usual=is_usual)
        chat.use(token)
        return chat
