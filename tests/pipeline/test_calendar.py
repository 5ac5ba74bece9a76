"""Business time: what shifts, holidays and clocks leave of it, the same as looking at the clock each minute."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from pipeline.calendar import after, elapsed, is_open, spans
from pipeline.hours import Hours
from tests.pipeline.stepper import ZONES, differences

BERLIN = ZoneInfo("Europe/Berlin")
WEEK = dict.fromkeys(("monday", "tuesday", "wednesday", "thursday", "friday"), ("09:00-17:00",))
OFFICE = Hours(zone="Europe/Berlin", **WEEK)
NIGHT = Hours(zone="Europe/Berlin", saturday="22:00-06:00", sunday="22:00-06:00")
HOUR = timedelta(hours=1)


def at(text: str, zone: ZoneInfo = BERLIN) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=zone)


def test_who_has_no_hours_is_always_open() -> None:
    assert elapsed(None, at("2026-03-28 12:00"), at("2026-03-29 12:00").astimezone(UTC)) == 23 * HOUR
    assert after(None, at("2026-01-03 12:00"), 4 * HOUR) == at("2026-01-03 16:00")
    assert is_open(None, at("2026-01-04 03:00"))


def test_only_time_within_shifts_counts() -> None:
    assert elapsed(OFFICE, at("2026-01-09 16:00"), at("2026-01-12 10:00")) == 2 * HOUR
    assert elapsed(OFFICE, at("2026-01-10 00:00"), at("2026-01-11 23:59")) == timedelta()
    assert elapsed(OFFICE, at("2026-01-12 10:00"), at("2026-01-09 16:00")) == timedelta()


def test_a_ticket_of_friday_evening_is_due_on_monday() -> None:
    assert after(OFFICE, at("2026-01-09 16:30"), HOUR) == at("2026-01-12 09:30")
    assert after(OFFICE, at("2026-01-09 16:00"), HOUR) == at("2026-01-09 17:00")


def test_a_day_can_have_several_shifts() -> None:
    split = Hours(zone="Europe/Berlin", monday=("09:00-12:00", "13:00-17:00"))
    assert elapsed(split, at("2026-01-12 11:30"), at("2026-01-12 13:30")) == HOUR
    assert after(split, at("2026-01-12 11:30"), HOUR) == at("2026-01-12 13:30")


def test_a_shift_over_midnight_belongs_to_the_day_on_which_it_begins() -> None:
    assert is_open(NIGHT, at("2026-01-12 05:59"))
    assert not is_open(NIGHT, at("2026-01-12 06:00"))
    assert not is_open(NIGHT, at("2026-01-10 03:00"))
    off = NIGHT.model_copy(update={"closed": (date(2026, 1, 11),)})
    assert is_open(off, at("2026-01-11 03:00"))
    assert not is_open(off, at("2026-01-11 23:00"))
    assert not is_open(off, at("2026-01-12 03:00"))


@pytest.mark.parametrize(("until", "long"), [("2026-03-29 12:00", 7), ("2026-10-25 12:00", 9)])
def test_a_night_in_which_the_clocks_change_is_as_long_as_it_is(until: str, long: int) -> None:
    assert elapsed(NIGHT, at(until) - timedelta(days=1), at(until)) == long * HOUR


def test_a_shift_in_the_hour_that_is_skipped_is_none() -> None:
    skipped = Hours(zone="Europe/Berlin", sunday="02:15-02:45")
    assert spans(skipped, date(2026, 3, 29)) == ()
    assert elapsed(skipped, at("2026-10-24 00:00"), at("2026-10-26 00:00")) == HOUR


def test_a_day_that_a_zone_leaves_out_has_no_hours() -> None:
    apia = ZoneInfo("Pacific/Apia")
    every = Hours(zone="Pacific/Apia", thursday="00:00-24:00", friday="00:00-24:00", saturday="00:00-24:00")
    assert elapsed(every, at("2011-12-29 00:00", apia), at("2012-01-01 00:00", apia).astimezone(UTC)) == 48 * HOUR


def test_holidays_of_a_country_and_of_a_part_of_it_are_closed() -> None:
    def open_on(day: str, *holidays: str) -> bool:
        return is_open(OFFICE.model_copy(update={"holidays": holidays}), at(f"{day} 10:00"))

    assert not open_on("2026-12-25", "DE")
    assert open_on("2026-03-09", "DE")  # International Women's Day 2026 is a Sunday, and not moved
    assert open_on("2027-03-08", "DE")
    assert not open_on("2027-03-08", "DE-BE")
    assert not open_on("2026-07-03", "DE", "US")  # the Fourth of July, observed


def test_hours_that_never_come_reach_no_target() -> None:
    assert after(OFFICE.model_copy(update={"holidays": ()}), at("2026-01-09 16:30"), 40_000 * HOUR) is None


@pytest.mark.parametrize("zone", ZONES)
@pytest.mark.parametrize("first", [date(2011, 12, 20), date(2018, 2, 10), date(2026, 3, 7), date(2026, 10, 3)])
def test_every_moment_comes_out_as_by_looking_at_the_clock_each_minute(zone: str, first: date) -> None:
    """Some weeks in which the clocks of most of these zones change, or a whole day is left out."""
    assert list(differences(first.toordinal(), zone, first=first, days=32, cases=100)) == []
