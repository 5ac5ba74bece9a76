"""Copies of a quiet database, so that a run need not begin with what led there."""

import shutil
import uuid
from pathlib import Path
from typing import Protocol

import asyncpg
from sqlalchemy import make_url

from tests.conftest import POSTGRES


class Databases(Protocol):
    """Copies databases that nobody is connected to, and throws them away."""

    async def copy(self, url: str) -> str: ...
    async def drop(self, url: str) -> None: ...


class Files:
    """SQLite: a database is a file, once its log was written back."""

    async def copy(self, url: str) -> str:
        source = Path(make_url(url).database or "")
        assert not source.with_name(f"{source.name}-wal").exists()
        target = source.with_name(f"{uuid.uuid4().hex}.db")
        shutil.copy(source, target)
        return f"sqlite+aiosqlite:///{target}"

    async def drop(self, url: str) -> None:
        Path(make_url(url).database or "").unlink()


class Templates:
    """PostgreSQL: any database can be the template of another."""

    async def copy(self, url: str) -> str:
        name = f"triage_test_{uuid.uuid4().hex[:16]}"
        await _order(f'CREATE DATABASE "{name}" TEMPLATE "{make_url(url).database}"')
        await _order(f'ALTER DATABASE "{name}" SET synchronous_commit = off')
        return make_url(url).set(database=name).render_as_string(hide_password=False)

    async def drop(self, url: str) -> None:
        await _order(f'DROP DATABASE "{make_url(url).database}" WITH (FORCE)')


async def _order(statement: str) -> None:
    connection = await asyncpg.connect(f"{POSTGRES}/postgres", timeout=5)
    try:
        await connection.execute(statement)
    finally:
        await connection.close()


def databases_for(url: str) -> Databases:
    return Files() if url.startswith("sqlite") else Templates()
