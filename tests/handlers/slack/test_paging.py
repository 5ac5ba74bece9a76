"""A search that finds much is turned page by page, by whoever may look."""

from dataclasses import replace
from typing import Any

import pytest

from handlers.finding import like_words
from handlers.slack import commands
from pipeline.alike import Alike
from pipeline.case import DESK
from storage.cases import Event, create
from storage.store import Store
from tests.fakes.house import House
from tests.fakes.reading import FakeCases, FakeIndex
from tests.handlers.views.valid import must_be_valid
from tests.pipeline.deciding import a_case


@pytest.fixture
async def house(store: Store) -> House:
    """Twelve cases, each a little less like what is asked than the one before."""
    house = House(store)
    found = []
    for number in range(12):
        ticket = a_case().ticket.model_copy(update={"id": f"{number:02}", "subject": f"Number {number:02}"})
        case = a_case().but(id=f"k{number:02}", ticket=ticket, workspace=house.services.workspace)
        async with store.begin() as tx:
            await create(tx, case, Event(kind="ticket.opened", actor=DESK))
        found.append(Alike(case=case.id, likeness=0.9 - number / 50))
    house.services = replace(house.services, cases=FakeCases(tuple(found)), index=FakeIndex(()))
    return house


def shown(card: Any) -> tuple[list[str], list[str]]:
    """The numbers that a page lists, and where its buttons lead."""
    must_be_valid(card)
    rows = [str(block["text"]["text"]) for block in card.blocks if str(block["block_id"]).startswith("like.")]
    values = [each["value"] for block in card.blocks if block["block_id"] == "pages" for each in block["elements"]]
    return [row[row.index("Number ") + 7 :][:2] for row in rows], values


async def test_each_page_lists_the_next_ones_and_leads_to_its_neighbours(house: House) -> None:
    numbers = [f"{number:02}" for number in range(12)]
    first = await commands.answer(house.services, "UANA", "search card charged")
    assert shown(first) == (numbers[:5], ["2 card charged"])
    assert "12 tickets, page 1 of 3, like “card charged”" in first.text
    assert shown(await like_words(house.services, "card charged", 2)) == (
        numbers[5:10],
        ["1 card charged", "3 card charged"],
    )
    assert shown(await like_words(house.services, "card charged", 99)) == (numbers[10:], ["2 card charged"])


async def test_what_matches_nothing_closely_says_so(house: House) -> None:
    house.services = replace(house.services, cases=FakeCases((Alike(case="k00", likeness=0.2),)))
    card = await commands.answer(house.services, "UANA", "search zebra")
    assert card.text == "Nothing here is like “zebra”: no ticket, and no answer of the team."
