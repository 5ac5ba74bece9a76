"""Approve: the draft as the customer would get it, for who approves it without the card before them."""

from handlers.views import blocks
from handlers.views.modals import View, about, form
from handlers.views.pieces import pieces
from pipeline.case import Case

_PIECE, _MOST = 2500, 20
_SENT = "*This is sent to the customer, word for word:*"


def approve_modal(case: Case, draft: str, *, channel: str = "", ts: str = "") -> View:
    """The whole reply, bound to what the customer had said by then."""
    said = [blocks.letters(f"draft.{number}", part) for number, part in enumerate(pieces(draft, _PIECE)[:_MOST], 1)]
    shown = [about(case), blocks.section("sent", _SENT), *said]
    return form("approve.submit", "Approve", "Send", case, shown, channel, ts)
