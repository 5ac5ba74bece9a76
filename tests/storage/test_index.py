"""The index can be rebuilt at any time, and the words still find when it cannot be searched."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from pipeline.errors import Unavailable
from pipeline.mask import mask_text
from storage.index import REACH, WORDS_ALONE, HybridIndex
from storage.knowledge import KnowledgeBase
from storage.store import Store
from storage.vectors import FolderVectors, Vectors
from tests.storage.knowing import HISTORY, BrokenVectors, StandingClock, WordEmbedder, solved


@pytest.fixture
async def knowledge(store: Store) -> KnowledgeBase:
    base = KnowledgeBase(store, StandingClock())
    await base.add(HISTORY, "one")
    return base


@pytest.fixture
async def vectors(tmp_path: Path) -> AsyncIterator[Vectors]:
    vectors = FolderVectors(tmp_path / "chroma")
    yield vectors
    await vectors.close()


@pytest.fixture
async def index(knowledge: KnowledgeBase, vectors: Vectors) -> HybridIndex:
    index = HybridIndex(knowledge, vectors, WordEmbedder(synonyms={"download": "export"}), "one")
    await index.index_waiting()
    return index


async def test_words_and_meaning_find_together_and_say_so(index: HybridIndex) -> None:
    best = (await index.search(mask_text("export as csv")))[0]
    assert best.resolution.id == "r1"
    assert best.reasons[0] == "words: export, csv"
    assert best.reasons[1].startswith("meaning 0.")


async def test_meaning_finds_what_shares_no_word(index: HybridIndex) -> None:
    best = (await index.search(mask_text("download")))[0]
    assert best.resolution.id == "r1"
    assert not any(reason.startswith("words") for reason in best.reasons)


async def test_nothing_waits_after_indexing_and_nothing_is_embedded_twice(
    knowledge: KnowledgeBase, vectors: Vectors
) -> None:
    embedder = WordEmbedder()
    index = HybridIndex(knowledge, vectors, embedder, "one")
    assert await index.check() == 3
    assert await index.index_waiting() == 3
    assert await index.index_waiting() == 0
    assert await index.check() == 0
    assert embedder.embedded == 6  # three questions and three answers


async def test_a_lost_folder_is_filled_again(index: HybridIndex, knowledge: KnowledgeBase, tmp_path: Path) -> None:
    elsewhere = FolderVectors(tmp_path / "new")
    fresh = HybridIndex(knowledge, elsewhere, WordEmbedder(), "one")
    assert await fresh.check() == 3
    assert await fresh.index_waiting() == 3
    await elsewhere.close()


async def test_dying_between_storing_and_marking_loses_nothing(
    index: HybridIndex, knowledge: KnowledgeBase, vectors: Vectors
) -> None:
    await knowledge.forget_index("one")  # as if the process had ended before the mark
    assert await index.check() == 3
    assert await index.index_waiting() == 3
    assert await vectors.count(index.collection) == 3


async def test_the_first_work_on_the_index_compares_it_with_the_database(
    index: HybridIndex, knowledge: KnowledgeBase, tmp_path: Path
) -> None:
    elsewhere = FolderVectors(tmp_path / "lost")
    started = HybridIndex(knowledge, elsewhere, WordEmbedder(), "one")
    assert await started.index_waiting() == 3
    assert await started.count() == await knowledge.count("one")
    await elsewhere.close()


async def test_a_rebuild_leaves_exactly_what_the_database_has(
    index: HybridIndex, knowledge: KnowledgeBase, vectors: Vectors
) -> None:
    stray = await WordEmbedder().embed([mask_text("stray")])
    await vectors.upsert(index.collection, ["gone"], stray)
    assert all(passage.resolution.id != "gone" for passage in await index.search(mask_text("stray")))
    await index.clear()
    assert await index.index_waiting() == 3
    assert await vectors.count(index.collection) == 3


async def test_without_vectors_the_words_find_and_the_reason_says_so(knowledge: KnowledgeBase) -> None:
    index = HybridIndex(knowledge, BrokenVectors(), WordEmbedder(), "one")
    best = (await index.search(mask_text("ERR-4471")))[0]
    assert best.resolution.id == "r3"
    assert best.reasons[-1] == WORDS_ALONE
    with pytest.raises(Unavailable):
        await index.index_waiting()


async def test_what_is_not_embedded_yet_is_found_by_its_words(index: HybridIndex, knowledge: KnowledgeBase) -> None:
    await knowledge.add([solved("r4", "My zebra printer jams", "Turn the zebra round.")], "one")
    assert (await index.search(mask_text("zebra printer")))[0].resolution.id == "r4"


async def test_a_poor_answer_is_shown_by_neither_side(index: HybridIndex, knowledge: KnowledgeBase) -> None:
    await knowledge.add([solved("c1:1", "export csv", "Try again later.")], "one", case_id="c1")
    await index.index_waiting()
    assert (await index.search(mask_text("export csv")))[0].resolution.id == "c1:1"
    await knowledge.mark("c1", "one", poor=True)
    assert "c1:1" not in {found.resolution.id for found in await index.search(mask_text("export csv"), k=10)}


async def test_another_workspace_is_never_shown(index: HybridIndex, knowledge: KnowledgeBase, vectors: Vectors) -> None:
    await knowledge.add([solved("x1", "export csv secret", "theirs")], "two")
    other = HybridIndex(knowledge, vectors, WordEmbedder(), "two")
    await other.index_waiting()
    assert {p.resolution.id for p in await other.search(mask_text("export csv"))} == {"x1"}
    assert "x1" not in {p.resolution.id for p in await index.search(mask_text("export csv secret"), k=10)}


async def test_what_another_workspace_has_takes_no_place_from_ours(
    index: HybridIndex, knowledge: KnowledgeBase, vectors: Vectors
) -> None:
    theirs = [solved(f"x{n}", "export my data to csv", f"Their answer {n}.") for n in range(2 * REACH)]
    await knowledge.add(theirs, "two")
    await HybridIndex(knowledge, vectors, WordEmbedder(), "two").index_waiting()
    found = await index.search(mask_text("export my data to csv"), k=1)
    assert [passage.resolution.id for passage in found] == ["r1"]
    assert found[0].reasons[0].startswith("words: ")


async def test_two_models_never_share_a_collection(knowledge: KnowledgeBase, vectors: Vectors) -> None:
    names = {
        HybridIndex(knowledge, vectors, WordEmbedder(name), workspace).collection
        for name in ("all-MiniLM-L6-v2", "intfloat/multilingual-e5", "/opt/models/日本語" * 40)
        for workspace in ("one", "two")
    }
    assert len(names) == 6
    for name in names:
        assert await vectors.count(name) == 0


async def test_an_empty_knowledge_base_finds_nothing(store: Store, vectors: Vectors) -> None:
    index = HybridIndex(KnowledgeBase(store, StandingClock()), vectors, WordEmbedder(), "one")
    assert await index.search(mask_text("anything")) == ()
