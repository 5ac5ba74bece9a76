"""CaseMemory: where people filed earlier tickets, found by meaning for a ticket like them."""

import asyncio
from collections.abc import Mapping, Sequence

import structlog

from pipeline.errors import Unavailable
from pipeline.mask import Masked, mask_text
from pipeline.ports import Embedder
from pipeline.precedent import Precedent
from pipeline.quarantine import ASKED, NEAR, Neighbour
from storage.corrections import Corrections, Noted
from storage.index import collection_of
from storage.knowledge import KnowledgeBase
from storage.store import DATABASE_ERRORS
from storage.vectors import LARGEST_BATCH, Vectors

MOST_OF_A_KIND = 2  # corrections of a ticket, and solved tickets beside them
# Cosines. Measured on IT tickets and on questions to a shop: the nearest ticket from 0.6 on is of the same
# category in 7 to 10 of 10 cases, and from 0.5 on in 5 to 7. A correction tells where we were wrong, so it
# may be a little farther away, and the model judges.
NEAR_CORRECTION = 0.5
NEAR_SOLVED = 0.6


class CaseMemory:
    """One workspace's precedents; implements the Precedents door.

    Corrections are what people changed on a card; solved tickets are those of the knowledge base, which a
    person answered under their category. The database is the truth: a vector is stored before it is marked,
    and a collection that lost some is filled anew.
    """

    def __init__(
        self,
        corrections: Corrections,
        knowledge: KnowledgeBase,
        vectors: Vectors,
        embedder: Embedder,
        workspace: str,
    ) -> None:
        self._corrections = corrections
        self._knowledge = knowledge
        self._vectors = vectors
        self._embedder = embedder
        self._workspace = workspace
        self._indexing = asyncio.Lock()

    async def note(self, case_id: str, filed: Precedent) -> None:
        """Remember where a person filed a case."""
        await self._corrections.note(case_id, filed, self._workspace)

    async def forget(self, case_id: str) -> None:
        """Forget where a case was filed; its vector leads nowhere from then on."""
        await self._corrections.forget(case_id, self._workspace)

    async def nearest(self, masked: Masked) -> tuple[Precedent, ...]:
        """Return up to four: corrected tickets first, then solved ones, each nearest first. Raises Unavailable."""
        [vector] = await self._embedder.embed([masked])
        k = 2 * MOST_OF_A_KIND
        corrected, solved = await asyncio.gather(
            self._vectors.nearest(self._collection("corrections"), vector, k),
            self._vectors.nearest(self._collection("resolutions"), vector, k),
        )
        try:
            found = [
                *await self._corrected(_near(corrected, NEAR_CORRECTION)),
                *await self._solved(_near(solved, NEAR_SOLVED)),
            ]
        except DATABASE_ERRORS as error:
            raise Unavailable(f"the database failed: {type(error).__name__}") from error
        return tuple(found)

    async def around(self, masked: Masked, but: str) -> tuple[Neighbour, ...]:
        """Return where the nearest tickets were filed: corrected ones, and solved ones under their category."""
        [vector] = await self._embedder.embed([masked])
        corrected, solved = await asyncio.gather(
            self._vectors.nearest(self._collection("corrections"), vector, ASKED + 1),
            self._vectors.nearest(self._collection("resolutions"), vector, 2 * ASKED),
        )
        near, near_solved = _near(corrected, NEAR), _near(solved, NEAR)
        try:
            filed = await self._corrections.get(tuple(near), self._workspace) if near else {}
            answered = await self._knowledge.get(tuple(near_solved), self._workspace) if near_solved else ()
        except DATABASE_ERRORS as error:
            raise Unavailable(f"the database failed: {type(error).__name__}") from error
        found = {
            case_of(entry.resolution.id): Neighbour(
                case_of(entry.resolution.id), entry.resolution.category, "", near_solved[entry.resolution.id]
            )
            for entry in answered
            if entry.resolution.category
        }
        found |= {id_: Neighbour(id_, each.category, "", near[id_]) for id_, each in filed.items()}
        return tuple(each for each in found.values() if each.case_id != but)

    async def likenesses(self, masked: Masked, others: Sequence[Masked]) -> tuple[float, ...]:
        """Return the cosine of a ticket with each of the others. Raises Unavailable."""
        first, *rest = await self._embedder.embed([masked, *others])
        return tuple(float(first @ vector) for vector in rest)

    async def index_waiting(self) -> int:
        """Embed and store what was noted, newest first, and return how many. Raises Unavailable; call it again."""
        name, collection, done = self._embedder.name, self._collection("corrections"), 0
        async with self._indexing:
            if await self._vectors.count(collection) < await self._corrections.indexed(name, self._workspace):
                await self._corrections.forget_index(self._workspace)
            while waiting := await self._corrections.unindexed(name, self._workspace, LARGEST_BATCH):
                texts = await asyncio.to_thread(_masked, waiting)
                await self._vectors.upsert(
                    collection, [each.case_id for each in waiting], await self._embedder.embed(texts)
                )
                await self._corrections.mark_indexed(waiting, name)
                done += len(waiting)
        if done:
            structlog.get_logger().info("precedents.grew", workspace=self._workspace, vectors=done)
        return done

    def _collection(self, what: str) -> str:
        return collection_of(what, self._embedder.name, self._workspace)

    async def _corrected(self, near: Mapping[str, float]) -> Sequence[Precedent]:
        found = await self._corrections.get(tuple(near), self._workspace) if near else {}
        return [filed.model_copy(update={"likeness": near[id_]}) for id_, filed in found.items()][:MOST_OF_A_KIND]

    async def _solved(self, near: Mapping[str, float]) -> Sequence[Precedent]:
        found = await self._knowledge.get(tuple(near), self._workspace) if near else ()
        solved = [entry.resolution for entry in found if entry.resolution.category and entry.resolution.question]
        return [
            Precedent(text=each.question, category=each.category, likeness=near[each.id])
            for each in solved[:MOST_OF_A_KIND]
        ]


def case_of(resolution: str) -> str:
    """Return the case whose answer a resolution is, by its id; an imported one stands for itself."""
    return resolution.partition(":")[0]


def _near(cosines: Mapping[str, float], least: float) -> dict[str, float]:
    return {id_: cosine for id_, cosine in cosines.items() if cosine >= least}


def _masked(waiting: Sequence[Noted]) -> list[Masked]:
    """The texts, masked once more: it costs little and forgives a careless caller."""
    return [mask_text(each.text) for each in waiting]
