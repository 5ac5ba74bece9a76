"""Batcher: many callers, few calls, without making anybody wait on purpose."""

import asyncio
from collections import deque
from collections.abc import Awaitable, Callable, Sequence
from functools import partial
from typing import Generic, TypeVar

from handlers.urgency import urgency
from storage.jobs import Priority

Item = TypeVar("Item")
Result = TypeVar("Result")


class Batcher(Generic[Item, Result]):
    """Hands whatever waits to `run`, at most `largest` items a call and `at_once` calls at a time.

    What waits is spread over the calls that may be made, so that items share one only where they must; what is
    urgent shares none with what is not, and goes first.
    `run` returns one result per item, in order. An error of a call reaches each of its waiters; a waiter
    who was cancelled before the call started is left out of it.
    """

    def __init__(
        self, run: Callable[[Sequence[Item]], Awaitable[Sequence[Result]]], largest: int, at_once: int
    ) -> None:
        self._run = run
        self._largest = largest
        self._at_once = at_once
        self._urgent: deque[tuple[Item, asyncio.Future[Result]]] = deque()
        self._usual: deque[tuple[Item, asyncio.Future[Result]]] = deque()
        self._calls: set[asyncio.Task[Sequence[Result]]] = set()

    async def ask(self, item: Item) -> Result:
        """Return the result for this item, however the batch was made up."""
        loop = asyncio.get_running_loop()
        future: asyncio.Future[Result] = loop.create_future()
        (self._urgent if urgency.get() <= Priority.SOON else self._usual).append((item, future))
        loop.call_soon(self._start)  # not at once: whoever asks in the same turn comes along
        return await future

    def _start(self) -> None:
        while (free := self._at_once - len(self._calls)) > 0 and (batch := self._take(free)):
            self._call(batch)

    def _call(self, batch: "Sequence[tuple[Item, asyncio.Future[Result]]]") -> None:
        call = asyncio.create_task(self._answer([item for item, _ in batch]))  # noqa: RUF006  # kept in the next line
        self._calls.add(call)
        call.add_done_callback(partial(self._deliver, [future for _, future in batch]))

    def _take(self, free: int) -> list[tuple[Item, "asyncio.Future[Result]"]]:
        batch: list[tuple[Item, asyncio.Future[Result]]] = []
        for waiting in (self._urgent, self._usual):
            share = min(self._largest, -(-len(waiting) // free))
            while waiting and len(batch) < share:
                item, future = waiting.popleft()
                if not future.done():
                    batch.append((item, future))
            if batch:
                break
        return batch

    async def _answer(self, items: Sequence[Item]) -> Sequence[Result]:
        results = await self._run(items)
        if len(results) != len(items):
            raise ValueError(f"{len(items)} items brought {len(results)} results")
        return results

    def _deliver(self, futures: Sequence["asyncio.Future[Result]"], call: "asyncio.Task[Sequence[Result]]") -> None:
        self._calls.discard(call)
        error = None if call.cancelled() else call.exception()
        for number, future in enumerate(futures):
            if future.done():
                continue
            if call.cancelled():
                future.cancel()
            elif error is not None:
                future.set_exception(error)
            else:
                future.set_result(call.result()[number])
        self._start()
