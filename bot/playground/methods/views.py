"""views.*: open, push, change and publish."""

import json

from bot.playground.methods.call import Call, Method
from bot.playground.triggers import Trigger
from bot.playground.wire import Object, Refusal, refuse_arguments

LARGEST_VIEW = 250_000
"""Bytes of JSON."""


def open_view(call: Call) -> Object:
    view = _view(call)
    return {"view": call.playground.views.open(_trigger(call).user, view)}


def push_view(call: Call) -> Object:
    view = _view(call)
    trigger = _trigger(call)
    if not trigger.view_id:
        raise Refusal("not_found")
    return {"view": call.playground.views.push(trigger.user, view)}


def update_view(call: Call) -> Object:
    arguments = call.arguments
    if ("view_id" in arguments) is ("external_id" in arguments):
        raise refuse_arguments("exactly one of `view_id` and `external_id` is required")
    view_id, external_id = arguments.text("view_id"), arguments.text("external_id")
    return {"view": call.playground.views.update(view_id, external_id, _view(call), arguments.text("hash"))}


def publish_view(call: Call) -> Object:
    user = call.playground.workspace.person(call.arguments.text("user_id"))
    if not call.playground.restrictions.home_tab:
        raise Refusal("not_enabled")
    return {"view": call.playground.views.publish(user.id, _view(call), call.arguments.text("hash"))}


def _view(call: Call) -> Object:
    view = call.arguments.json("view", "invalid_arguments")
    if not isinstance(view, dict):
        raise refuse_arguments("must be an object [json-pointer:/view]")
    if len(json.dumps(view).encode()) > LARGEST_VIEW:
        raise Refusal("view_too_large")
    return view


def _trigger(call: Call) -> Trigger:
    trigger_id = call.arguments.text("trigger_id") or call.arguments.text("interactivity_pointer")
    if not trigger_id:
        raise refuse_arguments("missing required field: trigger_id")
    return call.playground.triggers.spend(trigger_id)


_TRIGGERS = ("trigger_id", "interactivity_pointer")

METHODS = (
    Method("views.open", open_view, ("view",), _TRIGGERS, tier=4),
    Method("views.push", push_view, ("view",), _TRIGGERS, tier=4),
    Method("views.update", update_view, ("view",), ("view_id", "external_id", "hash"), tier=4),
    Method("views.publish", publish_view, ("user_id", "view"), ("hash", "interactivity_pointer"), tier=4),
)
