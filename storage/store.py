"""Store: the database. One writer commits for many on SQLite; PostgreSQL takes as many as come."""

import asyncio
from collections.abc import AsyncGenerator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from dataclasses import dataclass
from functools import cache
from typing import Any, Protocol

from sqlalchemy import Executable, Table, bindparam, event, make_url, text
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine, create_async_engine

from storage.connecting import connected, dispose, opened, started
from storage.sqlite_driver import sqlite_driver

DATABASE_ERRORS = (SQLAlchemyError, OSError)  # what a caller sees while the database is away
CROWD = 2  # waiting transactions from which the writer counts as crowded
LARGEST_GROUP = 8  # transactions that share one commit: under steady pressure the first of them waits for the last


@dataclass(slots=True)
class Transaction:
    """One fact together with the work that it causes. Never hold it open across a network call."""

    connection: AsyncConnection
    owes_work: bool = False  # set with the first job, so that the worker is woken after the commit

    async def insert_new(self, table: Table, values: dict[str, Any]) -> bool:
        """Insert a row unless its twin is there. Returns whether the row is new."""
        statement = _insert_new(table, self.connection.dialect.name, tuple(values))
        return (await self.connection.execute(statement, values)).first() is not None


@cache
def _insert_new(table: Table, dialect: str, columns: tuple[str, ...]) -> Executable:
    """Return the statement for rows with these columns; making it costs more than running it."""
    make = sqlite.insert if dialect == "sqlite" else postgresql.insert
    given = make(table).values({column: bindparam(column) for column in columns})
    return given.on_conflict_do_nothing().returning(*table.primary_key)


class Writer(Protocol):
    """Opens transactions that are durable when their block has ended."""

    @property
    def waiting(self) -> int: ...
    def begin(self) -> AbstractAsyncContextManager[Transaction]: ...
    async def close(self) -> None: ...


class GroupCommit:
    """SQLite's single writer: transactions take turns in savepoints, and neighbours share a commit.

    The last one in the queue commits for all before it, so nobody waits for company: alone, a
    transaction commits at once; under pressure up to LARGEST_GROUP share one fsync.
    """

    def __init__(self, engine: AsyncEngine) -> None:
        self._engine = engine
        self._turn = asyncio.Lock()
        self._waiting = 0
        self._group: list[asyncio.Future[None]] = []
        self._connection: AsyncConnection | None = None
        self._tasks: set[asyncio.Task[None]] = set()

    @asynccontextmanager
    async def begin(self) -> AsyncGenerator[Transaction]:
        """Yield a transaction; when the block ends without an error, it is on disk."""
        durable: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        await self._take_turn()
        try:
            connection = await self._open()
            async with connection.begin_nested():
                yield Transaction(connection)
            self._group.append(durable)
        finally:
            if not self._waiting or len(self._group) >= LARGEST_GROUP:
                # Whoever is cancelled here does not take the commit of the others with them, nor their turn.
                await asyncio.shield(started(self._commit_and_pass_on(), self._tasks))
            else:
                self._turn.release()
        await durable

    async def close(self) -> None:
        """Give the connection back; every finished transaction is committed already."""
        await asyncio.gather(*self._tasks, return_exceptions=True)
        if self._connection is not None:
            await self._connection.close()
        await dispose(self._engine)

    @property
    def waiting(self) -> int:
        """How many transactions wait for their turn."""
        return self._waiting

    async def _take_turn(self) -> None:
        self._waiting += 1
        try:
            await self._turn.acquire()
        except asyncio.CancelledError:
            # Those before us left their commit to us, so somebody else has to do it now.
            started(self._flush(), self._tasks)
            raise
        finally:
            self._waiting -= 1

    async def _flush(self) -> None:
        async with self._turn:
            if not self._waiting:
                await self._commit()

    async def _commit_and_pass_on(self) -> None:
        try:
            await self._commit()
        finally:
            self._turn.release()

    async def _open(self) -> AsyncConnection:
        if self._connection is None:
            self._connection = await opened(self._engine)
        return self._connection

    async def _commit(self) -> None:
        if self._connection is None:
            return
        group, self._group = self._group, []
        try:
            await self._connection.commit()
        except SQLAlchemyError as error:
            await self._drop()
            for durable in group:
                if not durable.done():
                    durable.set_exception(error)
                    durable.exception()  # its waiter may be gone
        else:
            for durable in group:
                if not durable.done():
                    durable.set_result(None)

    async def _drop(self) -> None:
        # After a commit that failed, SQLAlchemy sends no rollback, and SQLite's transaction would stay open.
        failed, self._connection = self._connection, None
        if failed is not None:
            await failed.invalidate()
            await failed.close()


class Pooled:
    """PostgreSQL's writers: one connection per transaction."""

    def __init__(self, engine: AsyncEngine) -> None:
        self._engine = engine

    @asynccontextmanager
    async def begin(self) -> AsyncGenerator[Transaction]:
        """Yield a transaction; when the block ends without an error, it is committed."""
        async with connected(self._engine) as connection, connection.begin():
            yield Transaction(connection)

    async def close(self) -> None:
        """Nothing is held between transactions."""

    @property
    def waiting(self) -> int:
        """PostgreSQL lets its writers write side by side."""
        return 0


class Store:
    """The door to the database. Only the store commits."""

    def __init__(self, url: str) -> None:
        self.url = url
        self.dialect = make_url(url).get_backend_name()
        self._writer: Writer
        if self.dialect == "sqlite":
            self.engine = _sqlite(url, "BEGIN")
            # Taking the write lock at once avoids a refusal at the first write of a stale snapshot.
            self._writer = GroupCommit(_sqlite(url, "BEGIN IMMEDIATE"))
        else:
            self.engine = create_async_engine(url, pool_size=10, max_overflow=10, pool_pre_ping=True)
            self._writer = Pooled(self.engine)
        self.listeners: list[Callable[[], None]] = []  # called after a commit that left work to do

    @asynccontextmanager
    async def begin(self) -> AsyncGenerator[Transaction]:
        """Open a transaction that is durable once its block has ended."""
        async with self._writer.begin() as tx:
            yield tx
        if tx.owes_work:
            for wake in self.listeners:
                wake()

    @asynccontextmanager
    async def reader(self) -> AsyncGenerator[AsyncConnection]:
        """Yield a connection that sees what is committed and changes nothing."""
        async with connected(self.engine) as connection:
            yield connection

    @property
    def crowded(self) -> bool:
        """Whether transactions wait for their turn; who can wait, such as the worker, then takes less."""
        return self._writer.waiting > CROWD

    async def ping(self) -> None:
        """Raise the driver's error when the database does not answer."""
        async with self.reader() as connection:
            await connection.execute(text("SELECT 1"))

    async def close(self) -> None:
        """Close every connection; the store cannot be used afterwards."""
        await self._writer.close()
        await dispose(self.engine)


def _sqlite(url: str, begin: str) -> AsyncEngine:
    engine = create_async_engine(url, pool_size=8, module=sqlite_driver())
    event.listen(engine.sync_engine, "connect", _prepare_sqlite)
    event.listen(engine.sync_engine, "begin", lambda connection: connection.exec_driver_sql(begin))
    return engine


def _prepare_sqlite(connection: Any, _record: Any) -> None:
    connection.isolation_level = None  # we say BEGIN ourselves, so that savepoints mean what they say
    cursor = connection.cursor()
    for pragma in ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON", "busy_timeout=10000"):
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()
