"""Linear scores of labels, learnt by logistic regression."""

import warnings
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from sklearn.exceptions import ConvergenceWarning
from sklearn.linear_model import LogisticRegression

Numbers = NDArray[np.float32]

ROUNDS = 120  # nearly all converge before
PRECISION = 1e-3  # of the gradient; ten times finer takes five times as long and predicts the same for few labels
SHARED = (
    15e-3  # of all labels' gradients together: each of many has but a small part, and would not be learnt to its end
)
NEVER = -30.0  # the score of a label without examples


@dataclass(frozen=True, slots=True)
class Linear:
    """What each feature says for each label."""

    weights: Numbers  # (features, labels)
    bias: Numbers  # (labels,)

    def scores(self, features: Numbers) -> Numbers:
        """Return shape (texts, labels)."""
        return features @ self.weights + self.bias


def learn_linear(features: Numbers, labels: NDArray[np.intp], count: int, strength: float, *, even: bool) -> Linear:
    """Learn from at least two labels; `even` makes rare labels weigh as much as frequent ones."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", ConvergenceWarning)  # near enough, and in bounded time
        learnt = LogisticRegression(
            C=strength, max_iter=ROUNDS, tol=min(PRECISION, SHARED / count), class_weight="balanced" if even else None
        ).fit(features, labels)
    weights, bias = np.asarray(learnt.coef_, np.float32).T, np.asarray(learnt.intercept_, np.float32)
    if len(learnt.classes_) == 2:  # scikit-learn keeps one row for two labels
        weights, bias = np.hstack([0 * weights, weights]), np.hstack([0 * bias, bias])
    full = Linear(np.zeros((features.shape[1], count), np.float32), np.full(count, NEVER, np.float32))
    full.weights[:, learnt.classes_] = weights
    full.bias[learnt.classes_] = bias
    return full
