"""usergroups.*: groups that can be mentioned, and who is in them."""

import re
from dataclasses import replace

from bot.playground.events import announce_group
from bot.playground.methods.call import Call, Method
from bot.playground.people import UserGroup
from bot.playground.shown import show_group
from bot.playground.wire import Object, Refusal

_RESERVED = frozenset({"channel", "everyone", "group", "here"})


def list_groups(call: Call) -> Object:
    with_disabled = call.arguments.boolean("include_disabled")
    with_users, with_count = call.arguments.boolean("include_users"), call.arguments.boolean("include_count")
    found = [group for group in call.playground.workspace.groups if with_disabled or not group.disabled]
    return {"usergroups": [show_group(g, with_users=with_users, with_count=with_count) for g in found]}


def list_users(call: Call) -> Object:
    group = call.playground.workspace.group(call.arguments.text("usergroup"))
    if group.disabled and not call.arguments.boolean("include_disabled"):
        return {"users": []}
    return {"users": list(group.members)}


def create(call: Call) -> Object:
    _refuse_guests(call)
    name = call.arguments.text("name")
    if not name:
        raise Refusal("missing_subteam_name")
    handle = call.arguments.text("handle") or re.sub(r"[^a-z0-9]+", "-", name.lower()).strip("-")
    now = int(call.playground.clock.now())
    identity, team = call.playground.identifiers.make("S"), call.playground.team_id
    group = UserGroup(identity, handle, name, (), team, creator=call.actor, created=now)
    return _keep(call, _described(call, group))


def update(call: Call) -> Object:
    _refuse_guests(call)
    group = call.playground.workspace.group(call.arguments.text("usergroup"))
    name, handle = call.arguments.text("name", group.name), call.arguments.text("handle", group.handle)
    return _keep(call, _described(call, replace(group, name=name, handle=handle)))


def enable(call: Call) -> Object:
    return _switch(call, 0)


def disable(call: Call) -> Object:
    return _switch(call, int(call.playground.clock.now()))


def update_users(call: Call) -> Object:
    """The whole list anew."""
    _refuse_guests(call)
    workspace = call.playground.workspace
    group = workspace.group(call.arguments.text("usergroup"))
    users = tuple(dict.fromkeys(user.strip() for user in call.arguments.text("users").split(",") if user.strip()))
    if not users:
        raise Refusal("no_users_provided")
    known = {person.id: person for person in workspace.people}
    if any(user not in known or known[user].is_bot or known[user].deleted for user in users):
        raise Refusal("invalid_users")
    if any(known[user].team != workspace.team.id for user in users):
        raise Refusal("failed_for_some_users")
    answer = _keep(call, replace(group, members=users))
    announce_group(call.playground, workspace.group(group.id), group.members)
    return answer


def _described(call: Call, group: UserGroup) -> UserGroup:
    """With its description and channels, if its names are free and good."""
    others = [other for other in call.playground.workspace.groups if other.id != group.id]
    if any(other.name.lower() == group.name.lower() for other in others):
        raise Refusal("name_already_exists")
    if group.handle in _RESERVED:
        raise Refusal("forbidden_handle")
    if not re.fullmatch(r"[a-z0-9._-]{1,80}", group.handle):
        raise Refusal("bad_handle")
    taken = {other.handle for other in others} | {person.name for person in call.playground.workspace.people}
    if group.handle in taken:
        raise Refusal("handle_already_exists")
    described = call.arguments.text("description", group.description)
    return replace(group, description=described, channels=_channels(call, group))


def _channels(call: Call, group: UserGroup) -> tuple[str, ...]:
    if "channels" not in call.arguments:
        return group.channels
    found = tuple(part.strip() for part in call.arguments.text("channels").split(",") if part.strip())
    known = {channel.id for channel in call.playground.workspace.channels if not channel.is_direct}
    if not set(found) <= known:
        raise Refusal("invalid_channel_provided")
    return found


def _switch(call: Call, disabled: int) -> Object:
    _refuse_guests(call)
    group = call.playground.workspace.group(call.arguments.text("usergroup"))
    return _keep(call, replace(group, disabled=disabled))


def _keep(call: Call, group: UserGroup) -> Object:
    changed = replace(group, changed=int(call.playground.clock.now()), changed_by=call.actor)
    call.playground.workspace.keep_group(changed)
    with_count = call.arguments.boolean("include_count")
    return {"usergroup": show_group(changed, with_users=True, with_count=with_count)}


def _refuse_guests(call: Call) -> None:
    if call.playground.workspace.person(call.actor).is_guest:
        raise Refusal("permission_denied")


_READ, _WRITE = "usergroups:read", "usergroups:write"
_WORDS = ("additional_channels", "channels", "description", "enable_section", "handle", "include_count")

METHODS = (
    Method("usergroups.list", list_groups, (), ("include_count", "include_disabled", "include_users"), _READ, 2),
    Method("usergroups.users.list", list_users, ("usergroup",), ("include_disabled",), _READ, 2),
    Method("usergroups.create", create, ("name",), _WORDS, _WRITE, 2),
    Method("usergroups.update", update, ("usergroup",), (*_WORDS, "name"), _WRITE, 2),
    Method("usergroups.enable", enable, ("usergroup",), ("include_count",), _WRITE, 2),
    Method("usergroups.disable", disable, ("usergroup",), ("include_count",), _WRITE, 2),
    Method(
        "usergroups.users.update",
        update_users,
        ("usergroup", "users"),
        ("additional_channels", "include_count", "is_shared"),
        _WRITE,
        2,
    ),
)
