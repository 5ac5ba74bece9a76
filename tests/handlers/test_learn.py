"""What people decide is remembered for the next ticket, masked, with what we had read instead."""

from dataclasses import replace
from pathlib import Path

import pytest

from bot.adapters.llm_classifier import LLMClassifier
from handlers.decisions import act
from pipeline.case import Case
from pipeline.decide import Choose, Reassign
from pipeline.errors import Refused
from pipeline.ports import Answer
from pipeline.precedent import Precedent
from pipeline.prompt import Prompt
from storage.corrections import Corrections
from storage.precedents import CaseMemory
from storage.store import Store
from storage.vectors import FolderVectors
from tests.fakes.house import House, said, told
from tests.fakes.reading import FakeClassifier, FakePrecedents
from tests.storage.knowing import WordEmbedder

LEAD = "ULENA"


@pytest.fixture
def house(store: Store) -> House:
    return House(store)


def noted(house: House, case: Case) -> Precedent | None:
    memory = house.services.precedents
    assert isinstance(memory, FakePrecedents)
    return memory.noted.get(case.id)


async def chosen(house: House, case: Case, category: str) -> None:
    await act(house.services, LEAD, case.id, lambda _, by: Choose(by=by, category=category))
    await house.work()


async def moved(house: House, case: Case, team: str) -> None:
    await act(house.services, LEAD, case.id, lambda _, by: Reassign(by=by, team=team))
    await house.work()


async def test_a_category_that_a_person_chose_is_remembered_with_what_had_been_read(house: House) -> None:
    case = await house.shown(told(said("m1", "I was charged twice, write to ana@example.com")))
    await chosen(house, case, "account")
    found = noted(house, case)
    assert found is not None
    assert (found.category, found.instead_of) == ("account", "billing")
    assert "charged twice" in found.text
    assert "ana@example.com" not in found.text


async def test_of_two_choices_the_later_counts_against_what_we_had_read_ourselves(house: House) -> None:
    case = await house.shown()
    await chosen(house, case, "account")
    await chosen(house, case, "technical")
    found = noted(house, case)
    assert found is not None
    assert (found.category, found.instead_of) == ("technical", "billing")


async def test_a_reading_that_a_person_confirmed_is_no_correction(house: House) -> None:
    case = await house.shown()
    await chosen(house, case, "billing")
    found = noted(house, case)
    assert found is not None
    assert (found.category, found.instead_of) == ("billing", "")


async def test_moving_it_to_the_team_that_owns_one_category_says_what_it_is_about(house: House) -> None:
    case = await house.shown()
    await moved(house, case, "tech_support")
    found = noted(house, case)
    assert found is not None
    assert (found.category, found.instead_of) == ("technical", "billing")


async def test_moving_it_to_a_team_that_owns_no_category_says_nothing(house: House) -> None:
    case = await house.shown()
    await moved(house, case, "billing_lead")
    assert noted(house, case) is None


async def test_a_case_that_nobody_filed_is_no_precedent(house: House) -> None:
    assert noted(house, await house.shown()) is None


class Listening:
    """A model that answers nothing and remembers what it was asked."""

    def __init__(self) -> None:
        self.prompts: list[Prompt] = []

    async def ask(self, prompt: Prompt, schema: type[Answer]) -> Answer:
        self.prompts.append(prompt)
        raise Refused


async def test_the_next_ticket_like_it_is_read_with_the_correction_in_sight(store: Store, tmp_path: Path) -> None:
    house, model, vectors = House(store), Listening(), FolderVectors(tmp_path / "index")
    usual = house.services
    memory = CaseMemory(Corrections(store, usual.clock), usual.knowledge, vectors, WordEmbedder(), usual.workspace)
    reader = LLMClassifier(model, FakeClassifier(), 10, precedents=memory)
    house.services = replace(usual, precedents=memory, classifier=reader)
    case = await house.shown(told(said("m1", "Why did the price of our five seats go up, kim@example.com asks")))
    await chosen(house, case, "feature_request")
    await house.arrive(told(said("m2", "The price of our five seats did go up, why"), id_="t2"), "d2")
    await house.work()
    await vectors.close()
    first, *_, last = model.prompts
    assert "begin earlier" not in first.data
    assert "begin earlier 1, filed under feature_request, not billing>>>\n" in last.data
    assert last.data.count("begin earlier") == 1
    assert "kim@example.com" not in last.data
    assert last.system == first.system
