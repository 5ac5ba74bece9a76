"""What happened to intents: sealed changes, what people said of matches, who watches, and the batches."""

import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime

from pydantic import AwareDatetime
from sqlalchemy import delete, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from pipeline.case import Actor
from pipeline.matching import MATCH, Judged
from pipeline.name_intents import Named
from pipeline.value import Value
from storage.cases import Conflict
from storage.intent_tables import intent_changes, intent_judgements, intent_names, intent_runs, intent_watches, intents
from storage.store import Transaction

MOST_JUDGED = 1_000  # the newest, on which the threshold is calibrated


class Change(Value):
    """What somebody, or a batch, did to an intent."""

    number: int
    intent: str
    at: AwareDatetime
    by: Actor
    kind: str
    detail: Mapping[str, str] = {}


class Run(Value):
    """A batch, under way or over."""

    number: int
    started_at: AwareDatetime
    done: int
    total: int
    finished_at: AwareDatetime | None = None
    threshold: float = MATCH


class Watch(Value):
    """Somebody who is told when an intent grows. `told` is how many tickets a week it had when they were."""

    intent: str
    person: str
    told: int


async def changed(
    tx: Transaction, workspace: str, intent: str, kind: str, by: Actor, detail: Mapping[str, str], now: datetime
) -> None:
    """Append a change, sealed to the one before. Raises Conflict when another took its place meanwhile."""
    last = select(intent_changes.c.number, intent_changes.c.hash).where(intent_changes.c.workspace == workspace)
    found = (await tx.connection.execute(last.order_by(intent_changes.c.number.desc()).limit(1))).first()
    number, prior = (found.number + 1, found.hash) if found else (1, "")
    change = Change(number=number, intent=intent, at=now, by=by, kind=kind, detail=detail)
    row = {
        "workspace": workspace,
        "number": number,
        "intent": intent,
        "at": now,
        "actor": by.model_dump_json(),
        "kind": kind,
        "detail": json.dumps(dict(detail), sort_keys=True),
        "hash": _seal(prior, change),
    }
    if not await tx.insert_new(intent_changes, row):
        raise Conflict  # somebody else took the number in the same moment


async def changes(connection: AsyncConnection, workspace: str, intent: str = "") -> tuple[Change, ...]:
    """Return every change, oldest first, or those of one intent."""
    wanted = select(intent_changes).where(intent_changes.c.workspace == workspace)
    if intent:
        wanted = wanted.where(intent_changes.c.intent == intent)
    rows = (await connection.execute(wanted.order_by(intent_changes.c.number))).mappings()
    return tuple(
        Change(
            number=row["number"],
            intent=row["intent"],
            at=row["at"],
            by=Actor.model_validate_json(row["actor"]),
            kind=row["kind"],
            detail=json.loads(row["detail"]),
        )
        for row in rows
    )


async def tampered(connection: AsyncConnection, workspace: str) -> bool:
    """Whether a change was altered, or removed from before another, since it was written."""
    kept = select(intent_changes.c.hash).where(intent_changes.c.workspace == workspace)
    hashes = (await connection.execute(kept.order_by(intent_changes.c.number))).scalars().all()
    prior = ""
    for number, (change, hash_) in enumerate(zip(await changes(connection, workspace), hashes, strict=True), start=1):
        prior = _seal(prior, change)
        if (change.number, hash_) != (number, prior):
            return True
    return False


async def judge(tx: Transaction, workspace: str, said: Iterable[Judged], now: datetime) -> None:
    """Keep what people said of matches."""
    for each in said:
        row = {"workspace": workspace, "cosine": each.cosine, "right": each.right, "at": now}
        await tx.connection.execute(intent_judgements.insert().values(row))


