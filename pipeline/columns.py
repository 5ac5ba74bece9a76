"""Columns: the stories of many cases as one array for each thing that figures need, 36 bytes a case."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import IntFlag
from math import ceil
from typing import Any, Self

import numpy as np
from numpy.typing import NDArray

from pipeline.story import Story

HUNDREDTH = 0.01  # of a second: the grain of a first response; one of more than 497 days counts as that
TEN_THOUSANDTH = 0.0001  # the grain of the share of a draft that was changed
_URGENCIES = ("", "P1", "P2", "P3", "P4")
URGENCIES = len(_URGENCIES)
_MOST = 2**32 - 1

Array = NDArray[Any]


class Mark(IntFlag):
    """What is true of a case, as bits of one number."""

    ANSWERED = 1
    ESCALATED = 2
    TRIAGED = 4
    RESPONDED = 8  # `first` is how long it took
    OWED = 16  # a first response is owed; `first` is when it is due
    JUDGED = 32  # it was given, and a target tells whether in time
    IN_TIME = 64
    RESOLVED = 128
    FILED = 256
    FILED_ANEW = 512
    REASSIGNED = 1024
    CALLED_OFF = 2048
    RAISED = 4096
    UNPRICED = 8192


MARKS = 14  # bits

# Ordered by size, so that each array begins at a multiple of its own.
_FIELDS: Mapping[str, np.dtype[Any]] = {
    "came": np.dtype("<u4"),  # seconds since 1970, rounded down
    "first": np.dtype("<u4"),  # hundredths of a second it took; where owed: seconds since 1970, rounded up
    "resolved": np.dtype("<u4"),  # seconds from coming in to its resolution
    "tokens_in": np.dtype("<u4"),
    "tokens_out": np.dtype("<u4"),
    "cost": np.dtype("<f4"),
    "team": np.dtype("<u2"),  # number in `teams`
    "category": np.dtype("<u2"),
    "marks": np.dtype("<u2"),
    "changed": np.dtype("<u2"),  # ten-thousandths
    "urgency": np.dtype("u1"),
    "as_it_was": np.dtype("u1"),
    "edited": np.dtype("u1"),
    "rejected": np.dtype("u1"),
}


@dataclass(frozen=True, slots=True, eq=False)
class Columns:
    """Stories in the order in which the tickets came in. `teams` and `categories` are the names of their numbers."""

    teams: tuple[str, ...]
    categories: tuple[str, ...]
    arrays: Mapping[str, Array]

    def __getitem__(self, field: str) -> Array:
        return self.arrays[field]

    def __len__(self) -> int:
        return len(self.arrays["came"])

    def has(self, mark: Mark) -> NDArray[np.bool_]:
        """Return of which cases something is true."""
        return np.asarray(self.arrays["marks"] & np.uint16(mark) != 0)

    def between(self, since: datetime, until: datetime) -> Self:
        """Return what came in from `since` on and before `until`; both are whole seconds."""
        first, last = np.searchsorted(self["came"], [ceil(since.timestamp()), ceil(until.timestamp())])
        return self._each(lambda array: array[first:last])

    def of_team(self, team: str) -> Self:
        """Return the cases of one team."""
        if team not in self.teams:
            return self.chosen(np.zeros(len(self), dtype=bool))
        return self.chosen(self["team"] == self.teams.index(team))

    def chosen(self, which: Array) -> Self:
        """Return some of the cases, by a mask or by their numbers."""
        return self._each(lambda array: array[which])

    def to_bytes(self) -> bytes:
        """Return the arrays one after the other, to be kept beside the names."""
        return b"".join(self.arrays[field].tobytes() for field in _FIELDS)

    def _each(self, change: Callable[[Array], Array]) -> Self:
        return type(self)(self.teams, self.categories, {field: change(each) for field, each in self.arrays.items()})


def from_bytes(content: bytes, teams: Sequence[str], categories: Sequence[str]) -> Columns:
    """Return what to_bytes() wrote."""
    size, start, arrays = len(content) // sum(each.itemsize for each in _FIELDS.values()), 0, {}
    for field, kind in _FIELDS.items():
        arrays[field] = np.frombuffer(content, kind, size, start)
        start += size * kind.itemsize
    return Columns(tuple(teams), tuple(categories), arrays)


def columns(stories: Sequence[Story]) -> Columns:
    """Return these stories in columns, in the order of by_arrival()."""
    told = by_arrival(stories)
    teams = tuple(sorted({story.team for story in told}))
    categories = tuple(sorted({story.category for story in told}))
    numbers = {name: number for number, name in enumerate(teams)}
    kinds = {name: number for number, name in enumerate(categories)}
    drawn: dict[str, list[float]] = {
        "came": [int(story.created_at.timestamp()) for story in told],
        "first": [_first(story) for story in told],
        "resolved": [_seconds(story.created_at, story.resolved_at) for story in told],
        "tokens_in": [min(story.spent.tokens_in, _MOST) for story in told],
        "tokens_out": [min(story.spent.tokens_out, _MOST) for story in told],
        "cost": [story.spent.cost for story in told],
        "team": [numbers[story.team] for story in told],
        "category": [kinds[story.category] for story in told],
        "marks": [int(_marks(story)) for story in told],
        "changed": [round((story.judged.changed or 0) / TEN_THOUSANDTH) for story in told],
        "urgency": [_URGENCIES.index(story.urgency) if story.urgency in _URGENCIES else 0 for story in told],
        "as_it_was": [min(story.judged.as_it_was, 255) for story in told],
        "edited": [min(story.judged.edited, 255) for story in told],
        "rejected": [min(story.judged.rejected, 255) for story in told],
    }
    return Columns(teams, categories, {field: np.array(drawn[field], kind) for field, kind in _FIELDS.items()})


def by_arrival(stories: Sequence[Story]) -> list[Story]:
    """Return stories in the order of their columns."""
    return sorted(stories, key=lambda story: (int(story.created_at.timestamp()), story.case_id))


def joined(parts: Sequence[Columns]) -> Columns:
    """Return the cases of all parts; what comes later in the parts must not have come in before."""
    teams = tuple(sorted({team for part in parts for team in part.teams}))
    categories = tuple(sorted({category for part in parts for category in part.categories}))
    lists: dict[str, list[Array]] = {field: [part[field] for part in parts] for field in _FIELDS}
    lists["team"] = [_renumbered(part["team"], part.teams, teams) for part in parts]
    lists["category"] = [_renumbered(part["category"], part.categories, categories) for part in parts]
    return Columns(
        teams,
        categories,
        {field: np.concatenate(lists[field]) if parts else np.empty(0, kind) for field, kind in _FIELDS.items()},
    )


def sorted_with(kept: Columns, added: Columns) -> tuple[Columns, Array]:
    """Return both together in the order in which they came in, and which number each row had with `added` behind."""
    both = joined([kept, added])
    order = np.argsort(both["came"], kind="stable")
    return both.chosen(order), order


def urgency_name(number: int) -> str:
    """Return the urgency that a number of the column stands for, "" for none."""
    return _URGENCIES[number]


def _renumbered(numbers: Array, names: Sequence[str], anew: Sequence[str]) -> Array:
    if tuple(names) == tuple(anew):
        return numbers
    places = {name: place for place, name in enumerate(anew)}
    return np.array([places[name] for name in names] or [0], dtype="<u2")[numbers]


def _first(story: Story) -> int:
    if story.responded_at is not None:
        took = (story.responded_at - story.created_at).total_seconds()
        return min(max(0, round(took / HUNDREDTH)), _MOST)
    return ceil(story.due_at.timestamp()) if story.due_at is not None else 0


def _seconds(since: datetime, until: datetime | None) -> int:
    return 0 if until is None else min(max(0, round((until - since).total_seconds())), _MOST)


def _marks(story: Story) -> Mark:
    # An answer that is still on its way to the helpdesk is owed, too.
    owed = story.responded_at is None and story.due_at is not None and (story.open or story.answered)
    responded, said = story.responded_at, story.judged
    truths = {
        Mark.ANSWERED: story.answered,
        Mark.ESCALATED: story.escalated,
        Mark.TRIAGED: bool(story.urgency),
        Mark.RESPONDED: responded is not None,
        Mark.OWED: owed,
        Mark.JUDGED: responded is not None and story.due_at is not None,
        Mark.IN_TIME: responded is not None and story.due_at is not None and responded <= story.due_at,
        Mark.RESOLVED: story.resolved_at is not None,
        Mark.FILED: said.filed,
        Mark.FILED_ANEW: said.filed_anew,
        Mark.REASSIGNED: said.reassigned,
        Mark.CALLED_OFF: said.called_off,
        Mark.RAISED: said.raised,
        Mark.UNPRICED: story.spent.unpriced,
    }
    return Mark(sum(mark for mark, true in truths.items() if true))
