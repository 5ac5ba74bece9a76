"""Whose app somebody works with: in a shared channel it may be the one of the other workspace."""

from bot.playground.playground import Playground
from bot.playground.wire import Refusal


def seen_by_app(playground: Playground, user: str, *, view_id: str = "", channel: str = "", ts: str = "") -> Playground:
    """The playground as the app sees it that opened this view, or wrote this message."""
    team = _of_view(playground, user, view_id) if view_id else _of_message(playground, user, channel, ts)
    return playground.of(team or playground.team_id)


def _of_view(playground: Playground, user: str, view_id: str) -> str:
    for team, views in playground.all_views.items():
        open_views = [*views.stacks.get(user, []), *filter(None, [views.homes.get(user)])]
        if any(view["id"] == view_id for view in open_views):
            return team
    return ""


def _of_message(playground: Playground, user: str, channel: str, ts: str) -> str:
    try:
        bot = playground.messages.find_for(user, channel, ts).get("bot_id", "")
    except Refusal:
        return ""
    return next((w.team.id for w in playground.workspaces.values() if w.team.bot_id == bot), "")