async def judged(connection: AsyncConnection, workspace: str) -> tuple[Judged, ...]:
    """Return what people said of matches, the newest first."""
    said = select(intent_judgements).where(intent_judgements.c.workspace == workspace)
    rows = await connection.execute(said.order_by(intent_judgements.c.number.desc()).limit(MOST_JUDGED))
    return tuple(Judged(cosine=row["cosine"], right=row["right"]) for row in rows.mappings())


async def begin_run(tx: Transaction, workspace: str, total: int, now: datetime) -> int:
    """Note that a batch began, and return its number."""
    row = {"workspace": workspace, "started_at": now, "done": 0, "total": total, "threshold": MATCH}
    made = await tx.connection.execute(intent_runs.insert().values(row).returning(intent_runs.c.number))
    return int(made.scalar_one())


async def progress(tx: Transaction, number: int, done: int) -> None:
    """Note how far a batch is."""
    await tx.connection.execute(update(intent_runs).where(intent_runs.c.number == number).values(done=done))


async def end_run(tx: Transaction, number: int, threshold: float, now: datetime) -> None:
    """Note that a batch is over; from now on its threshold decides."""
    ended = {"finished_at": now, "threshold": threshold, "done": intent_runs.c.total}
    await tx.connection.execute(update(intent_runs).where(intent_runs.c.number == number).values(ended))


async def last_run(connection: AsyncConnection, workspace: str, *, finished: bool) -> Run | None:
    """Return the last batch, or the last that came to its end."""
    wanted = select(intent_runs).where(intent_runs.c.workspace == workspace)
    if finished:
        wanted = wanted.where(intent_runs.c.finished_at.is_not(None))
    row = (await connection.execute(wanted.order_by(intent_runs.c.number.desc()).limit(1))).mappings().first()
    if row is None:
        return None
    return Run.model_validate({name: row[name] for name in Run.model_fields})


async def watch(tx: Transaction, intent: str, person: str, told: int) -> bool:
    """Let somebody be told when an intent grows. Returns False when they are already."""
    return await tx.insert_new(intent_watches, {"intent": intent, "person": person, "told": told})


async def unwatch(tx: Transaction, intent: str, person: str) -> bool:
    """Tell somebody no more. Returns whether they were told before."""
    mine = intent_watches.c.intent == intent, intent_watches.c.person == person
    return (await tx.connection.execute(delete(intent_watches).where(*mine))).rowcount == 1


async def watches(connection: AsyncConnection, workspace: str) -> tuple[Watch, ...]:
    """Return who is told of which intent."""
    found = select(intent_watches).join(intents, intents.c.id == intent_watches.c.intent)
    rows = await connection.execute(found.where(intents.c.workspace == workspace))
    return tuple(Watch.model_validate(dict(row)) for row in rows.mappings())


async def note_told(tx: Transaction, told: Watch) -> None:
    """Remember of what size somebody was told."""
    mine = intent_watches.c.intent == told.intent, intent_watches.c.person == told.person
    await tx.connection.execute(update(intent_watches).where(*mine).values(told=told.told))


async def names_kept(connection: AsyncConnection, workspace: str, hashes: Sequence[str]) -> dict[str, Named]:
    """Return what a model said before of the same words, by their hash."""
    kept = select(intent_names).where(intent_names.c.workspace == workspace, intent_names.c.hash.in_(hashes))
    rows = (await connection.execute(kept)).mappings()
    return {row["hash"]: Named.model_validate_json(row["named"]) for row in rows}


async def keep_names(tx: Transaction, workspace: str, named: Mapping[str, Named]) -> None:
    """Keep what a model said, by the hash of the words that it read."""
    for hash_, each in named.items():
        row = {"workspace": workspace, "hash": hash_, "named": each.model_dump_json()}
        await tx.insert_new(intent_names, row)


def _seal(prior: str, change: Change) -> str:
    content = [prior, change.number, change.intent, change.at.timestamp(), change.by.id, change.by.name, change.kind,
               dict(change.detail)]  # fmt: skip
    return hashlib.sha256(json.dumps(content, sort_keys=True).encode()).hexdigest()
