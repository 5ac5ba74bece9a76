"""Tickets are counted by agent, customer and company as they belong to them, whatever else is there."""

from datetime import timedelta

import pytest

from pipeline.case import Actor, Case, Status
from pipeline.question import By, Counted
from pipeline.ticket import Customer
from storage.cases import Event, save
from storage.comparisons import Comparison, Fits, compared
from storage.store import Store
from tests.fakes.clock import MORNING
from tests.fakes.house import told
from tests.storage.casework import WORKSPACE, new_case, stored

ANA, BEN = Actor(id="U-ana", name="Ana"), Actor(id="U-ben", name="Ben")


class Town:
    """Cases of one workspace."""

    def __init__(self, store: Store) -> None:
        self.store = store

    async def came(self, id_: str, email: str = "", days: float = 0, **more: object) -> Case:
        customer = Customer(email=email, name=email.partition("@")[0].title(), id=f"id-{email}" if email else "")
        ticket = told(id_=id_).model_copy(update={"customer": customer})
        usual = {"ticket": ticket, "created_at": MORNING - timedelta(days=days), "status": Status.OPEN}
        return await stored(self.store, new_case(id_, **usual | more))

    async def solved(self, case: Case, by: Actor, kind: str = "case.approved", days: float = 0) -> Case:
        async with self.store.begin() as tx:
            done = case.but(status=Status.ANSWERED)
            return await save(tx, done, Event(kind=kind, actor=by), MORNING - timedelta(days=days))

    async def compared(self, by: By, counted: Counted, **fits: object) -> Comparison:
        async with self.store.reader() as connection:
            return await compared(connection, WORKSPACE, by, counted, Fits.model_validate(fits))

    async def shares(self, by: By, counted: Counted, **fits: object) -> list[tuple[str, int]]:
        return [(each.name, each.count) for each in (await self.compared(by, counted, **fits)).shares]


@pytest.fixture
def town(store: Store) -> Town:
    return Town(store)


async def test_agents_have_what_they_claimed_else_what_is_assigned_to_them(town: Town) -> None:
    await town.came("c1", agent="Ana")
    await town.came("c2", agent="Ana")
    await town.came("c3", agent="Ana", claimed_by=BEN)
    await town.came("c4", agent="Ben", status=Status.ANSWERED)
    await town.came("c5")
    await town.came("c6", agent="Ana", workspace="other")
    assert await town.shares(By.AGENT, Counted.OPEN) == [("Ana", 2), ("Ben", 1)]
    found = await town.compared(By.AGENT, Counted.OPEN)
    assert (found.parties, found.tickets, found.nobodys) == (2, 3, 1)


async def test_a_solved_ticket_counts_once_for_who_solved_it_last_in_the_span(town: Town) -> None:
    first = await town.solved(await town.came("c1"), ANA)
    await town.solved(first, BEN, "case.resolved")
    await town.solved(await town.came("c2"), ANA, "case.edited")
    await town.solved(await town.came("c3"), ANA, days=9)
    await town.solved(await town.came("c4"), ANA, "case.claimed")
    reopened = await town.solved(await town.came("c5"), ANA)
    async with town.store.begin() as tx:
        await save(tx, reopened.but(status=Status.OPEN), Event(kind="case.reopened", actor=BEN), MORNING)
    since, until = MORNING - timedelta(days=7), MORNING + timedelta(days=1)
    assert await town.shares(By.AGENT, Counted.SOLVED, since=since, until=until) == [("Ana", 1), ("Ben", 1)]


async def test_customers_are_told_apart_by_address_and_named_as_in_their_newest_ticket(town: Town) -> None:
    await town.came("c1", "kim@acme.example", days=2)
    await town.came("c2", "Kim@Acme.example", days=1)
    await town.came("c3", "lou@acme.example")
    await town.came("c4", "mia@gmail.com")
    await town.came("c5")
    await town.came("c6", "kim@acme.example", days=40)
    since = MORNING - timedelta(days=30)
    found = await town.compared(By.CUSTOMER, Counted.CAME, since=since)
    assert [(each.name, each.count, each.newest) for each in found.shares] == [
        ("Kim", 2, "c2"),
        ("Lou", 1, "c3"),
        ("Mia", 1, "c4"),
    ]
    assert found.nobodys == 1
    companies = await town.compared(By.COMPANY, Counted.CAME, since=since)
    assert [(each.name, each.count) for each in companies.shares] == [("acme.example", 3)]
    assert companies.nobodys == 2


async def test_team_category_and_urgency_narrow_what_is_counted(town: Town) -> None:
    await town.came("c1", "kim@acme.example", team="billing")
    await town.came("c2", "kim@acme.example", team="tech")
    assert await town.shares(By.CUSTOMER, Counted.OPEN, team="billing") == [("Kim", 1)]
    assert await town.shares(By.CUSTOMER, Counted.OPEN, category="billing") == []
