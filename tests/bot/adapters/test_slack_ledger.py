"""Two processes with one database keep to Slack's rates together."""

import subprocess
import sys
from collections.abc import AsyncIterator, Callable
from pathlib import Path

import pytest
from slack_sdk.web.async_client import AsyncWebClient

from bot.adapters.slack import SlackChat
from bot.adapters.slack_gate import Gate
from bot.adapters.slack_ledger import LOCK, AloneIn, SharedLedger, never_alone
from bot.playground import credentials
from bot.playground.server import Playground, create_app
from handlers.urgency import urgency
from pipeline.errors import Unavailable
from pipeline.ports import Card
from storage.jobs import Priority
from storage.store import Store
from tests.playground.running import Ticking, running

POST = "chat.postMessage"
Two = tuple[Gate, Gate]


@pytest.fixture
def clock() -> Ticking:
    return Ticking()


@pytest.fixture
async def another(store: Store) -> AsyncIterator[Store]:
    """The same database, as a second process opens it."""
    again = Store(store.url)
    yield again
    await again.close()


@pytest.fixture
def two(store: Store, another: Store, clock: Ticking) -> Two:
    return _gate(store, clock), _gate(another, clock, ahead=5000.0)


def _gate(store: Store, clock: Ticking, alone: Callable[[], bool] = never_alone, ahead: float = 0.0) -> Gate:
    async def passes(seconds: float) -> None:
        clock.advance(seconds)

    ledger = SharedLedger(store, "T1", alone, clock)
    return Gate(lambda: clock() + ahead, sleep=passes, ledger=ledger)  # each process's own clock begins anywhere


async def waits(gate: Gate, channel: str = "C1", method: str = POST) -> float:
    try:
        async with gate.through(method, channel):
            return 0.0
    except Unavailable as asked:
        return asked.retry_after or -1.0


async def test_cards_by_two_processes_arrive_one_a_second_and_slack_never_refuses(two: Two, clock: Ticking) -> None:
    urgency.set(Priority.NORMAL)
    playground = Playground("http://127.0.0.1:1", rate_limits=True, now=clock, events=frozenset())
    async with running(create_app(playground)) as url:
        clients = [AsyncWebClient(credentials.BOT_TOKEN, base_url=f"{url}/api/") for _ in two]
        chats = [SlackChat(client, gate) for client, gate in zip(clients, two, strict=True)]
        waiting = list(range(12))
        while waiting:
            asked = []
            for number in tuple(waiting):
                try:
                    await chats[number % 2].post("C0TECH", Card(text=str(number), blocks=()), key=f"card:{number}")
                    waiting.remove(number)
                except Unavailable as wait:
                    asked.append(wait.retry_after or 0)
            clock.advance(min(asked, default=0))
    assert len(playground.messages.top_level("C0TECH")) == 12
    assert not [entry for entry in playground.log.since(0, 1_000)["entries"] if entry["status"] == 429]


async def test_what_slack_asked_of_one_is_honoured_by_the_other(two: Two, clock: Ticking) -> None:
    urgency.set(Priority.NOW)
    here, there = two
    assert (await waits(there), await waits(there, "C2")) == (0, 0)
    await here.refused(POST, "C1", 30)
    assert await waits(there) == pytest.approx(30, abs=0.1)
    assert await waits(there, "C2") == 0
    clock.advance(28)
    assert await waits(there) == 0, "it waited here for the rest"
    assert clock() >= 30


async def test_a_press_in_one_process_is_taken_from_what_the_other_has(two: Two) -> None:
    urgency.set(Priority.NORMAL)
    here, there = two
    assert await waits(there, "", "chat.update") == 0
    for _ in range(12):
        async with here.at_once("chat.update", patience=0):
            pass
    await here.settled()
    assert await waits(there, "", "chat.update") > 2


async def test_who_is_alone_writes_nothing_and_shares_what_it_knows_when_company_comes(
    store: Store, another: Store, clock: Ticking
) -> None:
    urgency.set(Priority.NOW)
    company = False
    here, there = _gate(store, clock, lambda: not company), _gate(another, clock)
    for _ in range(3):
        assert await waits(here) == 0
    company = True
    began = clock()
    assert await waits(here) == 0
    assert clock() - began == pytest.approx(1, abs=0.01), "it had called three times already"
    assert await waits(there) == 0
    assert clock() - began == pytest.approx(2, abs=0.02)


async def test_without_its_database_a_process_counts_alone(store: Store, clock: Ticking) -> None:
    urgency.set(Priority.NOW)
    gate = _gate(store, clock)
    async with store.begin() as tx:
        await tx.connection.exec_driver_sql("DROP TABLE slack_budgets")
    began = clock()
    for _ in range(4):
        assert await waits(gate) == 0
    assert clock() - began == pytest.approx(1, abs=0.01)


async def test_a_clock_that_was_set_back_closes_nothing_for_ever(store: Store, two: Two, clock: Ticking) -> None:
    urgency.set(Priority.NOW)
    here, _ = two
    for _ in range(3):
        assert await waits(here) == 0
    clock.advance(-10_000)
    fresh = _gate(store, clock)
    assert await waits(fresh) == 0


def test_a_process_knows_whether_it_is_alone_in_a_folder(tmp_path: Path) -> None:
    alone = AloneIn(tmp_path)
    assert alone()
    assert alone()
    code = "import fcntl, sys; file = open(sys.argv[1], 'a+'); fcntl.lockf(file, fcntl.LOCK_SH)\n"
    code += "print('in', flush=True); sys.stdin.read()"
    command = [sys.executable, "-S", "-c", code, str(tmp_path / LOCK)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as other:
        assert other.stdout is not None
        assert other.stdout.readline() == "in\n"
        assert not alone()
        other.communicate("")
    assert alone()
    assert not AloneIn(tmp_path / "missing")()
