"""Residual: what is to be added to scores that are known already, learnt by logistic regression."""

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize  # type: ignore[import-untyped]  # comes with scikit-learn, without types

from pipeline.linear import Linear

Numbers = NDArray[np.float32]
Places = NDArray[np.intp]

ROUNDS = 200
PRECISION = 1e-3  # of the gradient, for one row
FREE = 10.0  # how much more freely a label as a whole may rise or fall than by one feature


def learn_residual(features: Numbers, labels: Places, known: Numbers, weights: Numbers, strength: float) -> Linear:
    """Return what to add to the `known` scores, of shape (rows, labels), so that the labels become likely.

    Without a reason in the rows nothing is added: what is added is drawn to zero, the more the smaller
    `strength` is. `weights` say what each row counts.
    """
    rows, count = known.shape
    with_one = np.hstack([features, np.ones((rows, 1), np.float32)])
    truth = np.eye(count, dtype=np.float32)[labels]
    stiff = np.full((with_one.shape[1], 1), 1 / strength, np.float32)
    stiff[-1] /= FREE

    def loss(flat: NDArray[np.float64]) -> tuple[float, NDArray[np.float64]]:
        added = flat.astype(np.float32).reshape(-1, count)
        scores = known + with_one @ added
        scores -= scores.max(axis=1, keepdims=True)
        grown = np.exp(scores)
        whole = grown.sum(axis=1, keepdims=True)
        missed = weights @ (np.log(whole[:, 0]) - (scores * truth).sum(axis=1))
        slope = with_one.T @ (weights[:, None] * (grown / whole - truth)) + stiff * added
        return float(missed + (stiff * added**2).sum() / 2), slope.ravel().astype(np.float64)

    start = np.zeros(with_one.shape[1] * count)
    options = {"maxiter": ROUNDS, "gtol": PRECISION * np.sqrt(rows)}
    added = minimize(loss, start, jac=True, method="L-BFGS-B", options=options).x.astype(np.float32).reshape(-1, count)
    return Linear(added[:-1], added[-1])
