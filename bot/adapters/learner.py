"""LocalLearner: what people corrected, into amendments of the local engine, which then reads with them."""

import asyncio
from collections.abc import Sequence
from typing import Any

import numpy as np
import structlog

from bot.adapters.amendments import pack, unpack
from bot.adapters.classifier import LocalClassifier
from pipeline.amend import Amendments
from pipeline.lesson import Learnt, Lesson
from pipeline.policy import Policy
from pipeline.ports import Embedder
from pipeline.read_local import Reading, rank, risk_read
from pipeline.relearn import Column, Relearnt, Rows, relearn
from pipeline.trial import Choosing, Trial


class LocalLearner:
    """Implements the Learner door for the classifier on this machine."""

    def __init__(self, classifier: LocalClassifier, embedder: Embedder) -> None:
        self._classifier = classifier
        self._embedder = embedder

    @property
    def name(self) -> str:
        """The name of the embedder, with which alone what was learnt can be used."""
        return self._embedder.name

    async def learn(self, lessons: Sequence[Lesson], policy: Policy) -> Learnt:
        """Learn from all lessons anew. Raises Unavailable without an embedder."""
        if not lessons:
            return Learnt(b"", {"rows": 0, "columns": {}}, tried=False, no_worse=False)
        vectors, readings = await self._classifier.read_plainly([lesson.masked for lesson in lessons], policy)
        rows = Rows(
            texts=[lesson.masked.whole for lesson in lessons],
            vectors=vectors,
            people=[lesson.by for lesson in lessons],
            present=np.array([lesson.present for lesson in lessons], bool),
            trusted=np.array([lesson.trusted for lesson in lessons], bool),
        )
        columns = await asyncio.to_thread(_columns, lessons, readings, policy)
        found = await asyncio.to_thread(relearn, rows, columns)
        return Learnt(
            content=await asyncio.to_thread(pack, found.amendments, embedder=self.name),
            figures={"rows": len(lessons), "columns": _figures(found)},
            tried=bool(found.trials),
            no_worse=any(trial.no_worse for trial in found.trials.values()),
        )

    async def use(self, content: bytes) -> None:
        """Read with these from now on; with nothing, as the engine came. Raises Refused, and nothing changes."""
        await self._classifier.warm()  # only then the dimensions are known
        self._classifier.amend(await asyncio.to_thread(self._unpacked, content) if content else None)
        structlog.get_logger().info("classifier.amended", bytes=len(content))

    def _unpacked(self, content: bytes) -> Amendments:
        return unpack(content, embedder=self.name, dimensions=self._embedder.dimensions)


def _columns(lessons: Sequence[Lesson], readings: Sequence[Reading], policy: Policy) -> dict[str, Column]:
    names = tuple(category.name for category in policy.categories)
    read = {
        "category": [dict(rank(reading, policy.categories)) for reading in readings],
        "escalation": [risk_read(reading) for reading in readings],
    }
    how = {
        "category": Choosing(names),
        "escalation": Choosing(("false", "true"), limit=policy.thresholds.alarm),
    }
    return {
        column: Column(
            how=how[column],
            read=np.array([[chances[label] for label in how[column].labels] for chances in read[column]], np.float32),
            said=[lesson.labels.get(column) for lesson in lessons],
        )
        for column in how
    }


def _figures(found: Relearnt) -> dict[str, Any]:
    return {name: {**_told(trial), "doubted": len(found.doubted[name])} for name, trial in found.trials.items()}


def _told(trial: Trial) -> dict[str, Any]:
    return {
        "rows": trial.after.total,
        "before": round(trial.before.share, 4),
        "after": round(trial.after.share, 4),
        "interval": [round(end, 4) for end in trial.after.interval()],
        "better": trial.better,
        "worse": trial.worse,
        "chance": round(trial.chance, 4),
        "no_worse": trial.no_worse,
        "labels": {label: list(counts) for label, counts in trial.by_label.items()},
    }
