"""CaseIndex: cases, open and closed, found for a text or a case like them."""

import asyncio
from collections.abc import Sequence

import structlog

from pipeline.alike import FLOOR, Alike, Text, alike
from pipeline.case import Case
from pipeline.mask import Masked, detached, mask_text
from pipeline.ports import Embedder
from pipeline.triage import read
from storage import case_texts
from storage.case_texts import CaseText
from storage.cases import some
from storage.full_text import CASES, search_words
from storage.index import REACH, collection_of
from storage.near import is_foreign, near, rest
from storage.store import Store
from storage.vectors import LARGEST_BATCH, Vectors

LONGEST = 6_000  # characters of a case; what comes later hardly tells what it is about


class HybridCases:
    """One workspace's cases; implements the CaseIndex door.

    The database is the truth: a text is made of the case as it is then, and a vector stored before it is marked.
    """

    def __init__(self, store: Store, vectors: Vectors, embedder: Embedder, workspace: str) -> None:
        self._store = store
        self._vectors = vectors
        self._embedder = embedder
        self._workspace = workspace
        self._indexing = asyncio.Lock()

    async def like(self, masked: Masked, *, but: str = "", k: int = 5, floor: float = FLOOR) -> tuple[Alike, ...]:
        """Return up to k cases like a text, the likest first. Never raises for the sake of the vectors."""
        by_meaning = near(self._vectors, self._collection, self._embedder, masked, REACH)
        async with self._store.reader() as connection:
            asked, ids = await search_words(connection, CASES, masked.whole, self._workspace, REACH)
        found = await by_meaning
        vector, cosines = found if found is not None else (None, {})
        if vector is not None:
            unknown = [id_ for id_ in ids if id_ not in cosines]
            cosines |= await rest(self._vectors, self._collection, vector, unknown)
        candidates = [id_ for id_ in dict.fromkeys((*cosines, *ids)) if id_ != but]
        async with self._store.reader() as connection:
            held = await case_texts.held(connection, candidates, self._workspace)
        texts = [Text(each.id, each.words, cosines.get(each.id)) for each in held]
        foreign = await asyncio.to_thread(is_foreign, self._embedder, masked)
        return alike(asked, texts, foreign=foreign, floor=floor)[:k]

    async def index_waiting(self) -> int:
        """Bring the texts and vectors up to the cases, and return how many are new. Raises Unavailable."""
        done = 0
        async with self._indexing:
            await self._remove_gone()
            await self._make_wanted()
            await self._compare()
            while batch := await self._unindexed():
                texts = await asyncio.to_thread(_masked, batch)
                vectors = await self._embedder.embed(texts)
                await self._vectors.upsert(self._collection, [each.id for each in batch], vectors)
                async with self._store.begin() as tx:
                    await case_texts.mark_indexed(tx, batch, self._embedder.name)
                done += len(batch)
        if done:
            structlog.get_logger().info("cases.grew", workspace=self._workspace, vectors=done)
        return done

    @property
    def _collection(self) -> str:
        return collection_of("cases", self._embedder.name, self._workspace)

    async def _remove_gone(self) -> None:
        while True:
            async with self._store.reader() as connection:
                ids = await case_texts.gone(connection, self._workspace, LARGEST_BATCH)
            if not ids:
                return
            await self._vectors.delete(self._collection, ids)
            async with self._store.begin() as tx:
                await case_texts.forget(tx, ids, self._workspace)

    async def _make_wanted(self) -> None:
        while True:
            async with self._store.reader() as connection:
                wanted = await case_texts.wanted(connection, self._workspace, LARGEST_BATCH)
                cases = await some(connection, tuple(wanted))
            if not wanted:
                return
            made = await asyncio.to_thread(_texts, cases)
            missing = [CaseText(id_, "", "") for id_ in set(wanted) - {case.id for case in cases}]
            async with self._store.begin() as tx:
                await case_texts.make(tx, (*made, *missing), wanted, self._workspace)

    async def _compare(self) -> None:
        """Have the vectors made again where some were lost."""
        held = await self._vectors.count(self._collection)
        async with self._store.reader() as connection:
            marked = await case_texts.indexed(connection, self._embedder.name, self._workspace)
        if held < marked:
            async with self._store.begin() as tx:
                await case_texts.forget_index(tx, self._workspace)

    async def _unindexed(self) -> tuple[CaseText, ...]:
        async with self._store.reader() as connection:
            return await case_texts.unindexed(connection, self._embedder.name, self._workspace, LARGEST_BATCH)


def _texts(cases: Sequence[Case]) -> list[CaseText]:
    """Read and mask the cases' words: milliseconds for each, so call it in a thread."""
    return [CaseText(each.id, case_texts.digest_of(each), _said(each)) for each in cases]


def _said(case: Case) -> str:
    _, masked, _ = read(case.ticket)
    return detached(masked.whole[:LONGEST])


def _masked(batch: Sequence[CaseText]) -> list[Masked]:
    """The texts, masked once more: it costs little and forgives a careless caller."""
    return [mask_text(each.text) for each in batch]
