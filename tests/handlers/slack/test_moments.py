"""A moment is meant on the clock of whoever says it."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

from handlers.slack.moments import NoMoment, moment

BERLIN = ZoneInfo("Europe/Berlin")
FRIDAY = datetime(2026, 3, 27, 22, 30, tzinfo=UTC)  # half past eleven in Berlin, two days before summer time begins


@pytest.mark.parametrize(
    ("said", "meant"),
    [
        ("4h", datetime(2026, 3, 28, 2, 30, tzinfo=UTC)),
        ("2 days", datetime(2026, 3, 29, 22, 30, tzinfo=UTC)),
        ("tomorrow", datetime(2026, 3, 28, 8, tzinfo=UTC)),
        ("Monday", datetime(2026, 3, 30, 7, tzinfo=UTC)),  # an hour earlier in UTC: it is summer by then
        ("fri", datetime(2026, 4, 3, 7, tzinfo=UTC)),
        ("2026-12-24", datetime(2026, 12, 24, 8, tzinfo=UTC)),
        ("until tomorrow 15:00", datetime(2026, 3, 28, 14, tzinfo=UTC)),
        ("Monday 3pm", datetime(2026, 3, 30, 13, tzinfo=UTC)),
        ("next mon at 9:05 am", datetime(2026, 3, 30, 7, 5, tzinfo=UTC)),
        ("next week", datetime(2026, 3, 30, 7, tzinfo=UTC)),
        ("2026-12-24 16:15", datetime(2026, 12, 24, 15, 15, tzinfo=UTC)),
        ("23:45", datetime(2026, 3, 27, 22, 45, tzinfo=UTC)),
        ("at 8:00", datetime(2026, 3, 28, 7, tzinfo=UTC)),  # past today, so it is tomorrow's
        ("12am", datetime(2026, 3, 27, 23, tzinfo=UTC)),
        ("in 90 minutes", datetime(2026, 3, 28, 0, tzinfo=UTC)),
        ("1w", datetime(2026, 4, 3, 22, 30, tzinfo=UTC)),
    ],
)
def test_what_people_say_is_a_moment(said: str, meant: datetime) -> None:
    assert moment(said, FRIDAY, BERLIN) == meant


@pytest.mark.parametrize(
    "said",
    [
        "",
        "soon",
        "m",
        "2026-03-27",
        "2026-13-01",
        "99999h",
        "4",
        "-1d",
        "25:00",
        "today",
        "today 9:00",
        "2028-01-01",
        "99w",
    ],
)
def test_what_is_none_is_refused_with_examples(said: str) -> None:
    with pytest.raises(NoMoment, match="4h, 2d, tomorrow, Monday"):
        moment(said, FRIDAY, BERLIN)
