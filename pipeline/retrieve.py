"""Retrieve: what was answered before, judged by meaning and by words together."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from pipeline.classify import Classification
from pipeline.mask import Masked
from pipeline.passage import Passage, Resolution
from pipeline.ports import KnowledgeIndex
from pipeline.weighing import Evidence, Query, compare, reasons
from pipeline.words import written

ALIKE = 0.85  # share of words from which two answers are the same one
_DEEP = 10  # places down to which the second concern of a ticket is looked for


@dataclass(frozen=True, slots=True)
class Candidate:
    """A resolution that one side found. `cosine` is None where its vector is not at hand."""

    resolution: Resolution
    words: str
    cosine: float | None


async def retrieve(
    masked: Masked, classification: Classification, index: KnowledgeIndex, k: int = 3
) -> tuple[Passage, ...]:
    """Return what the team has answered before, best first; a second concern brings its own best."""
    passages = await index.search(masked, category=classification.category, k=k)
    second = classification.secondary_category
    if not second or any(passage.resolution.category == second for passage in passages):
        return passages
    deeper = await index.search(masked, category=second, k=_DEEP)
    own = [passage for passage in deeper if passage.resolution.category == second][:1]
    return tuple(sorted((*passages, *own), key=lambda passage: -passage.score))


def judge(query: Query, candidates: Iterable[Candidate], *, k: int, note: str = "") -> tuple[Passage, ...]:
    """Return the k best of the candidates, near-duplicates collapsed; `note` is added to every reason.

    Whatever stands behind another is relied on no more than that one is, so the scores fall with the places.
    """
    known = ((each, compare(query, each.resolution, each.words, each.cosine)) for each in candidates)
    best_first = sorted(known, key=lambda pair: (-pair[1].place(query), pair[0].resolution.id))
    least, passages = 1.0, []
    for resolution, evidence in _different(best_first, k):
        least = min(least, round(evidence.score, 4))
        why = (*reasons(evidence, query.asked), *filter(None, (note,)))
        passages.append(Passage(resolution=resolution, score=least, reasons=why))
    return tuple(passages)


def _different(best_first: Sequence[tuple[Candidate, Evidence]], k: int) -> Iterator[tuple[Resolution, Evidence]]:
    kept: list[frozenset[str]] = []
    for candidate, evidence in best_first:
        if len(kept) == k:
            return
        said = frozenset(written(candidate.resolution.answer))
        if not any(_alike(said, other) for other in kept):
            kept.append(said)
            yield candidate.resolution, evidence


def _alike(one: frozenset[str], other: frozenset[str]) -> bool:
    return len(one & other) >= ALIKE * len(one | other) > 0
