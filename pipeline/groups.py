"""Groups: clusters as people see them, each named in the words of the ticket in its middle."""

from collections import Counter
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray
from pydantic import Field

from pipeline.communities import Labels
from pipeline.likeness import telling_words
from pipeline.neighbours import Vectors
from pipeline.small_words import SMALL_WORDS
from pipeline.value import Value
from pipeline.words import weight, written

NAME_WORDS = 5
_SMALL = frozenset[str]().union(*SMALL_WORDS.values())


class Group(Value):
    """A cluster. `medoid` is the place of the ticket that is most like all of it, `share` its part of all tickets."""

    label: int
    size: int
    share: float = Field(ge=0, le=1)
    name: str
    medoid: int


def groups_of(texts: Sequence[str], vectors: Vectors, labels: Labels) -> tuple[Group, ...]:
    """Return the clusters of masked texts in the order of their labels, which count from 0."""
    words = [telling_words(text) for text in texts]
    everywhere = Counter(word for each in words for word in each)
    order = np.argsort(labels, kind="stable")
    members = np.split(order, np.cumsum(np.bincount(labels))[:-1]) if len(labels) else []
    return tuple(_group(label, some, texts, words, everywhere, vectors) for label, some in enumerate(members))


def _group(
    label: int,
    members: NDArray[np.intp],
    texts: Sequence[str],
    words: Sequence[frozenset[str]],
    everywhere: Counter[str],
    vectors: Vectors,
) -> Group:
    inside = vectors[members]
    medoid = int(members[int(np.argmax(inside @ inside.mean(axis=0)))])
    here = Counter(word for member in members for word in words[member])
    telling = {word: here[word] * weight(everywhere[word], len(texts)) for word in words[medoid]}
    return Group(
        label=label,
        size=len(members),
        share=len(members) / len(texts),
        name=name_of(texts[medoid], telling),
        medoid=medoid,
    )


def name_of(text: str, telling: dict[str, float]) -> str:
    """Return the words of a masked text that tell most of its cluster, in the text's order and spelling."""
    forms = {word: form for word, form in written(text).items() if word in telling and len(word) > 1}
    large = {word: form for word, form in forms.items() if word not in _SMALL} or forms
    best = sorted(large, key=lambda word: -telling[word])[:NAME_WORDS]
    return " ".join(form for word, form in large.items() if word in best)
