"""triage eval: labelled tickets, read as the product reads them, against what people say of them."""

import asyncio
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

from bot.adapters.classifier import LocalClassifier
from bot.commands import AT_ONCE, chosen_policy
from bot.labelled_lines import COLUMNS, Labelled, read_labelled
from bot.lines import Complaints
from bot.logs import configure
from bot.progress import progress
from bot.settings import load_settings
from bot.spending import Spending
from bot.wiring import engines, local_classifier
from pipeline.errors import TriageError
from pipeline.escalate import detect_escalation
from pipeline.escalation import Layer
from pipeline.evaluate import EscalationReport, Judged, Report, evaluate, evaluate_escalation
from pipeline.policy import Policy
from pipeline.ports import Classifier
from pipeline.triage import read


class NothingToCompare(TriageError):
    """No line has a label: give lines a category, an urgency, a sentiment or an escalation."""


class Evaluation(NamedTuple):
    """What was measured, by label column. `wrong_lines` could not be taken."""

    columns: Mapping[str, Report]
    escalation: EscalationReport | None
    wrong_lines: int


class _Said(NamedTuple):
    """What the product made of one ticket: a label and its probability by column, and who raised it."""

    labels: Mapping[str, tuple[str, float]]
    raised_by: frozenset[Layer]


async def evaluate_file(source: str, model: Path | None, policy_file: Path | None) -> Evaluation:
    """Read every labelled ticket of a file and compare. Raises NothingToCompare."""
    settings = load_settings()
    configure(settings.log, quiet=True)
    complaints = Complaints()
    every = await asyncio.to_thread(lambda: list(read_labelled(source, complaints)))
    rows = [row for row in every if row.labels]
    if not rows:
        raise NothingToCompare
    local = local_classifier(settings, model)
    policy = await chosen_policy(policy_file or settings.policy, local)
    spending = Spending(settings.price)
    chosen = engines(settings, local, spending)
    try:
        said = await _Reader(local, chosen.classifier, policy).read(rows)
    finally:
        await chosen.close()
        spending.tell()
    return Evaluation(_by_column(rows, said), _escalation(rows, said), complaints.count)


class _Reader:
    """Reads tickets as the product does, many at a time."""

    def __init__(self, local: LocalClassifier, classifier: Classifier, policy: Policy) -> None:
        self._local = local
        self._classifier = classifier
        self._policy = policy

    async def read(self, rows: Sequence[Labelled]) -> list[_Said]:
        said: list[_Said] = []
        with progress("Reading tickets", len(rows)) as advance:
            for start in range(0, len(rows), AT_ONCE):
                part = rows[start : start + AT_ONCE]
                said += await asyncio.gather(*(self._read(row) for row in part))
                advance(len(part))
        return said

    async def _read(self, row: Labelled) -> _Said:
        _, masked, _ = await asyncio.to_thread(read, row.ticket)
        found = await self._classifier.classify(masked, self._policy)
        escalation = await asyncio.to_thread(detect_escalation, masked, found, self._policy)
        chances = (await self._local.read(masked, self._policy)).heads
        labels = {"category": (found.category, found.confidence)}
        for column, decided in (("urgency", found.urgency.value), ("sentiment", found.sentiment.value)):
            heads = chances.get(column, {})
            # A team may have trained labels of its own, which a decision has no names for.
            label = decided if decided in heads or not heads else max(heads, key=lambda name: heads[name])
            labels[column] = (label, heads.get(label, 0.0))
        layers = frozenset(signal.layer for signal in escalation.signals if signal.level.escalates)
        return _Said(labels, layers)


def _by_column(rows: Sequence[Labelled], said: Sequence[_Said]) -> dict[str, Report]:
    judged = {
        column: [
            Judged(row.labels[column], *one.labels[column])
            for row, one in zip(rows, said, strict=True)
            if column in row.labels
        ]
        for column in COLUMNS
        if column != "escalation"
    }
    return {column: evaluate(found) for column, found in judged.items() if found}


def _escalation(rows: Sequence[Labelled], said: Sequence[_Said]) -> EscalationReport | None:
    known = [
        (row.labels["escalation"] == "true", one)
        for row, one in zip(rows, said, strict=True)
        if "escalation" in row.labels
    ]
    return evaluate_escalation([truth for truth, _ in known], [one.raised_by for _, one in known]) if known else None
