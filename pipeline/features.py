"""Word features: which words and pieces of words a text holds, weighed by how much they tell."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

import numpy as np
import scipy.sparse as sparse  # type: ignore[import-untyped]  # comes with scikit-learn, without types
from numpy.typing import NDArray
from sklearn.feature_extraction.text import HashingVectorizer
from sklearn.preprocessing import normalize

BUCKETS = 2**20
LONGEST = 12_000  # characters of a text whose words count
_PLACEHOLDER = re.compile(r"\[[A-Z_]+_\d+\]")  # what masking put there is no word of the customer's


@dataclass(frozen=True, slots=True)
class Block:
    """One kind of feature: the hashed columns seen in training, ascending, and their weights."""

    columns: NDArray[np.int32]
    weights: NDArray[np.float32]

    def matrix(self, counts: sparse.csr_matrix) -> sparse.csr_matrix:
        """Return rows of length one, of shape (texts, columns)."""
        if not len(self.columns):
            return sparse.csr_matrix((counts.shape[0], 0), dtype=np.float32)
        places = np.searchsorted(self.columns, counts.indices)
        places[places == len(self.columns)] = 0
        known = self.columns[places] == counts.indices
        rows = np.repeat(np.arange(counts.shape[0]), np.diff(counts.indptr))[known]
        values = (1 + np.log(counts.data[known])) * self.weights[places[known]]
        shape = (counts.shape[0], len(self.columns))
        found = sparse.csr_matrix((values, (rows, places[known])), shape=shape, dtype=np.float32)
        return normalize(found, copy=False)


@dataclass(frozen=True, slots=True)
class Words:
    """Words and pairs of them, and their pieces of three to five letters, which survive typos."""

    whole: Block
    pieces: Block

    def matrix(self, texts: Sequence[str]) -> sparse.csr_matrix:
        """Return the features of shape (texts, columns of both blocks)."""
        shown = [_shown(text) for text in texts]
        blocks = [
            self.whole.matrix(_words().transform(shown)),
            self.pieces.matrix(_pieces().transform(shown)),
        ]
        return sparse.hstack(blocks, format="csr")

    @property
    def width(self) -> int:
        """The number of columns."""
        return len(self.whole.columns) + len(self.pieces.columns)


def learn_words(texts: Sequence[str]) -> Words:
    """Find the features that occur in at least two of the texts."""
    shown = [_shown(text) for text in texts]
    return Words(_block(_words().transform(shown)), _block(_pieces().transform(shown)))


def _block(counts: sparse.csr_matrix) -> Block:
    columns, occurrences = np.unique(counts.indices, return_counts=True)
    kept = occurrences >= 2
    weights = np.log((1 + counts.shape[0]) / (1 + occurrences[kept])) + 1
    return Block(columns[kept].astype(np.int32), weights.astype(np.float32))


def _shown(text: str) -> str:
    return _PLACEHOLDER.sub(" ", text[:LONGEST])


@cache
def _words() -> HashingVectorizer:
    return _vectorizer(ngram_range=(1, 2))


@cache
def _pieces() -> HashingVectorizer:
    return _vectorizer(analyzer="char_wb", ngram_range=(3, 5))


def _vectorizer(**how: object) -> HashingVectorizer:
    return HashingVectorizer(
        n_features=BUCKETS,
        alternate_sign=False,
        norm=None,
        dtype=np.float32,
        strip_accents="unicode",
        **how,
    )
