"""What was said: messages in channels, their threads, and what only one person sees."""

from bisect import bisect_left
from collections import deque
from collections.abc import Iterable
from itertools import chain

from bot.playground.clock import Clock
from bot.playground.stream import Stream
from bot.playground.wire import Object, Refusal

KEPT_EPHEMERALS = 200
MOST_EMOJI = 50
"""Different reactions on one message."""
MOST_REACTIONS = 23
"""By one person on one message."""

_TOMBSTONE: Object = {
    "type": "message",
    "subtype": "tombstone",
    "user": "USLACKBOT",
    "text": "This message was deleted.",
    "hidden": True,
}
_THREAD = (
    "channel",
    "ts",
    "thread_ts",
    "reply_count",
    "reply_users",
    "reply_users_count",
    "latest_reply",
)


class Messages:
    """Every channel's messages by timestamp; a change replaces the stored message and is announced."""

    def __init__(self, clock: Clock, stream: Stream) -> None:
        self._clock = clock
        self._stream = stream
        self._channels: dict[str, dict[str, Object]] = {}
        self._order: dict[str, list[str]] = {}
        self._threads: dict[tuple[str, str], list[str]] = {}
        self._ephemerals: deque[Object] = deque(maxlen=KEPT_EPHEMERALS)
        self._by_client_id: dict[str, tuple[str, str]] = {}

    def post(self, channel: str, message: Object) -> Object:
        stored = {"type": "message", **message, "ts": self._clock.ts(), "channel": channel}
        self._channels.setdefault(channel, {})[stored["ts"]] = stored
        self._order.setdefault(channel, []).append(stored["ts"])
        self._stream.publish("message", message=stored)
        if "thread_ts" in stored:
            self._count_reply(channel, stored["thread_ts"], stored)
        if "client_msg_id" in stored:
            self._by_client_id[stored["client_msg_id"]] = channel, stored["ts"]
        return stored

    def twin(self, channel: str, client_msg_id: str) -> Object | None:
        """What was posted there under this id before; refuses when it lies elsewhere or is gone."""
        if client_msg_id not in self._by_client_id:
            return None
        posted_in, ts = self._by_client_id[client_msg_id]
        if posted_in != channel:
            raise Refusal("duplicate_channel_not_found")
        found = self._channels[channel].get(ts, _TOMBSTONE)
        if found.get("subtype") == "tombstone":
            raise Refusal("duplicate_message_not_found")
        return found

    def whisper(self, user: str, channel: str, message: Object) -> Object:
        """A message that only this person sees, and nobody finds again."""
        stored = {"type": "message", **message, "ts": self._clock.ts(), "channel": channel}
        stored |= {"is_ephemeral": True, "ephemeral_to": user}
        self._ephemerals.append(stored)
        self._stream.publish("ephemeral", user=user, message=stored)
        return stored

    def find(self, channel: str, ts: str) -> Object:
        found = self._channels.get(channel, {}).get(ts)
        if found is None:
            raise Refusal("message_not_found")
        return found

    def find_for(self, user: str, channel: str, ts: str) -> Object:
        """What this person sees there: a message, or one meant for them alone."""
        for message in self._ephemerals:
            if (message["ephemeral_to"], message["channel"], message["ts"]) == (user, channel, ts):
                return message
        return self.find(channel, ts)

    def change(self, channel: str, ts: str, **changes: object) -> Object:
        """Replace fields; None removes one."""
        return self._store({**self.find(channel, ts), **changes})

    def change_whisper(self, message: Object, **changes: object) -> None:
        changed = _without_nones({**message, **changes})
        self._ephemerals = deque((changed if m is message else m for m in self._ephemerals), KEPT_EPHEMERALS)
        self._stream.publish("message_changed", message=changed)

    def delete(self, channel: str, ts: str) -> None:
        """A message with replies leaves a mark at its place, so that the thread stays readable."""
        message = self.find(channel, ts)
        if self._threads.get((channel, ts)):
            self._store({**_TOMBSTONE, **{key: message[key] for key in _THREAD if key in message}})
            return
        del self._channels[channel][ts]
        order = self._order[channel]
        del order[bisect_left(order, ts)]
        replies = self._threads.get((channel, message.get("thread_ts", "")), [])
        if ts in replies:
            replies.remove(ts)
            self._recount(channel, message["thread_ts"])
        self._stream.publish("message_deleted", channel=channel, ts=ts)

    def delete_whisper(self, message: Object) -> None:
        self._ephemerals = deque((m for m in self._ephemerals if m is not message), KEPT_EPHEMERALS)
        self._stream.publish("message_deleted", channel=message["channel"], ts=message["ts"])

    def react(self, channel: str, ts: str, name: str, user: str, *, remove: bool = False) -> None:
        message = self.find(channel, ts)
        users = {each["name"]: list(each["users"]) for each in message.get("reactions", [])}
        if (user in users.get(name, [])) is not remove:
            raise Refusal("no_reaction" if remove else "already_reacted")
        if not remove:
            _refuse_too_many(users, name, user)
        users[name] = [u for u in users.get(name, []) if u != user] if remove else [*users.get(name, []), user]
        reactions = [{"name": n, "users": u, "count": len(u)} for n, u in users.items() if u]
        self.change(channel, ts, reactions=reactions or None)

    def top_level(self, channel: str) -> list[Object]:
        """Oldest first, without replies in threads."""
        messages = self._channels.get(channel, {})
        ordered = (messages[ts] for ts in self._order.get(channel, []))
        return [m for m in ordered if m.get("thread_ts", m["ts"]) == m["ts"] or m.get("subtype") == "thread_broadcast"]

    def replies(self, channel: str, ts: str) -> list[Object]:
        messages = self._channels.get(channel, {})
        return [messages[reply] for reply in self._threads.get((channel, ts), [])]

    def everything(self) -> list[Object]:
        return self.of(self._channels)

    def of(self, channels: Iterable[str]) -> list[Object]:
        """Every message of these channels, oldest first."""
        kept = (self._channels.get(channel, {}).values() for channel in channels)
        return sorted(chain.from_iterable(kept), key=lambda message: message["ts"])

    def ephemerals(self) -> list[Object]:
        return list(self._ephemerals)

    def _count_reply(self, channel: str, root_ts: str, reply: Object) -> None:
        self._threads.setdefault((channel, root_ts), []).append(reply["ts"])
        self._recount(channel, root_ts)

    def _recount(self, channel: str, root_ts: str) -> None:
        replies = self.replies(channel, root_ts)
        users = list(dict.fromkeys(reply["user"] for reply in replies))
        counted = {
            "thread_ts": root_ts,
            "reply_count": len(replies),
            "reply_users": users,
            "reply_users_count": len(users),
            "latest_reply": replies[-1]["ts"] if replies else None,
        }
        self.change(channel, root_ts, **(counted if replies else dict.fromkeys(counted)))

    def _store(self, message: Object) -> Object:
        stored = _without_nones(message)
        self._channels[stored["channel"]][stored["ts"]] = stored
        self._stream.publish("message_changed", message=stored)
        return stored


def _refuse_too_many(users: dict[str, list[str]], name: str, user: str) -> None:
    if name not in users and len(users) >= MOST_EMOJI:
        raise Refusal("too_many_emoji")
    if sum(user in reacted for reacted in users.values()) >= MOST_REACTIONS:
        raise Refusal("too_many_reactions")


def _without_nones(message: Object) -> Object:
    return {key: value for key, value in message.items() if value is not None}
