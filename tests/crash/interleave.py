"""Every order in which two people's presses can meet, with a clock jump and a crash at every place in it.

`python -m tests.crash.interleave` tries all of them and prints what it found; the tests try a part.

A press is cut at each of its transactions: before it looks, and after it has written. A schedule says who goes on
at each cut, before which of them the clock jumps, and before which of them the process dies: then whoever has no
answer yet presses again, as people do. What is owed at the end is done once for each end that differs. A schedule that
differs from an earlier one in nothing but the order of steps that cannot touch each other repeats its course, and is
not run again: see courses.py.
"""

import asyncio
import logging
import sys
import tempfile
import time
from collections.abc import AsyncGenerator, Awaitable, Callable, Iterator
from concurrent.futures import ProcessPoolExecutor
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field
from datetime import timedelta
from itertools import combinations, count, product
from multiprocessing import get_context
from pathlib import Path

import structlog
from sqlalchemy import delete, select
from sqlalchemy.ext.asyncio import AsyncConnection

from handlers.decisions import act, approve, edit
from handlers.intake import receive
from handlers.repeating import repeat
from handlers.services import Services
from pipeline.case import DESK, Case, Sending, Status
from pipeline.decide import CallOff, Claim, Dismiss, Escalate, NotNow, Reassign, Snooze
from storage.cases import Conflict, Event, create, history, load, tampered
from storage.migrate import migrate
from storage.store import Store, Transaction
from storage.tables import cases, deliveries, jobs
from tests.crash.courses import BACK, CRASH, FORWARD, Course, Courses, Doing
from tests.crash.courses import Event as Happening
from tests.crash.in_place import InPlaceExecutor, in_place
from tests.fakes.clock import MORNING
from tests.fakes.desk import World, build_services
from tests.fakes.house import House, said, told
from tests.fakes.settle import settle
from tests.fakes.tickets import arrival

CUTS = 4  # of a press: it looks up the case, once or twice, decides, and is told
JUMPS = (timedelta(hours=80), timedelta(hours=-1))  # past the age at which a draft may be approved, and back
FINAL = ("case.approved", "case.edited", "case.dismissed", "case.marked_duplicate")
ANA, LENA = "UANA", "ULENA"  # of the team, and a lead

Pressing = Callable[[Services, str, Case], Awaitable[object]]


async def _approve(services: Services, user: str, case: Case) -> object:
    return await approve(services, user, case.id, case.shown)


async def _edit(services: Services, user: str, case: Case) -> object:
    return await edit(services, user, case.id, case.shown, f"Done by {user}.")


async def _dismiss(services: Services, user: str, case: Case) -> object:
    return await act(services, user, case.id, lambda _, by: Dismiss(by=by))


async def _duplicate(services: Services, user: str, case: Case) -> object:
    return await repeat(services, user, case.id, f"{case.id}twin")


async def _claim(services: Services, user: str, case: Case) -> object:
    return await act(services, user, case.id, lambda _, by: Claim(by=by))


async def _reassign(services: Services, user: str, case: Case) -> object:
    return await act(services, user, case.id, lambda _, by: Reassign(by=by, team="tech_support"))


async def _snooze(services: Services, user: str, case: Case) -> object:
    until = MORNING + timedelta(days=9)
    return await act(services, user, case.id, lambda _, by: Snooze(by=by, until=until))


async def _escalate(services: Services, user: str, case: Case) -> object:
    return await act(services, user, case.id, lambda _, by: Escalate(by=by))


async def _call_off(services: Services, user: str, case: Case) -> object:
    return await act(services, user, case.id, lambda _, by: CallOff(by=by))


async def _customer(services: Services, user: str, case: Case) -> object:
    again = case.ticket.model_copy(update={"messages": (*case.ticket.messages, said("m2", "Hello?", minutes=5))})
    return await receive(services, arrival(again, f"{case.id} again"))


PAIRS: dict[str, tuple[Pressing, Pressing]] = {
    "approve, approve": (_approve, _approve),
    "approve, edit": (_approve, _edit),
    "edit, edit": (_edit, _edit),
    "approve, dismiss": (_approve, _dismiss),
    "edit, duplicate": (_edit, _duplicate),
    "approve, customer": (_approve, _customer),
    "edit, customer": (_edit, _customer),
    "approve, reassign": (_approve, _reassign),
    "approve, snooze": (_approve, _snooze),
    "edit, escalate": (_edit, _escalate),
    "claim, claim": (_claim, _claim),
    "escalate, call off": (_escalate, _call_off),
}


@dataclass(frozen=True, slots=True)
class Schedule:
    """Who goes on at each cut (False: the first), and before which cut the clock jumps and the process dies."""

    turns: tuple[bool, ...]
    jump: int
    crash: int
    by: timedelta


def schedules() -> Iterator[Schedule]:
    """Yield every order of two presses' cuts, times every place of the jump, times every place of the crash."""
    places = range(2 * CUTS + 1)
    for second in combinations(range(2 * CUTS), CUTS):
        turns = tuple(place in second for place in range(2 * CUTS))
        for jump, crash in product(places, places):
            yield Schedule(turns, jump, crash, JUMPS[(jump + crash) % len(JUMPS)])


