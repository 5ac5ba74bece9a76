"""A schedule counts as repeated only where it comes to the same: tried on small programs in every order."""

from itertools import combinations

import pytest

from tests.crash.courses import BACK, CRASH, FORWARD, Course, Courses, Doing, Event

LOOKS, WRITES, COMPUTES = Doing.LOOKS, Doing.WRITES, Doing.COMPUTES
PROGRAMS = (
    ((LOOKS, WRITES, COMPUTES), (LOOKS, WRITES, COMPUTES)),
    ((LOOKS, LOOKS, WRITES), (WRITES, LOOKS, COMPUTES)),
    ((WRITES, COMPUTES, WRITES), (LOOKS, LOOKS, LOOKS)),
)


class Toy:
    """Two programs over one number and a clock; what each saw and when it wrote is its whole story."""

    def __init__(self, programs: tuple[tuple[Doing, ...], tuple[Doing, ...]]) -> None:
        self.programs, self.at = programs, [0, 0]
        self.number, self.clock = 0, 0
        self.saw: list[list[int]] = [[], []]

    def go(self, who: int) -> Doing:
        if who in (FORWARD, BACK):
            self.clock += who
        elif who == CRASH:
            self.at = [at if at == len(program) else 0 for at, program in zip(self.at, self.programs, strict=True)]
        elif self.at[who] < len(self.programs[who]):
            doing = self.programs[who][self.at[who]]
            self.at[who] += 1
            self._do(who, doing)
            return doing
        return Doing.NOTHING

    def _do(self, who: int, doing: Doing) -> None:
        if doing is WRITES:
            self.number = 10 * self.number + who + 1
        if doing is not COMPUTES:
            self.saw[who] += [self.number, self.clock]

    def story(self) -> object:
        return self.number, self.clock, self.at, self.saw


def orders() -> list[list[int]]:
    """Every order of three steps each, with the clock's jump and the crash at every place."""
    found = []
    for second in combinations(range(6), 3):
        turns = [int(place in second) for place in range(6)]
        for jump in range(7):
            for crash in range(7):
                whole = [*turns[:jump], FORWARD if crash % 2 else BACK, *turns[jump:]]
                found.append([*whole[:crash], CRASH, *whole[crash:]])
    return found


@pytest.mark.parametrize("programs", PROGRAMS)
def test_what_repeats_a_course_comes_to_an_end_that_was_seen(
    programs: tuple[tuple[Doing, ...], tuple[Doing, ...]],
) -> None:
    courses, run, every = Courses(), set(), set()
    for order in orders():
        toy, course = Toy(programs), ()
        repeats = courses.repeats(order)
        for who in order:
            course = courses.go_on(course, Event(who, toy.go(who)))
        every.add(str(toy.story()))
        if not repeats:
            run.add(str(toy.story()))
            courses.end(course)
    assert run == every
    assert len(run) <= len(courses) < len(orders())


def test_a_step_that_writes_keeps_its_place() -> None:
    courses = Courses()
    course: Course = ()
    for event in (Event(0, WRITES), Event(1, LOOKS)):
        course = courses.go_on(course, event)
    courses.go_on((), Event(1, LOOKS))
    courses.go_on((Event(1, LOOKS),), Event(0, WRITES))
    courses.end(course)
    assert courses.repeats([0, 1])
    assert not courses.repeats([1, 0])
