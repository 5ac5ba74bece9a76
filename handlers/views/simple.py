"""Simple: a card without the blocks that Slack may refuse, with the same words and the same buttons."""

from handlers.views import blocks
from handlers.views.escape import escaped
from pipeline.ports import Block, Card

_FANCY = frozenset({"context_actions", "data_table", "data_visualization"})


def simple(shown: Card, draft: str) -> Card:
    """Return the card with its draft as plain words, and without what only ornaments it."""
    kept = (block for block in shown.blocks if block["type"] not in _FANCY)
    return Card(text=shown.text, blocks=tuple(_plain(block, draft) for block in kept))


def _plain(block: Block, draft: str) -> Block:
    return blocks.section("draft", escaped(draft, blocks.MOST_TEXT)) if block["type"] == "markdown" else block
