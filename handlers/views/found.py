"""Found: what the team has answered before, with scores and reasons."""

from collections.abc import Sequence

from handlers.views import blocks
from handlers.views.escape import escaped, line, link
from handlers.views.words import title
from pipeline.passage import Passage
from pipeline.ports import Block

_LONGEST_ANSWER, _LONGEST_TITLE = 500, 150


def passage_blocks(passages: Sequence[Passage]) -> list[Block]:
    """Return the passages, best first."""
    return [blocks.section(f"found.{number}", _passage(passage)) for number, passage in enumerate(passages, 1)]


def _passage(passage: Passage) -> str:
    solved = passage.resolution
    named = link(solved.url, (solved.title or solved.question)[:_LONGEST_TITLE])
    category = f" · {line(title(solved.category), 80)}" if solved.category else ""
    reasons = line(", ".join(passage.reasons), 300)
    return f"*{named}*{category}\n{escaped(solved.answer, _LONGEST_ANSWER)}\n_{passage.score:.2f}: {reasons}_"
