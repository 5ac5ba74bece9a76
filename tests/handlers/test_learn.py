"""What people decide is remembered for the next ticket, masked, with what we had read instead."""

from dataclasses import replace
from pathlib import Path

import pytest

from bot.adapters.llm_classifier import LLMClassifier
from handlers.decisions import act, approve, edit
from pipeline.acts import Choose, Keep, Reassign
from pipeline.case import DESK, Case, Worth
from pipeline.decide import NotNow
from pipeline.draft import Grade
from pipeline.errors import Refused
from pipeline.feedback import Aspect, Standing
from pipeline.ports import Answer
from pipeline.precedent import Precedent
from pipeline.prompt import Prompt
from storage.cases import Event, save
from storage.corrections import Corrections
from storage.feedback import of_case, place
from storage.jobs import Kind, enqueue
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


async def learnt(house: House) -> dict[str, bool]:
    """Return what the knowledge base finds for the usual question: answers, and whether each is gold."""
    _, ids = await house.services.knowledge.search_words("card charged twice March", house.services.workspace, 9)
    found = await house.services.knowledge.get(ids, house.services.workspace)
    return {entry.resolution.answer: entry.resolution.gold for entry in found}


async def answered(house: House, grade: Grade, text: str = "") -> Case:
    case = await house.shown()
    assert case.analysis is not None
    graded = case.analysis.draft.model_copy(update={"grade": grade})
    async with house.services.store.begin() as tx:
        changed = case.but(analysis=case.analysis.model_copy(update={"draft": graded}))
        await save(tx, changed, Event(kind="case.reanalysed", actor=DESK), house.services.clock.now())
    if text:
        await edit(house.services, LEAD, case.id, case.shown, text)
    else:
        await approve(house.services, LEAD, case.id, case.shown)
    await house.work()
    return case


async def test_a_question_teaches_nothing_until_a_person_says_so(house: House) -> None:
    case = await answered(house, Grade.QUESTION)
    assert await learnt(house) == {}
    await act(house.services, LEAD, case.id, lambda _, by: Keep(by=by, worth=Worth.GOLD))
    await house.work()
    assert list((await learnt(house)).values()) == [True]


async def test_an_acknowledgement_is_no_answer_that_could_teach_anything(house: House) -> None:
    case = await answered(house, Grade.NEEDS_PERSON)
    assert await learnt(house) == {}
    with pytest.raises(NotNow, match="Only an answer that was given"):
        await act(house.services, LEAD, case.id, lambda _, by: Keep(by=by, worth=Worth.GOLD))


async def test_a_written_reply_is_learnt_marked_as_gold_and_taken_out_again(house: House) -> None:
    case = await answered(house, Grade.NEEDS_PERSON, "The second charge is gone by Friday.")
    assert await learnt(house) == {"The second charge is gone by Friday.": False}
    for worth, found in ((Worth.GOLD, [True]), (Worth.POOR, []), (Worth.PLAIN, [False])):
        await act(house.services, LEAD, case.id, lambda _, by, worth=worth: Keep(by=by, worth=worth))  # type: ignore[misc]
        await house.work()
        assert list((await learnt(house)).values()) == found


async def test_what_is_learnt_says_when_it_was_solved(house: House) -> None:
    case = await answered(house, Grade.NEEDS_PERSON, "The second charge is gone by Friday.")
    (entry,) = await house.services.knowledge.get([f"{case.id}:1"], house.services.workspace)
    assert entry.resolution.solved_at == house.services.clock.now()
    assert entry.resolution.minutes == 0


async def undone(house: House, case: Case, aspect: Aspect, standing: Standing = Standing.UNDONE) -> None:
    """Let what was said last in an aspect no longer count, and let that be learnt."""
    async with house.services.store.begin() as tx:
        *_, last = (each for each in await of_case(tx.connection, case.id) if each.aspect is aspect)
        await place(tx, [last.number], standing)
        await enqueue(tx, Kind.LEARN, case.id, now=house.services.clock.now())
    await house.work()


@pytest.mark.parametrize("standing", [Standing.UNDONE, Standing.QUARANTINED])
async def test_a_filing_that_no_longer_counts_gives_way_to_the_one_before(house: House, standing: Standing) -> None:
    case = await house.shown()
    await chosen(house, case, "account")
    await chosen(house, case, "technical")
    await undone(house, case, Aspect.CATEGORY, standing)
    found = noted(house, case)
    assert found is not None
    assert (found.category, found.instead_of) == ("account", "billing")


async def test_a_filing_that_was_undone_is_no_precedent_until_somebody_says_it_again(house: House) -> None:
    case = await house.shown()
    await chosen(house, case, "account")
    await undone(house, case, Aspect.CATEGORY)
    assert noted(house, case) is None
    await chosen(house, case, "account")
    assert noted(house, case) is not None


async def test_an_answer_whose_sender_s_word_was_undone_is_not_found_any_more(house: House) -> None:
    case = await answered(house, Grade.NEEDS_PERSON, "The second charge is gone by Friday.")
    await act(house.services, LEAD, case.id, lambda _, by: Keep(by=by, worth=Worth.GOLD))
    await house.work()
    await undone(house, case, Aspect.GOLD)
    assert await learnt(house) == {"The second charge is gone by Friday.": False}
    await undone(house, case, Aspect.DRAFT)
    assert await learnt(house) == {}


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
