"""How near texts are to the examples of each label: every example votes, the nearer the louder."""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Numbers = NDArray[np.float32]
Places = NDArray[np.intp]

FAR = 1e-9  # the vote of a label without any example near
AT_ONCE = 1024  # texts compared with all examples at a time, which bounds the memory


@dataclass(frozen=True, slots=True)
class Examples:
    """Vectors of texts whose label is known, compared by what sets them apart from their common centre."""

    centre: Numbers  # (dimensions,)
    vectors: Numbers  # (examples, dimensions), of length one once the centre is taken away
    owners: NDArray[np.int32]  # (examples,): the place of each one's label
    shares: Numbers  # (labels,): what one example's vote counts for its label

    def votes(self, vectors: Numbers, sharpness: float) -> Numbers:
        """Return the logarithm of each label's votes, of shape (texts, labels)."""
        owned = np.zeros((len(self.owners), len(self.shares)), np.float32)
        owned[np.arange(len(self.owners)), self.owners] = self.shares[self.owners]
        parts = [np.log(np.exp(sharpness * (near - 1)) @ owned + FAR) for near in self._cosines(vectors)]
        return np.vstack([np.zeros((0, len(self.shares)), np.float32), *parts])

    def familiarity(self, vectors: Numbers) -> Numbers:
        """Return what scores are worth, of shape (texts, 1): one beside an example, less where none is near.

        Far from all examples the scores are a guess, and the probabilities shall say so.
        """
        parts = [np.exp(near.max(axis=1, keepdims=True, initial=-1) - 1) for near in self._cosines(vectors)]
        return np.vstack([np.zeros((0, 1), np.float32), *parts])

    def _cosines(self, vectors: Numbers) -> Iterator[Numbers]:
        asked = centred(vectors, self.centre)
        return (asked[start : start + AT_ONCE] @ self.vectors.T for start in range(0, len(asked), AT_ONCE))


def remember(vectors: Numbers, labels: Places, count: int, *, even: bool) -> Examples:
    """Return the rows as examples; `even` gives each label the same say, however many examples it has."""
    centre = vectors.mean(axis=0)
    rows = np.maximum(np.bincount(labels, minlength=count), 1) if even else np.full(count, len(labels) / count)
    kept = centred(vectors, centre).astype(np.float16).astype(np.float32)  # as precise as they are saved
    return Examples(centre, kept, labels.astype(np.int32), (1 / rows).astype(np.float32))


def centred(vectors: Numbers, centre: Numbers) -> Numbers:
    """Return the vectors as seen from the centre, of length one."""
    moved = vectors - centre
    return np.asarray(moved / np.maximum(np.linalg.norm(moved, axis=1, keepdims=True), 1e-9), np.float32)
