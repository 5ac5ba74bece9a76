"""Courses: schedules that differ in nothing but the order of steps that cannot touch each other are one course.

Two steps of different presses touch each other when one of them writes. Steps that only look, or that only compute
after their transaction, come to the same in either order: of such schedules one is run, and the others repeat it.
(Partial-order reduction: the words of two processes up to the commutation of independent neighbours.) The jump of
the clock and the crash change places with nothing.
"""

from collections.abc import Iterable
from enum import IntEnum
from typing import NamedTuple

FORWARD, BACK, CRASH = -1, -2, -3  # the clock jumps, or the process dies


class Doing(IntEnum):
    """What a press does between two cuts."""

    COMPUTES = 0
    LOOKS = 1
    WRITES = 2
    NOTHING = 3  # it has ended already


class Event(NamedTuple):
    """What happens next: press 0 or 1 goes on, or FORWARD, BACK, CRASH."""

    who: int
    doing: Doing = Doing.NOTHING


Course = tuple[Event, ...]


class Courses:
    """What was run. A course is known by its steps in their first order, the first press's as early as they may be."""

    def __init__(self) -> None:
        self._next: dict[tuple[Course, int], Doing] = {}
        self._run: set[Course] = set()

    def __len__(self) -> int:
        return len(self._run)

    def repeats(self, whos: Iterable[int]) -> bool:
        """Whether a schedule comes to a course that was run."""
        course: Course = ()
        for who in whos:
            if who >= 0:
                if (doing := self._next.get((course, who))) is None:
                    return False
                course = after(course, Event(who, doing))
            else:
                course = after(course, Event(who))
        return course in self._run

    def go_on(self, course: Course, event: Event) -> Course:
        """Note what a press did next, and return the course up to there."""
        if event.who >= 0:
            self._next[course, event.who] = event.doing
        return after(course, event)

    def end(self, course: Course) -> None:
        """Note that a course was run to its end and held what is promised."""
        self._run.add(course)


def after(course: Course, event: Event) -> Course:
    """Return the course with one event more, in its first order."""
    if event.who >= 0 and event.doing is Doing.NOTHING:
        return course
    place = len(course)
    while place and course[place - 1].who > event.who >= 0 and _apart(course[place - 1].doing, event.doing):
        place -= 1
    return (*course[:place], event, *course[place:])


def _apart(one: Doing, other: Doing) -> bool:
    """Whether two presses' steps come to the same in either order."""
    return Doing.COMPUTES in (one, other) or one is other is Doing.LOOKS
