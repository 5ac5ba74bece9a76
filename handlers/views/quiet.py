"""The daily digest of what would have called people, had leads not found it noisy."""

from collections.abc import Sequence
from html import unescape

from handlers.views import blocks
from handlers.views.escape import line
from handlers.views.lists import case_row
from handlers.views.words import title
from pipeline.case import Case
from pipeline.ports import Block, Card
from pipeline.value import Value

MOST_LISTED = 15
MOST_CAUSES = 5  # that can be made loud again from here
AGAIN = "quiet.again"


class Kept(Value):
    """A case that called nobody, and what would have."""

    case: Case
    causes: tuple[str, ...]
    card: str = ""  # the way to it


def quiet_card(kept: Sequence[Kept]) -> Card:
    """List the cases, and offer to let each cause call people again."""
    heading = f"🔕 {len(kept)} ticket{'s' if len(kept) != 1 else ''} called nobody yesterday, as leads decided"
    shown: list[Block] = [blocks.section("heading", f"*{heading}*")]
    for number, each in enumerate(kept[:MOST_LISTED]):
        why = ", ".join(cause_said(cause) for cause in each.causes[:3])
        shown.append(blocks.section(f"kept.{number}", f"{case_row(each.case, each.card)}\n{why}"))
    if len(kept) > MOST_LISTED:
        shown.append(blocks.context("more", f"…and {len(kept) - MOST_LISTED} more"))
    causes = list(dict.fromkeys(cause for each in kept for cause in each.causes))[:MOST_CAUSES]
    again = [_again(number, cause) for number, cause in enumerate(causes)]
    return Card(text=heading, blocks=(*shown, blocks.actions("again", *again)))


def cause_said(cause: str) -> str:
    """Return what a cause is called when people read it."""
    kind, _, name = cause.partition(":")
    match kind:
        case "rule":
            return f"rule {line(name, 100)}"
        case "due":
            return f"the coming targets of {line(title(name), 100, 'no team')}"
        case "overdue":
            return f"the missed targets of {line(title(name), 100, 'no team')}"
        case "model":
            return "what the engine finds alarming"
        case "sentiment":
            return "angry customers"
        case _:
            return line(cause, 100)


def _again(number: int, cause: str) -> blocks.Element:
    what = unescape(cause_said(cause))  # a button shows plain text
    return blocks.button(f"{AGAIN}.{number}", f"Call again: {what}", cause, says=f"Let {what} call people again")
