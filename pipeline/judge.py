"""Scores -> what the policy's thresholds make of them, whether they were measured just now or long ago."""

from pipeline.classify import Classification, band
from pipeline.escalation import Level
from pipeline.policy import Thresholds

LIKELY = 0.5  # from which the chance of a complaint is told: a small number beside an alarm puzzles more than it says
UNCLEAR = 0.9  # of the medium threshold: the most that a text without content, or word counting, can reach


def judged(found: Classification, limits: Thresholds) -> Classification:
    """Return the classification as these thresholds judge it; one that was kept without its scores stays."""
    if (scores := found.scores) is None:
        return found
    confidence = min(scores.confidence, UNCLEAR * limits.medium) if scores.doubtful else scores.confidence
    word = band(confidence, high=limits.high, medium=limits.medium)
    risk, level = risk_of(scores.complaint, limits) if scores.complaint is not None else (found.risk, found.risk_level)
    told = {
        "category": scores.category,
        "secondary_category": _second(found, limits.secondary),
        "confidence": round(confidence, 4),
        "band": word,
        "needs_human_review": word is word.LOW,
        "risk": risk,
        "risk_level": level,
    }
    return found.model_copy(update=told)


def risk_of(chance: float, limits: Thresholds) -> tuple[str, Level]:
    """Say how likely a complaint is, and how loudly; nothing where it is unlikely.

    The limits are far below one half on purpose: at `alarm`, a missed complaint costs as much as many looks
    too many.
    """
    if chance < limits.notice:
        return "", Level.LOW
    if chance < limits.alarm:
        return "There is a hint of a complaint in it.", Level.MEDIUM
    if chance < LIKELY:
        return "It may well be a complaint, so a person should see it.", Level.HIGH
    return f"It reads like a complaint or an alarm ({chance:.0%} likely), so a person should see it.", Level.HIGH


def _second(found: Classification, threshold: float) -> str | None:
    assert found.scores is not None
    others = [(name, chance) for name, chance in found.top if name != found.scores.category]
    return others[0][0] if others and found.scores.several and others[0][1] >= threshold else None
