"""Block Kit in a few words: every block that our messages are made of."""

from collections.abc import Sequence
from typing import Any

from handlers.views.escape import EMPTY, cut, plain, visible
from pipeline.ports import Block

Element = dict[str, Any]  # one element of Block Kit, as Slack's wire has it

MOST_TEXT = 3000
MOST_FIELD = 2000


def mrkdwn(text: str, most: int = MOST_TEXT) -> Element:
    """A text with our own marks around escaped words; bare addresses in it stay dead."""
    assert len(text) <= most, "escape and shorten each part before it is put together"
    return {"type": "mrkdwn", "text": text or EMPTY, "verbatim": True}


def words(text: str, most: int) -> Element:
    """A plain text, shortened."""
    return {"type": "plain_text", "text": plain(text, most), "emoji": False}


def header(name: str, text: str) -> Block:
    return {"type": "header", "block_id": name, "text": words(text, 150)}


def section(name: str, text: str) -> Block:
    return {"type": "section", "block_id": name, "text": mrkdwn(text)}


def fields(name: str, pairs: Sequence[tuple[str, str]]) -> Block:
    """Labelled values, two in a row."""
    texts = [mrkdwn(f"*{label}*\n{value}", MOST_FIELD) for label, value in pairs[:10]]
    return {"type": "section", "block_id": name, "fields": texts}


def context(name: str, *texts: str) -> Block:
    return {"type": "context", "block_id": name, "elements": [mrkdwn(text) for text in texts[:10]]}


def quote(name: str, text: str, most: int) -> Block:
    """Somebody's words, letter by letter: nothing in rich text becomes a mention, a link or a mark."""
    said = cut(visible(text[: 4 * most]).strip(), most) or EMPTY
    inside = {"type": "rich_text_quote", "elements": [{"type": "text", "text": said}]}
    return {"type": "rich_text", "block_id": name, "elements": [inside]}


def letters(name: str, text: str) -> Block:
    """Words as they are, letter by letter: nothing in rich text becomes a mention, a link or a mark."""
    inside = {"type": "rich_text_section", "elements": [{"type": "text", "text": visible(text).strip() or EMPTY}]}
    return {"type": "rich_text", "block_id": name, "elements": [inside]}


def markdown(name: str, text: str) -> Block:
    return {"type": "markdown", "block_id": name, "text": text or EMPTY}


def divider(name: str) -> Block:
    return {"type": "divider", "block_id": name}


def actions(name: str, *elements: Element) -> Block:
    return {"type": "actions", "block_id": name, "elements": list(elements)}


def button(action: str, label: str, value: str, *, primary: bool = False, says: str = "") -> Element:
    """A button. `says` is what a screen reader reads instead of the label."""
    pressed: Element = {
        "type": "button",
        "action_id": action,
        "text": words(label, 75),
        "value": cut(value, 2000) or EMPTY,
    }
    if primary:
        pressed["style"] = "primary"
    if says:
        pressed["accessibility_label"] = plain(says, 75)
    return pressed


def option(label: str, value: str) -> Element:
    return {"text": words(label, 75), "value": value}


def overflow(action: str, *options: Element) -> Element:
    return {"type": "overflow", "action_id": action, "options": list(options[:5])}


def feedback(name: str, action: str, good: tuple[str, str], poor: tuple[str, str]) -> Block:
    """Slack's own thumbs up and down: for each what is said, and the value."""
    sides = {
        f"{side}_button": {"text": words(said, 75), "value": value, "accessibility_label": plain(said, 75)}
        for side, (said, value) in (("positive", good), ("negative", poor))
    }
    return {
        "type": "context_actions",
        "block_id": name,
        "elements": [{"type": "feedback_buttons", "action_id": action, **sides}],
    }


def radio_option(label: str, value: str, says: str = "") -> Element:
    """An option with a line that explains it."""
    return {**option(label, value), **({"description": words(says, 75)} if says else {})}


def radio(action: str, options: Sequence[Element], chosen: Element | None = None) -> Element:
    """One of up to ten, all of them in sight."""
    picked: Element = {"type": "radio_buttons", "action_id": action, "options": list(options[:10])}
    if chosen in picked["options"]:
        picked["initial_option"] = chosen
    return picked


def select(action: str, hint: str, options: Sequence[Element], chosen: Element | None = None) -> Element:
    picked: Element = {
        "type": "static_select",
        "action_id": action,
        "placeholder": words(hint, 150),
        "options": list(options[:100]),
    }
    if chosen in picked["options"]:
        picked["initial_option"] = chosen
    return picked


def entry(name: str, label: str, element: Element, *, hint: str = "", optional: bool = False) -> Block:
    block: Element = {
        "type": "input",
        "block_id": name,
        "label": words(label, 150),
        "element": element,
        "optional": optional,
    }
    if hint:
        block["hint"] = words(hint, 300)
    return block
