"""pins.*: messages pinned to their channel."""

import re

from bot.playground.methods.call import Call, Method
from bot.playground.methods.chat import permalink
from bot.playground.people import Channel
from bot.playground.pins import Pin
from bot.playground.shown import show_message
from bot.playground.wire import Object, Refusal


def add(call: Call) -> Object:
    channel, ts = _target(call)
    message = call.playground.messages.find(channel.id, ts)
    if message.get("subtype") == "tombstone":
        raise Refusal("not_pinnable")
    pin = Pin(ts, call.actor, int(call.playground.clock.now()))
    call.playground.pins.add(channel.id, pin)
    call.playground.messages.change(channel.id, ts, pinned_to=[channel.id])
    return {}


def remove(call: Call) -> Object:
    channel, ts = _target(call)
    call.playground.messages.find(channel.id, ts)
    call.playground.pins.remove(channel.id, ts)
    call.playground.messages.change(channel.id, ts, pinned_to=None)
    return {}


def list_pins(call: Call) -> Object:
    channel = call.channel()
    return {"items": [item for pin in call.playground.pins.of(channel.id) for item in _shown(call, channel, pin)]}


def _shown(call: Call, channel: Channel, pin: Pin) -> list[Object]:
    """Nothing when the message is gone."""
    try:
        message = call.playground.messages.find(channel.id, pin.ts)
    except Refusal:
        return []
    shown = {**show_message(message, with_metadata=False), "permalink": permalink(call, channel, message)}
    about = {"type": "message", "channel": channel.id, "created": pin.created, "created_by": pin.user}
    return [{**about, "message": shown}]


def _target(call: Call) -> tuple[Channel, str]:
    if "timestamp" not in call.arguments:
        raise Refusal("no_item_specified")
    ts = call.arguments.text("timestamp")
    if not re.fullmatch(r"\d+\.\d{6}", ts):
        raise Refusal("bad_timestamp")
    return call.joined_channel(), ts


METHODS = (
    Method("pins.add", add, ("channel",), ("timestamp",), "pins:write", 2),
    Method("pins.remove", remove, ("channel",), ("timestamp",), "pins:write", 2),
    Method("pins.list", list_pins, ("channel",), (), "pins:read", 2),
)
