"""Looked for: what was searched and what came nearest, for the person who reads the card."""

from collections.abc import Sequence

from pipeline.classify import Classification
from pipeline.passage import Passage

_LONGEST_TITLE, _LONGEST = 80, 300


def looked_for(classification: Classification, passages: Sequence[Passage]) -> str:
    """Return it as one line."""
    searched = " ".join(classification.summary.split())[: _LONGEST - _LONGEST_TITLE - 60]
    nearest = max(passages, key=lambda passage: passage.score, default=None)
    if nearest is None:
        return f"{searched} (nothing alike was answered before)".strip()[:_LONGEST]
    return f"{searched} (nearest: {title_of(nearest)}, {nearest.score:.2f})".strip()[:_LONGEST]


def title_of(passage: Passage) -> str:
    """Return how a passage is called: by its title, or its question."""
    title = " ".join((passage.resolution.title or passage.resolution.question).split())
    return title if len(title) <= _LONGEST_TITLE else f"{title[: _LONGEST_TITLE - 1].rstrip()}…"
