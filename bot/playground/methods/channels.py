"""conversations.*: channels made, joined, left, renamed, described, put away."""

import re
from dataclasses import replace

from bot.playground.channel_names import check_name
from bot.playground.events import (
    announce_archiving,
    announce_creation,
    announce_joining,
    announce_leaving,
    announce_rename,
)
from bot.playground.methods.call import Call, Method, write_scopes
from bot.playground.methods.conversations import show
from bot.playground.notices import note
from bot.playground.people import Channel
from bot.playground.wire import Object, Refusal

LONGEST_TOPIC = 250


def create(call: Call) -> Object:
    is_private = call.arguments.boolean("is_private")
    channel = Channel(
        call.playground.identifiers.make("C"),
        call.arguments.text("name"),
        "",
        frozenset({call.actor}),
        is_private=is_private,
        teams=(call.playground.team_id,),
        creator=call.actor,
        created=int(call.playground.clock.now()),
    )
    call.require_scope(*write_scopes(call, channel))
    _refuse_guests(call, "restricted_action")
    check_name(call.playground.workspace, channel.name)
    call.playground.workspace.keep(channel)
    announce_creation(call.playground, call.actor, channel)
    return {"channel": show(call, channel)}


def join(call: Call) -> Object:
    call.require_scope("channels:write" if call.by_person else "channels:join")
    channel = call.channel()
    if channel.is_private:
        raise Refusal("method_not_supported_for_channel_type")
    if channel.is_archived:
        raise Refusal("is_archived")
    if call.actor in channel.members:
        warned = {"response_metadata": {"warnings": ["already_in_channel"]}}
        return {"channel": show(call, channel), "warning": "already_in_channel", **warned}
    joined = call.playground.workspace.join(channel.id, call.actor)
    announce_joining(call.playground, call.actor, joined.id)
    note(call.playground, "channel_join", call.actor, joined)
    return {"channel": show(call, joined)}


def leave(call: Call) -> Object:
    channel = _writable(call, allow_outside=True)
    if channel.is_archived:
        raise Refusal("is_archived")
    if channel.is_general:
        raise Refusal("cant_leave_general")
    _refuse_guests(call, "user_is_restricted")
    if call.actor not in channel.members:
        return {"not_in_channel": True}
    if channel.is_private and len(channel.members) == 1:
        raise Refusal("last_member")
    call.playground.workspace.leave(channel.id, call.actor)
    announce_leaving(call.playground, call.actor, channel.id)
    note(call.playground, "channel_leave", call.actor, channel)
    return {}


def archive(call: Call) -> Object:
    channel = _writable(call)
    if channel.is_archived:
        raise Refusal("already_archived")
    if channel.is_general:
        raise Refusal("cant_archive_general")
    _refuse_guests(call, "restricted_action")
    return _put_away(call, channel, archived=True)


def unarchive(call: Call) -> Object:
    channel = _writable(call, allow_outside=True)
    if not channel.is_archived:
        raise Refusal("not_archived")
    return _put_away(call, channel, archived=False)


def rename(call: Call) -> Object:
    """Only who made the channel may rename it, and administrators."""
    channel = _open(call, _writable(call))
    if channel.creator != call.actor and not call.playground.workspace.person(call.actor).is_admin:
        raise Refusal("not_authorized")
    name = check_name(call.playground.workspace, call.arguments.text("name"))
    previous = (channel.name, *channel.previous_names)
    renamed = call.playground.workspace.keep(replace(channel, name=name, previous_names=previous))
    announce_rename(call.playground, renamed)
    note(call.playground, "channel_name", call.actor, renamed, old_name=channel.name, name=name)
    return {"channel": show(call, renamed)}


def set_topic(call: Call) -> Object:
    return _describe(call, "topic")


def set_purpose(call: Call) -> Object:
    return _describe(call, "purpose")


def mark(call: Call) -> Object:
    """Read up to here."""
    channel = call.joined_channel()
    call.require_scope(*write_scopes(call, channel))
    ts = call.arguments.text("ts")
    if not re.fullmatch(r"\d+\.\d{6}", ts):
        raise Refusal("invalid_timestamp")
    call.playground.workspace.marks[call.actor, channel.id] = ts
    return {}


def _describe(call: Call, field: str) -> Object:
    channel = call.joined_channel()
    call.require_scope(*write_scopes(call, channel, "topic"))
    if channel.is_direct:
        raise Refusal("method_not_supported_for_channel_type")
    _open(call, channel)
    _refuse_guests(call, "user_is_restricted")
    text = call.arguments.text(field)
    if len(text) > LONGEST_TOPIC:
        raise Refusal("too_long")
    described = replace(channel, topic=text) if field == "topic" else replace(channel, purpose=text)
    call.playground.workspace.keep(described)
    note(call.playground, f"channel_{field}", call.actor, described, **{field: text})
    return {"channel": show(call, described)}


def _put_away(call: Call, channel: Channel, *, archived: bool) -> Object:
    changed = call.playground.workspace.archive(channel.id, archived)
    announce_archiving(call.playground, call.actor, changed)
    note(call.playground, "channel_archive" if archived else "channel_unarchive", call.actor, changed)
    return {}


def _writable(call: Call, *, allow_outside: bool = False) -> Channel:
    """A channel that the caller may change: no direct message, and one that they are in."""
    channel = call.channel()
    call.require_scope(*write_scopes(call, channel))
    if channel.is_direct or channel.is_mpim:
        raise Refusal("method_not_supported_for_channel_type")
    return channel if allow_outside else call.joined_channel()


def _open(call: Call, channel: Channel) -> Channel:
    if channel.is_archived:
        raise Refusal("is_archived")
    return channel


def _refuse_guests(call: Call, error: str) -> None:
    if call.playground.workspace.person(call.actor).is_guest:
        raise Refusal(error)


METHODS = (
    Method("conversations.create", create, ("name",), ("is_private",), tier=2),
    Method("conversations.join", join, ("channel",)),
    Method("conversations.leave", leave, ("channel",)),
    Method("conversations.archive", archive, ("channel",), tier=2),
    Method("conversations.unarchive", unarchive, ("channel",), tier=2),
    Method("conversations.rename", rename, ("channel", "name"), tier=2),
    Method("conversations.setTopic", set_topic, ("channel", "topic"), tier=2),
    Method("conversations.setPurpose", set_purpose, ("channel", "purpose"), tier=2),
    Method("conversations.mark", mark, ("channel", "ts")),
)
