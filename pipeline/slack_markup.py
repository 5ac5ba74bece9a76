"""Slack's markup as people read it: mentions, links and dates become words, and nothing stays escaped."""

import re
from collections.abc import Mapping

_MARK = re.compile(r"<([^<>\n]{1,2000})>")
_ENTITIES = (("&lt;", "<"), ("&gt;", ">"), ("&amp;", "&"))
_USER = re.compile(r"<@([UW][A-Z0-9]{2,20})(?:\|[^<>]*)?>")


def mentioned(text: str) -> tuple[str, ...]:
    """Return the ids of the people whom a text mentions, each once."""
    return tuple(dict.fromkeys(_USER.findall(text)))


def plain_words(text: str, names: Mapping[str, str]) -> str:
    """Return the text as a reader sees it. `names` are people's by their ids."""
    words = _MARK.sub(lambda found: _said(found[1], names), text)
    for entity, character in _ENTITIES:
        words = words.replace(entity, character)
    return words.strip()


def _said(mark: str, names: Mapping[str, str]) -> str:
    target, _, label = mark.partition("|")
    match target[:1]:
        case "@":
            return f"@{names.get(target[1:]) or label or 'somebody'}"
        case "#":
            return f"#{label or target[1:]}"
        case "!":
            return label or f"@{target[1:].partition('^')[0]}"
    address = target.removeprefix("mailto:").removeprefix("tel:")
    return f"{label} ({address})" if label and label not in (address, target) else address
