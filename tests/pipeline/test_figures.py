"""Figures count what arrived, judge targets only where they can be judged, and know what waits."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from hypothesis import given
from hypothesis import strategies as st

from pipeline.figures import Story, by_day, by_team, figures, nearest_rank

NOW = datetime(2026, 5, 8, 12, tzinfo=UTC)
SINCE = NOW - timedelta(days=7)


def story(hours_ago: float, *, due: float | None = 4, responded: float | None = None, **more: object) -> Story:
    """Return a ticket of so many hours ago; `due` and `responded` are hours after it came."""
    came = NOW - timedelta(hours=hours_ago)
    usual: dict[str, object] = {
        "team": "money",
        "category": "billing",
        "urgency": "P2",
        "created_at": came,
        "due_at": None if due is None else came + timedelta(hours=due),
        "responded_at": None if responded is None else came + timedelta(hours=responded),
        "answered": responded is not None,
        "open": responded is None,
    }
    return Story.model_validate(usual | more)


def test_first_responses_are_told_by_median_and_nearest_rank() -> None:
    found = figures([story(30, responded=each) for each in (1, 2, 3, 10)], SINCE, NOW)
    assert (found.first_response, found.first_response_p90) == (2.5, 10)
    assert (found.arrived, found.answered, found.waiting, found.oldest) == (4, 4, 0, None)


def test_only_what_came_or_is_overdue_is_in_time_or_not() -> None:
    kept, late, overdue, running = story(9, responded=3), story(9, responded=5), story(9), story(1)
    dismissed, untargeted = story(9, open=False), story(9, due=None, responded=1)
    assert figures([kept, late, overdue, running, dismissed, untargeted], SINCE, NOW).in_time == round(1 / 3, 4)
    assert figures([running, dismissed, untargeted], SINCE, NOW).in_time is None


def test_an_answer_that_never_left_is_late_once_its_time_is_over() -> None:
    stuck = story(9, answered=True, open=False)
    assert figures([stuck], SINCE, NOW).in_time == 0


def test_what_came_before_waits_but_did_not_arrive() -> None:
    found = figures([story(10 * 24), story(1)], SINCE, NOW)
    assert (found.arrived, found.waiting, found.oldest) == (1, 2, 240)


def test_teams_and_categories_are_told_apart() -> None:
    told = [story(1), story(2, team="tech", category="technical", escalated=True), story(3, team="")]
    found = by_team(told, SINCE, NOW)
    assert {team: (part.arrived, part.escalated) for team, part in found.items()} == {"money": (1, 0), "tech": (1, 1)}
    assert figures(told, SINCE, NOW).by_category == {"billing": 2, "technical": 1}


def test_days_are_those_of_the_zone_and_none_is_left_out() -> None:
    night = story(13.5)  # 22:30 in UTC, half past midnight in Berlin
    found = by_day([night, story(1, responded=0.5)], NOW - timedelta(days=2), NOW, ZoneInfo("Europe/Berlin"))
    assert [(each.day, each.arrived, each.answered) for each in found] == [
        (date(2026, 5, 6), 0, 0),
        (date(2026, 5, 7), 0, 0),
        (date(2026, 5, 8), 2, 1),
    ]


@given(st.lists(st.integers(0, 50), min_size=1), st.floats(0.01, 1))
def test_a_nearest_rank_is_the_smallest_value_that_the_share_does_not_exceed(values: list[int], share: float) -> None:
    ordered = sorted(map(float, values))
    rank = nearest_rank(ordered, share)
    assert sum(value <= rank for value in ordered) >= share * len(ordered) - 1e-9
    assert sum(value < rank for value in ordered) < share * len(ordered) + 1e-9
