"""A small deterministic embedder, vectors in memory that can fail, and resolutions to find."""

from collections.abc import Sequence
from datetime import UTC, datetime

import numpy as np
from numpy.typing import NDArray

from pipeline.errors import Unavailable
from pipeline.mask import Masked
from pipeline.passage import Resolution
from pipeline.words import written


class StandingClock:
    """Always the same moment."""

    def now(self) -> datetime:
        return datetime(2026, 3, 1, 12, tzinfo=UTC)


class WordEmbedder:
    """Texts that share words get near vectors; synonyms given to it count as one word."""

    def __init__(self, name: str = "by-words", synonyms: dict[str, str] | None = None) -> None:
        self.name = name
        self.dimensions = 512
        self.languages = frozenset[str]()
        self.embedded = 0
        self._synonyms = synonyms or {}

    async def embed(self, texts: Sequence[Masked]) -> NDArray[np.float32]:
        self.embedded += len(texts)
        return np.stack([self._vector(text.whole) for text in texts])

    def _vector(self, text: str) -> NDArray[np.float32]:
        vector = np.full(self.dimensions, 1e-3, np.float32)
        for word in written(text):
            meant = self._synonyms.get(word, word)
            vector[sum(ord(letter) * 31**at for at, letter in enumerate(meant)) % self.dimensions] += 1
        return vector / np.linalg.norm(vector)


class BrokenVectors:
    """Chroma on a bad day."""

    async def _fail(self, *_: object) -> None:
        raise Unavailable("the vector index failed: InternalError")

    upsert = nearest = cosines = count = delete = drop = _fail


def solved(id_: str, question: str, answer: str, **more: object) -> Resolution:
    return Resolution.model_validate({"id": id_, "question": question, "answer": answer, **more})


EXPORT = solved("r1", "How do I export my data to CSV?", "Open Settings, then Export, and choose CSV.")
REFUND = solved("r2", "I was charged twice", "We refund the second charge.", category="billing")
ERROR = solved("r3", "The app stops with ERR-4471 at login", "Clear the cache; ERR-4471 means a stale token.")
HISTORY = (EXPORT, REFUND, ERROR)
