"""Figures count what arrived, judge targets only where they can be judged, and know what waits."""

from datetime import UTC, date, datetime, timedelta
from statistics import median
from zoneinfo import ZoneInfo

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from pipeline.backlog import Backlog, backlog
from pipeline.columns import columns, from_bytes, joined
from pipeline.figures import Figures, by_day, by_team, figures
from pipeline.judgements import Judged
from pipeline.policy import Savings
from pipeline.quantile import quantiles
from pipeline.savings import saved
from pipeline.story import Spent, Story

NOW = datetime(2026, 5, 8, 12, tzinfo=UTC)
SINCE = NOW - timedelta(days=7)
HOUR = timedelta(hours=1)


def story(hours_ago: float, *, due: float | None = 4, responded: float | None = None, **more: object) -> Story:
    """Return a ticket of so many hours ago; `due` and `responded` are hours after it came."""
    came = NOW - hours_ago * HOUR
    usual: dict[str, object] = {
        "team": "money",
        "category": "billing",
        "urgency": "P2",
        "created_at": came,
        "due_at": None if due is None else came + due * HOUR,
        "responded_at": None if responded is None else came + responded * HOUR,
        "answered": responded is not None,
        "open": responded is None,
    }
    return Story.model_validate(usual | more)


def told(*stories: Story) -> Figures:
    return figures(columns(stories), NOW)


def test_first_responses_are_told_by_median_and_nearest_rank() -> None:
    found = told(*(story(30, responded=each) for each in (1, 2, 3, 10)))
    assert (found.first_response, found.first_response_p90) == (2.5, 10)
    assert (found.arrived, found.answered, found.triaged) == (4, 4, 4)


def test_only_what_came_or_is_overdue_is_in_time_or_not() -> None:
    kept, late, overdue, running = story(9, responded=3), story(9, responded=5), story(9), story(1)
    dismissed, untargeted = story(9, open=False), story(9, due=None, responded=1)
    assert told(kept, late, overdue, running, dismissed, untargeted).in_time == round(1 / 3, 4)
    assert told(running, dismissed, untargeted).in_time is None


def test_an_answer_that_never_left_is_late_once_its_time_is_over() -> None:
    assert told(story(9, answered=True, open=False)).in_time == 0


def test_resolutions_count_from_when_the_ticket_came_in() -> None:
    resolved = [story(30, responded=1, resolved_at=NOW - (30 - each) * HOUR) for each in (2, 6)]
    assert (told(*resolved, story(3)).resolved, told(*resolved, story(3)).resolution) == (2, 4)


def test_the_backlog_is_told_by_age_and_oldest_and_adds_up() -> None:
    waits = backlog((NOW - each * HOUR for each in (1, 5, 240)), NOW) + backlog([NOW - 300 * HOUR], NOW) + Backlog()
    found = figures(columns([story(1)]), NOW, waits)
    assert (found.arrived, found.waiting, found.oldest) == (1, 4, 300)
    assert found.ages == {"under 4 h": 1, "4 to 24 h": 1, "1 to 3 days": 0, "over 3 days": 2}


def test_teams_categories_and_urgencies_are_told_apart() -> None:
    came = columns(
        [story(1), story(2, team="tech", category="technical", urgency="P1", escalated=True), story(3, team="")]
    )
    waiting = {"quiet": backlog([NOW - HOUR], NOW)}
    found = by_team(came, NOW, waiting).teams
    assert by_team(came, NOW, waiting).whole == figures(came, NOW, waiting["quiet"])
    assert {team: (part.arrived, part.escalated, part.waiting) for team, part in found.items()} == {
        "money": (1, 0, 0),
        "quiet": (0, 0, 1),
        "tech": (1, 1, 0),
    }
    assert found["tech"].by_category == {"technical": 1}
    assert figures(came, NOW).by_category == {"billing": 2, "technical": 1}
    assert figures(came, NOW).by_urgency == {"P2": 2, "P1": 1}


