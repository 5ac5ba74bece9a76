"""Mortal: a product that dies wherever the fuse says, and starts again in the same world."""

from collections.abc import Awaitable, Callable
from contextlib import suppress
from typing import TypeVar

from sqlalchemy import select

from handlers.decisions import act, approve, case_at, edit
from handlers.fold import owe_digest
from handlers.intake import receive
from handlers.warn import find_breaches
from pipeline.acts import Acknowledge, Claim, Reassign, Unacknowledge
from pipeline.case import Case
from pipeline.decide import AlreadyDecided, AlreadyHeard, AlreadyHeld, AlreadySo, Stale
from pipeline.ticket import Arrival
from storage import folds
from storage.cards import CARD, placed
from storage.cases import load
from storage.jobs import release_all
from storage.tables import cases
from tests.fakes.desk import World, build_services
from tests.fakes.fuse import Crash
from tests.fakes.settle import settle
from tests.fakes.store import FusedStore

LEAD = "ULENA"
R = TypeVar("R")


class Mortal:
    """A product with people and customers around it, who repeat what got no answer.

    The product remembers by its database alone. `alone` says that a database has one process, which
    frees what the dead one held; otherwise leases run out.
    """

    def __init__(self, url: str, world: World, *, alone: bool = True) -> None:
        self.world = world
        self._url = url
        self._alone = alone
        self._store = FusedStore(url, world.fuse)
        self.services = build_services(self._store, world)

    async def close(self) -> None:
        await self._store.close()

    async def hears(self, arrival: Arrival, *, again: bool = True) -> None:
        """The helpdesk sends a delivery, again and again until it is acknowledged."""

        async def send() -> None:
            if not sent or again:
                sent.append(arrival)
                await receive(self.services, arrival)

        sent: list[Arrival] = []
        await self._until_answered(send)

    async def quiet(self) -> None:
        """Everything that is owed gets done."""
        await self._until_answered(lambda: settle(self.services, self.world.clock))

    async def approves(self, shown: str = "") -> None:
        """A lead presses Approve on the card, and again when nothing answered."""
        case = await self.case()

        async def press() -> None:
            with suppress(AlreadyDecided):
                await approve(self.services, LEAD, case.id, shown or case.shown)

        await self._until_answered(press)
        await self._agrees_to_send()

    async def tells_that_it_is_looked_into(self) -> None:
        """A lead presses Send acknowledgement, and again when nothing answered."""
        case = await self.case()

        async def press() -> None:
            with suppress(AlreadyHeld):
                await approve(self.services, LEAD, case.id, case.shown)

        await self._until_answered(press)
        self.world.approved.append((await self.case()).holdings[-1].text)

    async def edits(self, text: str) -> None:
        """A lead sends the form with a text of their own."""
        case = await self.case()

        async def send() -> None:
            with suppress(AlreadyDecided):
                await edit(self.services, LEAD, case.id, case.shown, text)

        await self._until_answered(send)
        await self._agrees_to_send()

    async def reassigns(self, team: str) -> None:
        """A lead gives the case to another team, unless the card already says that it is there."""
        case = await self.case()

        async def send() -> None:
            if (await self.case()).team != team:
                await act(self.services, LEAD, case.id, lambda _, by: Reassign(by=by, team=team, reason="theirs"))

        await self._until_answered(send)

    async def knows_everybody(self) -> None:
        """The policy says who everybody is in the helpdesk."""
        self.world.mapped = True
        self.services = build_services(self._store, self.world)

    async def claims(self, user: str, *, hold: bool = True) -> None:
        """Somebody says that they work on it, or no more, and again when nothing answered."""
        case = await self.case()

        async def press() -> None:
            with suppress(AlreadySo):
                await act(self.services, user, case.id, lambda _, by: Claim(by=by, hold=hold))

        await self._until_answered(press)

    async def is_put_off(self) -> None:
        """So much comes at once that the case becomes a line of its channel's digest."""
        case = await self.case()

        async def fold() -> None:
            channel = await self.services.chat.channel("billing-support")
            async with self._store.begin() as tx:
                await folds.fold(tx, case, channel, self.services.clock.now())
                await owe_digest(self.services, tx, channel, at_once=True)

        await self._until_answered(fold)

    async def acknowledges(self) -> None:
        """A lead says that they have heard the call, and again when nothing answered."""
        case = await self.case()

        async def press() -> None:
            with suppress(AlreadyHeard):
                await act(self.services, LEAD, case.id, lambda _, by: Acknowledge(by=by))

        await self._until_answered(press)

    async def takes_that_back(self) -> None:
        """A lead has not heard it after all, unless the card says so already."""
        case = await self.case()

        async def press() -> None:
            if (await self.case()).acknowledged is not None:
                await act(self.services, LEAD, case.id, lambda _, by: Unacknowledge(by=by))

        await self._until_answered(press)

    async def looks_at_the_clock(self) -> None:
        """The clock finds what has used up its time."""
        await self._until_answered(lambda: find_breaches(self.services))

    async def is_refused(self, shown: str) -> Stale:
        """A lead approves what is no longer so, and is told why not."""
        case = await self.case()

        async def press() -> Stale:
            try:
                await approve(self.services, LEAD, case.id, shown)
            except Stale as stale:
                return stale
            raise AssertionError("sent what was no longer shown")

        return await self._until_answered(press)

    async def case(self) -> Case:
        """Return the one case, as the card in Slack leads to it where there is a card."""
        async with self._store.reader() as connection:
            [case_id] = (await connection.execute(select(cases.c.id))).scalars().all()
            case = await load(connection, case_id)
            shown = await placed(connection, case_id)
        assert case is not None
        for card in (one for one in shown if one.role == CARD and one.placement == case.placement):
            assert (await case_at(self.services, card.channel, card.ts)).id == case.id
        return case

    async def _agrees_to_send(self) -> None:
        decision = (await self.case()).decision
        assert decision is not None
        self.world.approved.append(decision.text)

    async def _until_answered(self, do: Callable[[], Awaitable[R]]) -> R:
        while True:
            try:
                return await do()
            except Crash:
                await self._rise()

    async def _rise(self) -> None:
        """A new process: nothing but the database and the world is left of the old one."""
        await self._store.close()
        self._store = FusedStore(self._url, self.world.fuse)
        self.services = build_services(self._store, self.world)
        if self._alone:
            await release_all(self._store)
