"""Analyses whose pure stages have run, and a reading of whatever a test wants."""

from datetime import UTC, datetime

from pipeline.analysis import Analysis
from pipeline.classify import Band, Classification, Engine, Scores, Sentiment, Urgency
from pipeline.conclude import Given, conclude
from pipeline.draft import Draft, Grade
from pipeline.escalate import hits_among, try_rules
from pipeline.mask import Masked, mask_text
from pipeline.policy import Policy
from pipeline.receipt import receipt
from pipeline.route import Roster

NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)  # a Monday


def read_as(
    category: str = "billing",
    confidence: float = 0.7,
    complaint: float | None = 0.01,
    *,
    doubtful: bool = False,
    **more: object,
) -> Classification:
    """Return what an engine measured, not yet judged."""
    scores = Scores(category=category, confidence=confidence, doubtful=doubtful, complaint=complaint)
    usual: dict[str, object] = {
        "category": category,
        "urgency": Urgency.P3,
        "sentiment": Sentiment.NEUTRAL,
        "confidence": confidence,
        "band": Band.LOW,
        "needs_human_review": True,
        "summary": "Asks.",
        "top": ((category, confidence), ("general", round(1 - confidence, 4))),
        "engine": Engine.LOCAL,
        "scores": scores,
    }
    return Classification.model_validate(usual | more)


def analysed(
    text: str | Masked,
    found: Classification,
    policy: Policy,
    roster: Roster | None = None,
    *,
    chosen: str = "",
    at: datetime = NOON,
    number: int = 0,
) -> tuple[Analysis, Masked]:
    """Return what triage keeps of a ticket that was read so, and its masked words."""
    masked = mask_text(text) if isinstance(text, str) else text
    given = Given(at=at, language="en", chosen=chosen, roster=roster or Roster())
    trials = try_rules(masked, policy)
    concluded = conclude(found, hits_among(trials), policy, given)
    parts = {name: getattr(concluded, name) for name in ("classification", "escalation", "route")}
    analysis = Analysis(
        language="en",
        excerpt=masked.whole[:100],
        draft=Draft(text="Hello", grade=Grade.SUGGESTION),
        read_until="m1",
        receipt=receipt(trials, masked, policy, number, given, concluded),
        **parts,
    )
    return analysis, masked
