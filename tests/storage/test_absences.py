"""Who is away is known to every process, until the moment that they said or until they are back."""

from datetime import timedelta

from storage.absences import away, come_back, leave
from storage.store import Store
from tests.fakes.clock import MORNING

HOUR = timedelta(hours=1)


async def test_an_absence_ends_by_itself_or_by_word(store: Store) -> None:
    async with store.begin() as tx:
        await leave(tx, "here", "Ana", MORNING, None)
        await leave(tx, "here", "Ana", MORNING, MORNING + 2 * HOUR)
        await leave(tx, "here", "Ben", MORNING, None)
        await leave(tx, "there", "Eva", MORNING, None)
    async with store.reader() as connection:
        assert await away(connection, "here", MORNING - HOUR) == frozenset()
        assert await away(connection, "here", MORNING + HOUR) == {"Ana", "Ben"}
        assert await away(connection, "here", MORNING + 2 * HOUR) == {"Ben"}
    async with store.begin() as tx:
        assert await come_back(tx, "here", "Ben")
        assert not await come_back(tx, "here", "Ben")
    async with store.reader() as connection:
        assert await away(connection, "here", MORNING + 2 * HOUR) == frozenset()
