"""conversations.*, users.conversations: which there are, who is in them, what was said."""

from collections.abc import Callable

from bot.playground.methods.call import Call, Method, scope_for
from bot.playground.methods.pages import page
from bot.playground.people import Channel
from bot.playground.shown import show_channel, show_message
from bot.playground.wire import Object, Refusal

_KINDS = {"public_channel": "channels", "private_channel": "groups", "mpim": "mpim", "im": "im"}


def list_channels(call: Call) -> Object:
    return _list(call, call.may_see)


def list_of_person(call: Call) -> Object:
    """Where somebody is; of others only what the caller sees too."""
    person = call.playground.workspace.person(call.arguments.text("user", call.actor))
    return _list(call, lambda channel: person.id in channel.members and call.may_see(channel))


def info(call: Call) -> Object:
    channel = _readable(call, "read")
    counted = call.arguments.boolean("include_num_members")
    locale = {"locale": "en-GB"} if call.arguments.boolean("include_locale") else {}
    mark = call.playground.workspace.marks.get((call.actor, channel.id))
    read = {"last_read": mark} if mark else {}
    return {
        "channel": {
            **(show_channel(channel, call.playground.team) if counted else show(call, channel)),
            **locale,
            **read,
        }
    }


def members(call: Call) -> Object:
    channel = _readable(call, "read")
    shown, cursor = page(call, sorted(channel.members), 100, 1000)
    return {"members": shown, "response_metadata": {"next_cursor": cursor}}


def history(call: Call) -> Object:
    """Newest first."""
    channel = _in_readable(call)
    found = _known(call, _between(call, call.playground.messages.top_level(channel.id)[::-1]))
    changes = {"channel_actions_ts": None, "channel_actions_count": 0}
    return {**_messages(call, found, 100), "pin_count": len(call.playground.pins.of(channel.id)), **changes}


def replies(call: Call) -> Object:
    """The message that began the thread, then its replies, oldest first."""
    channel = _in_readable(call)
    try:
        message = call.playground.messages.find(channel.id, call.arguments.text("ts"))
    except Refusal:
        raise Refusal("thread_not_found") from None
    ts = str(message.get("thread_ts", message["ts"]))
    root = call.playground.messages.find(channel.id, ts)
    answers = _known(call, _between(call, call.playground.messages.replies(channel.id, ts)))
    return _messages(call, [root, *answers], 1000)


def show(call: Call, channel: Channel) -> Object:
    """Without the number of members, which only some answers have; `is_member` is the caller's."""
    shown = show_channel(channel, call.playground.team)
    if "is_member" in shown:
        shown["is_member"] = call.actor in channel.members
    return {key: value for key, value in shown.items() if key != "num_members"}


def _known(call: Call, messages: list[Object]) -> list[Object]:
    """Without the latest, when the fault plan lets look-ups lag behind."""
    lag = call.playground.faults.lag(call.what)
    known_until = call.playground.clock.now() - lag
    return [message for message in messages if float(message["ts"]) <= known_until] if lag else messages


def _list(call: Call, wanted: Callable[[Channel], bool]) -> Object:
    kinds = [kind.strip() for kind in call.arguments.text("types", "public_channel").split(",")]
    if not set(kinds) <= _KINDS.keys():
        raise Refusal("invalid_types")
    for kind in kinds:
        call.require_scope(f"{_KINDS[kind]}:read")
    no_archived = call.arguments.boolean("exclude_archived")
    found = [
        channel
        for channel in call.playground.workspace.channels
        if _kind(channel) in kinds and wanted(channel) and not (no_archived and channel.is_archived)
    ]
    shown, cursor = page(call, found, 100, 1000)
    listed = [{**show_channel(c, call.playground.team), **show(call, c)} for c in shown]
    return {"channels": listed, "response_metadata": {"next_cursor": cursor}}


def _messages(call: Call, found: list[Object], default: int) -> Object:
    shown, cursor = page(call, found, default, 1000)
    with_metadata = call.arguments.boolean("include_all_metadata")
    answer: Object = {
        "messages": [show_message(message, with_metadata=with_metadata) for message in shown],
        "has_more": bool(cursor),
    }
    return {**answer, "response_metadata": {"next_cursor": cursor}} if cursor else answer


def _between(call: Call, messages: list[Object]) -> list[Object]:
    """Those between `oldest` and `latest`; the ends themselves only when `inclusive`."""
    oldest = _seconds(call, "oldest", "invalid_ts_oldest", 0.0)
    latest = _seconds(call, "latest", "invalid_ts_latest", float("inf"))
    if call.arguments.boolean("inclusive"):
        return [m for m in messages if oldest <= float(m["ts"]) <= latest]
    return [m for m in messages if oldest < float(m["ts"]) < latest]


def _seconds(call: Call, name: str, wrong: str, default: float) -> float:
    try:
        return float(call.arguments.text(name) or default)
    except ValueError:
        raise Refusal(wrong) from None


def _readable(call: Call, ending: str) -> Channel:
    channel = call.channel()
    call.require_scope(scope_for(channel, ending))
    return channel


def _in_readable(call: Call) -> Channel:
    _readable(call, "history")
    return call.joined_channel()


def _kind(channel: Channel) -> str:
    if channel.is_direct or channel.is_mpim:
        return "mpim" if channel.is_mpim else "im"
    return "private_channel" if channel.is_private else "public_channel"


_BETWEEN = ("cursor", "include_all_metadata", "inclusive", "latest", "limit", "oldest")
_LISTED = ("cursor", "exclude_archived", "limit", "types")

METHODS = (
    Method("conversations.list", list_channels, (), _LISTED, tier=2),
    Method("users.conversations", list_of_person, (), (*_LISTED, "exclude_muted", "user")),
    Method("conversations.info", info, ("channel",), ("include_locale", "include_num_members")),
    Method("conversations.members", members, ("channel",), ("cursor", "limit"), tier=4),
    Method("conversations.history", history, ("channel",), _BETWEEN),
    Method("conversations.replies", replies, ("channel", "ts"), _BETWEEN),
)
