"""Overflow: what a card has no room for, in pieces for its thread."""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass

from handlers.views import blocks
from handlers.views.escape import line, size, visible
from handlers.views.markdown import fits
from handlers.views.pieces import pieces
from pipeline.case import Case, Status
from pipeline.ports import Card

LONGEST_WORDS = 1400  # of the customer's words on a card
LONGEST_SENT = 2500  # of a reply that was decided on
MOST_RAW = 3  # messages, before anybody has read them
MOST_PIECE = 2500
IN_THREAD = "The rest is in the thread."
_SHORTENED = " …"  # how triage marks an excerpt


@dataclass(frozen=True, slots=True)
class Piece:
    """One message for the thread. `key` tells it from every other of its card, and from what it was before an edit."""

    key: str
    card: Card


def words_go_on(case: Case) -> bool:
    """Whether the customer wrote more than the card shows."""
    if case.analysis is not None:
        return case.analysis.excerpt.endswith(_SHORTENED)
    return len(case.ticket.asked) > MOST_RAW or size(visible(raw_words(case)).strip()) > LONGEST_WORDS


def where_words_go_on(case: Case) -> str:
    """Return where the rest of the customer's words is, "" where there is none."""
    if not words_go_on(case):
        return ""
    return "The rest comes into the thread once it is read." if case.status is Status.WAITING else IN_THREAD


def raw_words(case: Case) -> str:
    """What the customer wrote last, as it came."""
    return "\n\n".join(message.text for message in case.ticket.asked[-MOST_RAW:])


def draft_goes_on(draft: str) -> bool:
    """Whether the draft is longer than a card shows."""
    return not fits(draft)


def reply_goes_on(case: Case) -> bool:
    """Whether the reply that was decided on is longer than the card shows."""
    return case.decision is not None and size(visible(case.decision.text).strip()) > LONGEST_SENT


def in_pieces(title: str, source: str, text: str) -> Iterable[Piece]:
    """Return the whole text for the thread. `source` is what it belongs to, as one message of the customer's."""
    parts = [part for part in pieces(visible(text), MOST_PIECE) if part.strip()]
    for number, part in enumerate(parts, 1):
        name = f"{title}, {number} of {len(parts)}" if len(parts) > 1 else title
        shown = (blocks.context("piece", f"*{name}*"), blocks.quote("words", part, MOST_PIECE))
        digest = hashlib.sha256(f"{source}\n{number}\n{part}".encode()).hexdigest()[:16]
        yield Piece(digest, Card(text=f"{name}: {line(part, 300)}", blocks=shown))
