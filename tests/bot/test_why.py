"""triage why: the receipt, and the same bytes when it is replayed; after a change, what differs."""

import asyncio
from pathlib import Path

import pytest

from bot.wiring import WORKSPACE
from pipeline.case import DESK, Actor, Case
from pipeline.policy_change import PolicyChange, Step
from pipeline.triage import read
from storage import cases, policy_log
from storage.migrate import migrate
from storage.store import Store
from tests.bot.command import Run
from tests.fakes.desk import policy
from tests.fakes.tickets import ticket
from tests.pipeline.concluding import NOON, analysed, read_as

TEXT = "My card was charged twice. Write to mia@example.com"
ALARM = Step(path=("thresholds", "alarm"), value=0.055, was=0.067)


async def _written(path: Path) -> None:
    store = Store(f"sqlite+aiosqlite:///{path / '.triage' / 'triage.db'}")
    await migrate(store)
    said = ticket("4711", TEXT)
    analysis, _ = analysed(read(said)[1], read_as(complaint=0.06), policy())
    case = Case(id="case1", workspace=WORKSPACE, ticket=said, created_at=NOON, analysis=analysis)
    unread = Case(id="case2", workspace=WORKSPACE, ticket=ticket("4712", TEXT), created_at=NOON)
    async with store.begin() as tx:
        for each in (case, unread):
            await cases.create(tx, each, cases.Event(kind="ticket.opened", actor=DESK))
    await store.close()


async def _changed(path: Path) -> None:
    store = Store(f"sqlite+aiosqlite:///{path / '.triage' / 'triage.db'}")
    lena = Actor(id="ULENA", name="Lena")
    async with store.begin() as tx:
        await policy_log.append(tx, WORKSPACE, PolicyChange(number=1, at=NOON, by=lena, steps=(ALARM,)))
    await store.close()


@pytest.fixture
def stored(tmp_path: Path) -> Path:
    (tmp_path / ".triage").mkdir()
    asyncio.run(_written(tmp_path))
    return tmp_path


@pytest.mark.usefixtures("stored")
def test_the_receipt_is_printed_masked(run: Run) -> None:
    [told] = run("why", "4711").lines
    assert told["case"] == "case1"
    assert [held["threshold"] for held in told["receipt"]["held"]][:2] == ["high", "medium"]
    assert "mia@example.com" not in str(told)


def test_a_replay_comes_to_the_same_bytes_until_the_policy_changes(run: Run, stored: Path) -> None:
    ran = run("why", "case1", "--replay")
    [told] = ran.lines
    assert (ran.status, told["same"], told["same_words"], told["differs"]) == (0, True, True, {})
    asyncio.run(_changed(stored))
    ran = run("why", "4711", "--replay")
    [told] = ran.lines
    assert (ran.status, told["same"], told["same_by_the_policy_of_then"]) == (1, False, True)
    assert told["differs"]["route.escalated"] == [False, True]


@pytest.mark.usefixtures("stored")
def test_what_cannot_be_explained_says_why(run: Run) -> None:
    for name, said in (("4713", "No ticket has that number"), ("4712", "No receipt was kept")):
        ran = run("why", name)
        assert (ran.status, ran.out) == (2, "")
        assert said in ran.err