def happenings(schedule: Schedule) -> Iterator[int]:
    """Yield what happens by a schedule: 0 or 1 for the press that goes on, else FORWARD, BACK or CRASH."""
    for place, second in enumerate((*schedule.turns, None)):
        if place == schedule.jump:
            yield FORWARD if schedule.by > timedelta(0) else BACK
        if place == schedule.crash:
            yield CRASH
        if second is not None:
            yield int(second)


@dataclass
class Turnstile:
    """Lets one press go on to its next cut, and says when it is there and what it did on its way."""

    go: asyncio.Event = field(default_factory=asyncio.Event)
    there: asyncio.Event = field(default_factory=asyncio.Event)
    doing: Doing = Doing.COMPUTES

    async def cut(self) -> None:
        self.there.set()
        await self.go.wait()
        self.go.clear()


class CutStore:
    """A store that stops whoever comes at the turnstile that is theirs."""

    def __init__(self, store: Store, turnstile: Turnstile) -> None:
        self._store = store
        self._turnstile = turnstile
        self.dialect = store.dialect

    @asynccontextmanager
    async def begin(self) -> AsyncGenerator[Transaction]:
        await self._turnstile.cut()
        self._turnstile.doing = Doing.WRITES
        async with self._store.begin() as tx:
            yield tx
        await self._turnstile.cut()

    @asynccontextmanager
    async def reader(self) -> AsyncGenerator[AsyncConnection]:
        await self._turnstile.cut()
        self._turnstile.doing = Doing.LOOKS
        async with self._store.reader() as connection:
            yield connection


class Press:
    """A person's press on its way through the product, from cut to cut."""

    def __init__(self, meeting: "Meeting", pressing: Pressing, user: str, case: Case) -> None:
        self._meeting, self._pressing, self._user, self._case = meeting, pressing, user, case
        self._start()

    def _start(self) -> None:
        self._turnstile = Turnstile()
        services = self._meeting.services(self._turnstile)
        self._task = asyncio.ensure_future(self._pressing(services, self._user, self._case))
        self._task.add_done_callback(lambda _: self._turnstile.there.set())

    async def step(self) -> Doing:
        """Go on to the next cut, or to the end, and return what was done on the way."""
        await self._turnstile.there.wait()
        if self._task.done():
            return Doing.NOTHING
        self._turnstile.there.clear()
        self._turnstile.doing = Doing.COMPUTES
        self._turnstile.go.set()
        await self._turnstile.there.wait()
        return self._turnstile.doing

    async def die(self) -> None:
        """The process is gone; somebody without an answer presses again."""
        await self._turnstile.there.wait()
        if not self._task.done():
            self._task.cancel()
            with suppress(asyncio.CancelledError):
                await self._task
            self._start()

    async def end(self) -> bool:
        """Go on to the end and return whether the press was taken. A refusal is an answer, too."""
        while not self._task.done():
            await self.step()
        try:
            await self._task
        except (NotNow, Conflict):
            return False
        return True


class Broken(AssertionError):
    """A promise did not hold."""


