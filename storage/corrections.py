"""Corrections: where people filed cases, in the database, each with the mark that its vector is in the index."""

from collections.abc import Sequence
from typing import NamedTuple

from sqlalchemy import and_, case, delete, func, or_, select, update
from sqlalchemy.dialects import postgresql, sqlite

from pipeline.mask import detached
from pipeline.ports import Clock
from pipeline.precedent import Precedent
from storage.knowledge_tables import corrections
from storage.store import Store


class Noted(NamedTuple):
    """A correction whose text waits for its vector."""

    case_id: str
    text: str


class Corrections:
    """Corrections of all workspaces, one for each case. Every text in it is masked by whoever notes it."""

    def __init__(self, store: Store, clock: Clock) -> None:
        self._store = store
        self._clock = clock

    async def note(self, case_id: str, filed: Precedent, workspace: str) -> None:
        """Remember where a case was filed. A vector is made anew only for another text."""
        text = detached(filed.text).encode(errors="replace").decode().replace("\0", "")
        make = sqlite.insert if self._store.dialect == "sqlite" else postgresql.insert
        statement = make(corrections).values(
            case_id=case_id,
            workspace=workspace,
            text=text,
            category=filed.category,
            instead_of=filed.instead_of,
            noted_at=self._clock.now(),
        )
        new = statement.excluded
        kept = case((corrections.c.text == new.text, corrections.c.indexed_with), else_=None)
        changed = {name: new[name] for name in ("text", "category", "instead_of", "noted_at")}
        upsert = statement.on_conflict_do_update(index_elements=["case_id"], set_={**changed, "indexed_with": kept})
        async with self._store.begin() as tx:
            await tx.connection.execute(upsert)

    async def forget(self, case_id: str, workspace: str) -> None:
        """Take a case's correction out."""
        gone = delete(corrections).where(corrections.c.case_id == case_id, corrections.c.workspace == workspace)
        async with self._store.begin() as tx:
            await tx.connection.execute(gone)

    async def get(self, case_ids: Sequence[str], workspace: str) -> dict[str, Precedent]:
        """Return those of the workspace that are there, by case id, in the order of `case_ids`."""
        found = select(corrections).where(corrections.c.case_id.in_(case_ids), corrections.c.workspace == workspace)
        async with self._store.reader() as connection:
            rows = {row.case_id: row for row in await connection.execute(found)}
        return {
            id_: Precedent(text=rows[id_].text, category=rows[id_].category, instead_of=rows[id_].instead_of)
            for id_ in case_ids
            if id_ in rows
        }

    async def unindexed(self, embedder: str, workspace: str, limit: int) -> tuple[Noted, ...]:
        """Return the newest whose vector by this embedder is not in the index."""
        waiting = or_(corrections.c.indexed_with.is_(None), corrections.c.indexed_with != embedder)
        found = (
            select(corrections.c.case_id, corrections.c.text)
            .where(corrections.c.workspace == workspace, waiting)
            .order_by(corrections.c.noted_at.desc())
            .limit(limit)
        )
        async with self._store.reader() as connection:
            return tuple(Noted(*row) for row in await connection.execute(found))

    async def mark_indexed(self, noted: Sequence[Noted], embedder: str) -> None:
        """Remember that their vectors are in the index, unless another text has come in between."""
        async with self._store.begin() as tx:
            for each in noted:
                same = and_(corrections.c.case_id == each.case_id, corrections.c.text == each.text)
                await tx.connection.execute(update(corrections).where(same).values(indexed_with=embedder))

    async def forget_index(self, workspace: str) -> None:
        """Let every vector of the workspace be made again."""
        async with self._store.begin() as tx:
            forgotten = update(corrections).where(corrections.c.workspace == workspace)
            await tx.connection.execute(forgotten.values(indexed_with=None))

    async def indexed(self, embedder: str, workspace: str) -> int:
        """Return how many have their vector by that embedder."""
        with_vector = (corrections.c.workspace == workspace, corrections.c.indexed_with == embedder)
        async with self._store.reader() as connection:
            return (await connection.execute(select(func.count()).where(*with_vector))).scalar_one()
