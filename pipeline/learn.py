"""Learn from labelled tickets: any label columns, any label names, calibrated and deterministic."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import scipy.sparse as sparse  # type: ignore[import-untyped]  # comes with scikit-learn, without types
from numpy.typing import NDArray
from sklearn.utils.extmath import randomized_svd
from threadpoolctl import threadpool_limits  # type: ignore[import-untyped]  # comes with scikit-learn, as above

from pipeline.features import Words, learn_words
from pipeline.linear import learn_linear
from pipeline.nearness import NOBODY, Examples, Owners, gather, owned_by, parts
from pipeline.splits import copies
from pipeline.tune import Choice, Search, Task, choose

Numbers = NDArray[np.float32]

TOPICS = 400  # directions that word features are condensed to while learning
EVEN = frozenset({"category"})  # rare topics are to be found; false alarms of urgency stay as rare as they were
DIGITS = 5  # of a probability: what neighbours in a batch cannot change


@dataclass(frozen=True, slots=True)
class Head:
    """Probabilities for the labels of one column: linear scores of vector and words, and votes of examples."""

    labels: tuple[str, ...]
    from_vector: Numbers  # (dimensions, labels)
    from_words: Numbers  # (word features, labels)
    bias: Numbers  # (labels,)
    owners: Owners
    choice: Choice

    def probabilities(self, vectors: Numbers, words: sparse.csr_matrix, near: Numbers) -> Numbers:
        """Return shape (texts, labels); each row sums to one. `near` are the cosines with the model's examples."""
        scores = vectors @ self.from_vector + words @ self.from_words + self.bias
        scores = scores + self.choice.nearness * self.owners.votes(near, self.choice.sharpness)
        scores = scores * self.owners.familiarity(near, self.choice.fading)
        return np.round(softmax(scores / self.choice.temperature), DIGITS)


@dataclass(frozen=True, slots=True)
class Model:
    """Heads by the column that they predict, over the same features."""

    words: Words
    examples: Examples
    heads: Mapping[str, Head]

    def predict(self, texts: Sequence[str], vectors: Numbers) -> dict[str, Numbers]:
        """Return each column's probabilities, of shape (texts, labels of that column)."""
        words = self.words.matrix(texts)
        found: dict[str, list[Numbers]] = {column: [] for column in self.heads}
        for part in parts(len(texts)):
            near = self.examples.near(vectors[part])
            for column, head in self.heads.items():
                found[column].append(head.probabilities(vectors[part], words[part], near))
        return {column: np.vstack(rows) for column, rows in found.items()}


def fit(
    texts: Sequence[str],
    vectors: Numbers,
    columns: Mapping[str, Sequence[str | None]],
    *,
    even: Collection[str] = EVEN,
    search: Search = Search(),  # noqa: B008 - a frozen value
) -> Model:
    """Learn one head per column from the rows that have a label there.

    `vectors` are the texts' unit vectors, of shape (texts, dimensions). In the columns named by `even` every
    label is as likely beforehand as any other; in the rest, as frequent as it is in the rows. Raises
    ValueError for a column without any label.
    """
    words = learn_words(texts)
    matrix = words.matrix(texts)
    topics = topics_of(matrix)
    rows = _Rows(vectors, np.asarray(matrix @ topics, np.float32), topics, copies(vectors))
    heads = {column: _fit_head(rows, labels, column in even, search) for column, labels in columns.items()}
    return Model(words, gather(vectors), heads)


def softmax(scores: Numbers) -> Numbers:
    """Return probabilities along the last axis."""
    grown = np.exp(scores - scores.max(axis=-1, keepdims=True))
    return np.asarray(grown / grown.sum(axis=-1, keepdims=True), np.float32)


def topics_of(matrix: sparse.csr_matrix) -> Numbers:
    """Return the strongest directions of the word features, of shape (word features, directions)."""
    if 0 in matrix.shape:
        return np.zeros((matrix.shape[1], 0), np.float32)
    _, _, directions = randomized_svd(
        matrix, min(TOPICS, *matrix.shape), n_oversamples=30, n_iter=1, random_state=0
    )  # exacter directions take five times as long and predict the same
    return np.asarray(directions.T, np.float32)


@dataclass(frozen=True, slots=True)
class _Rows:
    """What all columns learn from."""

    vectors: Numbers
    words: Numbers  # condensed to the topics
    topics: Numbers
    groups: NDArray[np.int32]


def _fit_head(every: _Rows, column: Sequence[str | None], even: bool, search: Search) -> Head:
    rows = [row for row, label in enumerate(column) if label is not None]
    if not rows:
        raise ValueError("no row has a label in this column")
    names, labels = np.unique([str(column[row]) for row in rows], return_inverse=True)
    task = Task(every.vectors[rows], every.words[rows], labels, every.groups[rows], len(names), even, search)
    places = np.full(len(column), NOBODY)
    places[rows] = labels
    owners = owned_by(places, len(names), even=even)
    if len(names) == 1:
        return _constant(str(names[0]), owners, every.vectors.shape[1], len(every.topics))
    with threadpool_limits(None if task.large else 1):  # threads lose more than they gain on small numbers
        choice = choose(task)
        learnt = learn_linear(task.features(choice.word_weight), labels, len(names), choice.strength, even=even)
    dimensions = every.vectors.shape[1]
    return Head(
        labels=tuple(str(name) for name in names),
        from_vector=learnt.weights[:dimensions],
        from_words=np.asarray(choice.word_weight * every.topics @ learnt.weights[dimensions:], np.float32),
        bias=learnt.bias,
        owners=owners,
        choice=choice,
    )


def _constant(label: str, owners: Owners, dimensions: int, width: int) -> Head:
    return Head(
        (label,),
        np.zeros((dimensions, 1), np.float32),
        np.zeros((width, 1), np.float32),
        np.zeros(1, np.float32),
        owners,
        Choice(),
    )
