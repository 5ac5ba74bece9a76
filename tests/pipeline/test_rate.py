"""What a few observations say of a rate."""

from hypothesis import given
from hypothesis import strategies as st

from pipeline.rate import Rate

TOTALS = st.integers(1, 500)


@st.composite
def rates(draw: st.DrawFn) -> Rate:
    total = draw(TOTALS)
    return Rate(draw(st.integers(0, total)), total)


def test_the_intervals_of_the_published_examples() -> None:
    """Newcombe 1998 (both papers): 81 of 263, and 56 of 70 against 48 of 80."""
    assert [round(end, 4) for end in Rate(81, 263).interval()] == [0.2553, 0.3662]
    assert [round(end, 4) for end in Rate(56, 70).rise(Rate(48, 80))] == [0.0524, 0.3339]


def test_nothing_seen_may_be_anything() -> None:
    assert Rate(0, 0).share == 0
    assert Rate(0, 0).interval() == (0, 1)


@given(rates())
def test_an_interval_holds_what_was_seen_and_stays_a_rate(seen: Rate) -> None:
    low, high = seen.interval()
    assert 0 <= low <= seen.share + 1e-12
    assert seen.share - 1e-12 <= high <= 1


@given(rates(), st.integers(2, 9))
def test_more_of_the_same_says_more(seen: Rate, times: int) -> None:
    low, high = seen.interval()
    lower, higher = Rate(seen.hits * times, seen.total * times).interval()
    assert higher - lower < high - low


@given(rates(), rates())
def test_a_rise_one_way_is_a_fall_the_other(one: Rate, other: Rate) -> None:
    least, most = one.rise(other)
    assert least <= one.share - other.share + 1e-12
    fallen = other.rise(one)
    assert [round(-end, 9) for end in reversed(fallen)] == [round(least, 9), round(most, 9)]
