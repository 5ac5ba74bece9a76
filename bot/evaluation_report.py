"""An evaluation on paper: tables for a terminal, one JSON object for a program, pictures for a report."""

import json
import sys
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.table import Table

from bot.evaluation import Evaluation
from pipeline.evaluate import EscalationReport, Report

MOST_SHOWN = 25  # labels of a table; the JSON has them all


def as_json(found: Evaluation) -> dict[str, Any]:
    """Return everything that was measured."""
    said: dict[str, Any] = {column: report.model_dump(mode="json") for column, report in found.columns.items()}
    if found.escalation:
        said["escalation"] = found.escalation.model_dump(mode="json")
    return said


def show(found: Evaluation) -> None:
    """Print tables on standard output."""
    console = Console(file=sys.stdout)
    for column, report in found.columns.items():
        _show_column(console, column, report)
    if found.escalation:
        _show_escalation(console, found.escalation)


def write_json(found: Evaluation) -> None:
    """Print one JSON object on standard output."""
    sys.stdout.write(json.dumps(as_json(found), ensure_ascii=False) + "\n")


def plot(found: Evaluation, folder: Path) -> None:
    """Write a confusion matrix and a curve of abstention per column, as PNG."""
    from matplotlib.figure import Figure  # takes a second to import, which only a plot shall cost

    folder.mkdir(parents=True, exist_ok=True)
    for column, report in found.columns.items():
        figure = Figure(figsize=(max(5, 0.35 * len(report.labels) + 2),) * 2, layout="constrained")
        _draw_confusion(figure.add_subplot(), report)
        figure.savefig(folder / f"{column}_confusion.png", dpi=120)
        figure = Figure(figsize=(6, 4), layout="constrained")
        _draw_abstention(figure.add_subplot(), report)
        figure.savefig(folder / f"{column}_abstention.png", dpi=120)


def _show_column(console: Console, column: str, report: Report) -> None:
    console.print(
        f"\n[bold]{column}[/bold]: {report.rows} tickets, accuracy {report.accuracy:.1%}, macro-F1 "
        f"{report.macro_f1:.3f}, expected calibration error {report.calibration_error:.3f}"
    )
    table = Table("label", "precision", "recall", "F1", "tickets")
    ordered = sorted(report.per_class.items(), key=lambda item: -item[1].support)
    for label, score in ordered[:MOST_SHOWN]:
        table.add_row(label, f"{score.precision:.3f}", f"{score.recall:.3f}", f"{score.f1:.3f}", str(score.support))
    console.print(table)
    if len(ordered) > MOST_SHOWN:
        console.print(f"… and {len(ordered) - MOST_SHOWN} more: --json has them all")
    if len(report.labels) <= MOST_SHOWN:
        console.print(_confusion(report))
    table = Table("answered from confidence", "tickets answered", "of these right")
    for point in report.abstention[::2]:
        right = "" if point.accuracy is None else f"{point.accuracy:.1%}"
        table.add_row(f"{point.threshold:.2f}", f"{point.coverage:.1%}", right)
    console.print(table)


def _confusion(report: Report) -> Table:
    table = Table("is \\ read as", *report.labels)
    for label, counts in zip(report.labels, report.confusion, strict=True):
        table.add_row(label, *(str(count or "·") for count in counts))
    return table


def _show_escalation(console: Console, report: EscalationReport) -> None:
    console.print(f"\n[bold]escalation[/bold]: {report.rows} tickets, {report.positive} to escalate")
    table = Table("layer", "recall", "precision", "raised")
    for name, alarms in (("together", report.together), *report.layers.items()):
        table.add_row(str(name), _share(alarms.recall), _share(alarms.precision), str(alarms.raised))
    console.print(table)


def _share(share: float | None) -> str:
    return "–" if share is None else f"{share:.1%}"


def _draw_confusion(axes: Any, report: Report) -> None:
    rows = [[count / max(sum(counts), 1) for count in counts] for counts in report.confusion]
    axes.imshow(rows, cmap="Blues", vmin=0, vmax=1)
    places = range(len(report.labels))
    axes.set_xticks(places, report.labels, rotation=90)
    axes.set_yticks(places, report.labels)
    axes.set_xlabel("read as")
    axes.set_ylabel("is")


def _draw_abstention(axes: Any, report: Report) -> None:
    answered = [point for point in report.abstention if point.accuracy is not None]
    axes.plot([point.coverage for point in answered], [point.accuracy for point in answered], marker=".")
    axes.set_xlabel("share of tickets answered")
    axes.set_ylabel("share of these that are right")
    axes.set_xlim(0, 1)
    axes.grid(alpha=0.3)
