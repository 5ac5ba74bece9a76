"""The matrix: run a stage once for each of its points, then go on from the run that nothing stopped."""

import asyncio
import os
from copy import deepcopy
from dataclasses import dataclass
from itertools import count

import pytest

from tests.crash.databases import databases_for
from tests.crash.in_place import InPlaceExecutor, in_place
from tests.crash.journeys import JOURNEYS, Journey, Stage
from tests.crash.mortal import Mortal
from tests.crash.promises import check_promises
from tests.fakes.desk import World
from tests.fakes.fuse import Blow, crash

AT_ONCE = 6  # runs, each on its own database: half of a run is waiting for the disk
LONG = (
    "called",
    "put off",
    "moved around",
    "in step",
)  # whose points are many and alike: one in sixteen is enough for each day
journeys = pytest.mark.parametrize("name", JOURNEYS)


def stride(name: str) -> int:
    """Return how many points one is tried of; all of them where TRIAGE_TEST_ALL is set."""
    if os.environ.get("TRIAGE_TEST_ALL"):
        return 1
    return 16 if name in LONG else 4


@dataclass(frozen=True, slots=True)
class Left:
    """What a run left behind: its database and its world. `stopped` is where, if anywhere."""

    url: str
    world: World

    @property
    def stopped(self) -> bool:
        return self.world.fuse.blown is not None


@dataclass(frozen=True, slots=True)
class Matrix:
    """How a journey is stopped: by what, at every how many-th point, and whether commits are points too."""

    blow: Blow = crash
    stride: int = 1
    alone: bool = True
    commits: bool = True

    async def stop_everywhere(self, url: str, journey: Journey, world: World | None = None) -> int:
        """Run all stages, each once per point. Returns how many points there were."""
        if not url.startswith("sqlite"):
            return await self._all(url, journey, world)
        asyncio.get_running_loop().set_default_executor(InPlaceExecutor())
        with in_place():
            return await self._all(url, journey, world)

    async def _all(self, url: str, journey: Journey, world: World | None) -> int:
        quiet, points = Left(url, world or World()), 0
        for stage in journey:
            before, quiet = quiet, await self._through(stage, quiet)
            points += quiet.world.fuse.reached
            if before.url != url:
                await databases_for(url).drop(before.url)
        await databases_for(url).drop(quiet.url)
        return points

    async def _through(self, stage: Stage, start: Left) -> Left:
        """Stop a stage at each of its points, and return what the run left that got to its end."""
        for first in count(1, AT_ONCE * self.stride):
            points = range(first, first + AT_ONCE * self.stride, self.stride)
            # All of them are awaited, so that a broken one leaves nothing running.
            ended = await asyncio.gather(*(self._run(stage, start, at) for at in points), return_exceptions=True)
            for broken in (end for end in ended if isinstance(end, BaseException)):
                raise broken
            ends = [end for end in ended if isinstance(end, Left)]
            through = [end for end in ends if not end.stopped]
            for done in (end for end in ends if end not in through[:1]):
                await databases_for(done.url).drop(done.url)
            if through:
                return through[0]
        raise AssertionError  # count() has no end

    async def _run(self, stage: Stage, start: Left, at: int) -> Left:
        databases = databases_for(start.url)
        left = Left(await databases.copy(start.url), deepcopy(start.world))
        left.world.fuse.arm(at, self.blow, commits=self.commits)
        desk = Mortal(left.url, left.world, alone=self.alone)
        try:
            await stage(desk)
            await check_promises(desk)
        except AssertionError as error:
            raise Broken(f"{stage.__name__}, stopped at {left.world.fuse.blown}: {error}") from error
        finally:
            await desk.close()
        return left


class Broken(AssertionError):
    """A promise did not hold after the product was stopped."""
