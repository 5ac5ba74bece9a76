"""What the product listens to, and what people did: both in the same words, to be compared."""

import re
from collections.abc import Callable, Iterable, Iterator
from typing import Any

from handlers.slack import actions, commands, reactions, register
from handlers.views.modals import RARER
from tests.journey.world import Object

_CHOICES = ("ticket.more", "policy.change")  # menus of which every entry does something else
_NUMBER = re.compile(r"\.\d+$")  # the end of an action id of which a message has several
_NUMBERED = re.compile(r"\\\.(\\d\+?|\[\d+\])$")  # the end of a pattern for such ids


class Listened:
    """Stands where Bolt's app does, and takes down what is listened to."""

    def __init__(self) -> None:
        self.names: set[str] = set()

    def __getattr__(self, kind: str) -> Callable[..., Callable[[object], None]]:
        def listen(constraint: object = "", *_: object, **__: object) -> Callable[[object], None]:
            said = constraint.pattern if isinstance(constraint, re.Pattern) else str(constraint)
            if kind in ("action", "view", "shortcut", "function", "event") and said != ".*":
                self.names.add(f"{kind} {_NUMBERED.sub('', said).replace(chr(92), '')}")
            return lambda _: None

        return listen


def listened() -> set[str]:
    """Everything that somebody can press, send, type or do, by name."""
    app: Any = Listened()
    register(app, None)  # type: ignore[arg-type]  # the services are asked for only once something happens
    menu = {f"action ticket.more {name}" for name in (*actions._MORE_SAVING, *actions._MORE_OPENING)}
    rarer = {name for name, _, _ in RARER}
    menu = {name for name in menu if name.rpartition(" ")[2] not in rarer - {"say"}}  # those stand in a form by now
    policy = {f"action policy.change {name}" for name in ("thresholds", "rules", "rule", "team", "hours")}
    typed = {f"command {name}" for name in (*commands._COMMANDS, "help", "doctor")}
    emoji = {f"emoji {name}" for name in (*reactions._ACTS, reactions.ASKS)}
    whole = {"action ticket.more", "action policy.change"}
    return (app.names - whole) | menu | {f"rarer {name}" for name in rarer} | policy | typed | emoji


def pressed(wire: Iterable[Object]) -> set[str]:
    """What people did, as it was delivered to the product, in the same words."""
    return {name for entry in wire if entry["direction"] == "to_bot" for name in _names(entry["arguments"])}


def _names(said: Any) -> Iterator[str]:
    if not isinstance(said, dict):
        return
    match said.get("type"):
        case "block_actions":
            yield from map(_action, said["actions"])
        case "view_submission":
            yield f"view {said['view']['callback_id']}"
            chosen = said["view"]["state"]["values"].get("rarer", {}).get("rarer", {}).get("selected_option")
            if chosen:
                yield f"rarer {chosen['value']}"
        case "message_action" | "shortcut":
            yield f"shortcut {said['callback_id']}"
        case "event_callback":
            event = said["event"]
            yield f"event {event['type']}"
            if event["type"] == "reaction_added":
                yield f"emoji {event['reaction']}"
    if "command" in said:
        yield f"command {(said.get('text') or 'help').split()[0]}"


def _action(action: Object) -> str:
    name = _NUMBER.sub("", action["action_id"])
    if name in _CHOICES:
        return f"action {name} {action['selected_option']['value'].partition(':')[0]}"
    return f"action {name}"
