"""A case is changed by whoever read it last, and its history cannot be changed unseen."""

import asyncio
from collections.abc import Awaitable, Callable
from datetime import timedelta

import pytest
from sqlalchemy import delete, update

from pipeline.case import Status
from storage import cards, cases
from storage.cases import Conflict, Event
from storage.store import Store, Transaction
from storage.tables import events
from tests.fakes.clock import MORNING
from tests.storage.casework import ANA, OPENED, WORKSPACE, new_case, stored

CLAIMED = Event(kind="case.claimed", actor=ANA, detail={"why": "mine"})
LATER = MORNING + timedelta(hours=1)


async def save(store: Store, case: cases.Case, event: Event = CLAIMED) -> cases.Case:
    async with store.begin() as tx:
        return await cases.save(tx, case, event, LATER)


async def is_tampered(store: Store, id_: str = "case1") -> bool:
    async with store.reader() as connection:
        return await cases.tampered(connection, id_)


async def test_a_case_comes_back_as_it_was_saved(store: Store) -> None:
    case = await stored(store, new_case())
    saved = await save(store, case.but(status=Status.OPEN, team="money", due_at=LATER))
    async with store.reader() as connection:
        assert await cases.load(connection, "case1") == saved
        assert await cases.by_ticket(connection, WORKSPACE, "zendesk", "t1") == saved
        assert await cases.by_ticket(connection, "other", "zendesk", "t1") is None
    assert saved.version == case.version + 1


async def test_a_ticket_has_one_case(store: Store) -> None:
    await stored(store, new_case())
    async with store.begin() as tx:
        assert not await cases.create(tx, new_case("case2"), OPENED)
    async with store.reader() as connection:
        assert await cases.load(connection, "case2") is None
        assert await cases.history(connection, "case2") == ()


async def test_saving_what_somebody_changed_meanwhile_is_refused_and_leaves_no_event(store: Store) -> None:
    case = await stored(store, new_case())
    await save(store, case.but(agent="Ana"))
    with pytest.raises(Conflict):
        await save(store, case.but(agent="Ben"))
    async with store.reader() as connection:
        kept = await cases.load(connection, "case1")
        assert kept is not None
        assert kept.agent == "Ana"
        assert [event.kind for event in await cases.history(connection, "case1")] == ["ticket.opened", "case.claimed"]


async def test_of_many_who_save_at_once_one_wins(store: Store) -> None:
    case = await stored(store, new_case())
    saving = (save(store, case.but(agent=f"agent {n}")) for n in range(10))
    results = await asyncio.gather(*saving, return_exceptions=True)
    won = [result for result in results if isinstance(result, cases.Case)]
    assert len(won) == 1
    assert sum(isinstance(result, Conflict) for result in results) == 9
    async with store.reader() as connection:
        assert await cases.load(connection, "case1") == won[0]


async def test_history_is_told_from_a_number_on(store: Store) -> None:
    await save(store, await stored(store, new_case()))
    async with store.reader() as connection:
        told = await cases.history(connection, "case1", after=0)
    assert told == (CLAIMED.model_copy(update={"number": 1, "at": LATER}),)


Tampering = Callable[[Transaction], Awaitable[object]]
TAMPERINGS: dict[str, Tampering] = {
    "the detail": lambda tx: tx.connection.execute(update(events).where(events.c.number == 1).values(detail="{}")),
    "the kind": lambda tx: tx.connection.execute(update(events).where(events.c.number == 1).values(kind="x")),
    "the moment": lambda tx: tx.connection.execute(update(events).where(events.c.number == 1).values(at=MORNING)),
    "who did it": lambda tx: tx.connection.execute(
        update(events).where(events.c.number == 1).values(actor='{"id": "U-ben", "name": "Ben"}')
    ),
    "deleted": lambda tx: tx.connection.execute(delete(events).where(events.c.number == 1)),
    "cut off": lambda tx: tx.connection.execute(delete(events).where(events.c.number == 2)),
    "all gone": lambda tx: tx.connection.execute(delete(events)),
}


@pytest.mark.parametrize("tampering", TAMPERINGS.values(), ids=TAMPERINGS)
async def test_a_change_to_the_history_shows(store: Store, tampering: Tampering) -> None:
    case = await save(store, await stored(store, new_case()))
    await save(store, case)
    assert not await is_tampered(store)
    async with store.begin() as tx:
        await tampering(tx)
    assert await is_tampered(store)


async def test_a_click_finds_its_case_only_by_our_own_record_of_the_card(store: Store) -> None:
    await stored(store, new_case())
    usual = {"case_id": "case1", "placement": 1, "workspace": WORKSPACE}
    card = cards.Placed(**usual, role=cards.CARD, channel="C1", ts="1.1")
    pointer = cards.Placed(**usual, role=cards.POINTER, channel="C2", ts="2.2")
    async with store.begin() as tx:
        await cards.place(tx, card)
        await cards.place(tx, pointer)
    async with store.reader() as connection:
        found = await cases.by_card(connection, WORKSPACE, "C1", "1.1")
        assert found is not None
        assert found.id == "case1"
        for workspace, channel, ts in [
            (WORKSPACE, "C1", "1.2"),
            (WORKSPACE, "C2", "1.1"),
            ("other", "C1", "1.1"),
            (WORKSPACE, "C2", "2.2"),
        ]:
            assert await cases.by_card(connection, workspace, channel, ts) is None
    async with store.begin() as tx:
        await cards.retire(tx, card)
    async with store.reader() as connection:
        assert await cases.by_card(connection, WORKSPACE, "C1", "1.1") is None


async def test_undecided_cases_come_the_most_pressing_first_and_count_for_their_agent(store: Store) -> None:
    for n, (status, hours) in enumerate([(Status.OPEN, 3), (Status.WAITING, 1), (Status.ANSWERED, 0)]):
        due = MORNING + timedelta(hours=hours)
        case = new_case(f"case{n}", ticket_id=f"t{n}", status=status, due_at=due, agent="Ana", team="money")
        await stored(store, case)
    async with store.reader() as connection:
        waiting = await cases.undecided(connection, WORKSPACE)
        assert await cases.undecided(connection, WORKSPACE, team="care") == ()
        assert await cases.load_by_agent(connection, WORKSPACE) == {"Ana": 2}
    assert [case.id for case in waiting] == ["case1", "case0"]
