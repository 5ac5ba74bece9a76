"""What the heads and the descriptions say of a ticket -> Classification."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from pipeline.amend import amended
from pipeline.classify import Band, Classification, Engine, Scores, Sentiment, Urgency
from pipeline.judge import judged
from pipeline.mask import Masked
from pipeline.policy import Category, Policy
from pipeline.sentences import holds_several, says_a_word, says_enough
from pipeline.summarise import summarise
from pipeline.urgency import choose_urgency

Numbers = NDArray[np.float32]
Chances = Mapping[str, float]

LIKENESS = 0.06  # cosines this far apart make one description e times likelier than another
NEAR = 0.25  # cosine from which a subcategory's description is meant
ANGER = 0.5  # anger escalates, so a likeliest guess is not enough


@dataclass(frozen=True, slots=True)
class Likenesses:
    """Cosines of a ticket with the policy's descriptions, by category and by (category, subcategory)."""

    categories: Chances
    subcategories: Mapping[tuple[str, str], float] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Reading:
    """What was found out about one ticket: each head's probabilities by label, and the likenesses.

    `own`: the categories were learnt from this team's own tickets, which may all be as short as this one.
    `added`: by column and label, what people's corrections add to the scores (pipeline.amend).
    """

    heads: Mapping[str, Chances]
    likenesses: Likenesses
    own: bool = False
    added: Mapping[str, Chances] = field(default_factory=dict)


def to_classification(
    masked: Masked, reading: Reading, policy: Policy, *, engine: Engine = Engine.LOCAL
) -> Classification:
    """Judge a ticket by the policy's thresholds. An unclear one is left to a person."""
    top = rank(reading, policy.categories)
    category, confidence = top[0]
    worded = says_a_word(masked.whole)
    if not worded:
        category = policy.fallback_category
    scores = Scores(
        category=category,
        confidence=confidence,
        doubtful=engine is Engine.RULES or not (worded and (reading.own or says_enough(masked.whole))),
        several=holds_several(masked.whole),
        complaint=risk_read(reading)["true"],
    )
    found = Classification(
        category=category,
        subcategory=_subcategory(policy.category(category), reading.likenesses),
        urgency=_urgency(masked, category, reading),
        sentiment=_sentiment(reading),
        confidence=confidence,
        band=Band.LOW,
        needs_human_review=True,
        summary=summarise(masked),
        top=top,
        engine=engine,
        scores=scores,
    )
    return judged(found, policy.thresholds)


def rank(reading: Reading, categories: Sequence[Category]) -> tuple[tuple[str, float], ...]:
    """Return every category of the policy with its probability, likeliest first.

    The head speaks for those that it learnt. Those that it never saw get their share by the likeness of
    the ticket to their descriptions. What people corrected has the last word.
    """
    like = _by_likeness(reading.likenesses.categories, categories)
    learnt = {label.casefold(): chance for label, chance in reading.heads.get("category", {}).items()}
    known = {c.name: learnt[c.name.casefold()] for c in categories if c.name.casefold() in learnt}
    total = sum(known.values())
    share = sum(like[name] for name in known)
    chances = {
        c.name: share * known[c.name] / total if c.name in known and total > 0 else like[c.name] for c in categories
    }
    chances = amended(chances, reading.added.get("category", {}))
    whole = sum(chances.values()) or 1.0
    ordered = sorted(chances.items(), key=lambda item: -item[1])
    return tuple((name, round(chance / whole, 4)) for name, chance in ordered)


def risk_read(reading: Reading) -> dict[str, float]:
    """Return how likely a complaint or an alarm is, "true", and how likely not, "false"."""
    chance = reading.heads.get("escalation", {}).get("true", 0.0)
    return amended({"false": 1 - chance, "true": chance}, reading.added.get("escalation", {}))


def _by_likeness(cosines: Chances, categories: Sequence[Category]) -> dict[str, float]:
    scores = np.array([cosines.get(category.name, 0.0) for category in categories])
    grown = np.exp((scores - scores.max()) / LIKENESS)
    return {c.name: float(part) for c, part in zip(categories, grown / grown.sum(), strict=True)}


def _subcategory(category: Category, likenesses: Likenesses) -> str | None:
    near = {
        subcategory.name: likenesses.subcategories.get((category.name, subcategory.name), 0.0)
        for subcategory in category.subcategories
    }
    if not near:
        return None
    name = max(near, key=lambda name: near[name])
    return name if near[name] >= NEAR else None


def _urgency(masked: Masked, category: str, reading: Reading) -> Urgency:
    learnt = {
        Urgency(label): chance
        for label, chance in reading.heads.get("urgency", {}).items()
        if label in Urgency.__members__
    }
    return choose_urgency(masked.whole, category, learnt or {Urgency.P3: 1.0})


def _sentiment(reading: Reading) -> Sentiment:
    learnt = reading.heads.get("sentiment", {})
    chances = {sentiment: learnt.get(sentiment.value, 0.0) for sentiment in Sentiment}
    if not any(chances.values()):
        return Sentiment.NEUTRAL
    likeliest = max(chances, key=lambda sentiment: chances[sentiment])
    if likeliest is Sentiment.ANGRY and chances[likeliest] < ANGER:
        return Sentiment.FRUSTRATED
    return likeliest
