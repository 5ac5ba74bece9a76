"""Areas: the middle tier of the tree, intents of a category that are close to each other."""

from collections import Counter
from collections.abc import Mapping, Sequence

import numpy as np
from sklearn.cluster import AgglomerativeClustering

from pipeline.intents import Intent
from pipeline.neighbours import Vectors

APART = 0.45  # mean cosine distance of centres from which on they are in different areas


def areas(intents: Sequence[Intent], centres: Vectors) -> Mapping[str, str]:
    """Return the area of each intent by its id. What people filed stays; an area keeps the name it has.

    A new area is called after its largest intent.
    """
    found: dict[str, str] = {each.id: each.l2 for each in intents if each.filed}
    for category in sorted({each.l1 for each in intents}):
        here = [number for number, each in enumerate(intents) if each.l1 == category]
        for group in _groups([intents[number] for number in here], centres[here]):
            name = _name(group)
            found |= {each.id: name for each in group if not each.filed}
    return found


def _groups(intents: Sequence[Intent], centres: Vectors) -> list[list[Intent]]:
    if len(intents) < 2:
        return [list(intents)]
    near = AgglomerativeClustering(None, metric="cosine", linkage="average", distance_threshold=APART)
    labels = near.fit_predict(np.asarray(centres, np.float64))
    return [[each for each, at in zip(intents, labels, strict=True) if at == label] for label in sorted(set(labels))]


def _name(group: Sequence[Intent]) -> str:
    held: Counter[str] = Counter()
    for each in group:
        if each.l2:
            held[each.l2] += max(each.size, 1)
    if held:
        return min(held, key=lambda name: (-held[name], name))
    return max(group, key=lambda each: (each.size, each.id)).name
