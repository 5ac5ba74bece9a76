"""All that a page needs to begin: people, channels, the latest messages, views, tickets."""

from bot.playground.credentials import (
    BOT_TOKEN,
    SIGNING_SECRET,
    ZENDESK_API_TOKEN,
    ZENDESK_EMAIL,
    ZENDESK_WEBHOOK_SECRET,
)
from bot.playground.fault import Fault
from bot.playground.people import Channel, Person
from bot.playground.playground import Playground
from bot.playground.wire import Object
from bot.playground.workspace import Workspace

LATEST_MESSAGES = 100
LATEST_TICKETS = 200


def take_snapshot(playground: Playground) -> Object:
    """What one workspace shows: the last messages of each channel with their threads; older ones by `read_messages`.

    `workspaces` lists all of them, to switch to: `GET /playground/snapshot?team=ID`, and `team` in each act. `team` is
    the one shown. People of another workspace carry its id in `team`; a shared channel has several in `teams`.
    Live events of one workspace's messages and views need no mark: channel and person ids are the town's own. The
    live event `town` says that people or channels changed: read the snapshot again.
    """
    workspace, views = playground.workspace, playground.views
    return {
        "me_default": _first_person(playground),
        "team": playground.team.id,
        "workspaces": [_workspace(known) for known in playground.workspaces.values()],
        "event_id": playground.stream.last,
        "people": [_person(person) for person in workspace.people],
        "bot_user": playground.team.bot_user,
        "groups": [{"id": g.id, "handle": g.handle, "members": list(g.members)} for g in workspace.groups],
        "channels": [show_channel_on_page(channel, playground.team.bot_user) for channel in workspace.channels],
        "messages": {channel.id: read_messages(playground, channel.id, "") for channel in workspace.channels},
        "views": {user: stack for v in playground.all_views.values() for user, stack in v.stacks.items() if stack},
        "homes": views.homes,
        "tickets": read_tickets(playground, None),
        "statuses": playground.statuses.shown(),
        "threads": playground.statuses.threads(),
        "sessions": playground.sessions.shown(),
        "executions": playground.executions.shown(),
        "flexpanes": playground.flexpanes.shown(),
        "app": _app(playground),
        "preparing": playground.preparing,
        "control": show_control(playground),
    }


def read_messages(playground: Playground, channel: str, before: str) -> list[Object]:
    """The latest before this timestamp (any, when empty), oldest first, each with its replies."""
    messages = playground.messages
    roots = [m for m in messages.top_level(channel) if not before or m["ts"] < before][-LATEST_MESSAGES:]
    replies = [reply for root in roots for reply in messages.replies(channel, root["ts"])]
    whispers = [m for m in messages.ephemerals() if m["channel"] == channel and not before]
    found = {message["ts"]: message for message in [*roots, *replies, *whispers]}
    return [found[ts] for ts in sorted(found)]


def read_tickets(playground: Playground, before: int | None) -> list[Object]:
    """The latest before this number, oldest first."""
    tickets = [t for t in playground.desk.tickets if before is None or t.id < before]
    return [playground.desk.shown(ticket) for ticket in tickets[-LATEST_TICKETS:]]


def show_control(playground: Playground) -> Object:
    """What is switched on to go wrong."""
    return {"rate_limits": playground.rates.on, "faults": [_fault(fault) for fault in playground.faults.plan]}


def _fault(fault: Fault) -> Object:
    """As the plan is written, so that the page can send it back with one line more or less."""
    if fault.script:
        return {
            "method": fault.method,
            "script": [{"kind": _kind(step), "seconds": step.seconds} for step in fault.script],
        }
    numbers = {"probability": fault.probability, "times": fault.times, "seconds": fault.seconds}
    return {"method": fault.method, "kind": _kind(fault), **numbers}


def _kind(fault: Fault) -> str:
    return f"{fault.kind}:{fault.code}" if fault.code else str(fault.kind)


def _app(playground: Playground) -> Object:
    """What the app offers, and the pretend secrets with which the inspector writes commands."""
    return {
        **playground.manifest.shown(),
        "bot_url": playground.bot_url,
        "bot_token": BOT_TOKEN,
        "signing_secret": SIGNING_SECRET,
        "webhook_secret": ZENDESK_WEBHOOK_SECRET,
        "helpdesk_user": f"{ZENDESK_EMAIL}/token:{ZENDESK_API_TOKEN}",
    }


def _first_person(playground: Playground) -> str:
    """Who looks at it first: somebody of this workspace who works there."""
    return next(p.id for p in playground.workspace.people if p.team == playground.team.id and not p.is_bot)


def _workspace(workspace: Workspace) -> Object:
    """`has_app` says whether somebody installed the app there, as the page at /oauth/v2/authorize lets them."""
    team = workspace.team
    return {"id": team.id, "name": team.name, "domain": team.domain, "has_app": workspace.has_app}


def _person(person: Person) -> Object:
    return {
        "id": person.id,
        "name": person.name,
        "real_name": person.real_name,
        "title": person.title,
        "role": person.role.value,
        "team": person.team,
        "deleted": person.deleted,
    }


def show_channel_on_page(channel: Channel, bot_user: str) -> Object:
    return {
        "id": channel.id,
        "name": channel.name,
        "topic": channel.topic,
        "bot_is_member": bot_user in channel.members,
        "members": sorted(channel.members),
        "is_direct": channel.is_direct,
        "partner": channel.partner or None,
        "is_archived": channel.is_archived,
        "is_private": channel.is_private,
        "teams": list(channel.teams),
    }
