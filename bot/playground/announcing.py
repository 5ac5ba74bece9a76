"""How an event reaches the app: when it is subscribed and may know of it, in an envelope, until it takes it."""

import asyncio

from bot.playground.credentials import APP_ID, VERIFICATION_TOKEN
from bot.playground.delivery import Ack, Delivery, Kind
from bot.playground.playground import Playground
from bot.playground.wire import Object, Refusal

_PRIVATE_TOO = frozenset({"channels:read", "groups:read"})
HEARD_WITH = {
    "app_mention": frozenset({"app_mentions:read"}),
    "channel_archive": frozenset({"channels:read"}),
    "channel_created": frozenset({"channels:read"}),
    "channel_rename": frozenset({"channels:read"}),
    "channel_unarchive": frozenset({"channels:read"}),
    "group_archive": frozenset({"groups:read"}),
    "group_rename": frozenset({"groups:read"}),
    "group_unarchive": frozenset({"groups:read"}),
    "link_shared": frozenset({"links:read"}),
    "member_joined_channel": _PRIVATE_TOO,
    "member_left_channel": _PRIVATE_TOO,
    "message": frozenset({"channels:history", "groups:history", "im:history", "mpim:history"}),
    "reaction_added": frozenset({"reactions:read"}),
    "reaction_removed": frozenset({"reactions:read"}),
    "subteam_members_changed": frozenset({"usergroups:read"}),
    "team_join": frozenset({"users:read"}),
    "user_change": frozenset({"users:read"}),
}
"""One of these scopes lets the app hear of an event; an event that is not named here needs none."""
_MESSAGES_HEARD_WITH = {"channel": "channels", "group": "groups", "im": "im", "mpim": "mpim"}


def announce(playground: Playground, event: Object) -> None:
    """Tell the app, if it is subscribed to this kind of event and has a scope for it."""
    if playground.workspace.has_app and _is_subscribed(playground, event) and _may_hear(playground, event):
        emit(playground, event)


def emit(playground: Playground, event: Object) -> None:
    """Tell the app, whatever it is subscribed to."""
    stamped = {**event, "event_ts": event.get("event_ts") or playground.clock.ts()}
    playground.background.spawn(_deliver(playground, _envelope(playground, stamped)))


async def _deliver(playground: Playground, envelope: Object) -> None:
    """Until the app takes it, or wants no more, or has had every chance."""
    delivery = Delivery(Kind.EVENT, f"event {envelope['event']['type']}", envelope)
    ack = await _send(playground, delivery)
    for pause in playground.event_pauses:
        if not ack.error or not ack.may_retry:
            return
        await asyncio.sleep(pause)
        delivery = delivery.again(ack.error)
        ack = await _send(playground, delivery)


async def _send(playground: Playground, delivery: Delivery) -> Ack:
    async with playground.line.slots:
        return await playground.line.deliver(delivery)


def _is_subscribed(playground: Playground, event: Object) -> bool:
    """Messages are subscribed to by the kind of channel, as in message.im, or all of them as message."""
    kind = _MESSAGES_HEARD_WITH.get(event.get("channel_type", ""), "")
    return bool(playground.events & {event["type"], f"{event['type']}.{kind}"})


def _may_hear(playground: Playground, event: Object) -> bool:
    needed = HEARD_WITH.get(event["type"])
    if kind := _MESSAGES_HEARD_WITH.get(event.get("channel_type", "")):
        needed = frozenset({f"{kind}:history"}) if event["type"] == "message" else needed
    return needed is None or bool(needed & playground.scopes)


def _envelope(playground: Playground, event: Object) -> Object:
    authorisation = {
        "enterprise_id": None,
        "team_id": playground.team.id,
        "user_id": playground.team.bot_user,
        "is_bot": True,
        "is_enterprise_install": False,
    }
    event_id = playground.identifiers.make("Ev")
    return {
        "token": VERIFICATION_TOKEN,
        "team_id": playground.team.id,
        "context_team_id": playground.team.id,
        "context_enterprise_id": None,
        "api_app_id": APP_ID,
        "event": event,
        "type": "event_callback",
        "event_id": event_id,
        "event_time": int(playground.clock.now()),
        "authorizations": [authorisation],
        "is_ext_shared_channel": _is_shared(playground, event),
        "event_context": f"4-{event_id}",
    }


def _is_shared(playground: Playground, event: Object) -> bool:
    place = event.get("channel")
    try:
        return isinstance(place, str) and len(playground.workspace.channel(place).teams) > 1
    except Refusal:
        return False
