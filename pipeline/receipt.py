"""The receipt of an analysis: every number that led to it, and what is needed to come to the same again."""

import hashlib
from collections.abc import Sequence

from pydantic import AwareDatetime, Field

from pipeline.candidates import Candidate, candidates
from pipeline.classify import Classification
from pipeline.conclude import Concluded, Given
from pipeline.escalate import Trial, hits_among
from pipeline.mask import Masked
from pipeline.policy import Policy
from pipeline.route import Roster
from pipeline.tried import Tried, tried
from pipeline.turning import Turn, turns
from pipeline.value import Value


class Held(Value):
    """A score that was held against a threshold of the policy."""

    threshold: str
    limit: float
    score: float
    reached: bool


class Receipt(Value):
    """What was given and what was weighed. It holds no word of the ticket, only their hash."""

    policy: int = Field(description="number of the last change that was in it; 0: the file alone")
    digest: str = Field(description="hash of the whole policy")
    rules: str = Field(description="hash of its rules")
    words: str = Field(description="hash of the masked text")
    at: AwareDatetime
    chosen: str = ""
    roster: Roster
    limits: dict[str, float] = Field(default_factory=dict, description="every threshold, as it was then")
    held: tuple[Held, ...] = ()
    candidates: tuple[Candidate, ...] = ()
    turns: tuple[Turn, ...] = ()
    tried: tuple[Tried, ...] | None = Field(default=None, description="every rule; none were kept with older ones")


def receipt(
    trials: Sequence[Trial],
    masked: Masked,
    policy: Policy,
    number: int,
    given: Given,
    concluded: Concluded,
) -> Receipt:
    """Write down how a decision came about. Takes some milliseconds: call it in a thread."""
    return Receipt(
        policy=number,
        digest=_digest(policy.model_dump_json()),
        rules=rules_digest(policy),
        words=words_digest(masked),
        at=given.at,
        chosen=given.chosen,
        roster=given.roster,
        limits=policy.thresholds.model_dump(),
        held=_held(concluded.classification, policy),
        candidates=candidates(concluded, policy, given),
        turns=turns(hits_among(trials), policy, given, concluded),
        tried=tried(trials, policy, given, concluded),
    )


def rules_digest(policy: Policy) -> str:
    """Return the name of a policy's rules: those with the same say the same of every text."""
    return _digest("\n".join(rule.model_dump_json() for rule in policy.rules))


def words_digest(masked: Masked) -> str:
    """Return the name of a masked text."""
    return _digest(masked.whole)


def _digest(said: str) -> str:
    return hashlib.sha256(said.encode("utf-8", "surrogatepass")).hexdigest()[:32]


def _held(found: Classification, policy: Policy) -> tuple[Held, ...]:
    """Return each score beside its threshold; without scores there is the confidence alone."""
    scores, limits = found.scores, policy.thresholds
    confidence = scores.confidence if scores else found.confidence
    category = scores.category if scores else found.category
    second = next((chance for name, chance in found.top if name != category), None)
    pairs = [("high", confidence), ("medium", confidence)]
    pairs += [("secondary", second)] if second is not None else []
    if scores and scores.complaint is not None:
        pairs += [("alarm", scores.complaint), ("notice", scores.complaint)]
    return tuple(_beside(name, getattr(limits, name), score) for name, score in pairs)


def _beside(name: str, limit: float, score: float) -> Held:
    return Held(threshold=name, limit=limit, score=score, reached=score >= limit)
