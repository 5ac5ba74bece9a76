"""HybridIndex: meaning from the vectors and words from the database, judged together."""

import asyncio
import hashlib
import re
from collections.abc import Callable, Sequence

import numpy as np
import structlog
from numpy.typing import NDArray

from pipeline.mask import Masked, mask_text
from pipeline.passage import Passage, Resolution
from pipeline.ports import Embedder
from pipeline.retrieve import Candidate, judge
from pipeline.weighing import Query
from storage.knowledge import KnowledgeBase
from storage.near import is_foreign, near, rest
from storage.vectors import LARGEST_BATCH, Vectors

REACH = 30  # candidates from each side
QUESTION_SHARE = 2.0  # a new question is more like the old question than like its answer
WORDS_ALONE = "words alone: the vectors cannot be searched now"
_NOT_IN_NAMES = re.compile(r"[^A-Za-z0-9]+")


class HybridIndex:
    """One workspace's knowledge; implements the KnowledgeIndex door.

    The database is the truth. A vector is stored before it is marked, and stored again without harm, so
    that a process may end anywhere. Chroma failing leaves the words, and every passage then says so.
    """

    def __init__(self, knowledge: KnowledgeBase, vectors: Vectors, embedder: Embedder, workspace: str) -> None:
        self._knowledge = knowledge
        self._vectors = vectors
        self._embedder = embedder
        self._workspace = workspace
        self._indexing = asyncio.Lock()
        self._compared = False

    @property
    def embedder(self) -> str:
        """The name of the embedder that made the vectors."""
        return self._embedder.name

    @property
    def collection(self) -> str:
        """The collection that holds this workspace's resolutions."""
        return collection_of("resolutions", self._embedder.name, self._workspace)

    async def search(self, masked: Masked, *, category: str | None = None, k: int = 5) -> tuple[Passage, ...]:
        """Return the k best passages, best first. Never raises for the sake of the vectors."""
        by_words = self._knowledge.search_words(masked.whole, self._workspace, REACH)
        by_meaning = near(self._vectors, self.collection, self._embedder, masked, REACH)
        (asked, ids), found = await asyncio.gather(by_words, by_meaning)
        cosines, note = ({}, WORDS_ALONE) if found is None else (found[1], "")
        entries = await self._knowledge.get((*ids, *cosines), self._workspace)
        if found is not None:
            unknown = [id_ for id_ in ids if id_ not in cosines]
            cosines |= await rest(self._vectors, self.collection, found[0], unknown)
        candidates = [Candidate(entry.resolution, entry.words, cosines.get(entry.resolution.id)) for entry in entries]
        query = Query(
            asked, self._knowledge.clock.now(), category, await asyncio.to_thread(is_foreign, self._embedder, masked)
        )
        return await asyncio.to_thread(judge, query, candidates, k=k, note=note)

    async def check(self) -> int:
        """Compare the counts, let a smaller index be rebuilt, and return how many vectors are waiting.

        Raises Unavailable when Chroma cannot be asked.
        """
        marked = await self._knowledge.count(self._workspace, indexed_with=self._embedder.name)
        held = await self.count()
        if held < marked:
            await self._knowledge.forget_index(self._workspace)
        waiting = await self._knowledge.waiting(self._embedder.name, self._workspace)
        log = structlog.get_logger().info if held == marked else structlog.get_logger().warning
        log("index.compared", workspace=self._workspace, held=held, marked=marked, waiting=waiting)
        self._compared = True
        return waiting

    async def count(self) -> int:
        """Return how many vectors the index holds. Raises Unavailable."""
        return await self._vectors.count(self.collection)

    async def index_waiting(self, told: Callable[[int], None] = lambda _: None) -> int:
        """Embed and store whatever waits, and return how much it was. Raises Unavailable; call it again.

        The first call compares the counts before. `told` is called with how many more are done, for whoever watches.
        """
        done = 0
        async with self._indexing:
            if not self._compared:
                await self.check()
            while batch := await self._knowledge.unindexed(self._embedder.name, self._workspace, LARGEST_BATCH):
                solved = [entry.resolution for entry in batch]
                ids = [resolution.id for resolution in solved]
                await self._vectors.upsert(self.collection, ids, await self._embed(solved))
                await self._knowledge.mark_indexed(ids, self._embedder.name)
                done += len(ids)
                told(len(ids))
        if done:
            structlog.get_logger().info("index.grew", workspace=self._workspace, vectors=done)
        return done

    async def forget(self, ids: Sequence[str]) -> None:
        """Remove the vectors of resolutions that are no more. Raises Unavailable; they lead nowhere meanwhile."""
        await self._vectors.delete(self.collection, ids)

    async def clear(self) -> None:
        """Throw the vectors away, as erasure and a damaged folder need it; index_waiting() makes them again."""
        async with self._indexing:
            await self._knowledge.forget_index(self._workspace)
            await self._vectors.drop(self.collection)

    async def _embed(self, solved: Sequence[Resolution]) -> NDArray[np.float32]:
        """Return a unit vector for each: its question twice, its answer once."""
        texts = await asyncio.to_thread(_texts, solved)
        shortest_first = np.argsort([len(text.text) for text in texts], kind="stable")  # a batch costs its longest text
        embedded = await self._embedder.embed([texts[place] for place in shortest_first])
        both = embedded[np.argsort(shortest_first)]
        mixed = QUESTION_SHARE * both[: len(solved)] + both[len(solved) :]
        lengths = np.linalg.norm(mixed, axis=1, keepdims=True)
        return np.asarray(mixed / np.maximum(lengths, 1e-9), np.float32)


def collection_of(what: str, embedder: str, workspace: str) -> str:
    """Name the collection of this workspace, model and space; vectors of two models never meet."""
    told_apart = hashlib.sha256(f"{embedder}\0{workspace}".encode()).hexdigest()[:16]
    return f"{what}-{_NOT_IN_NAMES.sub('-', embedder)[-40:].strip('-')}-cosine-{told_apart}"


def _texts(solved: Sequence[Resolution]) -> list[Masked]:
    """All questions, then all answers, masked once more: it costs little and forgives a careless caller."""
    questions = [f"{each.title}\n\n{each.question}".strip() or each.answer for each in solved]
    answers = [each.answer or each.question for each in solved]
    return [mask_text(each) for each in (*questions, *answers)]
