"""Escape: words from outside as Slack shows them, dead, visible and short enough."""

import re
from collections.abc import Callable, Iterable
from datetime import datetime
from ipaddress import ip_address
from typing import Final
from urllib.parse import quote, urlsplit

import regex

ELLIPSIS: Final = "…"
EMPTY: Final = "–"
SHORT: Final = "{date_short_pretty} {time}"

# Zero-width joiners shape the letters of several scripts and hold emoji together; the rest only deceives.
_UNSEEN = regex.compile(
    r"(?<![\p{M}\p{Arabic}\p{Devanagari}\p{Bengali}\p{So}\uFE0F])[\u200c\u200d]"
    r"|[\p{Cc}\p{Cs}\p{Cf}\p{Co}\p{Cn}--[\n\u200c\u200d]]",
    flags=regex.V1,
)
_BREAKS = regex.compile(r"\r\n?|[\u2028\u2029\u0085\f\v]")
_GRAPHEME = regex.compile(r"\X")
_ENTITIES = {"&": "&amp;", "<": "&lt;", ">": "&gt;"}
_LONGEST_URL = 1500
_SAFE = "/:?#@!$'()*+,;=%~-._&"


def visible(text: str) -> str:
    """Return the text without control, direction and zero-width characters."""
    return str(_UNSEEN.sub("", _BREAKS.sub("\n", text).replace("\t", " ")))


def one_line(text: str) -> str:
    """Return the visible text on one line."""
    return " ".join(visible(text).split())


def size(text: str) -> int:
    """Return the length as Slack's clients count it, an emoji as two at least."""
    return len(text) + sum(character > "\uffff" for character in text)


def cut(text: str, most: int) -> str:
    """Shorten to `most` by whole characters, as a reader sees them, with an ellipsis."""
    return _fitted(text, most, lambda character: character)


def plain(text: str, most: int, instead: str = EMPTY) -> str:
    """Return one line for a plain_text, which is never empty."""
    return cut(one_line(text)[: 2 * most], most) or instead


def escaped(text: str, most: int = 2000) -> str:
    """Return the text for mrkdwn: nothing in it is a mention, a link or code. At most `most` long."""
    return _fitted(visible(text[: 4 * most]).replace("`", "ˋ"), most, _dead)


def line(text: str, most: int = 200, instead: str = EMPTY) -> str:
    """Return one escaped line that is never empty."""
    return escaped(one_line(text[: 4 * most]), most) or instead


def quoted(text: str, most: int = 2000) -> str:
    """Return the escaped text as a quote, every line of it."""
    return _fitted(f"> {escaped(text, most)}".replace("\n", "\n> "), most, lambda character: character)


def fitting(lines: Iterable[str], most: int = 3500) -> str:
    """Join as many whole lines of ready text as fit, so that no mark in them is cut."""
    kept, room = [], most
    for each in lines:
        room -= size(each) + 1
        if room < 0:
            kept.append(ELLIPSIS)
            break
        kept.append(each)
    return "\n".join(kept)


def date(moment: datetime, form: str = SHORT) -> str:
    """Return a moment that every reader sees in their own time."""
    return f"<!date^{int(moment.timestamp())}^{form}|{moment:%d %b %Y %H:%M} UTC>"


def link(url: str, label: str, *, loopback: bool = False) -> str:
    """Return a link, or the label alone when the address is not one that we lead people to."""
    words = line(label.replace("|", "¦"), 300)
    return f"<{_address(url)}|{words}>" if is_safe(url, loopback=loopback) else words


def is_safe(url: str, *, loopback: bool = False) -> bool:
    """Whether an address is plain https, or (where allowed) http on this machine."""
    if len(url) > _LONGEST_URL or visible(url) != url or any(character.isspace() for character in url):
        return False
    try:
        parts = urlsplit(url)
        host, named = parts.hostname or "", parts.username is not None
    except ValueError:
        return False
    if not re.fullmatch(r"[\w.:-]+", host) or named:
        return False
    return parts.scheme == "https" or (loopback and parts.scheme == "http" and _is_here(host))


def _address(url: str) -> str:
    return quote(url, safe=_SAFE).replace("&", "&amp;")


def _is_here(host: str) -> bool:
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def _dead(character: str) -> str:
    return "".join(_ENTITIES.get(each, each) for each in character)


def _fitted(text: str, most: int, render: Callable[[str], str]) -> str:
    """Render character by character until the room is used up."""
    whole = render(text)
    if size(whole) <= most:
        return whole
    pieces, room = [], most - len(ELLIPSIS)
    for match in _GRAPHEME.finditer(text):
        piece = render(match[0])
        room -= size(piece)
        if room < 0:
            break
        pieces.append(piece)
    return "".join(pieces).rstrip() + ELLIPSIS
