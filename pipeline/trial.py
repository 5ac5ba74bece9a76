"""Trial: does what was learnt anew read rows better that it had not seen than what is in force does?"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.stats import binomtest  # type: ignore[import-untyped]  # comes with scikit-learn, without types

from pipeline.rate import Rate

Numbers = NDArray[np.float32]
Places = NDArray[np.intp]


@dataclass(frozen=True, slots=True)
class Choosing:
    """How a label is chosen from chances, and what mistakes cost.

    `limit`: of two labels, the second is chosen from this chance on; without it, the likeliest is. Missing the
    second then costs so much more than a false alarm that the limit is the best there is.
    """

    labels: tuple[str, ...]
    limit: float | None = None

    def choose(self, chances: Numbers) -> Places:
        """Return the place of each row's label."""
        if self.limit is None:
            return np.asarray(chances.argmax(axis=1), np.intp)
        return np.asarray(chances[:, 1] >= self.limit, np.intp)

    def costs(self, truth: Places) -> Numbers:
        """Return what a mistake costs in each row."""
        if self.limit is None:
            return np.ones(len(truth), np.float32)
        return np.where(truth == 1, (1 - self.limit) / self.limit, 1).astype(np.float32)


@dataclass(frozen=True, slots=True)
class Trial:
    """How often the rows held out were read as people say, before and after. By label: rows, before, after.

    `better` and `worse` count the rows that only one of the two reads rightly; `chance` is how often rows that
    go either way alike would differ as much (the exact sign test, McNemar's for pairs). `cost` is of all mistakes.
    """

    before: Rate
    after: Rate
    better: int
    worse: int
    chance: float
    cost_before: float
    cost: float
    by_label: Mapping[str, tuple[int, int, int]]

    @property
    def no_worse(self) -> bool:
        """Whether the mistakes cost no more than before; as much is no worse, for it rests on more rows."""
        return self.cost <= self.cost_before


def compare(how: Choosing, truth: Places, before: Numbers, after: Numbers) -> Trial:
    """Compare two readings of the same rows, each of shape (rows, labels)."""
    right_before, right = (how.choose(chances) == truth for chances in (before, after))
    better, worse = int((right & ~right_before).sum()), int((right_before & ~right).sum())
    costs = how.costs(truth)
    return Trial(
        before=Rate(int(right_before.sum()), len(truth)),
        after=Rate(int(right.sum()), len(truth)),
        better=better,
        worse=worse,
        chance=float(binomtest(better, better + worse).pvalue) if better + worse else 1.0,
        cost_before=float(costs[~right_before].sum()),
        cost=float(costs[~right].sum()),
        by_label=_by_label(how.labels, truth, right_before, right),
    )


def _by_label(
    labels: Sequence[str], truth: Places, before: NDArray[np.bool_], after: NDArray[np.bool_]
) -> dict[str, tuple[int, int, int]]:
    having = {label: truth == place for place, label in enumerate(labels)}
    return {
        label: (int(rows.sum()), int(before[rows].sum()), int(after[rows].sum()))
        for label, rows in having.items()
        if rows.any()
    }
