"""The knowledge base remembers answers once and finds them by their words, alike on each database."""

import asyncio
from itertools import product

import pytest

from pipeline.words import shared, weight
from storage.knowledge import KnowledgeBase
from storage.store import Store
from storage.twins import sketched
from tests.storage.knowing import ERROR, EXPORT, HISTORY, REFUND, StandingClock, solved


@pytest.fixture
async def knowledge(store: Store) -> KnowledgeBase:
    base = KnowledgeBase(store, StandingClock())
    await base.add(HISTORY, "one")
    return base


async def found(knowledge: KnowledgeBase, text: str, workspace: str = "one") -> tuple[str, ...]:
    _, ids = await knowledge.search_words(text, workspace, 10)
    return ids


async def test_what_is_known_already_is_not_added_again(knowledge: KnowledgeBase) -> None:
    again = [REFUND.model_copy(update={"id": "other"}), solved("r4", "New?", "Yes.")]
    assert await knowledge.add(again, "one") == ("r4",)
    assert await knowledge.count("one") == 4


async def test_adding_at_the_same_time_adds_once(knowledge: KnowledgeBase) -> None:
    new = solved("r9", "Where is my invoice?", "Under Billing.")
    added = await asyncio.gather(*(knowledge.add([new], "one") for _ in range(8)))
    assert sorted(added) == [()] * 7 + [("r9",)]


async def test_a_word_finds_its_resolution_whatever_its_case_and_accents(knowledge: KnowledgeBase) -> None:
    await knowledge.add([solved("r5", "Réinitialiser le mot de passe", "Cliquez sur Oublié.")], "one")
    assert await found(knowledge, "REINITIALISER") == ("r5",)


@pytest.mark.parametrize("typed", ["ERR-4471", "err4471", "Err_4471", "what is ERR-4471?"])
async def test_an_error_code_finds_the_ticket_that_holds_it(knowledge: KnowledgeBase, typed: str) -> None:
    assert (await found(knowledge, typed))[0] == "r3"


async def test_an_error_code_in_a_long_ticket_finds_it_before_what_shares_all_other_words(
    knowledge: KnowledgeBase,
) -> None:
    story = "the printer in our office on the second floor jams whenever somebody sends an invoice with pictures"
    await knowledge.add([solved(f"n{n}", f"{story} {n}", "Take the paper out.") for n in range(40)], "one")
    assert (await found(knowledge, f"{story}, and it says ERR-4471"))[0] == "r3"
    long = " ".join("".join(pair) for pair in product("abcdefghijklmnopqrst", repeat=2))
    assert (await found(knowledge, f"{long} ERR-4471"))[0] == "r3"


async def test_the_rarest_word_weighs_most(knowledge: KnowledgeBase) -> None:
    await knowledge.add([solved(f"n{n}", f"app login question {n}", "See login.") for n in range(30)], "one")
    assert (await found(knowledge, "app login question about a stale token"))[0] == "r3"


@pytest.mark.parametrize("hostile", ['"', "NEAR(a b)", "* AND export", "\\", "😀", "", "[EMAIL_1]"])
async def test_no_text_breaks_the_search(knowledge: KnowledgeBase, hostile: str) -> None:
    assert set(await found(knowledge, hostile)) <= {"r1", "r2", "r3"}


async def test_another_workspace_is_never_searched(knowledge: KnowledgeBase) -> None:
    await knowledge.add([solved("x1", "export export", "CSV export")], "two")
    assert "x1" not in await found(knowledge, "export csv")
    assert await found(knowledge, "export csv", "two") == ("x1",)
    assert await knowledge.get(["r1", "x1"], "two") == await knowledge.get(["x1"], "two")


async def test_texts_without_spaces_are_found(knowledge: KnowledgeBase) -> None:
    await knowledge.add([solved("j1", "パスワードを忘れました", "再設定してください。")], "one")
    assert await found(knowledge, "パスワード") == ("j1",)


async def test_placeholders_lose_their_numbers_so_that_they_lead_nowhere(knowledge: KnowledgeBase) -> None:
    await knowledge.add([solved("p1", "I am [NAME_1]", "Dear [NAME_1], write to [EMAIL_2].")], "one")
    (entry,) = await knowledge.get(["p1"], "one")
    assert entry.resolution.answer == "Dear [NAME], write to [EMAIL]."
    assert "name" not in entry.words.split()


