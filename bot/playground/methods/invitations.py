"""conversations.invite: who may come into which channel."""

from bot.playground.events import announce_joining
from bot.playground.methods.call import Call, Method, write_scopes
from bot.playground.methods.conversations import show
from bot.playground.notices import note
from bot.playground.people import Channel
from bot.playground.wire import Object, Refusal


def invite(call: Call) -> Object:
    """All of them or none; with `force` those who can be."""
    channel = call.channel()
    call.require_scope(*write_scopes(call, channel, "invites"))
    if channel.is_direct or channel.is_mpim:
        raise Refusal("method_not_supported_for_channel_type")
    call.joined_channel()
    if channel.is_archived:
        raise Refusal("is_archived")
    users = [user.strip() for user in call.arguments.text("users").split(",") if user.strip()]
    if not users:
        raise Refusal("no_user")
    errors = [{"user": user, "ok": False, "error": error} for user in users if (error := _why_not(call, channel, user))]
    failed = {error["user"] for error in errors}
    if errors and (len(failed) == len(users) or not call.arguments.boolean("force")):
        raise Refusal(str(errors[0]["error"]), errors=errors)
    for user in users:
        if user not in failed:
            channel = call.playground.workspace.join(channel.id, user)
            announce_joining(call.playground, user, channel.id, call.actor)
            note(call.playground, "channel_join", user, channel, inviter=call.actor)
    return {"channel": show(call, channel), **({"errors": errors} if errors else {})}


def _why_not(call: Call, channel: Channel, user: str) -> str:
    """Slack's error code; empty when this person may come."""
    workspace = call.playground.workspace
    if user == call.actor:
        return "cant_invite_self"
    try:
        person = workspace.person(user)
    except Refusal as refusal:
        return refusal.error
    if user in channel.members:
        return "already_in_channel"
    if person.deleted or person.team not in channel.teams:
        return "cant_invite"
    if workspace.person(call.actor).is_guest:
        return "no_permission"
    in_others = any(user in c.members for c in workspace.channels if not c.is_direct and not c.is_mpim)
    return "ura_max_channels" if person.is_single_channel and in_others else ""


METHODS = (Method("conversations.invite", invite, ("channel", "users"), ("force",)),)
