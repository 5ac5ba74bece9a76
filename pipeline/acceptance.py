"""Acceptance: what people made of our drafts, by what they were about, who owned them and how sure we were."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from datetime import date, timedelta
from statistics import median

from pydantic import Field

from pipeline.feedback import Aspect, Fate, Feedback, Standing
from pipeline.value import Value


class Acceptance(Value):
    """What became of some drafts. Shares are 0..1 of `drafts`, and all of them 0 where there were none."""

    drafts: int
    as_it_was: float
    edited: float
    rejected: float
    changed: float = Field(description="median share of the text that was changed in the edited ones, 0..1")
    up: int = Field(description="thumbs up, given to any draft of the group")
    down: int


class Report(Value):
    """Acceptance as a whole and in parts. Weeks are named by their Monday, oldest first."""

    whole: Acceptance
    by_category: Mapping[str, Acceptance]
    by_team: Mapping[str, Acceptance]
    by_grade: Mapping[str, Acceptance]
    by_week: Mapping[str, Acceptance]


def acceptance(said: Iterable[Feedback]) -> Report:
    """Fold feedback on drafts into figures; other aspects and what was undone are passed over.

    Every reply counts, so a ticket that was answered twice counts twice.
    """
    about_drafts = [
        each for each in said if each.aspect in (Aspect.DRAFT, Aspect.RATING) and each.standing is not Standing.UNDONE
    ]
    return Report(
        whole=_figures(about_drafts),
        by_category=_parts(about_drafts, lambda each: each.category),
        by_team=_parts(about_drafts, lambda each: each.team),
        by_grade=_parts(about_drafts, lambda each: each.grade),
        by_week=_parts(about_drafts, lambda each: _monday(each.at.date()).isoformat()),
    )


def _parts(said: Iterable[Feedback], key: Callable[[Feedback], str]) -> dict[str, Acceptance]:
    groups: defaultdict[str, list[Feedback]] = defaultdict(list)
    for each in said:
        groups[key(each)].append(each)
    return {name: _figures(groups[name]) for name in sorted(groups)}


def _figures(said: Iterable[Feedback]) -> Acceptance:
    drafts = [each for each in said if each.aspect is Aspect.DRAFT]
    ratings = [each.chosen for each in said if each.aspect is Aspect.RATING]
    fates = [each.fate for each in drafts]
    edits = [each.distance for each in drafts if each.fate is Fate.EDITED and each.distance is not None]

    def share(fate: Fate) -> float:
        return round(fates.count(fate) / len(fates), 4) if fates else 0.0

    return Acceptance(
        drafts=len(drafts),
        as_it_was=share(Fate.AS_IT_WAS),
        edited=share(Fate.EDITED),
        rejected=share(Fate.REJECTED),
        changed=round(median(edits), 4) if edits else 0.0,
        up=ratings.count("up"),
        down=ratings.count("down"),
    )


def _monday(day: date) -> date:
    return day - timedelta(days=day.weekday())
