"""The queue finds what fits, and how many there are of it, however few are shown."""

from datetime import timedelta

import pytest

from pipeline.case import Actor, Status
from pipeline.classify import Urgency
from storage.cases import Event, create
from storage.queue import Fits, Queue, queue, theirs
from storage.store import Store
from tests.fakes.clock import MORNING
from tests.pipeline.deciding import a_case
from tests.pipeline.people import ANA, POLICY

ANA_ = Actor(id=ANA.id, name="Ana")


@pytest.fixture
async def full(store: Store) -> Store:
    kinds: dict[str, dict[str, object]] = {
        "claimed": {"claimed_by": ANA_},
        "assigned": {"agent": "Ana"},
        "taken": {"agent": "Ana", "claimed_by": Actor(id="U-ben", name="Ben")},
        "unread": {"analysis": None, "status": Status.WAITING},
        "visiting": {"team": "care", "home": "billing"},
        "elsewhere": {"team": "care", "home": "care"},
        "done": {"status": Status.ANSWERED, "agent": "Ana"},
    }
    async with store.begin() as tx:
        for hours, (id_, changes) in enumerate(kinds.items()):
            base = a_case().but(team="billing", home="billing")
            ticket = base.ticket.model_copy(update={"id": id_})
            due = MORNING + timedelta(hours=hours)
            case = base.but(id=id_, ticket=ticket, workspace="T1", due_at=due, **changes)
            assert await create(tx, case, Event(kind="ticket.opened", actor=ANA_))
    return store


async def ids(store: Store, fits: Fits, limit: int = 20) -> list[str]:
    async with store.reader() as connection:
        return [case.id for case in (await queue(connection, "T1", fits, limit)).cases]


async def test_the_total_counts_what_is_not_shown(full: Store) -> None:
    async with full.reader() as connection:
        found = await queue(connection, "T1", Fits(), 2)
        assert (len(found.cases), found.total) == (2, 6)
        assert await queue(connection, "T2", Fits(), 2) == Queue(cases=(), total=0)


async def test_a_team_has_what_it_owns_and_what_stands_in_its_channel(full: Store) -> None:
    assert await ids(full, Fits(teams=("care",))) == ["visiting", "elsewhere"]
    assert await ids(full, Fits(teams=("billing",))) == ["claimed", "assigned", "taken", "unread", "visiting"]


async def test_whoever_claimed_a_case_works_on_it_and_not_whom_it_was_assigned_to(full: Store) -> None:
    assert await ids(full, Fits(worker="Ana")) == ["claimed", "assigned"]
    assert await ids(full, Fits(worker="Ben")) == ["taken"]
    member = next(each for team in POLICY.teams for each in team.members if each.name == "Ana")
    async with full.reader() as connection:
        found = await theirs(connection, "T1", ANA, member, 20)
        assert [case.id for case in found.cases] == ["claimed", "assigned"]
        assert [case.id for case in (await theirs(connection, "T1", ANA, None, 20)).cases] == ["claimed"]


async def test_what_burns_is_late_or_critical_or_escalated(full: Store) -> None:
    assert await ids(full, Fits(burning_at=MORNING + timedelta(hours=1))) == ["claimed", "assigned"]
    assert await ids(full, Fits(urgency=Urgency.P1)) == []


async def test_a_draft_waits_only_where_one_is_offered(full: Store) -> None:
    assert "unread" not in await ids(full, Fits(drafted=True))
    assert "claimed" in await ids(full, Fits(drafted=True))
