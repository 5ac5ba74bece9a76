"""Where a message goes: a channel that takes it, a thread, and under which name."""

from bot.playground.credentials import APP_ID
from bot.playground.methods.call import Call
from bot.playground.people import Channel
from bot.playground.shown import by_bot
from bot.playground.wire import Object, Refusal

LOOKS = ("username", "icon_emoji", "icon_url")


def open_channel(call: Call, name: str = "channel") -> Channel:
    """A channel in which the bot may write now: its own, or any public one with chat:write.public."""
    channel = call.channel(name)
    if not may_write(call, channel):
        raise Refusal("not_in_channel")
    if channel.is_archived:
        raise Refusal("is_archived")
    return channel


def author(call: Call) -> Object:
    """What marks a message as the app's, or as the person's with whose token it came."""
    team = call.playground.team
    return {"user": call.actor, "team": team.id, "app_id": APP_ID} if call.by_person else by_bot(team)


def is_own(call: Call, message: Object) -> bool:
    whose = author(call)
    return all(message.get(key) == whose.get(key) for key in ("user", "bot_id"))


def may_write(call: Call, channel: Channel) -> bool:
    if call.actor in channel.members:
        return True
    return not channel.is_private and "chat:write.public" in call.scopes


def respect_restrictions(call: Call, channel: Channel, thread: Object) -> None:
    thread_ts = str(thread.get("thread_ts", ""))
    if error := call.playground.restrictions.forbids(channel.id, thread_ts, direct=channel.is_direct):
        raise Refusal(error)


def respect_rate(call: Call, channel: Channel) -> None:
    if wait := call.playground.rates.wait_for_channel(channel.id):
        raise Refusal("ratelimited", retry_after=wait)


def read_looks(call: Call) -> Object:
    """Another name or icon than the app's own."""
    looks = {name: call.arguments.text(name) for name in LOOKS if name in call.arguments}
    if looks:
        call.require_scope("chat:write.customize")
    return looks


def read_thread(call: Call, channel: Channel, wrong: str = "cannot_reply_to_message") -> Object:
    """A reply to a reply goes to the thread that both are in."""
    if not (ts := call.arguments.text("thread_ts")):
        return {}
    root = find_root(call, channel, ts, wrong)
    thread = {"thread_ts": root["ts"], "parent_user_id": root["user"]}
    if call.arguments.boolean("reply_broadcast"):
        return {**thread, **broadcast(root)}
    return thread


def find_root(call: Call, channel: Channel, ts: str, wrong: str) -> Object:
    """The message that began the thread in which this one stands."""
    messages = call.playground.messages
    try:
        message = messages.find(channel.id, ts)
        return messages.find(channel.id, str(message.get("thread_ts", ts)))
    except Refusal:
        raise Refusal(wrong) from None


_ROOT = ("type", "subtype", "text", "ts", "bot_id", "thread_ts", "reply_count", "latest_reply")


def broadcast(root: Object) -> Object:
    """What marks a reply that the whole channel sees."""
    shown = {key: root[key] for key in _ROOT if key in root}
    return {"subtype": "thread_broadcast", "root": shown}
