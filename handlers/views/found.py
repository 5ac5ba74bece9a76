"""Found: what the knowledge base has for somebody's words, with scores and reasons."""

from collections.abc import Sequence

from handlers.views import blocks
from handlers.views.escape import escaped, line, link
from handlers.views.words import title
from pipeline.passage import Passage
from pipeline.ports import Card

_LONGEST_ANSWER, _LONGEST_TITLE = 500, 150


def found_card(asked: str, passages: Sequence[Passage]) -> Card:
    """Show the passages, best first, or say that there are none."""
    if not passages:
        told = f"Nothing that the team has answered is like “{line(asked, 100)}”."
        return Card(text=told, blocks=(blocks.section("nothing", told),))
    heading = f"*What the team has answered before*, for “{line(asked, 100)}”"
    shown = [blocks.section(f"found.{number}", _passage(passage)) for number, passage in enumerate(passages, 1)]
    return Card(text=heading, blocks=(blocks.section("heading", heading), *shown))


def _passage(passage: Passage) -> str:
    solved = passage.resolution
    named = link(solved.url, (solved.title or solved.question)[:_LONGEST_TITLE])
    category = f" · {line(title(solved.category), 80)}" if solved.category else ""
    reasons = line(", ".join(passage.reasons), 300)
    return f"*{named}*{category}\n{escaped(solved.answer, _LONGEST_ANSWER)}\n_{passage.score:.2f}: {reasons}_"
