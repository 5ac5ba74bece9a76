"""The figures of a seeded history are those that SQL of its own finds in the tables."""

import random
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from typing import Any

import pytest
from sqlalchemy import bindparam, text

from pipeline.acceptance import acceptance
from pipeline.case import DESK, Case, Status
from pipeline.feedback import Aspect, Feedback
from pipeline.figures import AGES, by_team, figures
from pipeline.judgements import judgements
from pipeline.policy import Savings
from pipeline.savings import saved
from storage.cases import Event, create, save
from storage.feedback import entries, note
from storage.store import Store
from storage.stories import stories
from storage.tables import Moment, cases
from tests.fakes.clock import MORNING
from tests.storage.casework import ANA, OPENED, WORKSPACE, new_case

NOW = MORNING + timedelta(days=10)
SINCE = NOW - timedelta(days=7)
TEAMS = ("money", "tech")
MINUTE = timedelta(minutes=1)


async def seed(store: Store, size: int = 120) -> None:
    """Sixty tickets a week of two teams: answered in and out of time, escalated, edited, corrected, waiting."""
    draw = random.Random(7)
    for number in range(size):
        came = NOW - timedelta(minutes=draw.randint(1, 10 * 24 * 60 - 1))
        due = came + timedelta(hours=draw.choice((1, 4, 24)))
        case = new_case(f"c{number}", ticket_id=f"t{number}", team=draw.choice(TEAMS), created_at=came, due_at=due)
        async with store.begin() as tx:
            await create(tx, case, OPENED)
            if draw.random() < 0.7:
                await _answer(tx, case, draw)
            urgency = {"urgency": draw.choice(("", "P1", "P2", "P3")), "escalated": draw.random() < 0.2}
            await tx.connection.execute(cases.update().where(cases.c.id == case.id).values(**urgency))


async def _answer(tx: Any, case: Case, draw: random.Random) -> None:
    at = case.created_at + draw.randint(5, 30 * 60) * MINUTE
    after = await save(tx, case.but(status=Status.ANSWERED), Event(kind="case.approved", actor=ANA), at)
    await save(tx, after, Event(kind="reply.sent", actor=DESK), at + MINUTE)
    about = {"case_id": case.id, "by": ANA, "at": at, "team": case.team}
    distance = draw.choice((0.0, 0.0, 0.3, 0.9))
    drafted = Feedback(aspect=Aspect.DRAFT, shown="a", chosen="b", distance=distance, **about)  # type: ignore[arg-type]
    chosen = draw.choice(("billing", "billing", "technical"))
    filed = Feedback(aspect=Aspect.CATEGORY, shown="billing", chosen=chosen, **about)  # type: ignore[arg-type]
    await note(tx, (drafted, filed), WORKSPACE)


@pytest.fixture
async def seeded(store: Store) -> Store:
    await seed(store)
    return store


async def counted(store: Store, query: str) -> float:
    """Return the one number that a query finds; `:since` and `:now` are known to it."""
    async with store.reader() as connection:
        value = (await connection.execute(_bound(query))).scalar_one()
    return float(value or 0)


async def listed(store: Store, query: str) -> list[Any]:
    async with store.reader() as connection:
        return list((await connection.execute(_bound(query))).all())


def _bound(query: str) -> Any:
    given = {name: moment for name, moment in (("since", SINCE), ("now", NOW)) if f":{name}" in query}
    typed = [bindparam(name, type_=Moment()) for name in given]
    return text(query).bindparams(*typed).bindparams(**given)


def at(value: Any) -> datetime:
    """Return a moment as SQLite has it, in text, or as PostgreSQL does."""
    moment = datetime.fromisoformat(value) if isinstance(value, str) else value
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


ARRIVED = "SELECT count(*) FROM cases WHERE created_at >= :since"
FIRST = (
    "SELECT c.id, c.created_at, c.due_at, min(e.at) FROM cases c JOIN events e ON e.case_id = c.id"
    " WHERE c.created_at >= :since AND e.kind = 'reply.sent' GROUP BY c.id, c.created_at, c.due_at"
)


