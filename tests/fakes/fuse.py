"""Fuse: counts the points at which a product can be stopped, and blows at the one that was chosen."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from enum import StrEnum


class Crash(BaseException):
    """The process is gone. Nothing in the product may catch this."""


class Side(StrEnum):
    """Whether what the point is about has happened yet."""

    BEFORE = "before"
    AFTER = "after"


@dataclass(frozen=True, slots=True)
class Point:
    """A place in a run: which one, before or after what."""

    number: int
    side: Side
    what: str

    def __str__(self) -> str:
        return f"point {self.number}, {self.side} {self.what}"


COMMIT = "commit"
Blow = Callable[[Point], BaseException | None]


def crash(point: Point) -> BaseException:
    return Crash(str(point))


@dataclass
class Fuse:
    """Reached at every commit and outside effect; blows once, at point `at`, with whatever `blow` returns."""

    at: int | None = None
    blow: Blow = crash
    commits: bool = True
    reached: int = 0
    blown: Point | None = None

    def arm(self, at: int | None, blow: Blow = crash, *, commits: bool = True) -> None:
        """Begin to count anew, with our own commits or without."""
        self.at, self.blow, self.commits, self.reached, self.blown = at, blow, commits, 0, None

    @contextmanager
    def around(self, what: str) -> Iterator[None]:
        """Guard an effect on both sides. An effect that fails by itself has no after."""
        self.reach(Side.BEFORE, what)
        yield
        self.reach(Side.AFTER, what)

    def reach(self, side: Side, what: str) -> None:
        """Count one point, and blow if it is the one."""
        if what == COMMIT and not self.commits:
            return
        self.reached += 1
        point = Point(self.reached, side, what)
        if self.blown is None and self.reached == self.at:
            self.blown = point
            if (error := self.blow(point)) is not None:
                raise error
