"""The matrix can fail: each of these worlds breaks something that the product relies on, and is found out."""

from datetime import timedelta

import pytest

from handlers.once import SETTLE
from tests.crash.journeys import Journey, approved, told_three_times
from tests.crash.matrix import Broken, Matrix
from tests.crash.mortal import Mortal
from tests.fakes.desk import World
from tests.fakes.helpdesk import FakeHelpDesk
from tests.fakes.tickets import arrival, ticket

SHORT: Journey = (told_three_times, approved)
NEVER = timedelta(days=10_000)


async def _found_out(url: str, world: World, journey: Journey = SHORT) -> str:
    with pytest.raises(Broken) as broken:
        await Matrix().stop_everywhere(url, journey, world)
    return str(broken.value)


async def test_a_product_that_never_finds_its_posts_is_caught_posting_twice(sqlite_url: str) -> None:
    world = World()
    world.chat.lag = NEVER
    assert "posted twice" in await _found_out(sqlite_url, world)


async def test_a_look_up_that_lags_longer_than_we_wait_is_caught(sqlite_url: str) -> None:
    world = World()
    world.chat.lag = SETTLE + timedelta(seconds=5)
    assert "posted twice" in await _found_out(sqlite_url, world)


async def test_a_product_that_never_finds_its_writes_is_caught_writing_twice(sqlite_url: str) -> None:
    world = World()
    world.helpdesk.lag = NEVER
    assert "helpdesk twice" in await _found_out(sqlite_url, world)


class Boaster(FakeHelpDesk):
    """Says that everything has happened."""

    async def happened(self, ticket_id: str, key: str) -> bool:
        return True


async def test_a_note_that_is_believed_to_be_written_is_caught_as_lost(sqlite_url: str) -> None:
    world = World()
    world.helpdesk = Boaster(world.clock, world.fuse)
    assert "the helpdesk knows what was found" in await _found_out(sqlite_url, world)


async def test_a_ticket_that_is_acknowledged_before_it_is_stored_is_caught_as_lost(sqlite_url: str) -> None:
    async def told_once(desk: Mortal) -> None:
        """The helpdesk takes silence for an acknowledgement, as it would if ours came before the commit."""
        await desk.hears(arrival(ticket("41", "We were charged twice."), "delivery-1"), again=False)
        await desk.quiet()

    assert "one case" in await _found_out(sqlite_url, World(), (told_once,))
