"""Working: what stands where something takes longer than Slack waits, and what takes its place."""

from typing import Any, Final

from handlers.views import blocks
from handlers.views.blocks import Element, words

WORKING: Final = (
    "⏳ Working on it… I tell you here how it ends. "
    "If nothing comes within a few minutes, look at the card, and try again."
)
DONE: Final = "✅ That took longer than usual, and is done."
SLOW_ANSWER: Final = "⏳ Working on it… The answer follows here."
NOT_TAKEN: Final = "Slack did not take the answer. Please ask again."
_INITIAL: Final = {
    "value": "initial_value",
    "selected_option": "initial_option",
    "selected_options": "initial_options",
    "selected_date_time": "initial_date_time",
    "selected_time": "initial_time",
    "selected_date": "initial_date",
    "selected_user": "initial_user",
}


def working_view(name: str) -> Element:
    """What a form shows until its outcome, or its content, is there."""
    return _view(
        name, "⏳ Working on it… If this stays for more than a few minutes, close it, look at the card, try again."
    )


def done_view(name: str) -> Element:
    """What a form shows when what it asked for is done after all."""
    return _view(name, DONE)


def form_again(view: dict[str, Any], told: str) -> Element:
    """Return a form that was sent, as it was filled in, with what is wrong above it."""
    state = view.get("state", {}).get("values", {})
    kept = [_filled(block, state) for block in view["blocks"] if block.get("block_id") != "told"]
    named = ("type", "callback_id", "title", "submit", "close", "private_metadata")
    again = {name: view[name] for name in named if view.get(name)}
    return {**again, "blocks": [blocks.section("told", f"⚠️ {told}"), *kept]}


def _filled(block: dict[str, Any], state: dict[str, Any]) -> dict[str, Any]:
    if block.get("type") != "input":
        return block
    element = {name: value for name, value in block["element"].items() if name not in _INITIAL.values()}
    said = state.get(block["block_id"], {}).get(element["action_id"], {})
    given = {_INITIAL[name]: value for name, value in said.items() if name in _INITIAL and value}
    return {**block, "element": {**element, **given}}


def _view(name: str, told: str) -> Element:
    shown = [blocks.section("told", told)]
    return {"type": "modal", "title": words(name, 24), "close": words("Close", 24), "blocks": shown}
