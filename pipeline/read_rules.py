"""What a category's description shares with a ticket's words: the last resort when nothing else can read."""

from collections.abc import Sequence

from pipeline.policy import Category, Policy
from pipeline.read_local import LIKENESS, Likenesses, Reading
from pipeline.sentences import words

_STEM = 5  # letters by which "invoices" and "invoiced" are one word
_LONGEST = 4  # shorter words tell nothing
_MOST = 0.15  # likeness of the best match: sure enough for an order, never for certainty


def read_by_words(text: str, policy: Policy) -> Reading:
    """Compare the ticket's words with each category's description and subcategories."""
    said = _stems(text)
    shares = {category.name: _share(said, _described(category)) for category in policy.categories}
    best = max(shares.values(), default=0.0) or 1.0
    likenesses = {name: LIKENESS * _MOST * 10 * share / best for name, share in shares.items()}
    return Reading(heads={}, likenesses=Likenesses(likenesses))


def _described(category: Category) -> set[str]:
    return _stems(" ".join((category.description, *_texts(category.subcategories))))


def _texts(parts: Sequence[object]) -> list[str]:
    return [str(getattr(part, "description", "")) for part in parts]


def _stems(text: str) -> set[str]:
    return {word[:_STEM] for word in words(text) if len(word) >= _LONGEST}


def _share(said: set[str], described: set[str]) -> float:
    return len(said & described) / (len(described) ** 0.5 or 1.0)
