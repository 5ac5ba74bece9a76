"""Near-duplicates are found in the knowledge base and among what comes, alike on each database."""

import pytest

from storage.knowledge import KnowledgeBase
from storage.store import Store
from storage.twins import sketched
from tests.storage.knowing import HISTORY, StandingClock, solved

TWICE = "Hello, we were charged twice for our plan in March, can you please refund one payment?"
REFUNDED = "We refunded the second payment. It is on your card within five working days."


@pytest.fixture
async def knowledge(store: Store) -> KnowledgeBase:
    base = KnowledgeBase(store, StandingClock())
    await base.add([*HISTORY, solved("old", TWICE, REFUNDED)], "one")
    return base


async def test_the_same_with_other_numbers_is_a_near_duplicate(knowledge: KnowledgeBase) -> None:
    new = solved("new", f"{TWICE} Invoice 4711.", REFUNDED.upper())
    assert await knowledge.near_duplicates(sketched([new]), "one") == {"new": "old"}


async def test_another_answer_to_the_same_question_is_news(knowledge: KnowledgeBase) -> None:
    new = solved("new", TWICE, "Both payments are right: the second one is for April, which starts today.")
    assert await knowledge.near_duplicates(sketched([new]), "one") == {}


async def test_the_same_answer_to_another_question_is_news(knowledge: KnowledgeBase) -> None:
    new = solved("new", "My card shows the amount two times, is that a mistake of yours?", REFUNDED)
    assert await knowledge.near_duplicates(sketched([new]), "one") == {}


async def test_of_several_that_come_together_the_first_one_stays(knowledge: KnowledgeBase) -> None:
    question, answer = "How can I invite somebody to the board of my team?", "Open the board and choose Share."
    several = [solved(f"n{number}", f"{question} {number}", answer) for number in range(4)]
    assert await knowledge.near_duplicates(sketched(several), "one") == {"n1": "n0", "n2": "n0", "n3": "n0"}


async def test_another_workspace_has_no_twins_here(knowledge: KnowledgeBase) -> None:
    assert await knowledge.near_duplicates(sketched([solved("new", TWICE, REFUNDED)]), "two") == {}


async def test_a_question_without_words_has_no_twin(knowledge: KnowledgeBase) -> None:
    assert await knowledge.near_duplicates(sketched([solved("a", "?", "Yes."), solved("b", "?", "Yes.")]), "one") == {}


async def test_what_was_given_an_id_is_known(knowledge: KnowledgeBase) -> None:
    assert await knowledge.known(["r1", "old", "nobody"]) == {"r1", "old"}
