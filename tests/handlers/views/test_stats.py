"""The figures are a valid message, whatever the period, the teams and their names."""

import json
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handlers.views.charts import without_charts
from handlers.views.stats import Stats, stats_card
from pipeline.figures import Day, Figures
from pipeline.policy import Savings
from pipeline.savings import Saved
from tests.handlers.views.valid import must_be_valid

FIGURES = Figures(
    arrived=40,
    answered=30,
    escalated=3,
    first_response=0.4,
    first_response_p90=60,
    resolved=20,
    resolution=50,
    in_time=0.9,
    waiting=5,
    oldest=12,
    ages={"under 4 h": 2, "4 to 24 h": 3, "1 to 3 days": 0, "over 3 days": 0},
    triaged=38,
    by_category={"billing": 40},
    handled=120,
    filed_anew=3,
    reassigned=2,
    called_off=1,
    as_it_was=6,
    edited=3,
    rejected=1,
    changed=0.12,
    tokens_in=12_000,
    tokens_out=900,
    cost=1.25,
)
NOTHING = Figures()


def day(number: int) -> Day:
    arrived = number
    return Day(
        day=date(2026, 5, 4) + timedelta(number),
        arrived=arrived,
        answered=arrived // 2,
        judged=arrived,
        in_time=arrived // 2,
    )


def stats(days: int = 7, **more: object) -> Stats:
    usual: dict[str, object] = {
        "asked": "7d",
        "period": "Last 7 days",
        "team": "",
        "whole": FIGURES,
        "teams": {"money": FIGURES, "tech_support": NOTHING},
        "days": tuple(day(number) for number in range(days)),
        "saved_by": {"money": 1.9},
        "saved": Saved(triaged=38, approved=6, edited=3, hours=1.9, money=66.5),
        "assumed": Savings(triage_minutes=2, approved_minutes=5, edited_minutes=2, cost_per_hour=35),
    }
    return Stats.model_validate(usual | more)


def chart(found: Stats) -> dict[str, Any]:
    drawn = [block for block in stats_card(found).blocks if block["type"] == "data_visualization"]
    return dict(drawn[0]["chart"])


def test_the_card_tells_the_figures_in_words_a_chart_and_a_table() -> None:
    card = stats_card(stats())
    must_be_valid(card)
    said = json.dumps(card.blocks, ensure_ascii=False)
    for words in ("40 came in, 30 answered", "24 min (median), 2.5 days (9 of 10)", "90%", "Tech Support"):
        assert words in said
    assert "5: 2 under 4 h, 3 4 to 24 h; the oldest for 12 h" in said
    assert "20, 2.1 days (median)" in said
    assert "98% as people file it: 3 of 120 filed anew" in said
    assert "60% sent as they were, 30% edited (by 12%), 10% written anew, of 10" in said
    assert "1.25 EUR, 0.0312 a ticket: 12,000 tokens in, 900 out" in said
    assert card.text == (
        "Last 7 days, all teams: 40 tickets, 30 answered, 5 waiting; first response 24 min, 90% in time."
    )


def test_each_team_has_its_accuracy_drafts_savings_and_backlog() -> None:
    [table] = [block for block in stats_card(stats()).blocks if block["type"] == "data_table"]
    head, money, tech = [[cell.get("text", cell.get("value")) for cell in row] for row in table["rows"]]
    told = dict(zip(head, money, strict=True))
    assert (told["Waiting"], told["Oldest, h"], told["In time, %"]) == (5, 12, 90)
    assert (told["Category right, %"], told["Drafts as they were, %"], told["Saved, h"]) == (98, 60, 1.9)
    assert dict(zip(head, tech, strict=True))["Category right, %"] == "-"
    [without] = [block for block in stats_card(stats(saved_by={})).blocks if block["type"] == "data_table"]
    assert "Saved" not in str(without["rows"][0])


def test_each_figure_stands_beside_what_it_was_before() -> None:
    before = FIGURES.model_copy(update={"arrived": 33, "in_time": 0.7, "filed_anew": 60, "first_response": None})
    said = json.dumps(stats_card(stats(before=before)).blocks)
    for words in (
        "40 came in (33 before)",
        "90% (70% before)",
        "98% as people file it (50% before)",
        "2 tickets (2 before)",
    ):
        assert words in said
    assert '(9 of 10)"' in said  # nothing was answered before: nothing to compare with
    assert "before" not in json.dumps(stats_card(stats()).blocks)


