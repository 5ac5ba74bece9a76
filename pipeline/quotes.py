"""Quoted history -> gone: whatever a mail program put below or between the customer's own words."""

import re
from collections.abc import Sequence

from pipeline.quote_headers import Header, header_at

_QUOTED = re.compile(r"\s{0,3}(?:>|&gt;)")
_RULER = re.compile(r"[\s_=*–—-]*")


def without_quotes(text: str) -> str:
    """Return the text without what others wrote before.

    A header above lines with ">" goes together with these, since the answer may stand below them. A header
    above plain lines ends the customer's own words, unless nothing stands before it.
    """
    lines = text.split("\n")
    kept: list[str] = []
    at = 0
    while at < len(lines):
        header = header_at(lines, at)
        if header and _ends_the_message(header, kept, lines):
            break
        if not header and not _QUOTED.match(lines[at]):
            kept.append(lines[at])
        at = header.end if header else at + 1
    return "\n".join(_without_ruler(kept, cut=at < len(lines))).strip()


def _ends_the_message(header: Header, kept: Sequence[str], lines: Sequence[str]) -> bool:
    if header.introduces or not any(map(str.strip, kept)):
        return False
    following = next((line for line in lines[header.end : header.end + 6] if line.strip()), "")
    return not _QUOTED.match(following) or not header.attributes


def _without_ruler(kept: list[str], *, cut: bool) -> list[str]:
    """Drop the line that a mail program draws above the history."""
    while cut and kept and _RULER.fullmatch(kept[-1]):
        kept = kept[:-1]
    return kept
