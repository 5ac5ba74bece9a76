"""Periods are read as people type them, and compared with as much of the time before."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

from pipeline.period import BadPeriod, bounds, period_in, words_of
from pipeline.question import Span

BERLIN = ZoneInfo("Europe/Berlin")
NOW = datetime(2026, 10, 27, 12, tzinfo=BERLIN)  # two days after the clocks went back


@pytest.mark.parametrize(
    ("text", "words", "rest"),
    [
        ("", "7d", ""),
        ("30D team billing", "30d", "team billing"),
        ("billing support", "7d", "billing support"),
        ("from 2026-10-01 to 2026-10-31", "from 2026-10-01 to 2026-10-31", ""),
        (" From 2026-10-01  to 2026-10-01 team tech", "from 2026-10-01 to 2026-10-01", "team tech"),
    ],
)
def test_a_period_comes_first(text: str, words: str, rest: str) -> None:
    period, left = period_in(text)
    assert (words_of(period), left) == (words, rest)
    assert period_in(f"{words_of(period)} {rest}") == (period, rest)


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("from yesterday to today", "stats from 2026-10-01 to 2026-10-31"),
        ("from 2026-10-31 to 2026-10-01", "the first one first"),
        ("from 2026-02-30 to 2026-03-01", "Name two days"),
        ("from 2026-10-01", "Name two days"),
        ("from 0001-01-01 to 9999-12-31", "Name two days"),
        ("from 2025-01-01 to 2026-10-31", "366 days at most"),
    ],
)
def test_what_is_no_period_is_refused_with_what_to_type(text: str, says: str) -> None:
    with pytest.raises(BadPeriod, match=says):
        period_in(text)


def test_days_are_whole_ones_of_the_calendar() -> None:
    found = bounds(period_in("from 2026-10-24 to 2026-10-26")[0], NOW)
    assert found.since == datetime(2026, 10, 24, tzinfo=BERLIN)
    assert found.until == datetime(2026, 10, 27, tzinfo=BERLIN)
    assert found.since.astimezone(UTC).hour == 22 and found.until.astimezone(UTC).hour == 23
    assert (found.before, found.before_until) == (datetime(2026, 10, 21, tzinfo=BERLIN), found.since)


def test_a_period_that_runs_is_compared_with_as_much_of_the_one_before() -> None:
    today = bounds(Span.TODAY, NOW)
    assert (today.before, today.before_until) == (
        datetime(2026, 10, 26, tzinfo=BERLIN),
        datetime(2026, 10, 26, 12, tzinfo=BERLIN),
    )
    week = bounds(Span.WEEK, NOW)
    assert (week.since, week.before) == (datetime(2026, 10, 21, tzinfo=BERLIN), datetime(2026, 10, 14, tzinfo=BERLIN))
    assert week.before_until == datetime(2026, 10, 20, 12, tzinfo=BERLIN)
