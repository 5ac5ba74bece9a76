"""People, channels and messages in the shapes in which Slack shows them."""

from bot.playground.credentials import APP_ID, APP_NAME
from bot.playground.people import OPENED, Channel, Person, Role, UserGroup
from bot.playground.team import Team
from bot.playground.wire import Object

_ICONS = {f"image_{size}": f"https://playground.example/icons/app_{size}.png" for size in (36, 48, 72)}


def bot_profile(team: Team) -> Object:
    return {
        "id": team.bot_id,
        "deleted": False,
        "name": APP_NAME,
        "updated": OPENED,
        "app_id": APP_ID,
        "icons": _ICONS,
        "team_id": team.id,
    }


def by_bot(team: Team) -> Object:
    """What marks a message as the bot's own."""
    return {
        "user": team.bot_user,
        "bot_id": team.bot_id,
        "app_id": APP_ID,
        "team": team.id,
        "username": APP_NAME,
        "bot_profile": bot_profile(team),
    }


def show_person(person: Person, team: Team, *, with_email: bool) -> Object:
    profile: Object = {
        "title": person.title,
        "phone": "",
        "real_name": person.real_name,
        "real_name_normalized": person.real_name,
        "display_name": person.name,
        "display_name_normalized": person.name,
        "status_text": "",
        "status_emoji": "",
        "status_expiration": 0,
        "avatar_hash": "",
        "team": person.team,
    }
    if with_email and not person.is_bot:
        profile["email"] = person.email
    if person.is_bot:
        profile |= {"bot_id": team.bot_id, "api_app_id": APP_ID, "always_active": True}
    return {
        "id": person.id,
        "team_id": person.team,
        "name": person.name,
        "deleted": person.deleted,
        "color": "4a154b",
        "real_name": person.real_name,
        "tz": "Europe/Berlin",
        "tz_label": "Central European Time",
        "tz_offset": 3600,
        "profile": profile,
        "is_admin": person.is_admin and not person.deleted,
        "is_owner": person.role is Role.ADMIN,
        "is_primary_owner": person.role is Role.ADMIN,
        "is_restricted": person.is_guest,
        "is_ultra_restricted": person.is_single_channel,
        "is_bot": person.is_bot,
        "is_app_user": False,
        "is_email_confirmed": True,
        "updated": OPENED,
        "who_can_share_contact_card": "EVERYONE",
    }


def show_channel(channel: Channel, team: Team) -> Object:
    """As the app sees it from this workspace."""
    if channel.is_direct:
        return _direct(channel)
    return {
        "id": channel.id,
        "name": channel.name,
        "name_normalized": channel.name,
        "is_channel": not channel.is_private,
        "is_group": channel.is_private and not channel.is_mpim,
        "is_im": False,
        "is_mpim": channel.is_mpim,
        "is_private": channel.is_private,
        "is_archived": channel.is_archived,
        "is_general": channel.is_general,
        "is_shared": channel.is_shared,
        "is_ext_shared": channel.is_shared,
        "is_org_shared": False,
        "is_pending_ext_shared": False,
        "is_member": team.bot_user in channel.members,
        "created": channel.created,
        "updated": channel.created * 1000,
        "creator": channel.creator,
        "unlinked": 0,
        "context_team_id": team.id,
        "shared_team_ids": list(channel.teams),
        "pending_shared": [],
        "pending_connected_team_ids": [],
        "previous_names": list(channel.previous_names),
        "topic": _described(channel, channel.topic),
        "purpose": _described(channel, channel.purpose),
        "num_members": len(channel.members),
    }


def _direct(channel: Channel) -> Object:
    return {
        "id": channel.id,
        "created": channel.created,
        "is_archived": channel.is_archived,
        "is_im": True,
        "is_org_shared": False,
        "user": channel.partner,
        "is_user_deleted": channel.is_archived,
        "priority": 0,
    }


def _described(channel: Channel, text: str) -> Object:
    written = {"creator": channel.creator, "last_set": channel.created} if text else {"creator": "", "last_set": 0}
    return {"value": text, **written}


def show_group(group: UserGroup, *, with_users: bool, with_count: bool = True) -> Object:
    shown: Object = {
        "id": group.id,
        "team_id": group.team,
        "is_usergroup": True,
        "is_subteam": True,
        "name": group.name,
        "description": group.description,
        "handle": group.handle,
        "is_external": False,
        "date_create": group.created,
        "date_update": group.changed,
        "date_delete": group.disabled,
        "auto_provision": False,
        "created_by": group.creator,
        "updated_by": group.changed_by,
        "prefs": {"channels": list(group.channels), "groups": []},
    }
    if with_count:
        shown["user_count"] = len(group.members)
    return {**shown, "users": list(group.members)} if with_users else shown


_OURS = {"channel", "ephemeral_to", "is_ephemeral", "mrkdwn", "streaming", "username", "work_objects"}
"""Fields that the page needs and that Slack's own shape does not have at this place."""


def show_message(message: Object, *, with_metadata: bool) -> Object:
    hidden = _OURS if with_metadata else _OURS | {"metadata"}
    return {key: value for key, value in message.items() if key not in hidden}
