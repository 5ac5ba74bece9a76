"""triage corrections and acceptance: who said what, taken back, and what became of drafts."""

import asyncio
import sqlite3
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from bot.wiring import WORKSPACE
from pipeline.case import Actor, Case
from pipeline.feedback import Aspect, Feedback, Standing
from storage import cases, feedback
from storage.migrate import migrate
from storage.store import Store
from tests.bot.command import Run
from tests.fakes.tickets import ticket

NOW = datetime.now(UTC).replace(microsecond=0)
ANA, BEN, OTHER_BEN = Actor(id="U1", name="Ana"), Actor(id="U2", name="Ben"), Actor(id="U3", name="Ben")


def filed(case: str, by: Actor, days_ago: int, chosen: str = "account", **more: object) -> Feedback:
    usual: dict[str, object] = {"aspect": Aspect.CATEGORY, "shown": "billing", "chosen": chosen, "category": "billing"}
    said = {"case_id": case, "by": by, "at": NOW - timedelta(days=days_ago)}
    return Feedback.model_validate(usual | said | more)


def reply(case: str, distance: float) -> Feedback:
    return filed(case, ANA, 1, "text", aspect=Aspect.DRAFT, distance=distance, grade="answer", team="money")


async def _written(path: Path, *said: Feedback) -> None:
    store = Store(f"sqlite+aiosqlite:///{path / '.triage' / 'triage.db'}")
    await migrate(store)
    async with store.begin() as tx:
        for id_ in {each.case_id for each in said}:
            case = Case(id=id_, workspace=WORKSPACE, ticket=ticket(id_, "Where is my invoice?"), created_at=NOW)
            await cases.create(tx, case, cases.Event(kind="case.created", actor=ANA))
        await feedback.note(tx, said, WORKSPACE)
    await store.close()


def written(path: Path, *said: Feedback) -> None:
    (path / ".triage").mkdir()
    asyncio.run(_written(path, *said))


def owed(path: Path) -> list[tuple[str, str]]:
    with closing(sqlite3.connect(path / ".triage" / "triage.db")) as database:
        return database.execute("SELECT kind, subject FROM jobs ORDER BY subject").fetchall()


def test_one_person_s_word_is_taken_back_since_a_day(run: Run, tmp_path: Path) -> None:
    written(tmp_path, filed("c1", ANA, 9), filed("c2", ANA, 2), filed("c3", BEN, 2), filed("c2", ANA, 1))
    since = f"{NOW - timedelta(days=3):%Y-%m-%d}"
    [told] = run("corrections", "undo", "--by", "ana", "--since", since, "--dry-run").lines
    assert told == {"found": 2, "undone": 0, "people": ["U1"], "cases": 1}
    [told] = run("corrections", "undo", "--by", "U1", "--since", since).lines
    assert (told["found"], told["undone"]) == (2, 2)
    assert owed(tmp_path) == [("learn", "c2"), ("retrain", WORKSPACE)]
    standings = [(each["case_id"], each["standing"]) for each in run("corrections", "list", "--json").lines]
    assert standings == [("c1", "counted"), ("c2", "undone"), ("c3", "counted"), ("c2", "undone")]
    [told] = run("corrections", "undo", "--by", "U1", "--since", since).lines
    assert (told["found"], told["undone"]) == (0, 0)


def test_a_name_that_two_people_have_takes_nothing_back(run: Run, tmp_path: Path) -> None:
    written(tmp_path, filed("c1", BEN, 1), filed("c2", OTHER_BEN, 1))
    refused = run("corrections", "undo", "--by", "Ben", "--since", "2020-01-01")
    assert (refused.status, refused.out) == (2, "")
    assert "name one of U2, U3" in refused.err
    assert owed(tmp_path) == []


def test_a_correction_is_let_out_of_quarantine_by_its_number(run: Run, tmp_path: Path) -> None:
    written(tmp_path, filed("c1", ANA, 1), filed("c2", BEN, 1, standing=Standing.QUARANTINED))
    [held] = run("corrections", "list", "--standing", "quarantined", "--json").lines
    assert run("corrections", "accept", str(held["number"])).lines == [{"accepted": 1}]
    assert owed(tmp_path) == [("learn", "c2"), ("retrain", WORKSPACE)]
    assert run("corrections", "accept", str(held["number"])).lines == [{"accepted": 0}]
    assert "has the number 99" in run("corrections", "accept", "99").err


def test_the_list_can_be_read_by_people(run: Run, tmp_path: Path) -> None:
    assert "nobody has said anything" in run("corrections", "list").err
    asyncio.run(_written(tmp_path, filed("c1", ANA, 1)))
    shown = run("corrections", "list").out
    assert all(word in shown for word in ("Ana", "c1", "category", "billing", "account", "counted"))


@pytest.mark.parametrize("since", ["yesterday", "2026-13-01"])
def test_a_day_that_is_none_is_refused(run: Run, since: str) -> None:
    refused = run("corrections", "undo", "--by", "U1", "--since", since)
    assert refused.status == 2
    assert "such as 2026-05-04" in refused.err


def test_acceptance_is_told_by_grade_and_as_a_table(run: Run, tmp_path: Path) -> None:
    written(tmp_path, reply("c1", 0), reply("c2", 0.2), reply("c3", 0.9), filed("c3", BEN, 1))
    [told] = run("acceptance", "--json").lines
    assert (told["whole"]["drafts"], told["whole"]["rejected"]) == (3, 0.3333)
    assert told["by_grade"]["answer"]["as_it_was"] == 0.3333
    table = run("acceptance", "--days", "7").out
    assert all(word in table for word in ("last 7 days", "category billing", "33%", "20%"))
