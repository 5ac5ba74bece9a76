"""Near: what lies nearest to a text in one collection of vectors; nothing where the vectors cannot be asked now."""

from collections.abc import Mapping, Sequence

import numpy as np
import structlog
from numpy.typing import NDArray

from pipeline.errors import TriageError, Unavailable
from pipeline.language import UNKNOWN, language_of
from pipeline.mask import Masked
from pipeline.ports import Embedder
from storage.vectors import Vectors

Vector = NDArray[np.float32]


async def near(
    vectors: Vectors, collection: str, embedder: Embedder, masked: Masked, k: int
) -> tuple[Vector, dict[str, float]] | None:
    """Return a text's vector and the cosines of the k nearest to it. Never raises for the sake of the vectors."""
    try:
        vector = (await embedder.embed([masked]))[0]
        return vector, await vectors.nearest(collection, vector, k)
    except TriageError as error:
        structlog.get_logger().warning("index.failed", collection=collection, error=str(error))
        return None


async def rest(vectors: Vectors, collection: str, vector: Vector, ids: Sequence[str]) -> Mapping[str, float]:
    """Return the cosines of those that the words found; none where the vectors fail, and the words judge."""
    try:
        return await vectors.cosines(collection, vector, ids)
    except Unavailable:
        return {}


def is_foreign(embedder: Embedder, masked: Masked) -> bool:
    """Whether a text is in a language that the embedder does not know. Takes milliseconds: call it in a thread."""
    known = embedder.languages
    return bool(known) and language_of(masked.whole) not in {UNKNOWN, *known}
