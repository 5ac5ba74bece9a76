"""Of the models that were learnt, the newest adopted one is in force, and one step leads back."""

from datetime import UTC, datetime

from storage import models
from storage.models import KEPT, State
from storage.store import Store

NOW = datetime(2026, 5, 4, 2, tzinfo=UTC)
HERE = ("here", "an-embedder")


async def adopted(store: Store, content: bytes) -> int:
    async with store.begin() as tx:
        return (await models.adopt(tx, *HERE, content, {"rows": len(content)}, NOW)).number


async def in_force(store: Store) -> bytes | None:
    async with store.reader() as connection:
        found = await models.present(connection, *HERE)
        return None if found is None else await models.content_of(connection, found.number)


async def test_the_newest_adopted_one_is_in_force_with_its_figures(store: Store) -> None:
    await adopted(store, b"first")
    await adopted(store, b"second one")
    async with store.begin() as tx:
        await models.refuse(tx, *HERE, {"rows": 3}, NOW)
    assert await in_force(store) == b"second one"
    async with store.reader() as connection:
        found = await models.present(connection, *HERE)
        tried = await models.last_tried(connection, *HERE)
        elsewhere = await models.present(connection, "there", "an-embedder")
        of_another = await models.present(connection, "here", "another-embedder")
    assert found is not None and found.figures == {"rows": 10}
    assert tried is not None and tried.state is State.REFUSED
    assert elsewhere is of_another is None


async def test_one_step_leads_back_and_at_last_to_the_engine_as_it_came(store: Store) -> None:
    await adopted(store, b"first")
    await adopted(store, b"second")
    for expected in (b"first", None, None):
        async with store.begin() as tx:
            await models.give_back(tx, *HERE)
        assert await in_force(store) == expected
    async with store.reader() as connection:
        states = [each.state for each in await models.listed(connection, "here")]
    assert states == [State.RETIRED, State.RETIRED]


async def test_old_ones_keep_their_figures_only(store: Store) -> None:
    numbers = [await adopted(store, b"x" * n) for n in range(1, KEPT + 3)]
    async with store.reader() as connection:
        assert await models.content_of(connection, numbers[1]) == b""
        assert await models.content_of(connection, numbers[2]) == b"xxx"
        oldest = (await models.listed(connection, "here"))[-1]
    assert (oldest.state, oldest.figures) == (State.RETIRED, {"rows": 1})
