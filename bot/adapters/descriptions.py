"""The policy's descriptions as vectors, to which tickets are compared."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from pipeline.mask import mask_text
from pipeline.policy import Policy
from pipeline.ports import Embedder
from pipeline.read_local import Likenesses

Vectors = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Descriptions:
    """The vectors of a policy's categories, then of their subcategories, in the policy's order."""

    policy: Policy
    vectors: Vectors

    def likenesses(self, vector: Vectors) -> Likenesses:
        """Return the cosines of a ticket's unit vector with every description."""
        cosines = [float(cosine) for cosine in self.vectors @ vector]
        names = [category.name for category in self.policy.categories]
        pairs = [
            (category.name, subcategory.name)
            for category in self.policy.categories
            for subcategory in category.subcategories
        ]
        return Likenesses(
            dict(zip(names, cosines, strict=False)),
            dict(zip(pairs, cosines[len(names) :], strict=True)),
        )


async def describe(policy: Policy, embedder: Embedder) -> Descriptions:
    """Embed all descriptions of a policy."""
    texts = [category.description for category in policy.categories]
    texts += [sub.description for category in policy.categories for sub in category.subcategories]
    return Descriptions(policy, await embedder.embed([mask_text(text) for text in texts]))
