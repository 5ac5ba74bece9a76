"""The figures of a seeded history are those that SQL of its own finds in the tables, summed up or not yet."""

import random
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from statistics import median
from typing import Any

import pytest
from sqlalchemy import bindparam, text

from pipeline.backlog import AGES, Backlog
from pipeline.case import DESK, Case, Decision, Status, Verdict
from pipeline.feedback import Aspect, Feedback, Standing
from pipeline.figures import Figures, by_team, figures
from storage.cases import Event, create, load, save
from storage.feedback import entries, note, place
from storage.retelling import retell_all
from storage.store import Store, Transaction
from storage.stories import backlogs
from storage.story_days import MOST_AT_ONCE, has_news, start_anew, sum_up, told_between
from storage.story_tables import model_calls
from storage.tables import Moment, cases
from tests.fakes.clock import MORNING
from tests.storage.casework import ANA, OPENED, WORKSPACE, new_case

NOW = MORNING + timedelta(days=10)
SINCE = NOW - timedelta(days=7)
TEAMS = ("money", "tech")
MINUTE = timedelta(minutes=1)
CLOSED = Decision(verdict=Verdict.RESOLVED, by=ANA, at=NOW)


async def seed(store: Store, size: int = 120) -> None:
    """Tickets of two teams: answered in and out of time, escalated, edited, corrected, resolved, paid for, waiting."""
    draw = random.Random(7)
    async with store.begin() as tx:
        for number in range(size):
            came = NOW - timedelta(minutes=draw.randint(1, 10 * 24 * 60 - 1))
            due = came + timedelta(hours=draw.choice((1, 4, 24)))
            case = new_case(f"c{number}", ticket_id=f"t{number}", team=draw.choice(TEAMS), created_at=came, due_at=due)
            await create(tx, case, OPENED)
            if draw.random() < 0.7:
                await _answer(tx, case, draw)
            urgency = {"urgency": draw.choice(("", "P1", "P2", "P3")), "escalated": draw.random() < 0.2}
            await tx.connection.execute(cases.update().where(cases.c.id == case.id).values(**urgency))


async def _answer(tx: Transaction, case: Case, draw: random.Random) -> None:
    at = case.created_at + draw.randint(5, 30 * 60) * MINUTE
    after = await save(tx, case.but(status=Status.ANSWERED), Event(kind="case.approved", actor=ANA), at)
    after = await save(tx, after, Event(kind="reply.sent", actor=DESK), at + MINUTE)
    if draw.random() < 0.5:
        done = after.but(status=Status.CLOSED, closing=CLOSED)
        await save(tx, done, Event(kind="case.resolved", actor=ANA), at + draw.randint(1, 3000) * MINUTE)
    distance = draw.choice((0.0, 0.0, 0.3, 0.5, 0.9))
    chosen = draw.choice(("billing", "billing", "technical"))
    await note(
        tx,
        (
            said(case.id, Aspect.DRAFT, "a", "b", at, distance=distance),
            said(case.id, Aspect.CATEGORY, "billing", chosen, at),
            said(case.id, Aspect.ESCALATION, "true", draw.choice(("true", "false")), at),
        ),
        WORKSPACE,
    )
    call = {"workspace": WORKSPACE, "case_id": case.id, "at": at, "model": "m", "purpose": "Answers", "outcome": "ok"}
    tokens = {"tokens_in": draw.randint(100, 900), "tokens_cached": 0, "tokens_out": draw.randint(10, 90)}
    await tx.connection.execute(model_calls.insert(), call | tokens | {"cost": tokens["tokens_in"] / 1000})


def said(case_id: str, aspect: Aspect, shown: str, chosen: str, at: datetime, **more: Any) -> Feedback:
    return Feedback(case_id=case_id, by=ANA, at=at, aspect=aspect, shown=shown, chosen=chosen, **more)


@pytest.fixture
async def seeded(store: Store) -> Store:
    await seed(store)
    return store