def test_what_people_said_and_what_models_took_is_summed_by_team() -> None:
    good = Judged(filed=True, as_it_was=2, reassigned=True)
    poor = Judged(filed=True, filed_anew=True, edited=1, rejected=1, changed=0.25, called_off=True)
    paid = Spent(tokens_in=1000, tokens_out=50, cost=0.5)
    free = Spent(tokens_in=7, unpriced=True)
    came = [story(1, judged=good, spent=paid), story(2, judged=poor, spent=free), story(3, team="tech", judged=poor)]
    found = told(*came)
    assert (found.handled, found.filed_anew, found.accuracy) == (3, 2, 1 - 2 / 3)
    assert (found.drafts, found.accepted, found.changed) == (6, 2 / 6, 0.25)
    assert (found.reassigned, found.called_off, found.raised) == (1, 2, 0)
    assert (found.tokens_in, found.tokens_out, found.cost, found.unpriced) == (1007, 50, 0.5, 1)
    assert by_team(columns(came), NOW, {}).teams["tech"].handled == 1
    assumed = Savings(triage_minutes=2, approved_minutes=5, edited_minutes=3, cost_per_hour=30)
    minutes = 3 * 2 + 2 * 5 + 2 * 3
    assert (saved(found, assumed).hours, saved(found, assumed).money) == (round(minutes / 60, 4), minutes / 2)


def test_nothing_is_told_of_nothing() -> None:
    assert told() == Figures()
    assert saved(told(), Savings(cost_per_hour=50)).money == 0


def test_days_are_those_of_the_zone_and_none_is_left_out() -> None:
    night = story(13.5)  # 22:30 in UTC, half past midnight in Berlin
    came = columns([night, story(1, responded=0.5)])
    found = by_day(came, NOW - timedelta(days=2), NOW, NOW, ZoneInfo("Europe/Berlin"))
    assert [(each.day, each.arrived, each.answered, each.judged, each.in_time) for each in found] == [
        (date(2026, 5, 6), 0, 0, 0, 0),
        (date(2026, 5, 7), 0, 0, 0, 0),
        (date(2026, 5, 8), 2, 1, 2, 1),
    ]


def test_a_period_is_cut_out_by_the_second() -> None:
    came = columns([story(3), story(2), story(1, team="tech")])
    assert len(came.between(NOW - 2 * HOUR, NOW - HOUR)) == 1
    assert (len(came.of_team("tech")), len(came.of_team("nobody"))) == (1, 0)


def test_columns_come_back_from_bytes_and_together() -> None:
    one = columns([story(3, team="b"), story(2, team="a", category="x", responded=0.123)])
    other = columns([story(1, team="c", category="")])
    back = from_bytes(one.to_bytes(), one.teams, one.categories)
    both = joined([back, other])
    assert [both.teams[number] for number in both["team"]] == ["b", "a", "c"]
    assert [both.categories[number] for number in both["category"]] == ["billing", "x", ""]
    assert both["first"].tolist()[1] == round(0.123 * 3600 * 100)
    assert all(np.array_equal(back[name], one[name]) for name in one.arrays)
    assert len(joined([])) == 0


groups = st.lists(st.tuples(st.integers(0, 2), st.integers(0, 40)), max_size=60)


@given(groups)
def test_quantiles_of_groups_are_those_of_each_in_order(pairs: list[tuple[int, int]]) -> None:
    numbers, values = np.array([each for each, _ in pairs], int), np.array([each for _, each in pairs], "<u4")
    for group, found in enumerate(quantiles(numbers, values, 3)):
        mine = sorted(value for each, value in pairs if each == group)
        assert found.median == (median(mine) if mine else None)
        if mine:
            assert found.p90 is not None
            assert sum(value <= found.p90 for value in mine) >= 0.9 * len(mine) - 1e-9
            assert sum(value < found.p90 for value in mine) < 0.9 * len(mine) + 1e-9
