"""Reference: how a write is found again in a helpdesk that keeps no metadata with a message."""

import html
import re

from bot.adapters.helpdesks.payloads import digest


def refer(key: str) -> str:
    """Return the short visible line that marks what we wrote under this key."""
    return f"Ref: TD-{digest(key, length=16)}"


def as_html(text: str, key: str) -> str:
    """Return plain text as paragraphs, nothing in it being markup, with the reference at its end."""
    paragraphs = [part for part in re.split(r"\n\s*\n", text.strip()) if part.strip()]
    lines = (html.escape(part, quote=False).replace("\n", "<br>") for part in paragraphs)
    return "".join(f"<p>{line}</p>" for line in (*lines, refer(key)))
