"""What happens in the workspace, in the words of the Events API."""

import re
from urllib.parse import urlsplit

from bot.playground.announcing import announce
from bot.playground.credentials import APP_NAME
from bot.playground.people import OPENED, Channel, Person, UserGroup
from bot.playground.playground import Playground
from bot.playground.shown import show_message, show_person
from bot.playground.wire import Object

_LINK = re.compile(r"https?://[^\s<>|]+")


def announce_message(playground: Playground, message: Object) -> None:
    """To the app when it is in the channel; a mention of it, and a link to it, are events of their own."""
    channel = playground.workspace.channel(message["channel"])
    heard = _heard_in(playground, channel)
    if heard is None:
        return
    playground, bot = heard, heard.team.bot_user
    event = {**_shown(playground, message), "channel": channel.id, "event_ts": message["ts"]}
    announce(playground, {**_with_subtype(event, message), "channel_type": _kind(channel)})
    if message.get("user") == bot:
        return
    if f"<@{bot}>" in message.get("text", "") and not channel.is_direct:
        announce(playground, {**event, "type": "app_mention"})
    _announce_links(playground, channel, message)


def announce_change(playground: Playground, message: Object, previous: Object) -> None:
    """A message says something else than before."""
    told = {"message": _shown(playground, message), "previous_message": _shown(playground, previous)}
    _announce_hidden(playground, message["channel"], {"subtype": "message_changed", **told})


def announce_deletion(playground: Playground, message: Object) -> None:
    told = {"deleted_ts": message["ts"], "previous_message": _shown(playground, message)}
    _announce_hidden(playground, message["channel"], {"subtype": "message_deleted", **told})


def announce_reaction(
    playground: Playground, user: str, channel: str, ts: str, name: str, *, removed: bool = False
) -> None:
    event = {
        "type": "reaction_removed" if removed else "reaction_added",
        "user": user,
        "reaction": name,
        "item_user": playground.messages.find(channel, ts)["user"],
        "item": {"type": "message", "channel": channel, "ts": ts},
    }
    announce(playground, event)


def announce_home(playground: Playground, user: str, tab: str = "home") -> None:
    event = {
        "type": "app_home_opened",
        "user": user,
        "channel": playground.workspace.direct(user).id,
        "tab": tab,
    }
    view = playground.views.homes.get(user)
    announce(playground, {**event, "view": view} if view else event)


def announce_joining(playground: Playground, user: str, channel: str, inviter: str = "") -> None:
    invited = {"inviter": inviter} if inviter else {}
    announce(playground, {"type": "member_joined_channel", **_membership(playground, user, channel), **invited})


def announce_leaving(playground: Playground, user: str, channel: str) -> None:
    announce(playground, {"type": "member_left_channel", **_membership(playground, user, channel)})


def announce_archiving(playground: Playground, user: str, channel: Channel) -> None:
    """After the channel was archived or opened again."""
    what = "archive" if channel.is_archived else "unarchive"
    event: Object = {"type": f"{_family(channel)}_{what}", "channel": channel.id, "user": user}
    announce(playground, {**event, "is_moved": 0} if channel.is_archived else event)


def announce_creation(playground: Playground, user: str, channel: Channel) -> None:
    """Only public channels are announced to all."""
    if not channel.is_private:
        told = {"id": channel.id, "name": channel.name, "created": OPENED, "creator": user}
        announce(playground, {"type": "channel_created", "channel": told})


def announce_rename(playground: Playground, channel: Channel) -> None:
    told = {
        "id": channel.id,
        "is_channel": True,
        "is_mpim": False,
        "name": channel.name,
        "name_normalized": channel.name,
        "created": OPENED,
    }
    announce(playground, {"type": f"{_family(channel)}_rename", "channel": told})


def announce_person(playground: Playground, person: Person, *, new: bool = False) -> None:
    """Somebody changed, was deactivated or came back; or joined the workspace."""
    shown = show_person(person, playground.team, with_email="users:read.email" in playground.scopes)
    event: Object = {"type": "team_join" if new else "user_change", "user": shown}
    announce(playground, event if new else {**event, "cache_ts": int(playground.clock.now())})


