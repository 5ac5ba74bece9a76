"""Slack behind the Chat door: post once, find what was posted, update in place."""

from collections.abc import Mapping
from contextlib import suppress
from datetime import datetime, timedelta
from typing import Any

from slack_sdk.web.async_client import AsyncWebClient

from bot.adapters.slack_directory import MOST_PAGES, PAGE, Directory, next_cursor
from bot.adapters.slack_gate import Gate
from pipeline.errors import Refused, TriageError
from pipeline.ports import Card, Person, Spoken

EVENT_TYPE = "triage_card"
TIMEOUT = 10  # seconds for one call, answer included
SKEW = timedelta(seconds=60)  # how far Slack's clock may be from ours


class SlackChat:
    """One workspace, whose calls take turns at one gate.

    Nothing is sent twice by itself: whoever calls decides whether to call again.
    """

    def __init__(
        self, client: AsyncWebClient, gate: Gate | None = None, *, cache_seconds: float = 60, usual: bool = True
    ) -> None:
        self._client = without_retries(client)
        self._gate = gate or Gate()
        self._directory = Directory(self._client, self._gate, cache_seconds, usual=usual)

    def gate_of(self, team: str) -> Gate:
        """Return the gate of the one workspace, for calls that are made past this door."""
        return self._gate

    def use(self, token: str) -> None:
        """Call with another token from now on."""
        self._client.token = token

    async def channel(self, name: str) -> str:
        """Return the id of the channel with that name. Raises Refused when there is none that we are in."""
        return await self._directory.channel(name)

    async def post(self, channel: str, card: Card, *, key: str, thread: str | None = None) -> str:
        """Post once and return the message's ts. Raises Unknown when it may have been posted."""
        async with self._gate.through("chat.postMessage", channel, writes=True):
            answer = await self._client.chat_postMessage(
                channel=channel,
                text=card.text,
                blocks=_blocks(card),
                metadata={"event_type": EVENT_TYPE, "event_payload": {"key": key}},
                thread_ts=thread,
                unfurl_links=False,
                unfurl_media=False,
                link_names=False,
            )
            return str(answer["ts"])

    async def find(self, channel: str, key: str, *, since: datetime, thread: str | None = None) -> str | None:
        """Return the ts of the message that carries the key, if it is there."""
        cursor = ""
        for _ in range(MOST_PAGES):
            answer = await self._page(channel, since, thread, cursor)
            for message in answer["messages"]:
                if _key(message) == key:
                    return str(message["ts"])
            if not (cursor := next_cursor(answer)):
                break
        return None

    async def update(self, channel: str, ts: str, card: Card) -> None:
        """Replace what a message shows. Safe to repeat."""
        async with self._gate.through("chat.update"):
            await self._client.chat_update(
                channel=channel, ts=ts, text=card.text, blocks=_blocks(card), link_names=False
            )

    async def busy(self, channel: str, thread: str, words: str) -> None:
        """Show in a thread that we work on it, until we say something there. A courtesy, which never fails."""
        with suppress(TriageError):
            async with self._gate.through("assistant.threads.setStatus"):
                await self._client.assistant_threads_setStatus(channel_id=channel, thread_ts=thread, status=words)

    async def complete_step(self, execution: str, outputs: Mapping[str, str]) -> None:
        """End a workflow's step. Raises Refused with execution_not_in_running_state when it has ended before."""
        async with self._gate.through("functions.completeSuccess"):
            await self._client.functions_completeSuccess(function_execution_id=execution, outputs=dict(outputs))

    async def fail_step(self, execution: str, reason: str) -> None:
        """End a workflow's step with a sentence for whoever runs it; Refused as above."""
        async with self._gate.through("functions.completeError"):
            await self._client.functions_completeError(function_execution_id=execution, error=reason)

    async def permalink(self, channel: str, ts: str) -> str:
        """Return the address of a message."""
        async with self._gate.through("chat.getPermalink"):
            return str((await self._client.chat_getPermalink(channel=channel, message_ts=ts))["permalink"])

    async def whisper(self, channel: str, user: str, card: Card, *, thread: str | None = None) -> None:
        """Show something to one person alone."""
        async with self._gate.through("chat.postEphemeral"):
            await self._client.chat_postEphemeral(
                channel=channel, user=user, text=card.text, blocks=_blocks(card) or None, thread_ts=thread
            )

    async def show_home(self, user: str, view: Mapping[str, Any]) -> None:
        """Put a view in the place of what a person's Home shows."""
        async with self._gate.through("views.publish"):
            await self._client.views_publish(user_id=user, view=dict(view))

    async def conversation(self, channel: str, ts: str) -> tuple[Spoken, ...]:
        """Return what was said in a message's thread up to that message, oldest first."""
        found = await self._replies(channel, ts, ts)
        root = next((each.thread for each in found if each.ts == ts), "")
        if not root:
            raise Refused("That message is gone.", code="message_not_found")
        if found[0].ts != root:  # an answer's own time may lead to that answer alone
            found = await self._replies(channel, root, ts)
        return tuple(each for each in found if float(each.ts) <= float(ts))

    async def is_internal(self, channel: str) -> bool:
        """Whether nobody of another company reads a channel, or will."""
        return await self._directory.is_internal(channel)

    async def person(self, user: str) -> Person:
        """Return who somebody is; a guest, bot or outsider is a stranger."""
        return await self._directory.person(user)

    async def user_id(self, email: str) -> str | None:
        """Return the user id of the person with that e-mail, to mention them."""
        return await self._directory.user_id(email)

    async def workspace(self, team: str) -> str:
        """Return what stands before addresses: nothing here, and the other workspace where something comes from one."""
        return "" if team in ("", await self._directory.home()) else team

    async def user_groups(self, workspace: str = "") -> frozenset[str] | None:
        """Return the handles and ids of all user groups, or None where Slack does not tell."""
        return await self._directory.groups.names()

    async def scopes(self, workspace: str = "") -> frozenset[str]:
        """Return what the token was granted, as Slack says with each answer."""
        async with self._gate.through("auth.test"):
            told = dict((await self._client.auth_test()).headers)
        granted = next((str(value) for name, value in told.items() if name.lower() == "x-oauth-scopes"), "")
        return frozenset(scope.strip() for scope in granted.split(",") if scope.strip())

    async def direct(self, user: str) -> str:
        """Return the id of the channel for direct messages to a person."""
        async with self._gate.through("conversations.open"):
            answer = await self._client.conversations_open(users=user)
            return str(answer["channel"]["id"])

    async def quiet_until(self, user: str) -> datetime | None:
        """Return until when a person has notifications switched off."""
        return await self._directory.quiet_until(user)

    async def _replies(self, channel: str, root: str, until: str) -> list[Spoken]:
        async with self._gate.through("conversations.replies"):
            answer = await self._client.conversations_replies(
                channel=channel, ts=root, latest=until, inclusive=True, limit=PAGE
            )
        return [_spoken(message) for message in answer["messages"] if message.get("subtype") != "tombstone"]

    async def _page(self, channel: str, since: datetime, thread: str | None, cursor: str) -> Any:
        oldest = f"{(since - SKEW).timestamp():.6f}"
        said: dict[str, Any] = {"channel": channel, "include_all_metadata": True, "limit": PAGE}
        said |= {"oldest": oldest, "cursor": cursor}
        if thread is None:
            async with self._gate.through("conversations.history"):
                return await self._client.conversations_history(**said)
        async with self._gate.through("conversations.replies"):
            return await self._client.conversations_replies(ts=thread, **said)


def without_retries(client: AsyncWebClient) -> AsyncWebClient:
    """Return a client that sends a call once: slack_sdk's own would post again after a lost answer."""
    return AsyncWebClient(
        token=client.token,
        base_url=client.base_url,
        timeout=TIMEOUT,
        ssl=client.ssl,
        proxy=client.proxy,
        session=client.session,
        trust_env_in_session=client.trust_env_in_session,
        headers=client.headers,
        logger=client._logger,
        retry_handlers=[],
    )


def _blocks(card: Card) -> list[dict[str, Any]]:
    return [dict(block) for block in card.blocks]


def _spoken(message: dict[str, Any]) -> Spoken:
    ts = str(message["ts"])
    return Spoken(
        ts=ts,
        thread=str(message.get("thread_ts") or ts),
        user=str(message.get("user") or ""),
        text=str(message.get("text") or ""),
        by_app="bot_id" in message,
    )


def _key(message: dict[str, Any]) -> str:
    metadata = message.get("metadata") or {}
    if metadata.get("event_type") != EVENT_TYPE:
        return ""
    return str((metadata.get("event_payload") or {}).get("key", ""))
