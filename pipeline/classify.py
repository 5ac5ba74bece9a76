"""Classification: what a ticket is about, how urgent it is and how its writer feels."""

from enum import StrEnum

from pydantic import Field

from pipeline.escalation import Level
from pipeline.value import Value


class Engine(StrEnum):
    """Who did the thinking; shown on the card so that nobody takes one for another."""

    LOCAL = "local"
    LLM = "llm"
    RULES = "rules"


class Urgency(StrEnum):
    """P1: outage, data loss, breach, cannot use the product. P4: wish, feedback, cosmetic."""

    P1 = "P1"
    P2 = "P2"
    P3 = "P3"
    P4 = "P4"


class Sentiment(StrEnum):
    """How the writer feels."""

    ANGRY = "angry"
    FRUSTRATED = "frustrated"
    NEUTRAL = "neutral"
    POSITIVE = "positive"


class Band(StrEnum):
    """Confidence in words, by the policy's thresholds."""

    HIGH = "high"
    MEDIUM = "medium"
    LOW = "low"


class Evidence(Value):
    """The customer's words, in masked form, that speak loudest for each alarm; empty where there is none."""

    risk: str = Field(default="", max_length=200)
    urgency: str = Field(default="", max_length=200)
    sentiment: str = Field(default="", max_length=200)


class Scores(Value):
    """What an engine measured, before any threshold judged it, so that other thresholds can judge it anew."""

    category: str
    confidence: float = Field(ge=0, le=1, description="of the category, before a text that says little lowers it")
    doubtful: bool = Field(default=False, description="the text says too little for anybody to be sure")
    several: bool = Field(default=True, description="it may hold several matters, so a second category is named")
    complaint: float | None = Field(default=None, description="how likely one is; None where it is said in words")


class Classification(Value):
    """What the ticket is about. `top` is every category with its probability, likeliest first."""

    category: str
    secondary_category: str | None = None
    subcategory: str | None = None
    urgency: Urgency
    sentiment: Sentiment
    confidence: float = Field(ge=0, le=1)
    band: Band
    needs_human_review: bool
    summary: str = Field(max_length=400, description="in masked form")
    top: tuple[tuple[str, float], ...]
    risk: str = Field(default="", max_length=300, description="why the engine sees a risk; empty when it does not")
    risk_level: Level = Field(default=Level.HIGH, description="how loudly the risk speaks")
    evidence: Evidence = Evidence()
    engine: Engine
    tags: tuple[str, ...] = Field(default=(), description="such as ai_fallback")
    scores: Scores | None = Field(default=None, description="none were kept with older ones")


def band(confidence: float, *, high: float, medium: float) -> Band:
    """Return the word for a confidence, given the two thresholds of the policy."""
    if confidence >= high:
        return Band.HIGH
    return Band.MEDIUM if confidence >= medium else Band.LOW