async def found(store: Store, team: str = "") -> Figures:
    async with store.reader() as connection:
        told = await told_between(connection, WORKSPACE, SINCE, NOW)
        waiting = await backlogs(connection, WORKSPACE, NOW, team=team)
    if team:
        return by_team(told, NOW, waiting).teams[team]
    return figures(told, NOW, sum(waiting.values(), Backlog()))


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


def hours(times: list[timedelta]) -> list[float]:
    return sorted(each.total_seconds() / 3600 for each in times)


async def check(store: Store, team: str = "") -> None:
    """Compare every figure with what SQL finds in cases, events, feedback and calls, and nowhere else."""
    told = await found(store, team)
    of_team = f" AND c.team = '{team}'" if team else ""
    came = f"c.created_at >= :since{of_team}"
    arrived = f"SELECT count(*) FROM cases c WHERE {came}"
    assert told.arrived == await counted(store, arrived) > 25
    assert told.triaged == await counted(store, f"{arrived} AND urgency <> ''")
    assert told.escalated == await counted(store, f"{arrived} AND escalated")
    assert told.by_urgency.get("P1", 0) == await counted(store, f"{arrived} AND urgency = 'P1'")
    replied = "EXISTS (SELECT 1 FROM events e WHERE e.case_id = c.id AND e.kind = 'reply.sent')"
    assert told.answered == await counted(store, f"{arrived} AND (status = 'answered' OR {replied})")

    waits = await listed(store, f"SELECT created_at FROM cases c WHERE status = 'waiting'{of_team}")
    waited = [NOW - at(came) for (came,) in waits]
    edges = [timedelta(0), *(timedelta(hours=below) for below in list(AGES.values())[:-1]), timedelta(days=999)]
    assert list(told.ages.values()) == [sum(low <= each < high for each in waited) for low, high in pairwise(edges)]
    assert (told.waiting, told.oldest) == (len(waited), round(hours(waited)[-1], 2))

    first = (
        "SELECT c.created_at, c.due_at, min(e.at) FROM cases c JOIN events e ON e.case_id = c.id"
        f" WHERE {came} AND e.kind = 'reply.sent' GROUP BY c.id, c.created_at, c.due_at"
    )
    rows = [(at(came), at(due), at(sent)) for came, due, sent in await listed(store, first)]
    took = hours([sent - came for came, _, sent in rows])
    assert told.first_response == round(median(took), 2)
    assert told.first_response_p90 == round(took[-(-len(took) * 9 // 10) - 1], 2)
    overdue = await counted(
        store, f"{arrived} AND status IN ('waiting', 'answered') AND due_at <= :now AND NOT {replied}"
    )
    assert told.in_time == round(sum(sent <= due for _, due, sent in rows) / (len(rows) + overdue), 4)

    ends = (
        "SELECT c.created_at, max(e.at) FROM cases c JOIN events e ON e.case_id = c.id"
        f" WHERE {came} AND c.status = 'closed' AND e.kind = 'case.resolved' GROUP BY c.id, c.created_at"
    )
    ended = hours([at(end) - at(came) for came, end in await listed(store, ends)])
    assert (told.resolved, told.resolution) == (len(ended), round(median(ended), 2))

    words = f"FROM feedback f JOIN cases c ON c.id = f.case_id WHERE {came} AND f.standing <> 'undone'"
    last = (
        f"SELECT count(*) {words} AND f.number = (SELECT max(l.number) FROM feedback l"
        " WHERE l.case_id = f.case_id AND l.aspect = f.aspect AND l.standing <> 'undone')"
    )
    assert told.handled == await counted(store, f"{last} AND f.aspect = 'category'")
    assert told.filed_anew == await counted(store, f"{last} AND f.aspect = 'category' AND f.shown <> f.chosen")
    assert told.called_off == await counted(store, f"{last} AND f.aspect = 'escalation' AND f.chosen = 'false'")
    drafts = f"SELECT count(*) {words} AND f.aspect = 'draft'"
    assert told.as_it_was == await counted(store, f"{drafts} AND distance = 0")
    assert told.edited == await counted(store, f"{drafts} AND distance > 0 AND distance <= 0.6")
    assert told.rejected == await counted(store, f"{drafts} AND distance > 0.6")
    edits = await listed(store, f"SELECT distance {words} AND f.aspect = 'draft' AND distance > 0 AND distance <= 0.6")
    assert told.changed == round(median(each for (each,) in edits), 4)

    spent = f"FROM model_calls m JOIN cases c ON c.id = m.case_id WHERE {came}"
    assert told.tokens_in == await counted(store, f"SELECT sum(m.tokens_in) {spent}")
    assert told.tokens_out == await counted(store, f"SELECT sum(m.tokens_out) {spent}")
    assert told.cost == pytest.approx(await counted(store, f"SELECT sum(m.cost) {spent}"), abs=1e-3)


async def test_the_figures_are_those_of_independent_sql(seeded: Store) -> None:
    for team in ("", *TEAMS):
        await check(seeded, team)


async def test_summed_up_they_are_the_same_and_stay_so_under_late_events(seeded: Store) -> None:
    before = await found(seeded)
    while await sum_up(seeded, WORKSPACE, 100):
        pass
    async with seeded.reader() as connection:
        assert not await has_news(connection, WORKSPACE)
    assert await found(seeded) == before
    await _late(seeded)
    after = await found(seeded)
    assert (after.filed_anew, after.answered, after.arrived) != (before.filed_anew, before.answered, before.arrived)
    for team in ("", *TEAMS):
        await check(seeded, team)
    assert await sum_up(seeded, WORKSPACE) < MOST_AT_ONCE
    assert await found(seeded) == after
    async with seeded.begin() as tx:
        await start_anew(tx)
    assert await found(seeded) == after
    await sum_up(seeded, WORKSPACE, 10_000)
    assert await found(seeded) == after


async def _late(store: Store) -> None:
    """Weeks later: a correction, a first answer, a move, somebody's words taken back, and a new ticket."""
    late = NOW + timedelta(days=21)
    async with store.reader() as connection:
        old = await listed(store, "SELECT id FROM cases WHERE created_at >= :since AND status = 'waiting' ORDER BY id")
        words = await entries(connection, WORKSPACE, aspects=(Aspect.CATEGORY,))
    async with store.begin() as tx:
        corrected = next(each for each in words if not each.corrects)
        await note(tx, (said(corrected.case_id, Aspect.CATEGORY, "billing", "account", late),), WORKSPACE)
        await place(tx, [next(each.number for each in words if each.corrects)], Standing.UNDONE)
        answered, moved = await load(tx.connection, old[0][0]), await load(tx.connection, old[1][0])
        assert answered and moved
        sent = await save(tx, answered.but(status=Status.ANSWERED), Event(kind="reply.sent", actor=DESK), late)
        await save(tx, sent, Event(kind="reply.sent", actor=DESK), late + MINUTE)
        other = TEAMS[moved.team == TEAMS[0]]
        await save(tx, moved.but(team=other), Event(kind="case.reassigned", actor=ANA), late)
        await create(tx, new_case("new", ticket_id="new", team="money", created_at=NOW - MINUTE, due_at=NOW), OPENED)


async def test_a_ticket_that_is_gone_is_in_no_figure(store: Store) -> None:
    async with store.begin() as tx:
        for id_ in ("stays", "goes"):
            await create(tx, new_case(id_, ticket_id=id_, created_at=NOW - MINUTE), OPENED)
    await sum_up(store, WORKSPACE)
    async with store.begin() as tx:
        await retell_all(tx, ["goes"])
        await tx.connection.execute(text("DELETE FROM events WHERE case_id = 'goes'"))
        await tx.connection.execute(text("DELETE FROM cases WHERE id = 'goes'"))
    assert (await found(store)).arrived == 1
    await sum_up(store, WORKSPACE)
    assert (await found(store)).arrived == 1
