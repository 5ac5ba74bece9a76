"""Case texts: what may be found of each case, in step with what its customer said.

A case that is saved says here that its text is wanted, or gone, in the same transaction; until the index has made
it, nobody finds the case by the words that it had before.
"""

import hashlib
from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import NamedTuple

from sqlalchemy import and_, case, delete, func, or_, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from pipeline.case import Case, Verdict
from pipeline.words import folded
from storage.case_tables import case_texts
from storage.full_text import CASES, count
from storage.jobs import Kind, Priority, enqueue
from storage.store import Transaction

PAUSE = timedelta(seconds=5)  # in which what arrives together gathers, and triage has the embedder for itself
WANTED, MADE, GONE = "wanted", "made", "gone"
_HIDDEN = (Verdict.MERGED, Verdict.DELETED_THERE)


class CaseText(NamedTuple):
    """The text of a case, and by which words of the customer's it was wanted."""

    id: str
    digest: str
    text: str


class Held(NamedTuple):
    """A case's words as the full-text index has them."""

    id: str
    words: str


def digest_of(case: Case) -> str:
    """Return a hash of what can be found of a case, "" for nothing: it was not read yet, or is part of another."""
    if (case.analysis is None and not case.problem) or (case.decision and case.decision.verdict in _HIDDEN):
        return ""
    said = "\0".join((case.ticket.subject, *(f"{message.id}\0{message.text}" for message in case.ticket.asked)))
    return hashlib.sha256(said.encode(errors="replace")).hexdigest()


async def keep_up(tx: Transaction, case: Case, now: datetime) -> None:
    """Have a case's text made anew once its words are others, or taken out, in the transaction that saves the case."""
    digest = digest_of(case)
    known = select(case_texts.c.digest).where(case_texts.c.id == case.id)
    held = (await tx.connection.execute(known)).scalar_one_or_none()
    if digest == (held or ""):
        return
    state = {"digest": digest, "state": WANTED if digest else GONE, "text": "", "indexed_with": None}
    if held is None:
        row = {"id": case.id, "workspace": case.workspace, "words": "", **state}
        await tx.insert_new(case_texts, row)
    else:
        await tx.connection.execute(update(case_texts).where(case_texts.c.id == case.id).values(state))
    await enqueue(tx, Kind.INDEX, case.workspace, now=now, run_at=now + PAUSE, priority=Priority.IDLE)


async def wanted(connection: AsyncConnection, workspace: str, limit: int) -> Mapping[str, str]:
    """Return cases whose text is to be made, each with the digest by which it is wanted."""
    here = and_(case_texts.c.workspace == workspace, case_texts.c.state == WANTED)
    rows = select(case_texts.c.id, case_texts.c.digest).where(here).order_by(case_texts.c.number).limit(limit)
    return {row.id: row.digest for row in await connection.execute(rows)}


async def make(tx: Transaction, texts: Sequence[CaseText], by: Mapping[str, str], workspace: str) -> None:
    """Keep the texts of cases, but those that are wanted by another digest than in `by`, since they changed again.

    One without a digest takes its case out. What somebody changes at this moment is left for the next time.
    """
    column, ids = case_texts.c, [each.id for each in texts]
    there = select(column.id, column.digest, column.words).where(column.id.in_(ids), column.state == WANTED)
    before = {row.id: row for row in await tx.connection.execute(there.with_for_update(skip_locked=True))}
    total, counts = 0, Counter[str]()
    for each in texts:
        row = before.get(each.id)
        if row is None or row.digest != by[each.id]:
            continue
        words = folded(each.text)
        values = {"state": GONE, "digest": ""}
        if each.digest:
            values = {"state": MADE, "digest": each.digest, "text": _storable(each.text), "words": words}
            total += bool(words) - bool(row.words)
            counts.update(set(words.split()))
            counts.subtract(set(row.words.split()))
        await tx.connection.execute(update(case_texts).where(column.id == each.id).values(values))
    await count(tx.connection, CASES, total, counts, workspace)


async def gone(connection: AsyncConnection, workspace: str, limit: int) -> tuple[str, ...]:
    """Return the cases whose text and vector are to be removed."""
    here = and_(case_texts.c.workspace == workspace, case_texts.c.state == GONE)
    return tuple((await connection.execute(select(case_texts.c.id).where(here).limit(limit))).scalars())


async def forget(tx: Transaction, ids: Sequence[str], workspace: str) -> None:
    """Remove the texts of cases that are gone, once their vectors are; one that came back meanwhile stays."""
    removed = delete(case_texts).where(case_texts.c.id.in_(ids), case_texts.c.state == GONE)
    words = [each for each in (await tx.connection.execute(removed.returning(case_texts.c.words))).scalars() if each]
    lost = Counter(word for each in words for word in set(each.split()))
    await count(tx.connection, CASES, -len(words), {word: -held for word, held in lost.items()}, workspace)


async def unindexed(connection: AsyncConnection, embedder: str, workspace: str, limit: int) -> tuple[CaseText, ...]:
    """Return texts whose vector by this embedder is not in the index, the newest first."""
    waiting = or_(case_texts.c.indexed_with.is_(None), case_texts.c.indexed_with != embedder)
    here = and_(case_texts.c.workspace == workspace, case_texts.c.state == MADE, waiting)
    found = select(case_texts.c.id, case_texts.c.digest, case_texts.c.text).where(here)
    rows = await connection.execute(found.order_by(case_texts.c.number.desc()).limit(limit))
    return tuple(CaseText(*row) for row in rows)


async def mark_indexed(tx: Transaction, texts: Sequence[CaseText], embedder: str) -> None:
    """Remember that their vectors are in the index, unless other words have come in between."""
    ids, digests = [each.id for each in texts], [each.digest for each in texts]
    same = and_(case_texts.c.id.in_(ids), case_texts.c.digest.in_(digests), case_texts.c.state == MADE)
    await tx.connection.execute(update(case_texts).where(same).values(indexed_with=embedder))


async def forget_index(tx: Transaction, workspace: str) -> None:
    """Let every vector of the workspace be made again."""
    await tx.connection.execute(update(case_texts).where(case_texts.c.workspace == workspace).values(indexed_with=None))


async def indexed(connection: AsyncConnection, embedder: str, workspace: str) -> int:
    """Return how many have their vector by that embedder."""
    here = (case_texts.c.workspace == workspace, case_texts.c.state == MADE, case_texts.c.indexed_with == embedder)
    return int((await connection.execute(select(func.count()).where(*here))).scalar_one())


async def held(connection: AsyncConnection, ids: Sequence[str], workspace: str) -> tuple[Held, ...]:
    """Return those of the workspace that can be found, in the order of `ids`."""
    order = case({id_: place for place, id_ in enumerate(dict.fromkeys(ids))}, value=case_texts.c.id)
    found = select(case_texts.c.id, case_texts.c.words).where(
        case_texts.c.id.in_(ids), case_texts.c.workspace == workspace, case_texts.c.state == MADE
    )
    return tuple(Held(*row) for row in await connection.execute(found.order_by(order))) if ids else ()


def _storable(masked: str) -> str:
    return masked.encode(errors="replace").decode().replace("\0", "")  # neither database takes these
