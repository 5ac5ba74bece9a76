"""What must hold when all is quiet, however often the product died on the way."""

from sqlalchemy import select

from handlers.services import Services
from handlers.views.thread import thread_line
from pipeline.case import Case, Sending
from storage.cases import history, tampered
from storage.jobs import depth
from storage.tables import cases
from tests.crash.mortal import Mortal
from tests.fakes.desk import World


async def check_promises(desk: Mortal) -> None:
    """Raise AssertionError with the first promise that was broken."""
    async with desk.services.store.reader() as connection:
        assert len((await connection.execute(select(cases.c.id))).all()) == 1, "one case"
        assert await depth(connection) == {}, "no work is left"
    case = await desk.case()
    on_its_way = (case.sending, *(each.sending for each in case.holdings))
    assert Sending.QUEUED not in on_its_way, "nothing is still on its way"
    await _check_history(desk.services, desk.world, case)
    _check_slack(desk.world, case)
    await _check_thread(desk.services, desk.world, case)
    _check_helpdesk(desk.world, case)


async def _check_history(services: Services, world: World, case: Case) -> None:
    async with services.store.reader() as connection:
        assert not await tampered(connection, case.id), "the history is whole"
        kinds = [event.kind for event in await history(connection, case.id)]
    assert kinds.count("ticket.opened") == 1, "opened once"
    assert kinds.count("call.made") == sum(key.startswith("call:") for key in world.chat.counts), "each call is told"
    assert kinds.count("reply.sent") == case.replies, "each reply is in the history once"
    assert kinds.count("holding.sent") == len(case.holdings), "each acknowledgement is in the history once"


def _check_slack(world: World, case: Case) -> None:
    twice = {key: count for key, count in world.chat.counts.items() if count != 1}
    assert not twice, "nothing is posted twice"
    for placement in range(1, case.placement + 1):
        world.chat.keyed(f"card:{case.id}:{placement}")
    if case.decision is not None:
        card = world.chat.keyed(f"card:{case.id}:{case.placement}").card
        assert str(case.decision.verdict) in card.text.casefold(), "the card shows the decision"


async def _check_thread(services: Services, world: World, case: Case) -> None:
    """Each thing that happened is told in one thread, once."""
    async with services.store.reader() as connection:
        happened = await history(connection, case.id)
    told = [key.rsplit(":", 1)[1] for key in world.chat.counts if key.startswith(f"thread:{case.id}:")]
    to_tell = [str(event.number) for event in happened if thread_line(event, case) is not None]
    assert sorted(told) == sorted(to_tell), "one line per event"


def _check_helpdesk(world: World, case: Case) -> None:
    twice = {key: count for key, count in world.helpdesk.counts.items() if count != 1}
    assert not twice, "nothing is written to the helpdesk twice"
    assert [reply.text for _, reply in world.helpdesk.replies] == world.approved, "each approved reply arrived"
    if world.mapped:
        owner = case.owner.split()[0].lower() if case.owner else ""
        assert world.helpdesk.has_it(case.ticket.id) == (f"{owner}@desk.example" if owner else ""), "both are in step"
    notes = [note for _, note in world.helpdesk.notes]
    assert notes, "the helpdesk knows what was found"
    assert case.analysis is not None
    assert case.analysis.classification.category in notes[-1].text, "the last note tells the last analysis"
