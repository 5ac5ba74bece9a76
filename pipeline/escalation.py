"""Escalation: which of the three layers found a ticket that must not wait, and by which words."""

from enum import StrEnum

from pydantic import Field

from pipeline.value import Value


class Level(StrEnum):
    """How loudly a ticket asks for a person; ordered by `rank`."""

    LOW = "low"
    MEDIUM = "medium"
    HIGH = "high"
    CRITICAL = "critical"

    @property
    def rank(self) -> int:
        """0 for low to 3 for critical."""
        return list(Level).index(self)

    @property
    def escalates(self) -> bool:
        """Whether the escalation team is told: from high on."""
        return self.rank >= Level.HIGH.rank


class Layer(StrEnum):
    """Who raised the signal; any one suffices."""

    MODEL = "model"
    RULE = "rule"
    SENTIMENT = "sentiment"


class Signal(Value):
    """One reason to escalate, with the words that caused it in masked form."""

    layer: Layer
    level: Level
    why: str
    rule: str | None = None
    quote: str | None = Field(default=None, max_length=200)


class Escalation(Value):
    """The highest level of all signals. A ticket without signals is low."""

    level: Level = Level.LOW
    signals: tuple[Signal, ...] = ()

    @property
    def escalated(self) -> bool:
        """Whether the escalation team is told: from high on."""
        return self.level.escalates
