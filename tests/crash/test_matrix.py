"""The crash matrix: each stage of a journey, stopped at every commit and outside effect, before and after it."""

from tests.crash.journeys import JOURNEYS
from tests.crash.matrix import Matrix, journeys, stride

LEAST_POINTS = 100  # of a journey; fewer would mean that the fuse is no longer in the way


@journeys
async def test_a_product_that_dies_anywhere_loses_nothing_and_does_nothing_twice(sqlite_url: str, name: str) -> None:
    assert await Matrix(stride=stride(name)).stop_everywhere(sqlite_url, JOURNEYS[name]) > LEAST_POINTS


@journeys
async def test_what_a_dead_worker_held_is_done_once_its_lease_runs_out(database_url: str, name: str) -> None:
    matrix = Matrix(stride=7 * stride(name), alone=False)
    assert await matrix.stop_everywhere(database_url, JOURNEYS[name]) > LEAST_POINTS
