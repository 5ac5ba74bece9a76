"""What stands in a form's inputs: as prefilled, as filled in, and whether it may be sent."""

import re
from decimal import Decimal

from bot.playground.blocks.together import controls, holders
from bot.playground.wire import Object

_INITIAL = {
    "plain_text_input": ("initial_value", "value"),
    "email_text_input": ("initial_value", "value"),
    "url_text_input": ("initial_value", "value"),
    "number_input": ("initial_value", "value"),
    "rich_text_input": ("initial_value", "rich_text_value"),
    "static_select": ("initial_option", "selected_option"),
    "external_select": ("initial_option", "selected_option"),
    "radio_buttons": ("initial_option", "selected_option"),
    "checkboxes": ("initial_options", "selected_options"),
    "multi_static_select": ("initial_options", "selected_options"),
    "multi_external_select": ("initial_options", "selected_options"),
    "users_select": ("initial_user", "selected_user"),
    "multi_users_select": ("initial_users", "selected_users"),
    "channels_select": ("initial_channel", "selected_channel"),
    "multi_channels_select": ("initial_channels", "selected_channels"),
    "conversations_select": ("initial_conversation", "selected_conversation"),
    "multi_conversations_select": ("initial_conversations", "selected_conversations"),
    "datepicker": ("initial_date", "selected_date"),
    "timepicker": ("initial_time", "selected_time"),
    "datetimepicker": ("initial_date_time", "selected_date_time"),
    "file_input": ("", "files"),
}
"""How each element that holds a value names it at first, and names it once sent."""

_LISTS = {"checkboxes", "file_input"}
_FORMATS = {
    "email_text_input": (r"[^@\s]+@[^@\s]+\.[^@\s]+", "Enter a valid email address."),
    "url_text_input": (r"[A-Za-z][A-Za-z0-9+.-]*://\S+", "Enter a valid URL."),
    "number_input": (r"-?\d+(\.\d+)?", "Enter a number."),
}


def value_key(kind: str) -> str | None:
    """Where an element of this type keeps its value; None when it holds none."""
    return _INITIAL[kind][1] if kind in _INITIAL else None


def initial_state(blocks: list[Object]) -> Object:
    """The untouched form: `{block_id: {action_id: {"type", value}}}`, prefilled values included."""
    values: Object = {}
    for block in holders(blocks):
        for element in controls(block):
            if element["type"] in _INITIAL:
                values.setdefault(block["block_id"], {})[element["action_id"]] = _untouched(element)
    return values


def merge(values: Object, filled: Object) -> Object:
    """The form after these inputs were filled in; inputs that the form does not have are dropped."""
    return {
        block_id: {
            action_id: {
                **_kept(was),
                **_kept(filled.get(block_id, {}).get(action_id, {})),
                "type": was["type"],
            }
            for action_id, was in actions.items()
        }
        for block_id, actions in values.items()
    }


def complaints(blocks: list[Object], values: Object) -> dict[str, str]:
    """What Slack's own client would say before it sends the form, by block_id."""
    found = {}
    for block in holders(blocks):
        if block["type"] == "input":
            element = block["element"]
            value = values[block["block_id"]][element["action_id"]].get(value_key(element["type"]))
            if said := _complaint(element, value, block.get("optional", False)):
                found[block["block_id"]] = said
    return found


def _untouched(element: Object) -> Object:
    initial, key = _INITIAL[element["type"]]
    nothing: list[Object] | None = [] if element["type"].startswith("multi_") or element["type"] in _LISTS else None
    return {"type": element["type"], key: element.get(initial, nothing)}


def _kept(value: Object) -> Object:
    return {key: each for key, each in value.items() if key in {v for _, v in _INITIAL.values()} | {"type"}}


def _complaint(element: Object, value: object, optional: bool) -> str | None:
    if value in (None, "", []):
        return None if optional else "Please complete this required field."
    if not isinstance(value, str):
        return None
    if len(value) > element.get("max_length", 3000):
        return f"Must be {element.get('max_length', 3000)} characters or fewer."
    if len(value) < element.get("min_length", 0):
        return f"Must be at least {element['min_length']} characters."
    pattern, said = _FORMATS.get(element["type"], (r"[\s\S]*", ""))
    if not re.fullmatch(pattern, value):
        return said
    return _number_complaint(element, Decimal(value)) if element["type"] == "number_input" else None


def _number_complaint(element: Object, number: Decimal) -> str | None:
    if not element["is_decimal_allowed"] and number % 1:
        return "Enter a whole number."
    if "min_value" in element and number < Decimal(element["min_value"]):
        return f"Must be {element['min_value']} or more."
    if "max_value" in element and number > Decimal(element["max_value"]):
        return f"Must be {element['max_value']} or less."
    return None
