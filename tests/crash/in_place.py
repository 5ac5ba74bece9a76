"""SQLite in the loop's own thread: nothing here meets in threads, and going there and back is most of a statement."""

import asyncio
from collections.abc import Callable, Generator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager, suppress
from typing import Any

import aiosqlite.core

Order = tuple[asyncio.Future[Any] | None, Callable[[], Any]]


class _InPlace:
    """Stands where a connection's thread takes its orders from: does each at once, and lets the thread go home."""

    def put_nowait(self, order: Order) -> None:
        future, function = order
        with suppress(BaseException) if future is None else _told(future):
            result = function()
            if future is not None and not future.done():
                future.set_result(result)

    def get(self) -> Order:
        return None, lambda: aiosqlite.core._STOP_RUNNING_SENTINEL


@contextmanager
def _told(future: asyncio.Future[Any]) -> Generator[None]:
    try:
        yield
    except Exception as error:  # noqa: BLE001 - it is the waiter's
        future.set_exception(error)


@contextmanager
def in_place() -> Generator[None]:
    """Let connections that are opened meanwhile do their work in the thread that asks them."""
    usual = aiosqlite.core.SimpleQueue
    aiosqlite.core.SimpleQueue = _InPlace  # type: ignore[misc,assignment]  # it has the two methods that are used
    try:
        yield
    finally:
        aiosqlite.core.SimpleQueue = usual  # type: ignore[misc]


class InPlaceExecutor(ThreadPoolExecutor):
    """Does at once, and in the caller's thread, what is sent to a thread lest it hold up a loop."""

    def submit(self, fn: Callable[..., Any], /, *args: Any, **kwargs: Any) -> Future[Any]:
        """Return the result of a call that has been made."""
        done: Future[Any] = Future()
        try:
            done.set_result(fn(*args, **kwargs))
        except Exception as error:  # noqa: BLE001 - it is the waiter's
            done.set_exception(error)
        return done
