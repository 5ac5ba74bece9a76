"""Short ways to write what apps send."""

from typing import Any

Object = dict[str, Any]


def plain(text: str) -> Object:
    return {"type": "plain_text", "text": text}


def mrkdwn(text: str) -> Object:
    return {"type": "mrkdwn", "text": text}


def option(word: str) -> Object:
    return {"text": plain(word), "value": word.lower()}


def asked(name: str, element: Object, **more: Any) -> Object:
    """An input block whose element is called `a-<name>`."""
    return {
        "type": "input",
        "block_id": name,
        "label": plain(name),
        "element": {**element, "action_id": f"a-{name}"},
        **more,
    }


def form(*blocks: Object, title: str = "Edit the reply") -> Object:
    return {"type": "modal", "title": plain(title), "submit": plain("Send"), "blocks": list(blocks)}


def rich(*elements: Object) -> Object:
    return {"type": "rich_text", "elements": list(elements)}


def line(*leaves: Object) -> Object:
    return {"type": "rich_text_section", "elements": list(leaves)}


def words(text: str, **style: bool) -> Object:
    return {"type": "text", "text": text, **({"style": style} if style else {})}


def without_emoji(value: Any) -> Any:
    """Slack adds `emoji` to every plain text; the rest is as it was written."""
    if isinstance(value, dict):
        return {key: without_emoji(each) for key, each in value.items() if key != "emoji"}
    return [without_emoji(each) for each in value] if isinstance(value, list) else value
