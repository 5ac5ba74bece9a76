"""The training text that comes with the product, as rows and label columns."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from pydantic import BaseModel, ConfigDict

from pipeline.classify import Sentiment, Urgency

FOLDER = Path(__file__).parent / "training"


class Row(BaseModel):
    """One ticket, written for this purpose, and what a person says of it."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    text: str
    category: str
    urgency: Urgency
    sentiment: Sentiment
    escalation: bool
    language: str


@dataclass(frozen=True, slots=True)
class Training:
    """Texts, and one label or None for each of them in every column."""

    texts: Sequence[str]
    columns: Mapping[str, Sequence[str | None]]


@cache
def shipped_rows() -> tuple[Row, ...]:
    """Return all rows, in the order of their files."""
    lines = [line for path in sorted(FOLDER.glob("*.jsonl")) for line in path.read_text("utf-8").splitlines()]
    return tuple(Row.model_validate(json.loads(line)) for line in lines)


def shipped_training() -> Training:
    """Return the shipped rows as the classifier learns from them, the shortest first.

    Texts of like length share a batch of the embedder, which takes a third less time than batches in which
    every line is padded to the longest mail.
    """
    rows = sorted(shipped_rows(), key=lambda row: len(row.text))
    return Training(
        [row.text for row in rows],
        {
            "category": [row.category for row in rows],
            "urgency": [row.urgency.value for row in rows],
            "sentiment": [row.sentiment.value for row in rows],
            "escalation": [_escalation(row) for row in rows],
        },
    )


def _escalation(row: Row) -> str | None:
    """Whether a ticket has to be escalated: an alarm, a complaint, and whatever an angry customer writes.

    A complaint says that we did wrong, kept or took money, broke a promise, or that the customer leaves: "I dispute
    this charge", "please close my account". A question about the same things, or a plain report of a fault, is none.
    A frustrated customer who was not escalated is no example of a calm one, so that row teaches other columns only.
    """
    if row.escalation or row.sentiment is Sentiment.ANGRY:
        return "true"
    return None if row.sentiment is Sentiment.FRUSTRATED else "false"
