"""How near texts are to the examples of each label: every example votes, the nearer the louder."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Numbers = NDArray[np.float32]
Places = NDArray[np.intp]

FAR = 1e-9  # the vote of a label without any example near
AT_ONCE = 1024  # texts compared with all examples at a time, which bounds the memory
NOBODY = -1  # the owner of an example that has no label in a column


@dataclass(frozen=True, slots=True)
class Examples:
    """Vectors of texts whose labels are known, compared by what sets them apart from their common centre."""

    centre: Numbers  # (dimensions,)
    vectors: Numbers  # (examples, dimensions), of length one once the centre is taken away

    def near(self, vectors: Numbers) -> Numbers:
        """Return the cosines of texts with all examples, of shape (texts, examples)."""
        return _centred(vectors, self.centre) @ self.vectors.T


@dataclass(frozen=True, slots=True)
class Owners:
    """Which label each example has in one column."""

    places: NDArray[np.int32]  # (examples,): the place of each one's label, or NOBODY
    shares: Numbers  # (labels,): what one example's vote counts for its label

    def votes(self, near: Numbers, sharpness: float) -> Numbers:
        """Return the logarithm of each label's votes, of shape (texts, labels), from cosines with the examples."""
        owned = np.zeros((len(self.places), len(self.shares)), np.float32)
        [known] = np.nonzero(self.places != NOBODY)
        owned[known, self.places[known]] = self.shares[self.places[known]]
        return np.asarray(np.log(np.exp(sharpness * (near - 1)) @ owned + FAR), np.float32)

    def familiarity(self, near: Numbers, fading: float) -> Numbers:
        """Return what scores are worth, of shape (texts, 1): one beside an example, less where none is near.

        Far from all examples the scores are a guess, and the probabilities shall say so. `fading` is how quickly
        scores lose worth with distance.
        """
        nearest = near.max(axis=1, keepdims=True, initial=-1, where=self.places != NOBODY)
        return np.asarray(np.exp(fading * (nearest - 1)), np.float32)


def gather(vectors: Numbers) -> Examples:
    """Return the rows as examples, as precise as they are saved."""
    centre = vectors.mean(axis=0)
    return Examples(centre, _centred(vectors, centre).astype(np.float16).astype(np.float32))


def owned_by(places: Places, count: int, *, even: bool) -> Owners:
    """Return who owns the examples; `even` gives each label the same say, however many examples it has."""
    known = places[places != NOBODY]
    rows = np.maximum(np.bincount(known, minlength=count), 1) if even else np.full(count, max(1, len(known)) / count)
    return Owners(places.astype(np.int32), (1 / rows).astype(np.float32))


def parts(count: int) -> list[slice]:
    """Return the parts in which so many texts are compared; an empty one for none."""
    return [slice(start, start + AT_ONCE) for start in range(0, max(1, count), AT_ONCE)]


def _centred(vectors: Numbers, centre: Numbers) -> Numbers:
    """Return the vectors as seen from the centre, of length one."""
    moved = vectors - centre
    return np.asarray(moved / np.maximum(np.linalg.norm(moved, axis=1, keepdims=True), 1e-9), np.float32)
