"""Evaluate: how right the reading of labelled tickets was, and how well it knew."""

from collections import Counter
from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from sklearn.metrics import confusion_matrix, precision_recall_fscore_support

from pipeline.escalation import Layer
from pipeline.value import Value

BINS = 15  # of equal width, as Guo et al. (2017) measure calibration
STEPS = 20  # thresholds of an abstention curve, from 0 to just below 1


class Judged(NamedTuple):
    """One ticket: what a person says, what we said, and how sure we were (0 to 1)."""

    truth: str
    said: str
    confidence: float


class Score(Value):
    """How one label fared."""

    precision: float
    recall: float
    f1: float
    support: int


class Answered(Value):
    """What answering only from a confidence on leaves: the share of tickets, and how many of those are right."""

    threshold: float
    coverage: float
    accuracy: float | None


class Report(Value):
    """One column. `confusion[i][j]` counts tickets of label i that were called label j, by `labels`."""

    rows: int
    accuracy: float
    macro_f1: float
    per_class: dict[str, Score]
    labels: tuple[str, ...]
    confusion: tuple[tuple[int, ...], ...]
    calibration_error: float
    abstention: tuple[Answered, ...]


class Alarms(Value):
    """How many of the tickets that matter were raised, and how many of the raised ones matter."""

    recall: float | None
    precision: float | None
    raised: int


class EscalationReport(Value):
    """Escalation as a whole, and by each layer alone."""

    rows: int
    positive: int
    together: Alarms
    layers: dict[Layer, Alarms]


def evaluate(judged: Sequence[Judged]) -> Report:
    """Compare predictions with labels. Macro averages are over the labels that a person used.

    Raises ValueError without a single ticket.
    """
    if not judged:
        raise ValueError("nothing to evaluate")
    truth, said = [one.truth for one in judged], [one.said for one in judged]
    labels = sorted({*truth, *said})
    precision, recall, f1, support = precision_recall_fscore_support(truth, said, labels=labels, zero_division=0)
    scores = {
        label: Score(precision=precision[i], recall=recall[i], f1=f1[i], support=support[i])
        for i, label in enumerate(labels)
    }
    return Report(
        rows=len(judged),
        accuracy=float(np.mean([one.truth == one.said for one in judged])),
        macro_f1=float(np.mean([score.f1 for score in scores.values() if score.support])),
        per_class=scores,
        labels=tuple(labels),
        confusion=tuple(tuple(map(int, row)) for row in confusion_matrix(truth, said, labels=labels)),
        calibration_error=calibration_error(judged),
        abstention=tuple(_answered(judged, step / STEPS) for step in range(STEPS)),
    )


def calibration_error(judged: Sequence[Judged]) -> float:
    """Return the expected calibration error: how far confidence and accuracy lie apart, averaged by bin."""
    bins = [min(int(one.confidence * BINS), BINS - 1) for one in judged]
    gaps = dict.fromkeys(bins, 0.0)
    for place, one in zip(bins, judged, strict=True):
        gaps[place] += one.confidence - (one.truth == one.said)
    return sum(abs(gap) for gap in gaps.values()) / len(judged)


def evaluate_escalation(truth: Sequence[bool], raised_by: Sequence[frozenset[Layer]]) -> EscalationReport:
    """Compare who had to be escalated with which layers raised whom."""
    return EscalationReport(
        rows=len(truth),
        positive=sum(truth),
        together=_alarms(truth, [bool(layers) for layers in raised_by]),
        layers={layer: _alarms(truth, [layer in layers for layers in raised_by]) for layer in Layer},
    )


def _answered(judged: Sequence[Judged], threshold: float) -> Answered:
    sure = [one.truth == one.said for one in judged if one.confidence >= threshold]
    accuracy = float(np.mean(sure)) if sure else None
    return Answered(threshold=threshold, coverage=len(sure) / len(judged), accuracy=accuracy)


def _alarms(truth: Sequence[bool], raised: Sequence[bool]) -> Alarms:
    counts = Counter(zip(truth, raised, strict=True))
    right, missed, false = counts[True, True], counts[True, False], counts[False, True]
    return Alarms(
        recall=right / (right + missed) if right + missed else None,
        precision=right / (right + false) if right + false else None,
        raised=right + false,
    )
