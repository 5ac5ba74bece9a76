"""The crash matrix once more: the product lives on, and the world does not answer, or asks it to wait."""

from pipeline.errors import Unavailable, Unknown
from tests.crash.journeys import JOURNEYS
from tests.crash.matrix import Matrix, journeys, stride
from tests.fakes.fuse import Point, Side


@journeys
async def test_a_world_that_does_not_answer_loses_nothing_and_does_nothing_twice(sqlite_url: str, name: str) -> None:
    await Matrix(blow=_unanswered, stride=stride(name), commits=False).stop_everywhere(sqlite_url, JOURNEYS[name])


@journeys
async def test_a_world_that_asks_us_to_wait_is_waited_for(sqlite_url: str, name: str) -> None:
    await Matrix(blow=_wait_a_minute, stride=stride(name), commits=False).stop_everywhere(sqlite_url, JOURNEYS[name])


def _unanswered(point: Point) -> BaseException:
    """Nothing happens, or it happens and nobody says so."""
    return Unknown() if point.side is Side.AFTER else Unavailable()


def _wait_a_minute(point: Point) -> BaseException | None:
    return Unavailable(retry_after=60) if point.side is Side.BEFORE else None
