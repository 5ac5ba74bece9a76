"""chat.scheduleMessage and its kin: said later, looked up, taken back."""

import asyncio

from bot.playground.methods.call import Call, Method
from bot.playground.methods.content import CONTENT, read_content, require_saying
from bot.playground.methods.destination import author, open_channel, read_thread, respect_restrictions
from bot.playground.methods.pages import page
from bot.playground.people import Channel
from bot.playground.playground import Playground
from bot.playground.posting import post
from bot.playground.schedule import Entry
from bot.playground.wire import Object, Refusal, refuse_arguments

FARTHEST = 120 * 24 * 3600
WINDOW, MOST_IN_WINDOW = 5 * 60, 30
"""So many messages may be due in one channel within so many seconds."""
GLANCE = 0.25
"""Seconds after which a waiting message looks at the clock again, which may have been moved."""


def schedule_message(call: Call) -> Object:
    channel = open_channel(call)
    thread = read_thread(call, channel, "invalid_arguments")
    respect_restrictions(call, channel, thread)
    content = read_content(call)
    require_saying(content)
    playground = call.playground
    now, post_at = int(playground.clock.now()), _post_at(call)
    _refuse_crowd(call, channel, post_at)
    entry = playground.schedule.add(playground.team.id, channel.id, post_at, now, {**author(call), **thread, **content})
    playground.background.spawn(_post_when_due(playground, entry))
    return {
        "channel": channel.id,
        "scheduled_message_id": entry.id,
        "post_at": post_at,
        "message": _delayed(call, content),
    }


def delete_scheduled(call: Call) -> Object:
    channel = call.channel()
    call.playground.schedule.take(call.arguments.text("scheduled_message_id"), call.playground.team.id, channel.id)
    return {}


def list_scheduled(call: Call) -> Object:
    entries = call.playground.schedule.of(call.playground.team.id)
    if "channel" in call.arguments:
        try:
            channel = call.channel().id
        except Refusal:
            raise Refusal("invalid_channel") from None
        entries = [entry for entry in entries if entry.channel == channel]
    oldest, latest = _bound(call, "oldest", 0.0), _bound(call, "latest", float("inf"))
    shown, cursor = page(call, [e for e in entries if oldest <= e.post_at <= latest], 100, 1000)
    return {"scheduled_messages": [entry.show() for entry in shown], "response_metadata": {"next_cursor": cursor}}


def _post_at(call: Call) -> int:
    try:
        post_at = int(call.arguments.text("post_at"))
    except ValueError:
        raise Refusal("invalid_time") from None
    ahead = post_at - call.playground.clock.now()
    if ahead <= 0:
        raise Refusal("time_in_past")
    if ahead > FARTHEST:
        raise Refusal("time_too_far")
    return post_at


def _refuse_crowd(call: Call, channel: Channel, post_at: int) -> None:
    entries = call.playground.schedule.of(call.playground.team.id)
    near = [e for e in entries if e.channel == channel.id and e.post_at // WINDOW == post_at // WINDOW]
    if len(near) >= MOST_IN_WINDOW:
        raise Refusal("restricted_too_many")


async def _post_when_due(playground: Playground, entry: Entry) -> None:
    """Unless it was taken back before, or the channel takes nothing any more."""
    while (wait := entry.post_at - playground.clock.now()) > 0:
        await asyncio.sleep(min(wait, GLANCE))
        if not playground.schedule.holds(entry):
            return
    playground.schedule.take(entry.id, entry.team, entry.channel)
    if not playground.workspace.channel(entry.channel).is_archived:
        post(playground, entry.channel, entry.message)


def _delayed(call: Call, content: Object) -> Object:
    team = call.playground.team
    told = {key: value for key, value in content.items() if key != "metadata"}
    return {"type": "delayed_message", "subtype": "bot_message", "bot_id": team.bot_id, **told}


def _bound(call: Call, name: str, default: float) -> float:
    try:
        return float(call.arguments.text(name) or default)
    except ValueError:
        raise refuse_arguments(f"must be a timestamp [json-pointer:/{name}]") from None


METHODS = (
    Method(
        "chat.scheduleMessage",
        schedule_message,
        ("channel", "post_at"),
        (
            *CONTENT,
            "as_user",
            "link_names",
            "parse",
            "reply_broadcast",
            "thread_ts",
            "unfurl_links",
            "unfurl_media",
        ),
        "chat:write",
    ),
    Method(
        "chat.deleteScheduledMessage",
        delete_scheduled,
        ("channel", "scheduled_message_id"),
        ("as_user",),
        "chat:write",
    ),
    Method(
        "chat.scheduledMessages.list",
        list_scheduled,
        (),
        ("channel", "cursor", "latest", "limit", "oldest"),
    ),
)