async def test_volume_and_backlog(seeded: Store) -> None:
    async with seeded.reader() as connection:
        found = figures(await stories(connection, WORKSPACE, SINCE), SINCE, NOW)
    assert found.arrived == await counted(seeded, ARRIVED) > 50
    assert found.triaged == await counted(seeded, f"{ARRIVED} AND urgency <> ''")
    assert found.escalated == await counted(seeded, f"{ARRIVED} AND escalated")
    assert found.answered == await counted(seeded, f"{ARRIVED} AND status = 'answered'")
    assert found.waiting == await counted(seeded, "SELECT count(*) FROM cases WHERE status = 'waiting'")
    waits = [
        NOW - at(came) for (came,) in await listed(seeded, "SELECT created_at FROM cases WHERE status = 'waiting'")
    ]
    edges = [timedelta(0), *(timedelta(hours=below) for below in list(AGES.values())[:-1]), timedelta(days=999)]
    told = [sum(low <= wait < high for wait in waits) for low, high in pairwise(edges)]
    assert list(found.ages.values()) == told


async def test_first_responses_and_targets(seeded: Store) -> None:
    async with seeded.reader() as connection:
        found = figures(await stories(connection, WORKSPACE, SINCE), SINCE, NOW)
    rows = [(id_, at(came), at(due), at(sent)) for id_, came, due, sent in await listed(seeded, FIRST)]
    took = sorted((sent - came).total_seconds() / 3600 for _, came, _, sent in rows)
    middle = len(took) // 2
    median = took[middle] if len(took) % 2 else (took[middle - 1] + took[middle]) / 2
    assert found.first_response == round(median, 2)
    assert found.first_response_p90 == round(took[-(-len(took) * 9 // 10) - 1], 2)
    overdue = await counted(seeded, f"{ARRIVED} AND status = 'waiting' AND due_at <= :now")
    kept = sum(sent <= due for _, _, due, sent in rows)
    assert found.in_time == round(kept / (len(rows) + overdue), 4)


async def test_drafts_judgements_and_savings_of_a_team(seeded: Store) -> None:
    async with seeded.reader() as connection:
        told = await stories(connection, WORKSPACE, SINCE, team="money")
        every = await entries(connection, WORKSPACE, since=SINCE)
    said = [each for each in every if each.team == "money"]
    drafts = "SELECT count(*) FROM feedback WHERE aspect = 'draft' AND team = 'money' AND at >= :since"
    as_they_were = await counted(seeded, f"{drafts} AND distance = 0")
    edited = await counted(seeded, f"{drafts} AND distance > 0 AND distance <= 0.6")
    found = acceptance(said).whole
    assert found.drafts == await counted(seeded, drafts) > 10
    assert found.as_it_was == round(as_they_were / found.drafts, 4)
    filed = "SELECT count(*) FROM feedback WHERE aspect = 'category' AND team = 'money' AND at >= :since"
    assert judgements(said).handled == await counted(seeded, filed)
    assert judgements(said).filed_anew == await counted(seeded, f"{filed} AND shown <> chosen")
    triaged = await counted(seeded, f"{ARRIVED} AND urgency <> '' AND team = 'money'")
    assumed = Savings(triage_minutes=2, approved_minutes=5, edited_minutes=3, cost_per_hour=30)
    result = saved(by_team(told, SINCE, NOW)["money"].triaged, said, assumed)
    minutes = triaged * 2 + as_they_were * 5 + edited * 3
    assert (result.hours, result.money) == (round(minutes / 60, 4), round(minutes / 2, 2))


def test_assumptions_of_nothing_save_nothing() -> None:
    nothing = saved(100, (), Savings(cost_per_hour=50))
    assert (nothing.hours, nothing.money) == (0, 0)
