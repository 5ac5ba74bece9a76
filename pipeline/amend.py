"""Amendments: what people's corrections add to the scores with which tickets were read."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import exp

import numpy as np
import scipy.sparse as sparse  # type: ignore[import-untyped]  # comes with scikit-learn, without types
from numpy.typing import NDArray

from pipeline.features import Words
from pipeline.linear import Linear

Numbers = NDArray[np.float32]
Chances = Mapping[str, float]

FAINTEST = 1e-4  # the least chance that a label is given before it is amended, so that it can come back


@dataclass(frozen=True, slots=True)
class Amendment:
    """What is added in one column: linear in a ticket's vector and words. Without a reason it adds nothing."""

    labels: tuple[str, ...]
    from_vector: Numbers  # (dimensions, labels)
    from_words: Numbers  # (word features, labels)
    bias: Numbers  # (labels,)

    def scores(self, vectors: Numbers, words: sparse.csr_matrix) -> Numbers:
        """Return shape (texts, labels)."""
        return np.asarray(vectors @ self.from_vector + words @ self.from_words + self.bias, np.float32)


@dataclass(frozen=True, slots=True)
class Amendments:
    """Amendments by column, over the same word features."""

    words: Words
    columns: Mapping[str, Amendment]

    def scores(self, texts: Sequence[str], vectors: Numbers) -> dict[str, list[dict[str, float]]]:
        """Return what is added for each text, by column, then by text, then by label."""
        words = self.words.matrix(texts)
        return {column: _named(each, each.scores(vectors, words)) for column, each in self.columns.items()}


def amended(chances: Chances, added: Chances) -> dict[str, float]:
    """Return the chances with the scores added, in sum what they were. A label of which nothing is known stays."""
    if not added:
        return dict(chances)
    grown = {label: max(chance, FAINTEST) * exp(added.get(label, 0.0)) for label, chance in chances.items()}
    scale = sum(chances.values()) / (sum(grown.values()) or 1.0)
    return {label: chance * scale for label, chance in grown.items()}


def amendment(labels: Sequence[str], learnt: Linear, topics: Numbers, dimensions: int) -> Amendment:
    """Return what was learnt over vectors and condensed words, ready for words as they are.

    What is added is relative, so each label's mean is taken away: a label that was never seen then stays as it is.
    """
    weights = learnt.weights - learnt.weights.mean(axis=1, keepdims=True)
    bias = learnt.bias - learnt.bias.mean()
    return Amendment(
        labels=tuple(labels),
        from_vector=weights[:dimensions],
        from_words=np.asarray(topics @ weights[dimensions:], np.float32),
        bias=np.asarray(bias, np.float32),
    )


def _named(one: Amendment, scores: Numbers) -> list[dict[str, float]]:
    return [dict(zip(one.labels, map(float, row), strict=True)) for row in scores]
