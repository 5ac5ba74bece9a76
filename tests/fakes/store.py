"""FusedStore: the real store, with a point before and after each of its commits."""

from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager

from storage.store import Store, Transaction
from tests.fakes.fuse import COMMIT, Fuse, Side


class FusedStore(Store):
    """Dies before a commit with nothing written, or after it with everything written and nobody told."""

    def __init__(self, url: str, fuse: Fuse) -> None:
        super().__init__(url)
        self._fuse = fuse

    @asynccontextmanager
    async def begin(self) -> AsyncGenerator[Transaction]:
        async with super().begin() as tx:
            yield tx
            self._fuse.reach(Side.BEFORE, COMMIT)
        self._fuse.reach(Side.AFTER, COMMIT)
