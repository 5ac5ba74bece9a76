"""Fixtures for all: a store on each database, fresh for every test."""

import asyncio
import os
import shutil
import uuid
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import asyncpg
import hypothesis
import pytest

from storage.migrate import migrate
from storage.store import Store
from tests.browser import browser, visit

__all__ = ["browser", "visit"]

hypothesis.settings.register_profile("unhurried", deadline=None)  # how long an example takes is for the benchmarks
hypothesis.settings.load_profile("unhurried")

POSTGRES = os.environ.get("TRIAGE_TEST_POSTGRES", "postgresql://postgres@127.0.0.1:5432")


async def _postgres(statement: str) -> None:
    connection = await asyncpg.connect(f"{POSTGRES}/postgres", timeout=5)
    try:
        await connection.execute(statement)
    finally:
        await connection.close()


async def _migrated(url: str) -> None:
    store = Store(url)
    await migrate(store)
    await store.close()


def _async_url(name: str) -> str:
    return f"{POSTGRES.replace('postgresql://', 'postgresql+asyncpg://')}/{name}"


@pytest.fixture(scope="session")
def sqlite_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("template") / "template.db"
    asyncio.run(_migrated(f"sqlite+aiosqlite:///{path}"))
    return path


@pytest.fixture(scope="session")
def postgres_template() -> Iterator[str]:
    """The name of a migrated database; skipped where no PostgreSQL answers, and needed in CI."""
    name = f"triage_test_{uuid.uuid4().hex[:12]}"
    try:
        asyncio.run(_postgres(f"CREATE DATABASE {name}"))
    except (OSError, asyncpg.PostgresError, TimeoutError) as error:
        if os.environ.get("CI") == "true":
            raise
        pytest.skip(f"no PostgreSQL at {POSTGRES} ({type(error).__name__}): TRIAGE_TEST_POSTGRES may name one")
    asyncio.run(_migrated(_async_url(name)))
    yield name
    asyncio.run(_postgres(f"DROP DATABASE {name} WITH (FORCE)"))


@pytest.fixture(params=["sqlite", "postgresql"])
def database_url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """The URL of a fresh, migrated database, once per engine."""
    if request.param == "sqlite":
        shutil.copy(request.getfixturevalue("sqlite_template"), tmp_path / "triage.db")
        yield f"sqlite+aiosqlite:///{tmp_path / 'triage.db'}"
        return
    template = request.getfixturevalue("postgres_template")
    name = f"{template}_{uuid.uuid4().hex[:8]}"
    asyncio.run(_postgres(f"CREATE DATABASE {name} TEMPLATE {template}"))
    asyncio.run(_postgres(f"ALTER DATABASE {name} SET synchronous_commit = off"))  # no test takes the current away
    yield _async_url(name)
    asyncio.run(_postgres(f"DROP DATABASE {name} WITH (FORCE)"))


@pytest.fixture
async def store(database_url: str) -> AsyncIterator[Store]:
    store = Store(database_url)
    yield store
    await store.close()
