"""The crash matrix: each stage of a journey, stopped at every commit and outside effect, before and after it."""

import os

import pytest

from pipeline.errors import Unavailable, Unknown
from tests.crash.journeys import JOURNEYS
from tests.crash.matrix import Matrix
from tests.fakes.fuse import Point, Side

LONG = ("called", "put off")  # whose points are many and alike: every third is enough for each day
LEAST_POINTS = 120  # of a journey; fewer would mean that the fuse is no longer in the way
journeys = pytest.mark.parametrize("name", JOURNEYS)


@journeys
async def test_a_product_that_dies_anywhere_loses_nothing_and_does_nothing_twice(sqlite_url: str, name: str) -> None:
    assert await Matrix(stride=_stride(name)).stop_everywhere(sqlite_url, JOURNEYS[name]) > LEAST_POINTS


@journeys
async def test_what_a_dead_worker_held_is_done_once_its_lease_runs_out(database_url: str, name: str) -> None:
    matrix = Matrix(stride=7 * _stride(name), alone=False)
    assert await matrix.stop_everywhere(database_url, JOURNEYS[name]) > LEAST_POINTS


@journeys
async def test_a_world_that_does_not_answer_loses_nothing_and_does_nothing_twice(sqlite_url: str, name: str) -> None:
    await Matrix(blow=_unanswered, stride=_stride(name), commits=False).stop_everywhere(sqlite_url, JOURNEYS[name])


@journeys
async def test_a_world_that_asks_us_to_wait_is_waited_for(sqlite_url: str, name: str) -> None:
    await Matrix(blow=_wait_a_minute, stride=_stride(name), commits=False).stop_everywhere(sqlite_url, JOURNEYS[name])


def _stride(name: str) -> int:
    """Return how many points one is tried of; all of them where TRIAGE_TEST_ALL is set."""
    return 3 if name in LONG and not os.environ.get("TRIAGE_TEST_ALL") else 1


def _unanswered(point: Point) -> BaseException:
    """Nothing happens, or it happens and nobody says so."""
    return Unknown() if point.side is Side.AFTER else Unavailable()


def _wait_a_minute(point: Point) -> BaseException | None:
    return Unavailable(retry_after=60) if point.side is Side.BEFORE else None
