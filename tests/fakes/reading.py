"""A classifier, an index and a memory that answer at once and always the same."""

import zlib
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from pipeline.alike import FLOOR, Alike
from pipeline.classify import Band, Classification, Engine, Sentiment, Urgency
from pipeline.mask import Masked
from pipeline.passage import Passage, Resolution
from pipeline.policy import Policy
from pipeline.precedent import Precedent
from pipeline.quarantine import Neighbour

WORDS = {"billing": ("charged", "invoice", "refund"), "technical": ("error", "crash", "upload"), "account": ("login",)}
SOLVED = Resolution(
    id="solved-1",
    question="Our card was charged twice for one month of the plan. Can we get one payment back?",
    answer="We have returned the second payment. It reaches your card within five working days.",
    title="Charged twice",
    category="billing",
    language="en",
)


class FakeClassifier:
    """Implements the Classifier door: finds the category by a word, and is sure unless it found none."""

    async def classify(self, masked: Masked, policy: Policy) -> Classification:
        text = masked.whole.casefold()
        category = next((name for name, words in WORDS.items() if any(word in text for word in words)), "")
        sure = bool(category)
        return Classification(
            category=category or policy.fallback_category,
            urgency=Urgency.P2 if "urgent" in text else Urgency.P3,
            sentiment=Sentiment.NEUTRAL,
            confidence=0.93 if sure else 0.31,
            band=Band.HIGH if sure else Band.LOW,
            needs_human_review=not sure,
            summary=masked.subject[:200] or "A customer asks.",
            top=((category or "general", 0.93 if sure else 0.31), ("technical", 0.05)),
            engine=Engine.LOCAL,
        )


class FakeIndex:
    """Implements the KnowledgeIndex door with a few passages."""

    def __init__(self, passages: tuple[Passage, ...] = (Passage(resolution=SOLVED, score=0.9, reasons=("meaning",)),)):
        self._passages = passages

    async def search(self, masked: Masked, *, category: str | None = None, k: int = 5) -> tuple[Passage, ...]:
        found = (each for each in self._passages if category in (None, each.resolution.category))
        return tuple(found)[:k]

    async def index_waiting(self) -> int:
        return 0


class FakePrecedents:
    """Implements the Precedents door, and keeps what was noted."""

    def __init__(self, nearest: tuple[Precedent, ...] = ()) -> None:
        self.noted: dict[str, Precedent] = {}
        self._nearest = nearest

    async def note(self, case_id: str, filed: Precedent) -> None:
        self.noted[case_id] = filed

    async def forget(self, case_id: str) -> None:
        self.noted.pop(case_id, None)

    async def nearest(self, masked: Masked) -> tuple[Precedent, ...]:
        return self._nearest

    async def around(self, masked: Masked, but: str) -> tuple[Neighbour, ...]:
        return tuple(Neighbour(id_, each.category, "", 1.0) for id_, each in self.noted.items() if id_ != but)

    async def likenesses(self, masked: Masked, others: Sequence[Masked]) -> tuple[float, ...]:
        return tuple(float(len(other.whole) > 0) for other in others)

    async def index_waiting(self) -> int:
        return 0


class FakeCases:
    """Implements the CaseIndex door with the likenesses that it is given."""

    def __init__(self, found: tuple[Alike, ...] = ()) -> None:
        self.found = found

    async def like(self, masked: Masked, *, but: str = "", k: int = 5, floor: float = FLOOR) -> tuple[Alike, ...]:
        return tuple(each for each in self.found if each.case != but and each.likeness >= floor)[:k]

    async def index_waiting(self) -> int:
        return 0


class WordEmbedder:
    """Implements the Embedder door: texts that share words are alike."""

    name = "words"
    dimensions = 256
    languages = frozenset[str]()

    async def embed(self, texts: Sequence[Masked]) -> NDArray[np.float32]:
        return np.stack([self._vector(text.whole) for text in texts])

    def _vector(self, text: str) -> NDArray[np.float32]:
        vector = np.zeros(self.dimensions, np.float32)
        for word in text.casefold().split():
            vector[zlib.crc32(word.encode()) % self.dimensions] += 1
        return np.asarray(vector / max(float(np.linalg.norm(vector)), 1e-9), np.float32)
