"""Learn anew from what people confirmed and corrected, and say whether that reads better than before.

What is learnt is added to how tickets are read anyway (pipeline.residual), be it by the text that we ship, by a
team's own heads or by the descriptions of categories alone. So fifty tickets help, and none change nothing.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from threadpoolctl import threadpool_limits  # type: ignore[import-untyped]  # comes with scikit-learn, without types

from pipeline.amend import FAINTEST, Amendment, Amendments, amendment
from pipeline.doubts import doubtful, outvoted, witnessed
from pipeline.features import learn_words
from pipeline.learn import softmax, topics_of
from pipeline.linear import Linear
from pipeline.residual import learn_residual
from pipeline.splits import Split, copies, splits
from pipeline.trial import Choosing, Trial, compare

Numbers = NDArray[np.float32]
Places = NDArray[np.intp]
Mask = NDArray[np.bool_]

# Measured on complaints, questions to a shop and support mails in five languages, with 50, 200 and 1,000 rows.
STRENGTH = 3.0  # a third of it learns too little from few rows, three times as much too much from noisy ones
FEWEST = 20  # rows with a word on a column, below which nothing is learnt there


@dataclass(frozen=True, slots=True)
class Rows:
    """Tickets of which people said something: masked texts, unit vectors, and whether the present model knows them.

    `people` are who had the last word; `trusted` rows are never doubted.
    """

    texts: Sequence[str]
    vectors: Numbers
    people: Sequence[str]
    present: Mask
    trusted: Mask


@dataclass(frozen=True, slots=True)
class Column:
    """One column of them: the chances as read without amendments, of shape (rows, labels), and what people said."""

    how: Choosing
    read: Numbers
    said: Sequence[str | None]


@dataclass(frozen=True, slots=True)
class Relearnt:
    """What was learnt, how it fared on rows held out, and which rows were left out as doubtful, by column."""

    amendments: Amendments
    trials: Mapping[str, Trial]
    doubted: Mapping[str, tuple[int, ...]]


def relearn(rows: Rows, columns: Mapping[str, Column]) -> Relearnt:
    """Learn each column of which enough was said. Takes seconds for a thousand rows: call it in a thread.

    A column that the new rows would make worse keeps to those that the present model knows.
    """
    with threadpool_limits(1):  # on numbers as small as these, threads cost ten times what they gain
        return _relearn(rows, columns)


def _relearn(rows: Rows, columns: Mapping[str, Column]) -> Relearnt:
    words = learn_words(rows.texts)
    matrix = words.matrix(rows.texts)
    topics = topics_of(matrix)
    features = np.hstack([rows.vectors, np.asarray(matrix @ topics, np.float32)])
    found: dict[str, Amendment] = {}
    trials: dict[str, Trial] = {}
    doubted: dict[str, tuple[int, ...]] = {}
    for name, column in columns.items():
        of = np.array([row for row, label in enumerate(column.said) if label in column.how.labels], np.intp)
        if len(of) < FEWEST:
            continue
        task = _task(rows, features, column, of)
        doubts = task.doubts()
        trials[name] = compare(column.how, task.labels, task.held_out(task.present), task.held_out(~doubts))
        kept = ~doubts if trials[name].no_worse else task.present
        if kept.any():
            found[name] = amendment(column.how.labels, task.learn(kept), topics, rows.vectors.shape[1])
        doubted[name] = tuple(map(int, of[doubts]))
    return Relearnt(Amendments(words, found), trials, doubted)


@dataclass(frozen=True, slots=True)
class _Task:
    """The rows of one column of which something was said."""

    vectors: Numbers
    features: Numbers
    known: Numbers  # scores as read without amendments
    labels: Places
    people: NDArray[np.str_]
    present: Mask
    trusted: Mask

    def learn(self, kept: Mask) -> Linear:
        """Learn from the rows kept; a label's rows together count as the root of how many they are."""
        counts = np.bincount(self.labels[kept], minlength=self.known.shape[1])
        weights = 1 / np.sqrt(np.maximum(counts, 1))[self.labels[kept]]
        weights = (weights / weights.mean()).astype(np.float32)
        return learn_residual(self.features[kept], self.labels[kept], self.known[kept], weights, STRENGTH)

    def held_out(self, kept: Mask) -> Numbers:
        """Return each row's chances as the other rows kept teach them; copies are held out together."""
        return self._held_out(kept, splits(copies(self.vectors), self.labels))

    def doubts(self) -> Mask:
        """Return which rows all the other people contradict, where these know such tickets."""
        others = self._held_out(np.ones(len(self.labels), bool), _by_person(self.people))
        contradicted = doubtful(others, self.labels) & witnessed(self.vectors, self.people)
        return (contradicted | outvoted(self.vectors, self.labels, self.people)) & ~self.trusted

    def _held_out(self, kept: Mask, held: Sequence[Split]) -> Numbers:
        scores = self.known.copy()
        for seen, unseen in held:
            mask = np.zeros(len(self.labels), bool)
            mask[seen] = True
            if (mask & kept).any():
                scores[unseen] += self.learn(mask & kept).scores(self.features[unseen])
        return softmax(scores)


def _task(rows: Rows, features: Numbers, column: Column, of: Places) -> _Task:
    places = {label: place for place, label in enumerate(column.how.labels)}
    return _Task(
        vectors=rows.vectors[of],
        features=features[of],
        known=np.log(np.maximum(column.read[of], FAINTEST)),
        labels=np.array([places[str(column.said[row])] for row in of], np.intp),
        people=np.array([rows.people[row] for row in of]),
        present=rows.present[of],
        trusted=rows.trusted[of],
    )


def _by_person(people: NDArray[np.str_]) -> list[Split]:
    """Return splits that hold out what one person said, and what the others said is seen."""
    return [(np.flatnonzero(people != one), np.flatnonzero(people == one)) for one in np.unique(people)]