class Meeting:
    """Two presses on one case after the other, each schedule on a case of its own."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._world = World()
        self._shown: Case | None = None  # as triage leaves it
        self._number = count(2)
        self._settled: set[str] = set()
        self.courses = Courses()
        self.tried = 0  # schedules; those that repeat a course are not run again

    @property
    def ends(self) -> int:
        """How many ends differed."""
        return len(self._settled)

    def services(self, turnstile: Turnstile) -> Services:
        """Return the product as one press meets it."""
        return build_services(CutStore(self._store, turnstile), self._world)  # type: ignore[arg-type]  # its doors

    async def try_all(self, name: str, stride: int = 1) -> None:
        """Let a pair meet by each schedule, or by every so many-th. Raises Broken."""
        for schedule in (one for number, one in enumerate(schedules()) if number % stride == 0):
            try:
                if not self.courses.repeats(happenings(schedule)):
                    await self._try(name, schedule)
            except AssertionError as error:
                raise Broken(f"{name}, {schedule}: {error}") from error
            self.tried += 1

    async def _try(self, name: str, schedule: Schedule) -> None:
        self._world.clock.set(MORNING)
        case = await self._open()
        if _duplicate in PAIRS[name]:
            await self._twin(case)
        presses = [Press(self, pressing, user, case) for pressing, user in zip(PAIRS[name], (ANA, LENA), strict=True)]
        course: Course = ()
        for who in happenings(schedule):
            doing = Doing.NOTHING
            if who in (FORWARD, BACK):
                self._world.clock.set(MORNING + schedule.by)
            elif who == CRASH:
                for press in presses:
                    await press.die()
            else:
                doing = await presses[who].step()
            course = self.courses.go_on(course, Happening(who, doing))
        taken = [await press.end() for press in presses]
        undisturbed = schedule.crash == len(schedule.turns) and schedule.by < timedelta(0)
        assert any(taken) or not undisturbed, "somebody gets their way"
        await self._check(name, case.id)
        self.courses.end(course)
        await self._forget(case.id)

    async def _open(self) -> Case:
        if self._shown is None:
            self._shown = await House(self._store).shown()
        number = next(self._number)
        case = self._shown.but(id=f"case{number}", version=0, ticket=told(id_=f"t{number}"))
        async with self._store.begin() as tx:
            assert await create(tx, case, Event(kind="ticket.opened", actor=DESK))
        return case

    async def _twin(self, case: Case) -> None:
        twin = case.but(id=f"{case.id}twin", ticket=told(id_=f"{case.ticket.id}twin"))
        async with self._store.begin() as tx:
            assert await create(tx, twin, Event(kind="ticket.opened", actor=DESK))

    async def _check(self, name: str, case_id: str) -> None:
        async with self._store.reader() as connection:
            case = await load(connection, case_id)
            events = await history(connection, case_id)
            owed = (await connection.execute(select(jobs.c.kind, jobs.c.state).where(jobs.c.subject == case_id))).all()
            assert not await tampered(connection, case_id), "the history is whole"
        assert case is not None, "the case is there"
        kinds = [event.kind for event in events]
        decided = [kind for kind in kinds if kind in FINAL]
        assert len(decided) == case.replies + sum(kind not in FINAL[:2] for kind in decided), "each reply is counted"
        assert len(decided) <= 1, "decided at most once before anybody has seen more"
        state = [kinds, case.status, case.team, bool(case.claimed_by), case.sending, sorted(map(tuple, owed))]
        if (end := f"{name} {state} {self._world.clock.now()}") not in self._settled:
            self._settled.add(end)
            await self._come_to_rest(case, decided)

    async def _come_to_rest(self, case: Case, decided: list[str]) -> None:
        """Do what is owed: the reply of the one decision goes out once, and an undecided case stays to be seen."""
        await settle(build_services(self._store, self._world), self._world.clock)
        async with self._store.reader() as connection:
            after = await load(connection, case.id)
        assert after is not None
        sent = [reply for ticket, reply in self._world.helpdesk.replies if ticket == case.ticket.id]
        overtaken = after.decision is None  # the customer wrote before the reply was out: somebody decides again
        assert len(sent) == after.replies - (overtaken and bool(after.replies)), "one reply for the one decision"
        assert after.sending is not Sending.QUEUED, "nothing is still on its way"
        assert (decided and not overtaken) or after.status in (Status.OPEN, Status.SNOOZED), (
            "what nobody decided still waits for somebody"
        )
        assert [post for post in self._world.chat.posts if post.key.startswith(f"card:{case.id}:")], "Slack shows it"

    async def _forget(self, case_id: str) -> None:
        async with self._store.begin() as tx:
            await tx.connection.execute(delete(jobs).where(jobs.c.subject.startswith(case_id)))
            await tx.connection.execute(delete(deliveries))
            closed = cases.update().where(cases.c.id == case_id).values(status=Status.CLOSED.value)
            await tx.connection.execute(closed)


async def interleave(name: str, folder: Path, stride: int = 1) -> Meeting:
    """Let a pair meet on a database in `folder`. Raises Broken with the schedule that broke a promise."""
    url = f"sqlite+aiosqlite:///{folder / 'meeting.db'}"
    first = Store(url)
    await migrate(first)
    await first.close()
    asyncio.get_running_loop().set_default_executor(InPlaceExecutor())
    with in_place():
        store = Store(url)
        try:
            meeting = Meeting(store)
            await meeting.try_all(name, stride)
            return meeting
        finally:
            await store.close()


def main() -> int:
    """Try all, each pair in a process, and print one line of figures; 1 when a promise was broken."""
    began, tried, run, ends, broken = time.monotonic(), 0, 0, 0, 0
    with ProcessPoolExecutor(mp_context=get_context("spawn")) as processes:
        for told in processes.map(_try_pair, PAIRS):
            tried, run, ends, broken = tried + told[0], run + told[1], ends + told[2], broken + bool(told[3])
            print(told[3], end="")
    took = f"{time.monotonic() - began:.0f} s"
    print(f"{tried} interleavings by {run} courses, {ends} different ends, {broken} broken, {took}")
    return 1 if broken else 0


def _try_pair(name: str) -> tuple[int, int, int, str]:
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(logging.CRITICAL))
    with tempfile.TemporaryDirectory(dir=_quick_folder()) as folder:
        try:
            meeting = asyncio.run(interleave(name, Path(folder)))
        except Broken as error:
            return 0, 0, 0, f"{error}\n"
    return meeting.tried, len(meeting.courses), meeting.ends, ""


def _quick_folder() -> str | None:
    """Return a folder in memory where there is one: nothing here is about the disk."""
    return "/dev/shm" if Path("/dev/shm").is_dir() else None


if __name__ == "__main__":
    sys.exit(main())
