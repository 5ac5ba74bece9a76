"""Stats for programs: the same figures that Slack shows, as JSON and as CSV."""

from typing import Any

from handlers.views.stats import Stats
from pipeline.csv_safe import Cell, as_csv
from pipeline.figures import Figures

_NUMBERS = (
    "arrived", "answered", "triaged", "escalated", "first_response", "first_response_p90", "resolved", "resolution",
    "in_time", "waiting", "oldest", "handled", "filed_anew", "accuracy", "reassigned", "called_off", "raised",
    "as_it_was", "edited", "rejected", "accepted", "changed", "tokens_in", "tokens_out", "cost",
)  # fmt: skip
_SHARES = ("accuracy", "accepted")


def stats_json(stats: Stats) -> dict[str, Any]:
    """Return the figures as JSON's values; times are hours, shares 0..1, and null where there is nothing to tell."""
    told = stats.model_dump(mode="json", exclude={"asked", "assumed", "saved_by"})
    teams = {name: _figures(each) | {"saved_hours": stats.saved_by.get(name)} for name, each in stats.teams.items()}
    before = _figures(stats.before) if stats.before else None
    assumed = stats.assumed.model_dump(mode="json")
    return told | {"whole": _figures(stats.whole), "before": before, "teams": teams, "assumed": assumed}


def stats_csv(stats: Stats) -> str:
    """Return a line for the whole, one for each team and one for each day, of which less is known."""
    head = ("kind", "name", *_NUMBERS, "saved_hours")
    whole = [("all", stats.team or "all teams", *_cells(stats.whole), stats.saved.hours)]
    teams = [("team", name, *_cells(each), stats.saved_by.get(name)) for name, each in stats.teams.items()]
    days: list[tuple[Cell, ...]] = [
        (
            "day",
            day.day.isoformat(),
            *(_of_day(day.arrived, day.answered, day.in_time / day.judged if day.judged else None)),
        )
        for day in stats.days
    ]
    return as_csv([head, *whole, *teams, *days])


def _figures(found: Figures) -> dict[str, Any]:
    return found.model_dump(mode="json") | {name: _rounded(getattr(found, name)) for name in _SHARES}


def _cells(found: Figures) -> list[Cell]:
    told = _figures(found)
    return [told[name] for name in _NUMBERS]


def _of_day(arrived: int, answered: int, in_time: float | None) -> list[Cell]:
    known = {"arrived": arrived, "answered": answered, "in_time": _rounded(in_time)}
    return [known.get(name) for name in (*_NUMBERS, "saved_hours")]


def _rounded(share: float | None) -> float | None:
    return None if share is None else round(share, 4)
