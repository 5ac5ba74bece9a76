"""Candidates of both sides are judged together, and say why."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.mask import Masked, mask_text
from pipeline.passage import Passage, Resolution
from pipeline.retrieve import Candidate, judge, retrieve
from pipeline.weighing import MOST_BY_WORDS, Query, scored, weigh
from pipeline.words import folded
from tests.pipeline.drafting import classified, passage

NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)
ASKED = weigh("export my data as CSV", {"my": 90, "as": 90, "data": 20, "export": 5, "csv": 3}, 100)


def candidate(id_: str, answer: str, cosine: float | None, **more: object) -> Candidate:
    resolution = Resolution.model_validate({"id": id_, "question": "", "answer": answer, **more})
    return Candidate(resolution, folded(answer), cosine)


def best(*candidates: Candidate, category: str | None = None, foreign: bool = False, k: int = 5) -> list[str]:
    query = Query(ASKED, NOW, category, foreign)
    return [found.resolution.id for found in judge(query, candidates, k=k)]


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
    (judged,) = judge(Query(ASKED, NOW, "billing"), [found], k=1, note="slow")
    assert judged.reasons == (
        "words: CSV, export",
        "meaning 0.71",
        "same category",
        "gold answer",
        "slow",
    )


def test_what_was_solved_lately_goes_first_among_equals() -> None:
    old = candidate("a", "press start", 0.5, solved_at=NOW - timedelta(days=800))
    new = candidate("b", "press stop", 0.5, solved_at=NOW - timedelta(days=3))
    assert best(old, candidate("c", "press pause", 0.5), new) == ["b", "a", "c"]
    assert "solved 3 days ago" in judge(Query(ASKED, NOW), [new], k=1)[0].reasons


def test_a_moment_to_come_is_as_recent_as_now() -> None:
    (judged,) = judge(Query(ASKED, NOW), [candidate("a", "x", 0.5, solved_at=NOW + timedelta(days=9))], k=1)
    assert judged.reasons[-1] == "solved 0 days ago"


def test_words_decide_where_the_embedder_does_not_know_the_language() -> None:
    near, same = candidate("near", "press the button", 0.7), candidate("same", "export my data", 0.5)
    assert best(near, same) == ["near", "same"]
    assert best(near, same, foreign=True) == ["same", "near"]


def test_the_more_words_a_ticket_has_the_more_sharing_them_tells() -> None:
    few = Query(weigh("export data", {}, 100), NOW)
    many = Query(weigh(" ".join(f"word{letter}" for letter in "abcdefghijklmnop"), {}, 100), NOW)
    assert few.words < many.words < 4 * few.words


@pytest.mark.parametrize(
    ("typed", "said"),
    [("ERR-4471 again", "see ERR-4471"), ("error 16035", "16035 means"), ("0x80070005", "is 0x80070005")],
)
def test_an_identifier_weighs_more_than_a_nearer_meaning(typed: str, said: str) -> None:
    query = Query(weigh(f"the app shows {typed}", {"the": 90, "app": 50}, 100), NOW)
    found = judge(query, [candidate("near", "the app shows nothing", 0.5), candidate("named", said, 0.3)], k=2)
    assert [each.resolution.id for each in found] == ["named", "near"]
    assert any(reason.startswith("identifier ") for reason in found[0].reasons)


@pytest.mark.parametrize("usual", ["2026", "49.99", "10:30", "2026-03-01", "v2", "24", "1500", "12th", "5GB", "mp4"])
def test_years_dates_amounts_and_small_numbers_are_no_identifiers(usual: str) -> None:
    assert not weigh(usual, {}, 100).identifiers


def test_what_many_resolutions_hold_identifies_none_of_them() -> None:
    assert weigh("model1700", {"model1700": 3}, 10_000).identifiers
    assert not weigh("model1700", {"model1700": 900}, 10_000).identifiers


def test_scores_fall_with_the_places() -> None:
    query = Query(ASKED, NOW, foreign=True)
    found = judge(query, [candidate("same", "export my data", 0.1), candidate("near", "press", 0.45)], k=2)
    assert [each.resolution.id for each in found] == ["same", "near"]
    assert found[0].score >= found[1].score


def test_answers_without_a_word_are_not_each_other() -> None:
    assert best(candidate("a", "!", 0.7), candidate("b", "?", 0.6)) == ["a", "b"]


def test_words_alone_never_reach_an_answer() -> None:
    (judged,) = judge(Query(ASKED, NOW), [candidate("a", "export my data as csv", None)], k=1)
    assert 0.42 < judged.score <= MOST_BY_WORDS


@given(st.floats(-1, 1), st.floats(-1, 1))
def test_a_nearer_meaning_never_scores_less(one: float, other: float) -> None:
    low, high = sorted((one, other))
    scores = [judge(Query(ASKED, NOW), [candidate("a", "x", cosine)], k=1)[0].score for cosine in (low, high)]
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
