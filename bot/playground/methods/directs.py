"""conversations.open and close: direct messages, alone and in groups."""

from dataclasses import replace

from bot.playground.methods.call import Call, Method, write_scopes
from bot.playground.methods.conversations import show
from bot.playground.people import Channel, Person
from bot.playground.wire import Object, Refusal

MOST_PEOPLE = 8


def open_direct(call: Call) -> Object:
    """By the conversation's own id, or by who is to be in it beside the caller."""
    if "channel" in call.arguments:
        found, was_open = call.channel(), True
        if not (found.is_direct or found.is_mpim):
            raise Refusal("method_not_supported_for_channel_type")
        call.require_scope(*write_scopes(call, found))
    else:
        found, was_open = _with_people(call, _people(call))
    was_open = was_open and not found.is_closed
    if found.is_closed:
        found = call.playground.workspace.keep(replace(found, is_closed=False))
    already = {"no_op": True, "already_open": True} if was_open else {}
    return {**already, "channel": show(call, found) if call.arguments.boolean("return_im") else {"id": found.id}}


def close(call: Call) -> Object:
    channel = call.channel()
    call.require_scope(*write_scopes(call, channel))
    if not (channel.is_direct or channel.is_mpim):
        raise Refusal("method_not_supported_for_channel_type")
    if channel.is_closed:
        return {"no_op": True, "already_closed": True}
    call.playground.workspace.keep(replace(channel, is_closed=True))
    return {}


def _people(call: Call) -> list[Person]:
    users = dict.fromkeys(user.strip() for user in call.arguments.text("users").split(",") if user.strip())
    if not users:
        raise Refusal("users_list_not_supplied")
    if len(users) > MOST_PEOPLE:
        raise Refusal("too_many_users")
    workspace = call.playground.workspace
    people = [workspace.person(user) for user in users]
    if any(person.deleted for person in people):
        raise Refusal("user_disabled")
    for person in people:
        if not workspace.sees(call.actor, person.id):
            raise Refusal("user_not_visible" if person.team == workspace.team.id else "invalid_user_combination")
    return [person for person in people if person.id != call.actor or len(people) == 1]


def _with_people(call: Call, people: list[Person]) -> tuple[Channel, bool]:
    """The conversation, and whether it was there before."""
    known = {channel.id for channel in call.playground.workspace.channels}
    if call.arguments.boolean("prevent_creation") and not _find(call, people):
        raise Refusal("channel_not_found")
    call.require_scope("mpim:write" if len(people) > 1 else "im:write")
    if len(people) > 1:
        channel = _find(call, people) or _make_group(call, people)
    else:
        channel = call.playground.workspace.between(call.actor, people[0].id)
    return channel, channel.id in known


def _find(call: Call, people: list[Person]) -> Channel | None:
    members = {call.actor, *(person.id for person in people)}
    channels = call.playground.workspace.channels
    return next((c for c in channels if (c.is_mpim or c.is_direct) and c.members == members), None)


def _make_group(call: Call, people: list[Person]) -> Channel:
    caller = call.playground.workspace.person(call.actor)
    names = sorted(person.name for person in (caller, *people))
    channel = Channel(
        call.playground.identifiers.make("C"),
        f"mpdm-{'--'.join(names)}-1",
        "",
        frozenset({call.actor, *(person.id for person in people)}),
        is_private=True,
        is_mpim=True,
        teams=(call.playground.team_id,),
        creator=call.actor,
        created=int(call.playground.clock.now()),
    )
    return call.playground.workspace.keep(channel)


METHODS = (
    Method("conversations.open", open_direct, (), ("channel", "return_im", "users", "prevent_creation")),
    Method("conversations.close", close, ("channel",), tier=2),
)
