"""Candidates of both sides are judged together, and say why."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.mask import Masked, mask_text
from pipeline.passage import Passage, Resolution
from pipeline.retrieve import MOST_BY_WORDS, Candidate, judge, retrieve, scored, weigh
from pipeline.words import folded
from tests.pipeline.drafting import classified, passage

ASKED = weigh("export my data as CSV", {"my": 90, "as": 90, "data": 20, "export": 5, "csv": 3}, 100)


def candidate(id_: str, answer: str, cosine: float | None, **more: object) -> Candidate:
    resolution = Resolution.model_validate({"id": id_, "question": "", "answer": answer, **more})
    return Candidate(resolution, folded(answer), cosine)


def best(*candidates: Candidate, category: str | None = None, k: int = 5) -> list[str]:
    return [found.resolution.id for found in judge(ASKED, candidates, category=category, k=k)]


def test_shared_words_decide_between_equal_meanings() -> None:
    assert best(candidate("a", "press the button", 0.5), candidate("b", "export the csv", 0.5)) == ["b", "a"]


def test_a_wrong_category_does_not_hide_the_right_answer() -> None:
    right = candidate("right", "choose export, then csv", 0.7, category="technical")
    wrong = candidate("wrong", "see your data", 0.5, category="billing")
    assert best(right, wrong, category="billing") == ["right", "wrong"]


def test_the_category_and_gold_decide_between_equals() -> None:
    plain, same = candidate("a", "press start", 0.5), candidate("b", "press stop", 0.5, category="billing")
    gold = candidate("c", "press pause", 0.5, gold=True)
    assert best(plain, same, gold, category="billing") == ["b", "c", "a"]


def test_the_same_answer_is_shown_once() -> None:
    twin = candidate("b", "Choose export, then CSV!", 0.6)
    assert best(candidate("a", "choose export then csv", 0.7), twin, candidate("c", "ask us", 0.1)) == [
        "a",
        "c",
    ]


def test_reasons_are_words() -> None:
    found = candidate("a", "export csv", 0.71, category="billing", gold=True)
    (judged,) = judge(ASKED, [found], category="billing", k=1, note="slow")
    assert judged.reasons == (
        "words: CSV, export",
        "meaning 0.71",
        "same category",
        "gold answer",
        "slow",
    )


def test_words_alone_never_reach_an_answer() -> None:
    (judged,) = judge(ASKED, [candidate("a", "export my data as csv", None)], category=None, k=1)
    assert 0.42 < judged.score <= MOST_BY_WORDS


@given(st.floats(-1, 1), st.floats(-1, 1))
def test_a_nearer_meaning_never_scores_less(one: float, other: float) -> None:
    low, high = sorted((one, other))
    scores = [judge(ASKED, [candidate("a", "x", cosine)], category=None, k=1)[0].score for cosine in (low, high)]
    assert 0 <= scores[0] <= scores[1] <= 1


@pytest.mark.parametrize(
    ("evidence", "least", "most"), [(0.3, 0.1, 0.42), (0.5, 0.5, 0.6), (0.6, 0.6, 0.75), (1, 0.95, 1)]
)
def test_the_score_keeps_its_meaning(evidence: float, least: float, most: float) -> None:
    assert least <= scored(evidence) <= most


class Index:
    """Finds three about billing, unless it is asked more deeply."""

    def __init__(self) -> None:
        billing = [passage(f"bill {n}", 0.9 - n / 10, id=f"b{n}", category="billing") for n in range(3)]
        self.known = (*billing, passage("restart", 0.5, id="t", category="technical"))

    async def search(self, masked: Masked, *, category: str | None = None, k: int = 5) -> tuple[Passage, ...]:
        return self.known[:k]


async def test_a_second_concern_brings_its_own_passage() -> None:
    masked = mask_text("the bill is wrong and it crashes")
    alone = await retrieve(masked, classified(), Index())
    both = await retrieve(masked, classified(secondary_category="technical"), Index())
    assert [found.resolution.id for found in alone] == ["b0", "b1", "b2"]
    assert [found.resolution.id for found in both] == ["b0", "b1", "b2", "t"]
