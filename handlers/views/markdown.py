"""Markdown: a draft exactly as the customer will read it, in a block that nothing in it can leave."""

import re
from typing import Final

from handlers.views.escape import cut, size, visible

MOST: Final = 11_000  # of the 12,000 that a message may hold

_ENTITIES = {"&": "&amp;", "<": "&lt;", ">": "&gt;"}
_MARKS = frozenset("\\`*_[]!#~|")
_COLON = re.compile(r":(?=\S)")  # of an address or an emoji's name; what stands after it shows it dead
_WWW = re.compile(r"(?i)www\.")
_MARKED_LINE = re.compile(r"^(\s*)(?:([-+])|(\d{1,9})([.)])|(=+\s*$))", re.MULTILINE)
_INDENT = re.compile(r"^ +", re.MULTILINE)


def literal(text: str) -> str:
    """Return Markdown that shows the text letter by letter: no image, link, mention, heading or HTML."""
    shown = _escaped(visible(text))
    most = 2 * MOST
    while size(shown) > MOST:
        most //= 2
        shown = _escaped(cut(visible(text), most))
    return shown


def fits(text: str) -> bool:
    """Whether a message has room for all of the text."""
    return size(_escaped(visible(text))) <= MOST


def _escaped(text: str) -> str:
    text = "".join(_entity(character) for character in text)
    text = _COLON.sub(r"\:", text)
    text = _WWW.sub(lambda match: match[0][:-1] + "\\.", text)
    text = _MARKED_LINE.sub(_unlisted, text)
    text = _INDENT.sub(lambda match: "\u00a0" * len(match[0]), text)
    return re.sub(r"(?<=\S)\n(?=\S)", "  \n", text)  # two spaces keep a line's end


def _entity(character: str) -> str:
    return _ENTITIES.get(character) or (f"\\{character}" if character in _MARKS else character)


def _unlisted(match: re.Match[str]) -> str:
    # A list's mark would be drawn anew, and a rule or an underlined heading would lose its letters.
    indent, bullet, number, after, rule = match.groups()
    if number:
        return f"{indent}{number}\\{after}"
    return f"{indent}\\{bullet or rule}"
