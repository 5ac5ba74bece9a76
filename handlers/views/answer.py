"""The answer: what a person reads in Slack whose message was made a ticket."""

from handlers.views import blocks
from handlers.views.escape import EMPTY, escaped
from pipeline.ports import Card

LONGEST_READ_ALOUD = 3900


def answer_card(text: str) -> Card:
    """Return the approved words, letter by letter: nothing in them becomes a mention or a link."""
    return Card(text=escaped(text, LONGEST_READ_ALOUD).strip() or EMPTY, blocks=(blocks.letters("answer", text),))
