"""The embedded classifier: heads over sentence vectors and words, learnt from the text that we ship."""

import asyncio
import hashlib
import time
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path

import numpy as np
import structlog
from numpy.typing import NDArray

from bot.adapters import heads
from bot.adapters.batching import Batcher
from bot.adapters.descriptions import Descriptions, describe
from bot.adapters.readiness import Counted, Readiness
from bot.adapters.shipped import Training, shipped_training
from pipeline import features, learn, linear, nearness, splits, tune
from pipeline.amend import Amendments
from pipeline.classify import Classification, Engine, Evidence
from pipeline.errors import Refused, Unavailable
from pipeline.evidence import is_alarmed, loudest, quotable
from pipeline.learn import Model, fit
from pipeline.mask import Masked, mask_text
from pipeline.policy import Policy
from pipeline.ports import Embedder
from pipeline.read_local import Reading, to_classification
from pipeline.read_rules import read_by_words
from pipeline.tune import Search

Vector = NDArray[np.float32]
Chances = dict[str, dict[str, float]]  # by column, then by label

LARGEST_BATCH = 32
TOLD_EVERY = 256  # texts: a few seconds
# A company's tickets are farther from our text than rows of it that were held out, and use other words: those rows
# would choose weaker learning, more weight on words and less on examples.
SEARCH = Search(strengths=(10.0, 40.0), word_weights=(0.5,), nearness=(2.0,), sharpness=(20.0,))
LEARNING = (features, learn, linear, nearness, splits, tune, heads)  # what the result depends on


