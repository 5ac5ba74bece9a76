"""A category is named when people correct it more often than before, and not for an unlucky day."""

from hypothesis import given
from hypothesis import strategies as st

from pipeline.drift import FEWEST, drifted
from pipeline.feedback import Feedback
from pipeline.rate import Rate
from tests.pipeline.judging import NOW, judged


def weeks(shown: str, now: tuple[int, int], before: tuple[int, int]) -> list[Feedback]:
    """So many corrected of so many in the last week, and in the weeks before."""
    return [
        judged(0, shown, "technical" if number < hits else "", days_ago=days)
        for (hits, total), days in ((now, 3), (before, 30))
        for number in range(total)
    ]


def test_a_category_that_is_corrected_more_than_before_is_named_with_its_figures() -> None:
    found = drifted([*weeks("billing", (14, 20), (10, 100)), *weeks("account", (2, 20), (10, 100))], NOW)
    assert [(each.category, each.now, each.before) for each in found] == [("billing", Rate(14, 20), Rate(10, 100))]


def test_the_most_risen_comes_first() -> None:
    found = drifted([*weeks("billing", (14, 20), (10, 100)), *weeks("account", (20, 20), (10, 100))], NOW)
    assert [each.category for each in found] == ["account", "billing"]


def test_little_is_no_drift() -> None:
    assert drifted([], NOW) == ()
    assert drifted(weeks("billing", (FEWEST - 1, FEWEST - 1), (0, 100)), NOW) == ()
    assert drifted(weeks("billing", (20, 20), (0, 19)), NOW) == ()
    assert drifted(weeks("billing", (4, 20), (10, 100)), NOW) == ()


def test_what_is_older_than_the_weeks_before_no_longer_counts() -> None:
    old = [judged(0, "billing", days_ago=70) for _ in range(100)]
    assert drifted([*weeks("billing", (14, 20), (70, 100)), *old], NOW) == ()


@given(st.integers(0, 40), st.integers(0, 40), st.integers(0, 200), st.integers(0, 200))
def test_a_rate_that_did_not_rise_never_drifts(hits: int, misses: int, hits_before: int, misses_before: int) -> None:
    now, before = Rate(hits, hits + misses), Rate(hits_before, hits_before + misses_before)
    found = drifted(weeks("billing", (now.hits, now.total), (before.hits, before.total)), NOW)
    assert not found or now.share > before.share
