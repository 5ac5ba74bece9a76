"""SQLite's driver for SQLAlchemy, asking once where its own asks four times.

SQLAlchemy's adapter makes a cursor, executes, fetches and closes, each a turn of aiosqlite's thread and each
a wait of the loop's. That is most of what a short transaction costs, so here the four are one turn.
"""

import sqlite3
from collections import deque
from collections.abc import Sequence
from types import ModuleType
from typing import Any, NamedTuple, cast

import aiosqlite
from sqlalchemy.dialects.sqlite.aiosqlite import (
    AsyncAdapt_aiosqlite_connection,
    AsyncAdapt_aiosqlite_cursor,
    AsyncAdapt_aiosqlite_dbapi,
)


class _Outcome(NamedTuple):
    """What a cursor knew when it was closed. Named as in PEP 249."""

    description: Any = None
    rowcount: int = -1
    lastrowid: int | None = None
    rows: Sequence[Any] = ()


class _Cursor(AsyncAdapt_aiosqlite_cursor):
    """Executes and fetches in one turn; nothing stays open between two statements."""

    __slots__ = ("_outcome", "arraysize")

    def __init__(self, adapt_connection: AsyncAdapt_aiosqlite_connection) -> None:
        self._adapt_connection = adapt_connection
        self._connection = adapt_connection._connection
        self._outcome = _Outcome()
        self._rows = deque()
        self.arraysize = 1

    @property
    def description(self) -> Any:
        return self._outcome.description

    @property
    def rowcount(self) -> int:
        return self._outcome.rowcount

    @property
    def lastrowid(self) -> int:
        return cast(int, self._outcome.lastrowid)

    def close(self) -> None:
        self._rows.clear()

    async def _async_soft_close(self) -> None:
        """The cursor is closed already; what it fetched stays."""

    async def _execute_async(self, operation: Any, parameters: Any) -> None:
        await self._ask("execute", operation, () if parameters is None else parameters)

    async def _executemany_async(self, operation: Any, seq_of_parameters: Any) -> None:
        await self._ask("executemany", operation, seq_of_parameters)

    async def _ask(self, how: str, operation: str, parameters: Any) -> None:
        connection = cast(aiosqlite.Connection, self._connection)
        async with self._adapt_connection._execute_mutex:
            self._outcome = await connection._execute(  # type: ignore[no-untyped-call]  # the one way into its thread
                _answer, connection._conn, how, operation, parameters
            )
            self._rows = deque(self._outcome.rows)


def _answer(connection: sqlite3.Connection, how: str, operation: str, parameters: Any) -> _Outcome:
    """Run in the connection's own thread."""
    cursor = connection.cursor()
    try:
        getattr(cursor, how)(operation, parameters)
        rows = cursor.fetchall() if cursor.description else ()
        return _Outcome(cursor.description, cursor.rowcount, cursor.lastrowid, rows)
    finally:
        cursor.close()


class _Connection(AsyncAdapt_aiosqlite_connection):
    _cursor_cls = _Cursor  # type: ignore[assignment]  # theirs is meant to be replaced


class _Driver(AsyncAdapt_aiosqlite_dbapi):
    def connect(self, *arg: Any, **kw: Any) -> AsyncAdapt_aiosqlite_connection:
        made = super().connect(*arg, **kw)
        return _Connection(self, made._connection)


def sqlite_driver() -> ModuleType:
    """Return what `create_async_engine` takes as its `module`."""
    return cast(ModuleType, _Driver(aiosqlite, sqlite3))