class LocalClassifier:
    """Reads tickets on this machine; implements the Classifier door.

    Learns the shipped text once, at the first use or by `warm`, and keeps the result below `data_dir`. The
    columns that `model_dir` holds (what `triage train` wrote) come before the shipped ones. When the embedder
    is not there, the categories' descriptions are compared by their words, and nothing is certain.
    """

    def __init__(
        self,
        embedder: Embedder,
        data_dir: Path,
        model_dir: Path | None = None,
        *,
        training: Training | None = None,
    ) -> None:
        self._embedder = embedder
        self._data_dir = data_dir
        self._model_dir = model_dir
        self._training = training or shipped_training()
        self._models: tuple[Model, ...] = ()
        self._loading = asyncio.Lock()
        self.readiness = Readiness()
        self._described: Descriptions | None = None
        self._amendments: Amendments | None = None
        self._batcher = Batcher(self._predict, LARGEST_BATCH, at_once=1)

    async def warm(self) -> None:
        """Load or learn the heads. Raises Unavailable without an embedder, Refused for a bad `model_dir`."""
        async with self._loading:
            if self._models:
                return
            try:
                self.readiness.begin("Loading the embedding model; the first time it is translated for this machine.")
                await self._embedder.embed(())  # a chosen model knows its dimensions only once it is loaded
                shipped = await self._shipped()
                trained = await self._trained()
            except BaseException:
                self.readiness.ended(well=False)
                raise
            self._models = (shipped, *trained)
            self.readiness.ended(well=True)

    def learnt(self, column: str) -> tuple[str, ...]:
        """Return the labels that `model_dir` knows in a column; none before `warm`, or without such a folder."""
        trained = self._models[1:]
        return next((model.heads[column].labels for model in trained if column in model.heads), ())

    def amend(self, amendments: Amendments | None) -> None:
        """Read with what people's corrections add from now on; None: as the engine came."""
        self._amendments = amendments

    async def classify(self, masked: Masked, policy: Policy) -> Classification:
        """Read a ticket."""
        try:
            reading = await self.read(masked, policy)
        except Unavailable as error:
            structlog.get_logger().warning("classifier.by_words", reason=str(error))
            reading = await asyncio.to_thread(read_by_words, masked.whole, policy)
            found = await asyncio.to_thread(to_classification, masked, reading, policy, engine=Engine.RULES)
        else:
            found = await asyncio.to_thread(to_classification, masked, reading, policy)
        return found.model_copy(update={"evidence": await self.evidence(masked, found)})

    async def evidence(self, masked: Masked, found: Classification) -> Evidence:
        """Return the loudest words for each alarm. Its few sentences are read at once, and only where there is one."""
        if not is_alarmed(found):
            return Evidence()
        said = await asyncio.to_thread(quotable, masked)
        chances: Sequence[Chances] = [{} for _ in said]
        if len(said) > 1:
            with suppress(Unavailable):
                chances = await self._chances(await asyncio.to_thread(lambda: [mask_text(text) for text in said]))
        return await asyncio.to_thread(loudest, found, said, chances)

    async def _chances(self, several: Sequence[Masked]) -> Sequence[Chances]:
        """Return what the heads say of each text. Raises Unavailable without an embedder."""
        await self.warm()
        vectors = await self._embedder.embed(several)
        return await asyncio.to_thread(predict, self._models, [masked.whole for masked in several], vectors)

    async def read(self, masked: Masked, policy: Policy) -> Reading:
        """Return what the heads and the descriptions say, not yet judged. Raises Unavailable without an embedder."""
        await self.warm()
        described = await self._descriptions(policy)
        [vector] = await self._embedder.embed([masked])
        chances, added = await self._batcher.ask((masked.whole, vector))
        return Reading(chances, described.likenesses(vector), own=bool(self.learnt("category")), added=added)

    async def read_plainly(self, several: Sequence[Masked], policy: Policy) -> tuple[Vector, list[Reading]]:
        """Return the texts' vectors, and what is said of each without what corrections add. Raises Unavailable."""
        await self.warm()
        described, vectors = await self._descriptions(policy), await self._embedder.embed(several)
        found = await asyncio.to_thread(predict, self._models, [masked.whole for masked in several], vectors)
        likenesses = [described.likenesses(vector) for vector in vectors]
        return vectors, [Reading(chances, near) for chances, near in zip(found, likenesses, strict=True)]

    async def _descriptions(self, policy: Policy) -> Descriptions:
        described = self._described
        if described is None or described.policy.categories != policy.categories:
            described = self._described = await describe(policy, self._embedder)
        return described

    async def _predict(self, asked: Sequence[tuple[str, Vector]]) -> Sequence[tuple[Chances, Chances]]:
        texts, vectors = [text for text, _ in asked], np.stack([vector for _, vector in asked])
        chances = await asyncio.to_thread(predict, self._models, texts, vectors)
        added = await asyncio.to_thread(_added, self._amendments, texts, vectors)
        return list(zip(chances, added, strict=True))

    async def _trained(self) -> tuple[Model, ...]:
        if self._model_dir is None:
            return ()
        loaded = await asyncio.to_thread(self._load, self._model_dir)
        return (loaded,)

    async def _shipped(self) -> Model:
        folder = self._data_dir / "models" / await asyncio.to_thread(self._key)
        try:
            return await asyncio.to_thread(self._load, folder)
        except Refused:  # never learnt here, or damaged: learning it again is cheap
            return await self._learn(folder)

    async def _learn(self, folder: Path) -> Model:
        began = time.monotonic()
        texts = await asyncio.to_thread(lambda: [mask_text(text) for text in self._training.texts])
        vectors = await self._vectors(texts)
        columns = Counted(self._training.columns, self._learns)
        model = await asyncio.to_thread(fit, [text.whole for text in texts], vectors, columns, search=SEARCH)
        await asyncio.to_thread(heads.save, model, folder, embedder=self._embedder.name)
        structlog.get_logger().info("classifier.learnt", rows=len(texts), seconds=round(time.monotonic() - began, 1))
        return model

    async def _vectors(self, texts: Sequence[Masked]) -> Vector:
        """Return the vectors of all, some at a time so that it can be told how many there are."""
        found = []
        for first in range(0, len(texts), TOLD_EVERY):
            self.readiness.step(f"Reading the shipped examples: {first} of {len(texts)}.")
            found.append(await self._embedder.embed(texts[first : first + TOLD_EVERY]))
        return np.concatenate(found) if found else await self._embedder.embed(())

    def _learns(self, column: str, number: int, of: int) -> None:
        self.readiness.step(f"Learning from them: {column}, {number} of {of}.")

    def _load(self, folder: Path) -> Model:
        return heads.load(folder, embedder=self._embedder.name, dimensions=self._embedder.dimensions)

    def _key(self) -> str:
        """Name what the model depends on: the learning itself, the embedder and the text."""
        code = [Path(str(module.__file__)).read_bytes() for module in LEARNING]
        columns = sorted((name, tuple(labels)) for name, labels in self._training.columns.items())
        learnt = repr((code, self._embedder.name, tuple(self._training.texts), columns))
        return hashlib.sha256(learnt.encode()).hexdigest()[:20]


def predict(models: Sequence[Model], texts: Sequence[str], vectors: Vector) -> Sequence[Chances]:
    """Return each text's probabilities; of two models with the same column the later one counts."""
    found: list[Chances] = [{} for _ in texts]
    for model in models:
        for column, rows in model.predict(texts, vectors).items():
            for chances, row in zip(found, rows, strict=True):
                chances[column] = _named(model.heads[column].labels, row)
    return found


def _added(amendments: Amendments | None, texts: Sequence[str], vectors: Vector) -> Sequence[Chances]:
    """Return what corrections add to each text's scores, by column, then by label."""
    scores = amendments.scores(texts, vectors) if amendments else {}
    return [{column: rows[place] for column, rows in scores.items()} for place in range(len(texts))]


def _named(labels: Sequence[str], row: Vector) -> dict[str, float]:
    return dict(zip(labels, map(float, row), strict=True))
