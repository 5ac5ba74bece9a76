"""Who is on call: one person at each minute, handed over at the local hour, across both changes of the clock."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.rotation import WEEKDAYS, Cover, Length, Rotation, on_call

NAMES = ("Ana", "Ben", "Eva")
MINUTE = timedelta(minutes=1)
# Zones whose clocks change by an hour, half an hour, at midnight, in the south, or never; with both changes of a year.
CHANGES = {
    "Europe/Berlin": ((2026, 3, 29), (2026, 10, 25)),
    "America/New_York": ((2026, 3, 8), (2026, 11, 1)),
    "Australia/Lord_Howe": ((2026, 4, 5), (2026, 10, 4)),
    "America/Sao_Paulo": ((2018, 2, 18), (2018, 11, 4)),
    "America/Havana": ((2026, 3, 8), (2026, 11, 1)),
    "Africa/Cairo": ((2025, 4, 25), (2025, 10, 31)),
    "Asia/Kolkata": ((2026, 3, 29), (2026, 10, 25)),
}
rotations = st.builds(
    Rotation,
    members=st.sampled_from([NAMES, NAMES[:2], NAMES[:1]]),
    shift=st.sampled_from(Length),
    weekday=st.sampled_from(WEEKDAYS),
    at=st.sampled_from(["00:00", "00:30", "01:15", "02:00", "02:30", "03:00", "09:00", "23:30", "23:59"]),
    zone=st.sampled_from(list(CHANGES)),
    since=st.dates(date(2018, 1, 1), date(2026, 12, 31)),
)


def stepped(rotation: Rotation, begin: datetime, minutes: int) -> Iterator[tuple[datetime, int]]:
    """Walk minute by minute, as somebody with a local clock and a calendar would: number each handover.

    It is handed over on each day of handover in the first minute in which the clock shows the hour or is past it.
    """
    zone, at = ZoneInfo(rotation.zone), time.fromisoformat(rotation.at)
    number, handed_over = 0, set[date]()
    for minute in range(minutes):
        now = begin + minute * MINUTE
        local = now.astimezone(zone)
        is_day = rotation.shift is Length.DAY or WEEKDAYS[local.weekday()] == rotation.weekday
        if is_day and local.time() >= at and local.date() not in handed_over:
            handed_over.add(local.date())
            number += minute > 0
        yield now, number


@given(rotation=rotations, spring=st.booleans(), days_before=st.integers(0, 3))
def test_the_turn_is_the_one_that_a_stepper_finds_at_each_minute(
    rotation: Rotation, spring: bool, days_before: int
) -> None:
    year, month, day = CHANGES[rotation.zone][not spring]
    begin = datetime(year, month, day, tzinfo=ZoneInfo(rotation.zone)).astimezone(UTC) - timedelta(days=days_before)
    walked = list(stepped(rotation, begin, (days_before + 2) * 24 * 60))
    near = {now for (now, number), (_, later) in pairwise(walked) if number != later}
    looked = {now + change for now in near for change in (-MINUTE, timedelta(), MINUTE)}
    place = None
    for minute, (now, number) in enumerate(walked):
        if minute % 17 and now not in looked:
            continue
        turn = on_call(rotation, now)
        assert turn.begins <= now < turn.ends
        assert turn.member == turn.in_turn
        place = NAMES.index(turn.member) if place is None else place
        assert NAMES.index(turn.member) == (place + number) % len(rotation.members), now


@given(rotation=rotations, minute=st.integers(0, 60 * 24 * 400))
def test_turns_follow_each_other_without_gap_and_in_order(rotation: Rotation, minute: int) -> None:
    turn = on_call(rotation, datetime(2025, 12, 1, tzinfo=UTC) + minute * MINUTE)
    following = on_call(rotation, turn.ends)
    assert following.begins == turn.ends
    assert on_call(rotation, turn.ends - MINUTE) == turn
    members = rotation.members
    assert following.member == members[(members.index(turn.member) + 1) % len(members)]


@pytest.mark.parametrize(("day", "utc"), [("2026-03-23", "08:00"), ("2026-03-30", "07:00"), ("2026-10-26", "08:00")])
def test_a_week_is_handed_over_at_the_same_local_hour_in_summer_and_winter(day: str, utc: str) -> None:
    rotation = Rotation(members=NAMES, weekday="monday", at="09:00", zone="Europe/Berlin")
    handover = datetime.fromisoformat(f"{day}T{utc}:00+00:00")
    assert on_call(rotation, handover - MINUTE).ends == handover
    assert on_call(rotation, handover).begins == handover


def test_the_first_member_begins_on_the_first_day_of_handover() -> None:
    rotation = Rotation(members=NAMES, weekday="friday", at="12:00", since=date(2026, 3, 4))
    assert on_call(rotation, datetime(2026, 3, 6, 12, tzinfo=UTC)).member == "Ana"
    assert on_call(rotation, datetime(2026, 3, 13, 12, tzinfo=UTC)).member == "Ben"


@given(rotation=rotations, away=st.frozensets(st.sampled_from(NAMES)))
def test_who_is_away_is_passed_over_for_the_next_in_order(rotation: Rotation, away: frozenset[str]) -> None:
    now = datetime(2026, 5, 5, 5, tzinfo=UTC)
    turn, usual = on_call(rotation, now, away), on_call(rotation, now)
    assert (turn.in_turn, turn.begins, turn.ends) == (usual.member, usual.begins, usual.ends)
    if set(rotation.members) <= away:
        assert turn.member == usual.member
    else:
        assert turn.member not in away
        if usual.member not in away:
            assert turn == usual


def test_who_stands_in_is_on_call_exactly_then_and_the_turns_around_it_end_there() -> None:
    begins, ends = (datetime(2026, 3, 29, hour, 30, tzinfo=ZoneInfo("Europe/Berlin")) for hour in (1, 12))
    cover = Cover(member="Cid", begins=begins, ends=ends)  # over the night in which the clocks go forward
    rotation = Rotation(members=("Ana", "Ben"), zone="Europe/Berlin", covers=(cover,))
    turns = [on_call(rotation, begins - timedelta(days=1))]
    while turns[-1].ends < ends + timedelta(days=7):
        turns.append(on_call(rotation, turns[-1].ends))
        assert turns[-1].begins == turns[-2].ends
    covered = [turn for turn in turns if turn.covered]
    assert [(turn.member, turn.begins, turn.ends) for turn in covered] == [("Cid", begins, ends)]
    assert covered[0].in_turn == on_call(rotation, begins - timedelta(minutes=1)).member
    assert not on_call(rotation, begins, away=("Cid",)).covered