def announce_group(playground: Playground, group: UserGroup, before: tuple[str, ...]) -> None:
    """Whom a user group has now and did not have before, and the other way round."""
    added = [user for user in group.members if user not in before]
    removed = [user for user in before if user not in group.members]
    event = {
        "type": "subteam_members_changed",
        "subteam_id": group.id,
        "team_id": playground.team.id,
        "date_previous_update": OPENED,
        "date_update": int(playground.clock.now()),
        "added_users": added,
        "added_users_count": len(added),
        "removed_users": removed,
        "removed_users_count": len(removed),
    }
    announce(playground, event)


def announce_uninstalled(playground: Playground) -> None:
    announce(playground, {"type": "app_uninstalled"})


def announce_revoked(playground: Playground, bots: list[str], people: list[str]) -> None:
    """The user ids whose tokens are void from now on."""
    announce(playground, {"type": "tokens_revoked", "tokens": {"oauth": people, "bot": bots}})


def _announce_hidden(playground: Playground, channel_id: str, told: Object) -> None:
    """To the app when it is in the channel; people see nothing of it but its effect."""
    channel = playground.workspace.channel(channel_id)
    if heard := _heard_in(playground, channel):
        ts = playground.clock.ts()
        placed = {"channel": channel.id, "channel_type": _kind(channel), "ts": ts, "event_ts": ts}
        announce(heard, {"type": "message", **told, "hidden": True, **placed})


def _heard_in(playground: Playground, channel: Channel) -> Playground | None:
    """The workspace for which the app hears of this channel: once, also when several share the channel."""
    for team in (playground.team_id, *channel.teams):
        seen = playground.of(team)
        if seen.team.bot_user in channel.members:
            return seen
    return None


def _announce_links(playground: Playground, channel: Channel, message: Object) -> None:
    found = [(urlsplit(url).hostname or "", url) for url in _LINK.findall(message.get("text", ""))]
    links = [{"domain": host, "url": url} for host, url in found if host in playground.link_domains]
    if not links:
        return
    thread = {"thread_ts": message["thread_ts"]} if "thread_ts" in message else {}
    event = {
        "type": "link_shared",
        "channel": channel.id,
        "is_bot_user_member": True,
        "user": message["user"],
        "message_ts": message["ts"],
        **thread,
        "unfurl_id": playground.unfurls.offer(channel.id, message["ts"]),
        "source": "conversations_history",
        "links": links,
    }
    announce(playground, event)


def _shown(playground: Playground, message: Object) -> Object:
    """As the app reads it; a reply names who wrote the message that it answers."""
    shown = show_message(message, with_metadata=False)
    if message.get("thread_ts", message["ts"]) == message["ts"] or "subtype" in message:
        return shown
    root = playground.messages.find(message["channel"], message["thread_ts"])
    return {**shown, "parent_user_id": root["user"]}


def _with_subtype(event: Object, message: Object) -> Object:
    """A message under another name than the app's own hides who the app is."""
    if "subtype" in event:
        return event
    if message.get("files"):
        return {**event, "subtype": "file_share"}
    if "bot_id" not in message or message.get("username", APP_NAME) == APP_NAME:
        return event
    hidden = {"user", "team", "app_id", "bot_profile"}
    shown = {key: value for key, value in event.items() if key not in hidden}
    return {**shown, "subtype": "bot_message", "username": message["username"]}


def _membership(playground: Playground, user: str, channel_id: str) -> Object:
    channel = playground.workspace.channel(channel_id)
    kind = "G" if channel.is_private else "C"
    return {"user": user, "channel": channel.id, "channel_type": kind, "team": playground.team.id}


def _kind(channel: Channel) -> str:
    return "im" if channel.is_direct else "mpim" if channel.is_mpim else "group" if channel.is_private else "channel"


def _family(channel: Channel) -> str:
    return "group" if channel.is_private else "channel"
