"""Story days: finished days in columns, overlaid with whatever has changed since, so that figures are of this moment.

Whatever changes a story leaves a mark in its own transaction (storage.retelling). Now and then marked stories are
put into the columns of their day; until then a reader takes them from the cases. Nothing is lost when the columns
are thrown away: with every case marked they grow again.
"""

import json
from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, datetime, timedelta
from typing import Any, NamedTuple

import numpy as np
from sqlalchemy import delete, select, text
from sqlalchemy.ext.asyncio import AsyncConnection

from pipeline.columns import Columns, by_arrival, columns, from_bytes, joined, sorted_with
from pipeline.story import Story
from storage.retelling import retell_all
from storage.store import Store, Transaction
from storage.stories import stories_of
from storage.story_tables import retold, story_days

MOST_AT_ONCE = 1000  # marks that one transaction works off, so that nobody waits long for SQLite's writer
_ADVISORY_LOCK = 7_283_644_212  # any number that only we use: who sums up does so alone


_ID = np.dtype("S20")  # as wide as the column of ids


class _Day(NamedTuple):
    """A day's stories, with the id of each row, one behind the other."""

    told: Columns
    case_ids: bytes


async def told_between(connection: AsyncConnection, workspace: str, since: datetime, until: datetime) -> Columns:
    """Return the stories of what came in from `since` on and before `until`, as they are now."""
    # The marks are read first: what is summed up while we read is overlaid once more, and never missed.
    marks = select(retold.c.case_id, retold.c.created_at).distinct().where(
        retold.c.workspace == workspace, retold.c.created_at >= since, retold.c.created_at < until
    )  # fmt: skip
    changed = _by_day((row.case_id, row.created_at) for row in await connection.execute(marks))
    kept = story_days.c
    packed = select(kept.day, kept.teams, kept.categories, kept.content).where(
        kept.workspace == workspace, kept.day >= _name(since), kept.day <= _name(until - timedelta(microseconds=1))
    )
    unchanged = packed.where(kept.day.not_in(list(changed)))
    days = {row.day: _columns(row) for row in await connection.execute(unchanged)}
    for day, anew in (await _overlaid(connection, workspace, changed)).items():
        days[day] = anew.told
    return joined([days[day] for day in sorted(days)]).between(since, until)


async def sum_up(store: Store, workspace: str, most: int = MOST_AT_ONCE) -> int:
    """Put up to `most` marked stories into the columns of their days. Returns how many marks were worked off."""
    async with store.begin() as tx:
        if store.dialect == "postgresql":
            await tx.connection.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": _ADVISORY_LOCK})
        query = select(retold).where(retold.c.workspace == workspace)
        marks = (await tx.connection.execute(query.order_by(retold.c.created_at).limit(most))).all()
        changed = _by_day((row.case_id, row.created_at) for row in marks)
        for day, anew in (await _overlaid(tx.connection, workspace, changed)).items():
            await _keep(tx, workspace, day, anew)
        # Those alone: a mark that somebody sets meanwhile stays, whatever its number.
        await tx.connection.execute(delete(retold).where(retold.c.number.in_([row.number for row in marks])))
    return len(marks)


async def has_news(connection: AsyncConnection, workspace: str) -> bool:
    """Whether any story has changed since it was summed up."""
    query = select(retold.c.number).where(retold.c.workspace == workspace).limit(1)
    return (await connection.execute(query)).first() is not None


async def start_anew(tx: Transaction) -> None:
    """Throw the columns of every day away and mark every case."""
    await tx.connection.execute(delete(story_days))
    await tx.connection.execute(delete(retold))
    await retell_all(tx)


async def _overlaid(
    connection: AsyncConnection, workspace: str, changed: Mapping[str, Sequence[str]]
) -> dict[str, _Day]:
    """Return these days with the stories of the cases named as they are now; who is gone is left out."""
    if not changed:
        return {}
    kept = story_days.c
    query = select(story_days).where(kept.workspace == workspace, kept.day.in_(list(changed)))
    before = {row.day: _Day(_columns(row), row.cases) for row in await connection.execute(query)}
    told: dict[str, list[Story]] = {day: [] for day in changed}
    for story in await stories_of(connection, [case_id for ids in changed.values() for case_id in ids]):
        told[_name(story.created_at)].append(story)
    nothing = _Day(columns(()), b"")
    return {day: _replaced(before.get(day, nothing), ids, told[day]) for day, ids in changed.items()}


def _replaced(day: _Day, case_ids: Sequence[str], stories: Sequence[Story]) -> _Day:
    """Return the day without these cases, and with these stories in the places where they belong."""
    stay = np.ones(len(day.told), dtype=bool)
    stay[[place for case_id in case_ids if (place := _place(day.case_ids, case_id)) is not None]] = False
    both, order = sorted_with(day.told.chosen(stay), columns(stories))
    added = np.array([story.case_id.encode() for story in by_arrival(stories)], _ID)
    ids = np.concatenate([np.frombuffer(day.case_ids, _ID)[stay], added])
    return _Day(both, ids[order].tobytes())


def _place(case_ids: bytes, case_id: str) -> int | None:
    """Return the row of a case. Looking for its bytes takes microseconds, where all ids as texts took milliseconds."""
    wanted = case_id.encode().ljust(_ID.itemsize, b"\0")
    at = case_ids.find(wanted)
    while at >= 0 and at % _ID.itemsize:
        at = case_ids.find(wanted, at + 1)
    return None if at < 0 else at // _ID.itemsize


async def _keep(tx: Transaction, workspace: str, day: str, anew: _Day) -> None:
    mine = (story_days.c.workspace == workspace) & (story_days.c.day == day)
    await tx.connection.execute(delete(story_days).where(mine))
    if not len(anew.told):
        return
    row = {
        "workspace": workspace,
        "day": day,
        "teams": json.dumps(anew.told.teams),
        "categories": json.dumps(anew.told.categories),
        "content": anew.told.to_bytes(),
        "cases": anew.case_ids,
    }
    await tx.connection.execute(story_days.insert(), row)


def _columns(row: Any) -> Columns:
    return from_bytes(row.content, json.loads(row.teams), json.loads(row.categories))


def _by_day(found: Iterable[tuple[str, datetime]]) -> dict[str, list[str]]:
    """Return the ids of the cases that came in on each day, each once."""
    days: dict[str, dict[str, None]] = {}
    for case_id, created_at in found:
        days.setdefault(_name(created_at), {})[case_id] = None
    return {day: list(ids) for day, ids in days.items()}


def _name(moment: datetime) -> str:
    return f"{moment.astimezone(UTC):%Y-%m-%d}"
