"""A reply that is overtaken by a newer decision while it is on its way."""

from handlers.decisions import edit, load_case
from handlers.intake import receive
from pipeline.case import Sending
from pipeline.ports import Reply
from storage.store import Store
from tests.fakes.desk import World, build_services
from tests.fakes.helpdesk import FakeHelpDesk
from tests.fakes.settle import settle
from tests.fakes.tickets import arrival, ticket

LEAD = "ULENA"


async def test_a_second_reply_is_sent_though_it_was_decided_while_the_first_was_on_its_way(store: Store) -> None:
    class SlowHelpDesk(FakeHelpDesk):
        """Takes so long over its first reply that the customer writes again and a person answers again."""

        async def reply(self, ticket_id: str, reply: Reply) -> None:
            await super().reply(ticket_id, reply)
            if reply.text == "first":
                await receive(services, arrival(ticket("1", "We were charged twice.", "Once more."), "d2"))
                await answer("second")

    async def answer(text: str) -> None:
        case = await load_case(services, case_id)
        await edit(services, LEAD, case.id, case.shown, text)

    world = World()
    world.helpdesk = SlowHelpDesk(world.clock, world.fuse)
    services = build_services(store, world)
    case_id = (await receive(services, arrival(ticket("1", "We were charged twice."), "d1"))).case_id
    await settle(services, world.clock)
    await answer("first")
    await settle(services, world.clock)
    assert [reply.text for _, reply in world.helpdesk.replies] == ["first", "second"]
    assert (await load_case(services, case_id)).sending is Sending.SENT
