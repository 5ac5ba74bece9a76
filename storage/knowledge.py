"""KnowledgeBase: what the team has answered, in the database, found by its words."""

import asyncio
import hashlib
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import RowMapping, delete, func, or_, select, update
from sqlalchemy.dialects import postgresql, sqlite

from pipeline.mask import detached
from pipeline.passage import Resolution
from pipeline.ports import Clock
from pipeline.weighing import Asked
from pipeline.words import folded
from storage.full_text import ANSWERS, count, search_words
from storage.knowledge_tables import resolutions
from storage.store import Store
from storage.twins import Sketch, candidates, mark, sketched, twins

_LARGEST_INSERT = 500


@dataclass(frozen=True, slots=True)
class Entry:
    """A resolution with its words as the full-text index has them."""

    resolution: Resolution
    words: str


class KnowledgeBase:
    """Resolutions of all workspaces. Every text in it is masked by whoever adds it."""

    def __init__(self, store: Store, clock: Clock) -> None:
        self._store = store
        self.clock = clock

    async def add(
        self,
        solved: Sequence[Resolution],
        workspace: str,
        *,
        case_id: str | None = None,
        sketches: Sequence[Sketch] = (),
    ) -> tuple[str, ...]:
        """Add what is not there yet, in one transaction, and return the ids of what is new.

        The same question with the same answer is there once. Its embedding is work that waits. Whoever has
        compared them with what is there gives their sketches, which cost a millisecond each.
        """
        now = self.clock.now()
        rows = [_row(each, workspace, case_id) | {"created_at": now} for each in solved]
        by_id = {each.id: each.marks for each in sketches or await asyncio.to_thread(sketched, solved)}
        make = sqlite.insert if self._store.dialect == "sqlite" else postgresql.insert
        returned = (resolutions.c.id, resolutions.c.number, resolutions.c.words)
        statement = make(resolutions).on_conflict_do_nothing().returning(*returned)
        new: dict[str, int] = {}
        counts: Counter[str] = Counter()
        async with self._store.begin() as tx:
            for at in range(0, len(rows), _LARGEST_INSERT):
                result = await tx.connection.execute(statement, rows[at : at + _LARGEST_INSERT])
                for id_, number, words in result:
                    new[id_] = number
                    counts.update(set(words.split()))
            await count(tx.connection, ANSWERS, len(new), counts, workspace)
            await mark(tx.connection, {number: by_id[id_] for id_, number in new.items()}, workspace)
        return tuple(new)

    async def remove(self, ids: Sequence[str], workspace: str) -> None:
        """Take resolutions out. Their vectors lead nowhere from then on, until the index forgets them."""
        gone = delete(resolutions).where(resolutions.c.id.in_(ids), resolutions.c.workspace == workspace)
        async with self._store.begin() as tx:
            words = (await tx.connection.execute(gone.returning(resolutions.c.words))).scalars().all()
            lost = Counter(word for each in words for word in set(each.split()))
            await count(
                tx.connection, ANSWERS, -len(words), {word: -holding for word, holding in lost.items()}, workspace
            )

    async def mark(self, case_id: str, workspace: str, *, gold: bool | None = None, poor: bool | None = None) -> int:
        """Mark what a case has taught: gold ranks before its like, poor is never found. None leaves a mark as it is.

        Returns how many resolutions changed: none where they were marked so, or the case has taught nothing yet.
        """
        marks = {name: value for name, value in (("gold", gold), ("poor", poor)) if value is not None}
        if not marks:
            return 0
        differs = or_(*(resolutions.c[name] != value for name, value in marks.items()))
        of_case = update(resolutions).where(resolutions.c.case_id == case_id, resolutions.c.workspace == workspace)
        async with self._store.begin() as tx:
            return (await tx.connection.execute(of_case.where(differs).values(marks))).rowcount

    async def of_document(self, document: str, workspace: str) -> frozenset[str]:
        """Return the ids of a document's passages."""
        found = select(resolutions.c.id).where(resolutions.c.workspace == workspace, resolutions.c.document == document)
        async with self._store.reader() as connection:
            return frozenset((await connection.execute(found)).scalars())

    async def known(self, ids: Sequence[str]) -> frozenset[str]:
        """Return those ids that are there already, in any workspace: an id is given once."""
        async with self._store.reader() as connection:
            found = await connection.execute(select(resolutions.c.id).where(resolutions.c.id.in_(ids)))
            return frozenset(found.scalars())

    async def near_duplicates(self, sketches: Sequence[Sketch], workspace: str) -> dict[str, str]:
        """Return the ids of those that say nearly what another says, each with the other's id.

        The other one is in the knowledge base, or earlier among these.
        """
        async with self._store.reader() as connection:
            near = await candidates(connection, sketches, workspace)
        return await asyncio.to_thread(twins, sketches, near)

    async def get(self, ids: Sequence[str], workspace: str) -> tuple[Entry, ...]:
        """Return those of the workspace that are there, poor ones left out, in the order of `ids`."""
        # Were the workspace part of the query, SQLite would read all of it instead of these few.
        found = select(resolutions).where(resolutions.c.id.in_(ids))
        async with self._store.reader() as connection:
            rows = (await connection.execute(found)).mappings().all()
        entries = {row["id"]: _entry(row) for row in rows if row["workspace"] == workspace and not row["poor"]}
        return tuple(entries[id_] for id_ in dict.fromkeys(ids) if id_ in entries)

    async def search_words(self, asked: str, workspace: str, k: int) -> tuple[Asked, tuple[str, ...]]:
        """Return the text's words with their weights, and the ids of those that share the weightiest, k or a few more.

        Those that share an identifier come first, whatever else the text says.
        """
        async with self._store.reader() as connection:
            return await search_words(connection, ANSWERS, asked, workspace, k)

    async def unindexed(self, embedder: str, workspace: str, limit: int) -> tuple[Entry, ...]:
        """Return some whose vector by this embedder is not in the index, those that have none first."""
        made_by = resolutions.c.indexed_with
        found: list[Entry] = []
        async with self._store.reader() as connection:
            # Asked for all at once, a database would read whatever is done already, again with each batch.
            for waiting in (made_by.is_(None), made_by > embedder, made_by < embedder):
                some = select(resolutions).where(resolutions.c.workspace == workspace, waiting)
                some = some.order_by(made_by, resolutions.c.number).limit(limit - len(found))
                found.extend(_entry(row) for row in (await connection.execute(some)).mappings())
        return tuple(found)

    async def mark_indexed(self, ids: Sequence[str], embedder: str) -> None:
        """Remember that their vectors are in the index."""
        marked = update(resolutions).where(resolutions.c.id.in_(ids)).values(indexed_with=embedder)
        async with self._store.begin() as tx:
            await tx.connection.execute(marked)

    async def forget_index(self, workspace: str) -> None:
        """Let every vector of the workspace be made again."""
        forgotten = update(resolutions).where(resolutions.c.workspace == workspace)
        async with self._store.begin() as tx:
            await tx.connection.execute(forgotten.values(indexed_with=None))

    async def waiting(self, embedder: str, workspace: str) -> int:
        """Return how many have no vector by this embedder yet."""
        return await self.count(workspace) - await self.count(workspace, indexed_with=embedder)

    async def count(self, workspace: str, *, indexed_with: str | None = None) -> int:
        """Return how many there are, or how many of them have their vector by that embedder."""
        counted = select(func.count()).where(resolutions.c.workspace == workspace)
        if indexed_with is not None:
            counted = counted.where(resolutions.c.indexed_with == indexed_with)
        async with self._store.reader() as connection:
            return (await connection.execute(counted)).scalar_one()


def _row(solved: Resolution, workspace: str, case_id: str | None) -> dict[str, Any]:
    question, answer, title = (_storable(each) for each in (solved.question, solved.answer, solved.title))
    content = "\0".join((question, answer, solved.url)).encode(errors="replace")
    return solved.model_dump() | {
        "question": question,
        "answer": answer,
        "title": title,
        "workspace": workspace,
        "case_id": case_id,
        "content_hash": hashlib.sha256(content).hexdigest(),
        "words": folded(f"{title}\n{question}\n{answer}"),
    }


def _storable(masked: str) -> str:
    return detached(masked).encode(errors="replace").decode().replace("\0", "")  # neither database takes these


def _entry(row: RowMapping) -> Entry:
    return Entry(
        Resolution(
            id=row["id"],
            question=row["question"],
            answer=row["answer"],
            title=row["title"],
            url=row["url"],
            category=row["category"],
            language=row["language"],
            gold=row["gold"],
            document=row["document"],
            solved_at=row["solved_at"],
            minutes=row["minutes"],
            csat=row["csat"],
        ),
        row["words"],
    )
