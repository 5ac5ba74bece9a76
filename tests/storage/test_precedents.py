"""What people filed is found for the next ticket like it, in its own workspace, whatever happened to the index."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from pipeline.errors import Unavailable
from pipeline.mask import mask_text
from pipeline.precedent import Precedent
from storage.corrections import Corrections
from storage.index import HybridIndex
from storage.knowledge import KnowledgeBase
from storage.precedents import MOST_OF_A_KIND, CaseMemory
from storage.store import Store
from storage.vectors import FolderVectors, Vectors
from tests.storage.casework import new_case, stored
from tests.storage.knowing import REFUND, BrokenVectors, StandingClock, WordEmbedder, solved

SEATS = Precedent(text="Why did the price of our seats go up?", category="billing", instead_of="general")


class Memory:
    """A memory with all that it rests on."""

    def __init__(self, store: Store, vectors: Vectors, workspace: str = "one", embedder: WordEmbedder | None = None):
        self.store, self.embedder = store, embedder or WordEmbedder()
        self.knowledge = KnowledgeBase(store, StandingClock())
        self.index = HybridIndex(self.knowledge, vectors, self.embedder, workspace)
        corrections = Corrections(store, StandingClock())
        self.cases = CaseMemory(corrections, self.knowledge, vectors, self.embedder, workspace)
        self.workspace = workspace

    async def noted(self, id_: str, filed: Precedent) -> None:
        await stored(self.store, new_case(id_, ticket_id=f"{self.workspace}-{id_}", workspace=self.workspace))
        await self.cases.note(id_, filed)

    async def near(self, text: str) -> list[tuple[str, str, str]]:
        return [(each.text, each.category, each.instead_of) for each in await self.cases.nearest(mask_text(text))]


@pytest.fixture
async def vectors(tmp_path: Path) -> AsyncIterator[Vectors]:
    vectors = FolderVectors(tmp_path / "chroma")
    yield vectors
    await vectors.close()


@pytest.fixture
async def memory(store: Store, vectors: Vectors) -> Memory:
    return Memory(store, vectors)


async def test_a_correction_is_found_for_a_ticket_like_it_and_for_no_other(memory: Memory) -> None:
    await memory.noted("c1", SEATS)
    assert await memory.cases.index_waiting() == 1
    assert await memory.near("the price of our seats went up, why?") == [(SEATS.text, "billing", "general")]
    assert await memory.near("printer jams on page two") == []
    assert await memory.cases.index_waiting() == 0


async def test_a_new_memory_finds_nothing(memory: Memory) -> None:
    assert await memory.near("anything") == []
    assert await memory.cases.index_waiting() == 0


async def test_a_later_word_on_the_same_case_counts_without_another_vector(memory: Memory) -> None:
    await memory.noted("c1", SEATS)
    await memory.cases.index_waiting()
    await memory.cases.note("c1", SEATS.model_copy(update={"category": "account"}))
    assert await memory.cases.index_waiting() == 0
    assert await memory.near(SEATS.text) == [(SEATS.text, "account", "general")]


async def test_a_case_whose_words_changed_is_found_by_its_new_ones(memory: Memory) -> None:
    await memory.noted("c1", SEATS)
    await memory.cases.index_waiting()
    await memory.cases.note("c1", SEATS.model_copy(update={"text": "zebra stripes fading"}))
    assert await memory.cases.index_waiting() == 1
    assert await memory.near("zebra stripes") == [("zebra stripes fading", "billing", "general")]
    assert await memory.near(SEATS.text) == []


async def test_solved_tickets_come_after_corrections(memory: Memory) -> None:
    await memory.noted("c1", Precedent(text="I was charged twice for seats", category="account", instead_of="billing"))
    await memory.knowledge.add([REFUND, solved("r9", "I was charged twice", "No category here.")], "one")
    await memory.index.index_waiting()
    await memory.cases.index_waiting()
    assert await memory.near("I was charged twice") == [
        ("I was charged twice for seats", "account", "billing"),
        (REFUND.question, "billing", ""),
    ]


async def test_only_a_few_of_a_kind_are_returned_the_nearest_first(memory: Memory) -> None:
    for number in range(6):
        more = " ".join(f"other{n}" for n in range(number))
        await memory.noted(f"c{number}", Precedent(text=f"charged twice again {more}", category="billing"))
    await memory.cases.index_waiting()
    found = await memory.cases.nearest(mask_text("charged twice again"))
    assert len(found) == MOST_OF_A_KIND
    assert [each.text.strip() for each in found] == ["charged twice again", "charged twice again other0"]
    assert found[0].likeness > found[1].likeness


async def test_another_workspace_is_never_shown(store: Store, vectors: Vectors, memory: Memory) -> None:
    other = Memory(store, vectors, "two")
    await memory.noted("c1", SEATS)
    await other.knowledge.add([solved("x1", SEATS.text, "theirs", category="billing")], "two")
    for each in (memory, other):
        await each.index.index_waiting()
        await each.cases.index_waiting()
    assert await memory.near(SEATS.text) == [(SEATS.text, "billing", "general")]
    assert await other.near(SEATS.text) == [(SEATS.text, "billing", "")]


async def test_placeholders_lose_their_numbers_so_that_they_lead_nowhere(memory: Memory) -> None:
    await memory.noted("c1", Precedent(text="I am [NAME_1], charged twice\0\ud800", category="billing"))
    await memory.cases.index_waiting()
    assert await memory.near("charged twice, I am") == [("I am [NAME], charged twice?", "billing", "")]


async def test_a_lost_folder_and_another_embedder_are_filled_again(
    store: Store, memory: Memory, tmp_path: Path
) -> None:
    await memory.noted("c1", SEATS)
    await memory.cases.index_waiting()
    elsewhere = FolderVectors(tmp_path / "new")
    assert await Memory(store, elsewhere).cases.index_waiting() == 1
    fresh = Memory(store, elsewhere, embedder=WordEmbedder("another"))
    assert await fresh.cases.index_waiting() == 1
    assert await fresh.near(SEATS.text) == [(SEATS.text, "billing", "general")]
    await elsewhere.close()


async def test_without_vectors_the_memory_says_that_it_cannot_now(store: Store) -> None:
    memory = Memory(store, BrokenVectors())
    await memory.noted("c1", SEATS)
    with pytest.raises(Unavailable):
        await memory.near(SEATS.text)
    with pytest.raises(Unavailable):
        await memory.cases.index_waiting()


async def test_around_a_ticket_are_corrected_and_solved_ones_but_not_itself(memory: Memory) -> None:
    await memory.noted("c1", SEATS)
    await memory.noted("c2", SEATS)
    await memory.knowledge.add((solved("c3:1", SEATS.text, "They grew.", category="general"),), memory.workspace)
    await memory.cases.index_waiting()
    await memory.index.index_waiting()
    found = await memory.cases.around(mask_text(SEATS.text), but="c2")
    assert {(each.case_id, each.category) for each in found} == {("c1", "billing"), ("c3", "general")}
    assert await memory.cases.around(mask_text("printer jams on page two"), but="") == ()
    near, far = await memory.cases.likenesses(
        mask_text(SEATS.text), [mask_text(SEATS.text), mask_text("printer jams on page two")]
    )
    assert near > 0.99 > far
