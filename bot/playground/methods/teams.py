"""team.info, bots.info, emoji.list: what the workspace is and has."""

from bot.playground.methods.call import Call, Method
from bot.playground.people import DOMAINS
from bot.playground.shown import bot_profile
from bot.playground.wire import Object, Refusal

EMOJI = {"lumen": "https://playground.example/emoji/lumen.png", "lantern": "alias:lumen"}


def team_info(call: Call) -> Object:
    """Of one's own workspace, or of one with which a channel is shared."""
    if "domain" in call.arguments:
        raise Refusal("team_not_on_enterprise")
    asked = call.arguments.text("team", call.playground.team_id)
    seen = {team for channel in call.playground.workspace.channels for team in channel.teams}
    if asked not in seen:
        raise Refusal("team_not_found")
    team = call.playground.workspaces[asked].team
    return {
        "team": {
            "id": team.id,
            "name": team.name,
            "domain": team.domain,
            "email_domain": DOMAINS[team.id],
            "url": team.url,
            "icon": {"image_default": True},
            "is_verified": False,
        }
    }


def bot_info(call: Call) -> Object:
    team = call.playground.team
    if call.arguments.text("bot", team.bot_id) != team.bot_id:
        raise Refusal("bot_not_found")
    if call.arguments.text("team_id", team.id) != team.id:
        raise Refusal("team_not_found")
    known = ("id", "deleted", "name", "updated", "app_id", "icons")
    profile = bot_profile(team)
    return {"bot": {**{key: profile[key] for key in known}, "user_id": team.bot_user}}


def list_emoji(call: Call) -> Object:
    """The workspace's own, and what else they are called."""
    categories = {"categories_version": "1", "categories": []} if call.arguments.boolean("include_categories") else {}
    return {"emoji": EMOJI, "cache_ts": call.playground.clock.ts(), **categories}


METHODS = (
    Method("team.info", team_info, (), ("team", "domain"), "team:read"),
    Method("bots.info", bot_info, (), ("bot",), "users:read"),
    Method("emoji.list", list_emoji, (), ("include_categories",), "emoji:read", 2),
)