async def test_characters_that_no_database_takes_are_left_out(knowledge: KnowledgeBase) -> None:
    assert await knowledge.add([solved("z1", "nul\0 here", "half \ud83d pair")], "one") == ("z1",)


async def test_the_shared_words_are_the_same_on_each_database(knowledge: KnowledgeBase) -> None:
    asked, ids = await knowledge.search_words("Export CSV please", "one", 5)
    (entry,) = await knowledge.get(ids, "one")
    assert list(shared(asked.weights, entry.words)) == ["export", "csv"]
    assert asked.weights["please"] > asked.weights["export"] > 0


async def test_a_vector_waits_until_it_is_marked_for_this_embedder(knowledge: KnowledgeBase) -> None:
    await knowledge.mark_indexed(["r1"], "small")
    waiting = await knowledge.unindexed("small", "one", 10)
    assert [entry.resolution for entry in waiting] == [REFUND, ERROR]
    assert len(await knowledge.unindexed("large", "one", 10)) == 3
    assert await knowledge.count("one", indexed_with="small") == 1
    await knowledge.forget_index("one")
    assert (await knowledge.unindexed("small", "one", 1))[0].resolution == EXPORT


async def test_a_word_is_counted_once_for_each_resolution_of_its_workspace(knowledge: KnowledgeBase) -> None:
    before, _ = await knowledge.search_words("export", "one", 1)
    await knowledge.add(HISTORY, "one")
    await knowledge.add([solved("x1", "export export", "export")], "two")
    after, _ = await knowledge.search_words("export", "one", 1)
    assert after.weights == before.weights == {"export": pytest.approx(weight(1, 3))}


async def test_usual_words_alone_still_find(knowledge: KnowledgeBase) -> None:
    await knowledge.add([solved(f"n{n}", "how do I do it", f"So: {n}") for n in range(20)], "one")
    assert len(await found(knowledge, "how do I do it")) == 10


async def test_what_was_removed_is_found_no_more_and_counts_for_nothing(knowledge: KnowledgeBase) -> None:
    before, _ = await knowledge.search_words("stale token", "one", 10)
    page = solved("d1", "Tokens", "A stale token is renewed.", document="tokens.md")
    await knowledge.add([page], "one")
    assert await knowledge.of_document("tokens.md", "one") == {"d1"}
    await knowledge.remove(["d1"], "two")
    assert "d1" in await found(knowledge, "renewed token")
    await knowledge.remove(["d1", "nobody"], "one")
    assert "d1" not in await found(knowledge, "renewed token")
    assert await knowledge.of_document("tokens.md", "one") == frozenset()
    after, _ = await knowledge.search_words("stale token", "one", 10)
    assert after.weights == before.weights
    assert await knowledge.near_duplicates(sketched([page]), "one") == {}


async def test_what_a_case_taught_is_marked_gold_by_its_case(knowledge: KnowledgeBase) -> None:
    for number in (1, 2):
        await knowledge.add([solved(f"c1:{number}", f"Where is it? {number}", "There.")], "one", case_id="c1")
    assert await knowledge.mark("c1", "one", gold=True) == 2
    assert await knowledge.mark("c1", "one", gold=True) == 0
    assert [entry.resolution.gold for entry in await knowledge.get(["c1:1", "c1:2", "r1"], "one")] == [
        True,
        True,
        False,
    ]
    assert await knowledge.mark("c1", "one", gold=False, poor=False) == 2
    assert await knowledge.mark("c1", "two", gold=True) == await knowledge.mark("nobody", "one", gold=True) == 0
    assert await knowledge.mark("c1", "one") == 0


async def test_a_poor_answer_is_not_found_until_the_mark_is_taken_back(knowledge: KnowledgeBase) -> None:
    await knowledge.add([solved("c1:1", "My zebra printer jams", "No idea.")], "one", case_id="c1")
    assert await knowledge.mark("c1", "one", poor=True) == 1
    assert "c1:1" not in await found(knowledge, "zebra printer")
    assert await knowledge.get(["c1:1"], "one") == ()
    assert await knowledge.mark("c1", "one", poor=False) == 1
    assert await found(knowledge, "zebra printer") == ("c1:1",)
