"""By when, and how much of the time is gone."""

from datetime import UTC, datetime, timedelta

from pipeline.sla import due_at, share_used

START = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)


def test_a_ticket_is_due_its_minutes_after_it_was_created() -> None:
    assert due_at(START, 90) == START + timedelta(minutes=90)


def test_the_share_grows_from_nothing_past_the_whole() -> None:
    due = due_at(START, 60)
    minutes = (-5, 0, 15, 60, 120)
    assert [share_used(START, due, START + timedelta(minutes=m)) for m in minutes] == [0, 0, 0.25, 1, 2]


def test_no_time_at_all_is_used_up_at_once() -> None:
    assert share_used(START, START, START) == 1
