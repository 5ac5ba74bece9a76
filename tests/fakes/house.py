"""House: a product on a real database, and the few things that tests ask of it."""

from datetime import timedelta

from handlers.intake import receive
from handlers.jobs import DOING
from pipeline.case import Case
from pipeline.ticket import Author, Message, Ticket
from storage.cases import Event, history, load
from storage.jobs import Job, Kind, claim
from storage.store import Store
from tests.fakes.clock import MORNING
from tests.fakes.desk import World, build_services
from tests.fakes.tickets import arrival


def said(id_: str, text: str, *, minutes: float = 0, author: Author = Author.CUSTOMER) -> Message:
    """Return a message that was written so many minutes after the morning began."""
    return Message(id=id_, author=author, text=text, at=MORNING + timedelta(minutes=minutes))


def told(*messages: Message, id_: str = "t1") -> Ticket:
    """Return what a helpdesk tells of a ticket: these messages, or a usual one."""
    usual = (said("m1", "Hello, our card was charged twice for March."),)
    return Ticket(source="zendesk", id=id_, created_at=MORNING, subject="Charged", messages=messages or usual)


class House:
    """Services on a store, with the world around them."""

    def __init__(self, store: Store, *, mapped: bool = False) -> None:
        self.store = store
        self.world = World(mapped=mapped)
        self.services = build_services(store, self.world)

    async def arrive(self, ticket: Ticket, delivery: str = "d1") -> str:
        """Take a delivery in and return the id of its case."""
        return (await receive(self.services, arrival(ticket, delivery))).case_id

    async def shown(self, ticket: Ticket | None = None) -> Case:
        """Take a ticket in, do all that follows, and return its case."""
        case_id = await self.arrive(ticket or told())
        await self.work()
        return await self.case(case_id)

    async def case(self, case_id: str) -> Case:
        """Return the case as it is stored."""
        async with self.store.reader() as connection:
            found = await load(connection, case_id)
        assert found is not None
        return found

    async def history(self, case_id: str) -> tuple[Event, ...]:
        """Return everything that happened to a case."""
        async with self.store.reader() as connection:
            return await history(connection, case_id)

    async def due(self, *kinds: Kind) -> tuple[Job, ...]:
        """Claim what is due now."""
        return await claim(self.store, kinds or tuple(Kind), 100, self.world.clock.now())

    async def do(self, job: Job) -> None:
        """Do one job, and let what goes wrong pass."""
        await DOING[job.kind](self.services, job)

    async def work(self) -> None:
        """Do everything that is due now, and what that causes."""
        while jobs := await self.due():
            for job in jobs:
                await self.do(job)