@pytest.mark.parametrize(
    ("more", "says"),
    [
        ({"tokens_in": 0, "tokens_out": 0, "cost": 0}, "none was asked; the engine on this machine costs nothing"),
        ({"cost": 0, "unpriced": 9}, "12,000 tokens in, 900 out; no price is set (`TRIAGE_MODEL_PRICE`)"),
        ({"unpriced": 9}, "0.0312 a ticket, without 9 tickets that had no price"),
    ],
)
def test_what_models_cost_is_told_even_where_it_is_nothing(more: dict[str, object], says: str) -> None:
    assert says in json.dumps(stats_card(stats(whole=FIGURES.model_copy(update=more))).blocks)


def test_the_share_in_time_is_drawn_beside_the_volume_and_no_third_chart() -> None:
    charts = [block for block in stats_card(stats()).blocks if block["type"] == "data_visualization"]
    assert [each["title"] for each in charts] == ["Tickets by day", "First responses in time, %, by day"]
    points = charts[1]["chart"]["series"][0]["data"]
    assert (len(points), points[0]) == (6, {"label": "Tue 5.", "value": 0})  # on the first day nothing was due


def test_what_was_saved_comes_with_the_assumptions_and_not_at_all_without() -> None:
    said = json.dumps(stats_card(stats()).blocks)
    told = (
        "1.9 h, 66 EUR at 35 an hour: 38 tickets read at 2 min, 6 drafts sent as they were at 5 min, 3 edited at 2 min"
    )
    assert told in said
    no_money = Savings(triage_minutes=2)
    assert "1.9 h: 38 tickets read at 2 min" in json.dumps(stats_card(stats(assumed=no_money)).blocks)
    assert "Saved, as" not in json.dumps(stats_card(stats(assumed=Savings())).blocks)


def test_the_backlog_is_drawn_by_age_once_it_is_one() -> None:
    assert "Waiting now, by age" in json.dumps(stats_card(stats(days=1)).blocks)
    few = FIGURES.model_copy(update={"ages": {"under 4 h": 2}})
    assert "Waiting now, by age" not in json.dumps(stats_card(stats(days=1, whole=few)).blocks)


@given(st.dictionaries(st.text(max_size=300), st.just(FIGURES), max_size=120))
def test_charts_and_tables_can_be_told_in_words(teams: dict[str, Figures]) -> None:
    card = without_charts(stats_card(stats(days=1, teams=teams)))
    must_be_valid(card)
    assert {block["type"] for block in card.blocks} <= {"header", "section", "context", "actions"}
    assert "4 to 24 h · 3" in json.dumps(card.blocks, ensure_ascii=False)


def test_nothing_is_a_short_card_without_a_chart() -> None:
    card = stats_card(stats(days=0, whole=NOTHING, teams={}))
    must_be_valid(card)
    assert {block["type"] for block in card.blocks} == {"header", "section", "context", "actions"}


def test_what_is_shared_cannot_be_shared_again() -> None:
    assert [block["type"] for block in stats_card(stats(), shared=True).blocks].count("actions") == 0


@pytest.mark.parametrize(
    ("days", "bars", "first"),
    [(7, 7, "Mon 4."), (20, 20, "Mon 4."), (21, 3, "4 May"), (90, 13, "4 May"), (366, 13, "May 2026")],
)
def test_long_periods_are_drawn_by_week_or_month(days: int, bars: int, first: str) -> None:
    drawn = chart(stats(days))
    labels = drawn["axis_config"]["categories"]
    assert (len(labels), labels[0]) == (bars, first)
    assert sum(point["value"] for point in drawn["series"][0]["data"]) == sum(range(days))


@given(st.dictionaries(st.text(max_size=300), st.just(FIGURES), max_size=120), st.text(max_size=300))
def test_any_names_make_a_valid_card(teams: dict[str, Figures], team: str) -> None:
    must_be_valid(stats_card(stats(teams=teams, team=team)))
