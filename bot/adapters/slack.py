"""Slack behind the Chat door: post once, find what was posted, update in place."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

from slack_sdk.web.async_client import AsyncWebClient

from bot.adapters.slack_directory import MOST_PAGES, PAGE, Directory, next_cursor
from bot.adapters.slack_errors import ours
from bot.adapters.slack_gate import Gate
from pipeline.ports import Card, Person

EVENT_TYPE = "triage_card"
TIMEOUT = 10  # seconds for one call, answer included
POST_PACE = 1.0  # seconds between two messages to a channel, once Slack has asked us to wait
UPDATE_PACE = 1.2  # the same for changes, of which a workspace takes fifty a minute
SKEW = timedelta(seconds=60)  # how far Slack's clock may be from ours


class SlackChat:
    """One workspace. Nothing is sent twice by itself: whoever calls decides whether to call again."""

    def __init__(
        self, client: AsyncWebClient, *, cache_seconds: float = 60, now: Callable[[], float] | None = None
    ) -> None:
        self._client = without_retries(client)
        self._gate = Gate(now) if now else Gate()
        self._directory = Directory(self._client, self._gate, cache_seconds)

    async def channel(self, name: str) -> str:
        """Return the id of the channel with that name. Raises Refused when there is none that we are in."""
        return await self._directory.channel(name)

    async def post(self, channel: str, card: Card, *, key: str, thread: str | None = None) -> str:
        """Post once and return the message's ts. Raises Unknown when it may have been posted."""
        with self._gate.through("chat.postMessage", channel, pace=POST_PACE), ours(writes=True):
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
        with self._gate.through("chat.update", pace=UPDATE_PACE), ours(writes=False):
            await self._client.chat_update(
                channel=channel, ts=ts, text=card.text, blocks=_blocks(card), link_names=False
            )

    async def permalink(self, channel: str, ts: str) -> str:
        """Return the address of a message."""
        with self._gate.through("chat.getPermalink"), ours(writes=False):
            return str((await self._client.chat_getPermalink(channel=channel, message_ts=ts))["permalink"])

    async def person(self, user: str) -> Person:
        """Return who somebody is; a guest, bot or outsider is a stranger."""
        return await self._directory.person(user)

    async def user_id(self, email: str) -> str | None:
        """Return the user id of the person with that e-mail, to mention them."""
        return await self._directory.user_id(email)

    async def _page(self, channel: str, since: datetime, thread: str | None, cursor: str) -> Any:
        oldest = f"{(since - SKEW).timestamp():.6f}"
        said: dict[str, Any] = {"channel": channel, "include_all_metadata": True, "limit": PAGE}
        said |= {"oldest": oldest, "cursor": cursor}
        if thread is None:
            with self._gate.through("conversations.history"), ours(writes=False):
                return await self._client.conversations_history(**said)
        with self._gate.through("conversations.replies"), ours(writes=False):
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


def _key(message: dict[str, Any]) -> str:
    metadata = message.get("metadata") or {}
    if metadata.get("event_type") != EVENT_TYPE:
        return ""
    return str((metadata.get("event_payload") or {}).get("key", ""))
