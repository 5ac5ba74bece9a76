"""Adopt: a policy whose categories are those that somebody else's labels name."""

import re
from collections.abc import Sequence

from pipeline.policy import Category, Policy


def adopt(policy: Policy, labels: Sequence[str]) -> Policy:
    """Return the policy with exactly these categories, under the names as they are written.

    A category that the policy knows, in whatever case, keeps what it says; the others go where its fallback
    category goes.
    """
    own = {category.name.casefold(): category for category in policy.categories}
    home = policy.fallback
    categories = tuple(_named(own.get(label.casefold()), home, label) for label in labels)
    kept = [label for label in labels if label.casefold() == home.name.casefold()]
    return policy.model_copy(update={"categories": categories, "fallback_category": (kept or labels)[0]})


def _named(own: Category | None, home: Category, label: str) -> Category:
    if own is not None:
        return own.model_copy(update={"name": label})
    words = re.sub(r"[\W_]+", " ", label).strip()
    return home.model_copy(update={"name": label, "description": f"A ticket about {words}", "subcategories": ()})
