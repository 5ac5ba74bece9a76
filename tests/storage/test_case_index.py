"""Cases are found that are like a text, by meaning and by words, for as long as they may be found and no longer."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from sqlalchemy import select

from pipeline.case import Actor, Case, Decision, Verdict
from pipeline.mask import mask_text
from storage.case_index import HybridCases
from storage.case_tables import case_texts, case_word_counts
from storage.cases import Event, load, save
from storage.jobs import Kind, waits
from storage.store import Store
from storage.vectors import FolderVectors, Vectors
from tests.fakes.clock import MORNING
from tests.fakes.house import said, told
from tests.storage.casework import WORKSPACE, new_case, stored
from tests.storage.knowing import BrokenVectors, WordEmbedder

CHANGED = Event(kind="case.analysed", actor=Actor(id="U", name="U"))
TWICE, PRINTER = "our card was charged twice for march", "the printer jams on page two"


class Cases:
    """The cases of a workspace with all that they are found by."""

    def __init__(self, store: Store, vectors: Vectors, workspace: str = WORKSPACE) -> None:
        self.store, self.vectors, self.workspace = store, vectors, workspace
        self.index = HybridCases(store, vectors, WordEmbedder(), workspace)

    async def read(self, id_: str, text: str, **more: object) -> Case:
        """Keep a case that was read."""
        ticket = told(said("m1", text), id_=f"t{id_}").model_copy(update={"subject": ""})
        case = await stored(self.store, new_case(id_, ticket=ticket, workspace=self.workspace))
        return await self.change(case, problem="nobody could read it", **more)

    async def change(self, case: Case, **more: object) -> Case:
        async with self.store.begin() as tx:
            fresh = await load(tx.connection, case.id)
            assert fresh is not None
            return await save(tx, fresh.but(**more), CHANGED, MORNING)

    async def like(self, text: str, **more: object) -> list[str]:
        return [each.case for each in await self.index.like(mask_text(text), **more)]  # type: ignore[arg-type]

    async def rows(self) -> tuple[int, int]:
        """How many texts are held, and how many words are counted."""
        held = case_word_counts.c.holding > 0
        async with self.store.reader() as connection:
            texts = (await connection.execute(select(case_texts.c.id))).all()
            words = (await connection.execute(select(case_word_counts.c.word).where(held))).all()
        return len(texts), len(words)


@pytest.fixture
async def vectors(tmp_path: Path) -> AsyncIterator[Vectors]:
    vectors = FolderVectors(tmp_path / "chroma")
    yield vectors
    await vectors.close()


@pytest.fixture
def cases(store: Store, vectors: Vectors) -> Cases:
    return Cases(store, vectors)


async def test_a_case_is_found_by_one_like_it_and_by_nothing_else(cases: Cases) -> None:
    await cases.read("c1", TWICE)
    await cases.read("c2", PRINTER)
    async with cases.store.reader() as connection:
        assert await waits(connection, Kind.INDEX, WORKSPACE)
    assert await cases.like(TWICE) == []  # until the work is done
    assert await cases.index.index_waiting() == 2
    [found] = await cases.index.like(mask_text(TWICE))
    assert (found.case, found.likeness) == ("c1", 1.0) and "charged" in found.words
    assert await cases.like("charged twice for our card in april") == ["c1"]
    assert await cases.like(TWICE, but="c1") == []
    assert await cases.like("how is the weather in Lisbon?") == []
    assert await cases.index.index_waiting() == 0


async def test_words_that_changed_are_found_no_more_at_once_and_the_new_ones_after_the_work(cases: Cases) -> None:
    case = await cases.read("c1", TWICE)
    await cases.index.index_waiting()
    await cases.change(case, ticket=told(said("m1", "[redacted] zebra stripes"), id_="tc1"))
    assert await cases.like(TWICE) == []
    async with cases.store.reader() as connection:
        assert (await connection.execute(select(case_texts.c.text))).scalar_one() == ""
    assert await cases.index.index_waiting() == 1
    assert await cases.like("zebra stripes, charged") == ["c1"]
    assert await cases.like(TWICE) == []
    kept = await cases.rows()
    await cases.change(case, ticket=told(said("m1", TWICE), id_="tc1"))
    await cases.change(case, ticket=told(said("m1", "[redacted] zebra stripes"), id_="tc1"))
    await cases.index.index_waiting()
    assert await cases.rows() == kept  # nothing is counted twice


@pytest.mark.parametrize("verdict", [Verdict.MERGED, Verdict.DELETED_THERE])
async def test_what_goes_on_elsewhere_or_is_deleted_leaves_nothing_and_may_come_back(
    cases: Cases, verdict: Verdict
) -> None:
    case = await cases.read("c1", TWICE)
    await cases.index.index_waiting()
    decision = Decision(verdict=verdict, by=Actor(id="U", name="U"), at=MORNING)
    await cases.change(case, decision=decision)
    assert await cases.like(TWICE) == []
    await cases.index.index_waiting()
    assert await cases.rows() == (0, 0)
    assert await cases.vectors.count(cases.index._collection) == 0
    await cases.change(case, decision=None)
    assert await cases.index.index_waiting() == 1
    assert await cases.like(TWICE) == ["c1"]


async def test_another_workspace_is_never_shown(store: Store, vectors: Vectors, cases: Cases) -> None:
    other = Cases(store, vectors, "two")
    await cases.read("c1", TWICE)
    await other.read("c2", TWICE)
    for each in (cases, other):
        await each.index.index_waiting()
    assert (await cases.like(TWICE), await other.like(TWICE)) == (["c1"], ["c2"])


async def test_without_vectors_the_words_find_what_shares_them(store: Store, cases: Cases) -> None:
    await cases.read("c1", TWICE)
    await cases.index.index_waiting()
    without = Cases(store, BrokenVectors())
    assert await without.like(TWICE) == ["c1"]
    assert await without.like(PRINTER) == []


async def test_an_error_code_is_found_among_other_words(cases: Cases) -> None:
    await cases.read("c1", "the export stops with ERR-4471 please help")
    await cases.read("c2", TWICE)
    await cases.index.index_waiting()
    assert await cases.like("ERR-4471: was ist da los?") == ["c1"]


async def test_a_lost_folder_is_filled_again(store: Store, cases: Cases, tmp_path: Path) -> None:
    await cases.read("c1", TWICE)
    await cases.index.index_waiting()
    elsewhere = FolderVectors(tmp_path / "new")
    assert await Cases(store, elsewhere).index.index_waiting() == 1
    await elsewhere.close()
