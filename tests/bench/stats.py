"""Stats over many tickets: the whole work of /triage stats, on SQLite and PostgreSQL, summed up and while much is not.

Cases, replies, feedback and calls of a model are put in by the thousand; what the figures come from is then computed
from them by the product's own summing up, whose time is told, too.
"""

import os
import random
import tempfile
import time
import uuid
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import timedelta
from pathlib import Path
from typing import Any

import asyncpg

from handlers.slack.commands import answer
from pipeline.case import Status
from storage.feedback_table import feedback
from storage.migrate import migrate
from storage.retelling import retell_all
from storage.store import Store
from storage.story_days import sum_up
from storage.story_tables import model_calls
from storage.tables import cases
from tests.fakes.clock import MORNING
from tests.fakes.desk import WORKSPACE, World, build_services, policy

POSTGRES = os.environ.get("TRIAGE_TEST_POSTGRES", "postgresql://postgres@127.0.0.1:5432")
DAYS = 90
CHUNK = 5_000
ROUNDS = 30
LATE = 1_000  # tickets that have changed since the last summing up
OPEN = 0.01
ASKED = ("stats 90d", "stats 30d", "stats 7d", "stats today", "stats 90d team tech_support")


async def stats(_seconds: int, tickets: int) -> None:
    """Print p50 and p95 of the command for several periods, all tickets being within the last 90 days."""
    with tempfile.TemporaryDirectory() as folder:
        await _measure(f"sqlite+aiosqlite:///{Path(folder) / 'triage.db'}", tickets)
    async with _database() as url:
        await _measure(url, tickets)


@asynccontextmanager
async def _database() -> AsyncIterator[str]:
    name = f"triage_bench_{uuid.uuid4().hex[:12]}"
    connection = await asyncpg.connect(f"{POSTGRES}/postgres")
    await connection.execute(f"CREATE DATABASE {name}")
    try:
        yield f"{POSTGRES.replace('postgresql://', 'postgresql+asyncpg://')}/{name}"
    finally:
        await connection.execute(f"DROP DATABASE {name} WITH (FORCE)")
        await connection.close()


async def _measure(url: str, tickets: int) -> None:
    store, world = Store(url), World()
    try:
        await migrate(store)
        world.clock.set(MORNING)
        began = time.perf_counter()
        await _fill(store, tickets)
        filled = time.perf_counter()
        while await sum_up(store, WORKSPACE):
            pass
        summed = time.perf_counter()
        print(f"{store.dialect}: {tickets:,} tickets in {filled - began:.0f} s, summed up in {summed - filled:.0f} s")
        services = build_services(store, world)
        for asked in ASKED:
            await _told(asked, services)
        async with store.begin() as tx:
            await retell_all(tx, [_id(number) for number in range(0, tickets, max(1, tickets // LATE))])
        await _told(ASKED[0], services, f", {LATE:,} tickets changed since")
    finally:
        await store.close()


async def _told(asked: str, services: Any, more: str = "") -> None:
    took, busy = [], time.process_time()
    for _ in range(ROUNDS):
        began = time.perf_counter()
        card = await answer(services, "UANA", asked)
        took.append(1000 * (time.perf_counter() - began))
    took.sort()
    assert card.blocks, card.text
    each = f", {1000 * (time.process_time() - busy) / ROUNDS:.0f} ms of a processor each"
    told = f"p50 {took[len(took) // 2]:.0f} ms, p95 {took[int(0.95 * len(took))]:.0f} ms, max {took[-1]:.0f} ms{each}"
    print(f"  /triage {asked}{more}: {told}; {card.text}", flush=True)


async def _fill(store: Store, tickets: int) -> None:
    draw = random.Random(1)
    teams = [(category.name, category.team) for category in policy().categories]
    for start in range(0, tickets, CHUNK):
        rows = [
            _case(number, tickets, draw, *draw.choice(teams)) for number in range(start, min(start + CHUNK, tickets))
        ]
        said = [each for row in rows if row["responded_at"] for each in _said(row, draw)]
        async with store.begin() as tx:
            await tx.connection.execute(cases.insert(), rows)
            await tx.connection.execute(feedback.insert(), said)
            await tx.connection.execute(model_calls.insert(), [_call(row, draw) for row in rows])
            await retell_all(tx, [row["id"] for row in rows])


def _case(number: int, tickets: int, draw: random.Random, category: str, team: str) -> dict[str, Any]:
    came = MORNING - timedelta(days=DAYS - 1) * ((tickets - number) / tickets)
    answered = draw.random() >= OPEN
    due = came + timedelta(hours=draw.choice((1, 4, 24, 72)))
    responded = came + timedelta(minutes=draw.expovariate(1 / 200)) if answered else None
    return {
        "id": _id(number), "workspace": WORKSPACE, "source": "zendesk", "ticket_id": str(number), "version": 3,
        "status": Status.CLOSED.value if answered else Status.OPEN.value, "team": team, "agent": "",
        "category": category, "urgency": draw.choice(("P1", "P2", "P3", "P4")), "escalated": draw.random() < 0.05,
        "due_at": due, "first_due_at": due, "warn_at": None, "created_at": came, "updated_at": came,
        "responded_at": responded, "answered_at": responded,
        "resolved_at": responded and responded + timedelta(hours=draw.expovariate(1 / 30)),
        "ticket": "{}" + 400 * " ", "body": "{}" + 1200 * " ", "head": "",
    }  # fmt: skip


def _said(row: dict[str, Any], draw: random.Random) -> list[dict[str, Any]]:
    common = {
        "workspace": WORKSPACE, "case_id": row["id"], "actor": "UANA", "actor_name": "Ana", "at": row["responded_at"],
        "category": row["category"], "team": row["team"], "grade": "answer", "language": "en", "engine": "local",
        "standing": "counted",
    }  # fmt: skip
    chosen = row["category"] if draw.random() < 0.93 else "another"
    distance = draw.choice((0.0, 0.0, 0.0, 0.2, 0.4, 0.9))
    return [
        common | {"aspect": "category", "shown": row["category"], "chosen": chosen, "distance": None},
        common | {"aspect": "draft", "shown": "a" * 100, "chosen": "b" * 100, "distance": distance},
    ]


def _call(row: dict[str, Any], draw: random.Random) -> dict[str, Any]:
    tokens = draw.randint(500, 3000)
    return {
        "workspace": WORKSPACE, "case_id": row["id"], "at": row["created_at"], "model": "m", "purpose": "Answers",
        "outcome": "ok", "tokens_in": tokens, "tokens_cached": 0, "tokens_out": 200, "cost": tokens * 1.5e-7,
    }  # fmt: skip


def _id(number: int) -> str:
    return f"c{number:011}"
