"""Which rows to hold out together: those that say nearly the same, as templates and copies do."""

import warnings
from collections.abc import Sequence

import numpy as np
import scipy.sparse as sparse  # type: ignore[import-untyped]  # comes with scikit-learn, without types
from numpy.typing import NDArray
from scipy.sparse.csgraph import connected_components  # type: ignore[import-untyped]  # as above
from sklearn.model_selection import GroupKFold, StratifiedGroupKFold

Numbers = NDArray[np.float32]
Places = NDArray[np.intp]
Groups = NDArray[np.int32]
Split = tuple[Places, Places]  # rows seen, rows held out

FOLDS = 3
FEWEST = 6  # rows below which nothing is held out
ALIKE = 0.9  # cosine from which two texts are copies of each other for this purpose
AT_ONCE = 1024  # rows compared with all others at a time, which bounds the memory


def splits(groups: Groups, labels: Places) -> Sequence[Split]:
    """Return the ways to hold a part of the rows out; none when there are too few rows.

    A row whose copy was seen tells nothing about tomorrow's tickets, so that copies, which `groups` tells, stay on
    one side.
    """
    if len(labels) < FEWEST or len(np.unique(groups)) < FOLDS:
        return ()
    kind = StratifiedGroupKFold if np.bincount(labels).min() >= FOLDS else GroupKFold
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", UserWarning)  # a label within one group cannot be on both sides
        found = list(kind(FOLDS, shuffle=True, random_state=0).split(labels, labels, groups))
    return [(seen, unseen) for seen, unseen in found if len(unseen) and len(np.unique(labels[seen])) > 1]


def copies(vectors: Numbers) -> Groups:
    """Return the number of each row's group; rows that are alike, or alike to the same row, share one."""
    near = [
        sparse.csr_matrix(vectors[start : start + AT_ONCE] @ vectors.T > ALIKE)
        for start in range(0, len(vectors), AT_ONCE)
    ]
    _, groups = connected_components(sparse.vstack(near), directed=False)
    return np.asarray(groups, np.int32)
