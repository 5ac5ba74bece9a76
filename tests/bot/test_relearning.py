"""triage models: what was learnt from corrections, and one step back."""

import asyncio
from datetime import UTC, datetime
from pathlib import Path

from bot.adapters.embedder import LocalEmbedder
from bot.wiring import WORKSPACE
from storage import models
from storage.migrate import migrate
from storage.store import Store
from tests.bot.command import Run

NOW = datetime(2026, 5, 4, 2, tzinfo=UTC)
TRIAL = {"rows": 60, "before": 0.8, "after": 0.9, "better": 8, "worse": 2, "doubted": 1, "no_worse": True}


async def _written(path: Path) -> None:
    store = Store(f"sqlite+aiosqlite:///{path / '.triage' / 'triage.db'}")
    await migrate(store)
    figures = {"rows": 60, "until": 60, "columns": {"category": TRIAL}}
    async with store.begin() as tx:
        for content in (b"first", b"second"):
            await models.adopt(tx, WORKSPACE, LocalEmbedder("").name, content, figures, NOW)
        await models.refuse(tx, WORKSPACE, LocalEmbedder("").name, figures, NOW)
    await store.close()


def written(path: Path) -> None:
    (path / ".triage").mkdir()
    asyncio.run(_written(path))


def test_models_are_listed_with_their_figures(run: Run, tmp_path: Path) -> None:
    written(tmp_path)
    found = run("models", "--json").lines
    assert [(each["number"], each["state"], each["present"]) for each in found] == [
        (3, "refused", False),
        (2, "adopted", True),
        (1, "adopted", False),
    ]
    assert found[0]["columns"]["category"] == TRIAL
    table = run("models").out
    assert all(word in table for word in ("in force", "refused", "category", "80.0%", "90.0%"))


def test_one_step_back_and_another(run: Run, tmp_path: Path) -> None:
    written(tmp_path)
    assert run("models", "back").lines == [{"given_back": 2, "present": 1}]
    assert run("models", "back").lines == [{"given_back": 1, "present": None}]
    refused = run("models", "back")
    assert (refused.status, refused.out) == (2, "")
    assert "No model is in force" in refused.err


def test_nothing_learnt_yet_is_an_empty_list(run: Run) -> None:
    assert run("models", "--json") == (0, "", "")


def test_where_nobody_said_anything_nothing_is_learnt(run: Run) -> None:
    refused = run("models", "retrain")
    assert (refused.status, refused.out) == (2, "")
    assert "too little" in refused.err
