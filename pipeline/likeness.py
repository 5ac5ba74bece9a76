"""Likeness: whether two texts say nearly the same, and short marks by which a database finds those that may."""

import struct
from collections.abc import Collection
from hashlib import blake2b

from datasketch import MinHash

from pipeline.words import written

BANDS, ROWS = 8, 4  # near-duplicates share a mark 99.7 times in 100 or more, texts half alike 40
ALIKE = 0.85  # share of words (Jaccard) from which two texts are near-duplicates
_ROUNDS = BANDS * ROWS


def telling_words(text: str) -> frozenset[str]:
    """Return the folded words without those that hold a digit: numbers and dates differ from case to case."""
    return frozenset(word for word in written(text) if not any(letter.isdigit() for letter in word))


def marks(words: Collection[str]) -> tuple[int, ...]:
    """Return signed 64-bit numbers of which near-duplicates share at least one; none for a text without words.

    MinHash in bands: Broder, "On the resemblance and containment of documents" (1997).
    """
    if not words:
        return ()
    found = MinHash(num_perm=_ROUNDS, seed=1)
    found.update_batch([word.encode(errors="replace") for word in words])
    values = found.hashvalues.reshape(BANDS, ROWS)
    return tuple(_mark(number, row.tobytes()) for number, row in enumerate(values))


def alike(one: Collection[str], other: Collection[str]) -> bool:
    """Whether two sets of words are nearly the same; two empty ones are."""
    first, second = frozenset(one), frozenset(other)
    return len(first & second) >= ALIKE * len(first | second)


def _mark(band: int, values: bytes) -> int:
    digest = blake2b(bytes([band]) + values, digest_size=8).digest()
    return int(struct.unpack("<q", digest)[0])
