"""The form for duplicates proposes the likeliest tickets with their likeness, and chooses only a very likely one."""

from dataclasses import replace
from typing import Any

import pytest

from handlers.decisions import approve
from handlers.duplicates import candidates
from handlers.views.duplicate import Candidate, duplicate_modal
from handlers.views.modals import more_modal
from pipeline.alike import LIKELY, Alike
from pipeline.ticket import Customer
from storage.store import Store
from tests.fakes.house import House, said, told
from tests.fakes.reading import FakeCases
from tests.handlers.views.cases import case
from tests.handlers.views.valid import must_be_valid_view


@pytest.fixture
async def house(store: Store) -> House:
    return House(store)


async def arrived(house: House, id_: str, email: str = "kim@client.example") -> str:
    ticket = told(said("m1", "Where is my invoice?"), id_=id_).model_copy(update={"customer": Customer(email=email)})
    case_id = await house.arrive(ticket, f"delivery of {id_}")
    await house.work()
    return case_id


async def test_the_likest_undecided_case_comes_first_whoever_wrote_it(house: House) -> None:
    mine, theirs = await arrived(house, "mine"), await arrived(house, "theirs", "ben@other.example")
    own, done = await arrived(house, "own"), await arrived(house, "done")
    await approve(house.services, "ULENA", done, (await house.case(done)).shown)
    found = (Alike(case=theirs, likeness=0.8), Alike(case=done, likeness=0.95), Alike(case=mine, likeness=1.0))
    house.services = replace(house.services, cases=FakeCases(found))
    offered = await candidates(house.services, await house.case(mine))
    assert [(each.case.id, each.likeness, each.same_customer) for each in offered] == [
        (theirs, 0.8, False),
        (own, None, True),
    ]


def chosen(*likenesses: float | None) -> tuple[list[str], Any]:
    offered = [Candidate(case=case().but(id=f"k{n}"), likeness=each) for n, each in enumerate(likenesses)]
    view = duplicate_modal(case(), offered)
    must_be_valid_view(view)
    element = view["blocks"][1]["element"]
    return [each["text"]["text"][:11] for each in element["options"]], element.get("initial_option", {}).get("value")


def test_likeness_and_number_are_told_and_only_a_very_likely_one_is_chosen() -> None:
    assert chosen(0.912, 0.4, None) == (["91% · #4711", "40% · #4711", "#4711 · Whe"], "k0")
    assert chosen(LIKELY - 0.001, 0.4)[1] is None
    assert chosen(None)[1] is None


def test_nothing_is_chosen_among_the_rarer_acts() -> None:
    [radio] = [block["element"] for block in more_modal(case())["blocks"] if block["type"] == "input"]
    assert "initial_option" not in radio
