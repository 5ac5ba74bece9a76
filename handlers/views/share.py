"""Share: a command's answer that its reader may show to the channel."""

from typing import Final

from handlers.views import blocks
from handlers.views.escape import cut, line
from pipeline.ports import Card

SHARE_ANSWER = "answer.share"
SHARABLE: Final = ("queue", "ticket", "why", "search", "cluster", "sla", "escalations", "on-call")
LONGEST_ASKED = 1900  # characters of what was typed, which the button carries
_MOST_BLOCKS = 50


def is_sharable(asked: str) -> bool:
    """Whether what was typed asks for something that is nobody's own."""
    return asked.strip().partition(" ")[0].casefold() in SHARABLE


def sharable(card: Card, asked: str) -> Card:
    """Return the answer with the button under it; an answer that says only why there is none has nothing to share."""
    if not card.blocks or not is_sharable(asked) or len(asked) > LONGEST_ASKED or len(card.blocks) >= _MOST_BLOCKS:
        return card
    button = blocks.button(SHARE_ANSWER, "Share to channel", asked.strip(), says="Show this to the channel")
    return card.model_copy(update={"blocks": (*card.blocks, blocks.actions("share_answer", button))})


def shared(card: Card, asked: str, by: str) -> Card:
    """Return the answer as the channel gets it: who shared it, and what they had asked."""
    told = f"{line(by, 80)} shared this: /triage {line(cut(asked.strip(), 200), 300)}"
    return card.model_copy(update={"blocks": (*card.blocks, blocks.context("shared", told))})
