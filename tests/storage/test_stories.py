"""Stories tell what arrived and what waits, and when the customer first got an answer."""

from datetime import timedelta

from pipeline.case import DESK, Case, Status
from storage.cases import Event, load, save
from storage.store import Store
from storage.stories import stories
from tests.fakes.clock import MORNING
from tests.storage.casework import WORKSPACE, new_case, stored

HOUR = timedelta(hours=1)


async def happened(store: Store, case: Case, kind: str, hours: int, **changes: object) -> None:
    async with store.begin() as tx:
        present = await load(tx.connection, case.id)
        assert present is not None
        await save(tx, present.but(**changes), Event(kind=kind, actor=DESK), MORNING + hours * HOUR)


async def test_the_first_answer_counts_however_it_was_given(store: Store) -> None:
    sent = await stored(store, new_case("sent", ticket_id="t1", team="money", due_at=MORNING + 4 * HOUR))
    by_hand = await stored(store, new_case("by hand", ticket_id="t2", team="tech"))
    await stored(store, new_case("waiting", ticket_id="t3", team="tech"))
    await happened(store, sent, "case.approved", 1, status=Status.ANSWERED)
    await happened(store, sent, "reply.sent", 2)
    await happened(store, sent, "reply.sent", 9)
    await happened(store, by_hand, "agent.wrote", 3)
    async with store.reader() as connection:
        found = await stories(connection, WORKSPACE, MORNING - HOUR)
        tech = await stories(connection, WORKSPACE, MORNING - HOUR, team="tech")
    assert [(story.team, story.responded_at, story.answered, story.open) for story in found] == [
        ("tech", MORNING + 3 * HOUR, True, True),
        ("money", MORNING + 2 * HOUR, True, False),
        ("tech", None, False, True),
    ]
    assert found[1].due_at == MORNING + 4 * HOUR
    assert [story.team for story in tech] == ["tech", "tech"]


async def test_an_acknowledgement_is_a_first_response_and_no_answer(store: Store) -> None:
    case = await stored(store, new_case("held", ticket_id="t1", status=Status.OPEN))
    await happened(store, case, "holding.sent", 1)
    async with store.reader() as connection:
        [held] = await stories(connection, WORKSPACE, MORNING - HOUR)
    await happened(store, case, "reply.sent", 5)
    async with store.reader() as connection:
        [answered] = await stories(connection, WORKSPACE, MORNING - HOUR)
    assert (held.responded_at, held.answered) == (MORNING + HOUR, False)
    assert (answered.responded_at, answered.answered) == (MORNING + HOUR, True)


async def test_what_waits_is_told_of_however_old_and_what_is_done_only_in_its_period(store: Store) -> None:
    await stored(store, new_case("old", ticket_id="t1", created_at=MORNING - 900 * HOUR))
    done = new_case("old and done", ticket_id="t2", created_at=MORNING - 900 * HOUR, status=Status.CLOSED)
    await stored(store, done)
    await stored(store, new_case("elsewhere", ticket_id="t3", workspace="other"))
    async with store.reader() as connection:
        found = await stories(connection, WORKSPACE, MORNING - HOUR)
    assert [story.created_at for story in found] == [MORNING - 900 * HOUR]
