"""Weighing: what speaks for a resolution, to tell the best of several and how far it can be relied on."""

import math
from collections.abc import Mapping, Set
from dataclasses import dataclass
from datetime import datetime

from pipeline.passage import Resolution
from pipeline.words import identifies, shared, weight, written

# Which is the best? Measured on paraphrased questions, questions of the same intent, and tickets with their
# own replies in five languages, one half of each set looked at and the other half measured.
WORDS = 0.25  # how much of the evidence the words are, beside the meaning ...
WORDS_FOREIGN = 0.6  # ... and where the embedder does not know the ticket's language
USUAL_MASS = 15.0  # weight of a short question's words; more of them together are surer, as the root of it

# Can it be relied on? The scale on which `scored` was measured.
MEANING = 0.6
WITHOUT_MEANING = 0.2  # what stands for the meaning where no vector could be compared ...
MOST_BY_WORDS = 0.59  # ... and how far such a score can go: not to an answer
_MIDDLE, _STEEPNESS = 0.48, 7.0

# What is known besides. Small on purpose, so that none of it hides the right answer.
SAME_CATEGORY = 0.03
GOLD = 0.02
RECENT = 0.02  # on the day it was solved, half as much after each HALF_LIFE
HALF_LIFE = 365.0  # days
SAME_IDENTIFIER = 0.25  # an error code stands for one thing: what shares it is that much surer ...
IN_FRONT = 2.0  # ... and stands before all that does not
_NAMED = 4  # shared words that a reason names


@dataclass(frozen=True, slots=True)
class Asked:
    """A ticket's words: as it has them, what each weighs in this knowledge base, and which are identifiers."""

    written: Mapping[str, str]
    weights: Mapping[str, float]
    identifiers: Set[str] = frozenset()

    @property
    def total(self) -> float:
        """What a text would share that held every word."""
        return sum(self.weights.values()) or 1.0


@dataclass(frozen=True, slots=True)
class Query:
    """What is asked now, of which category it may be, and whether in a language that the embedder does not know."""

    asked: Asked
    now: datetime
    category: str | None = None
    foreign: bool = False

    @property
    def words(self) -> float:
        """How much a share of the words counts beside a meaning that counts 1."""
        counting = WORDS_FOREIGN if self.foreign else WORDS
        return counting / (1 - counting) * math.sqrt(max(1.0, self.asked.total / USUAL_MASS))


@dataclass(frozen=True, slots=True)
class Evidence:
    """What speaks for one resolution: meaning (None where it could not be compared), words, and priors."""

    cosine: float | None
    words: Mapping[str, float]  # those shared, with their parts of the whole, heaviest first
    identifiers: tuple[str, ...]
    same_category: bool
    gold: bool
    days: float | None  # since it was solved

    @property
    def share(self) -> float:
        """The part of the ticket's words that the resolution holds, by their weight."""
        return sum(self.words.values())

    @property
    def prior(self) -> float:
        """What speaks for it besides."""
        recent = 0.0 if self.days is None else RECENT * 0.5 ** (self.days / HALF_LIFE)
        known = SAME_CATEGORY * self.same_category + GOLD * self.gold
        return known + recent + SAME_IDENTIFIER * bool(self.identifiers)

    def place(self, query: Query) -> float:
        """Return what orders the resolutions found for one ticket; it says nothing across tickets."""
        meaning = WITHOUT_MEANING + self.share if self.cosine is None else self.cosine
        return meaning + query.words * self.share + self.prior + IN_FRONT * bool(self.identifiers)

    @property
    def score(self) -> float:
        """About how often such a passage answers the ticket, 0..1."""
        if self.cosine is None:
            return min(scored(WITHOUT_MEANING + self.share + self.prior), MOST_BY_WORDS)
        return scored(MEANING * self.cosine + (1 - MEANING) * self.share + self.prior)


def weigh(text: str, holding: Mapping[str, int], total: int) -> Asked:
    """Weigh a text's words, given how many of `total` resolutions hold each; what none holds is rare."""
    words = written(text)
    weights = {word: weight(holding.get(word, 0), total) for word in words}
    return Asked(words, weights, {word for word, form in words.items() if identifies(form, holding.get(word, 0))})


def compare(query: Query, solved: Resolution, words: str, cosine: float | None) -> Evidence:
    """Return what speaks for a resolution, given its words as the full text has them."""
    asked, total = query.asked, query.asked.total
    parts = {word: part / total for word, part in shared(asked.weights, words).items()}
    return Evidence(
        cosine=cosine,
        words=parts,
        identifiers=tuple(word for word in parts if word in asked.identifiers),
        same_category=bool(query.category) and solved.category == query.category,
        gold=solved.gold,
        days=max(0.0, (query.now - solved.solved_at).total_seconds() / 86_400) if solved.solved_at else None,
    )


def reasons(evidence: Evidence, asked: Asked) -> tuple[str, ...]:
    """Say in words what spoke for it."""
    named = list(dict.fromkeys(asked.written[word] for word in evidence.words))[:_NAMED]
    found = (
        f"words: {', '.join(named)}" if named else "",
        f"identifier {asked.written[evidence.identifiers[0]]}" if evidence.identifiers else "",
        f"meaning {evidence.cosine:.2f}" if evidence.cosine is not None else "",
        "same category" if evidence.same_category else "",
        "gold answer" if evidence.gold else "",
        f"solved {evidence.days:.0f} days ago" if evidence.days is not None else "",
    )
    return tuple(filter(None, found))


def scored(evidence: float) -> float:
    """Return 0..1 for the evidence: about how often such a passage answers the ticket.

    Measured on paraphrased questions: from 0.6 on, 97 of 100 best passages are the right one, and where
    the right one is missing 5 of 100 tickets still reach it; at 0.42 that is 27.
    """
    return 1 / (1 + math.exp(_STEEPNESS * (_MIDDLE - evidence)))
