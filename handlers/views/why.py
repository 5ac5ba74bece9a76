"""Why: the receipt of an analysis, with every number that led to it."""

from handlers.views import blocks
from handlers.views.blocks import Element, words
from handlers.views.escape import escaped, line
from handlers.views.words import ENGINE, READER, grade, title
from pipeline.analysis import Analysis
from pipeline.case import Case
from pipeline.escalation import Signal
from pipeline.policy import Policy
from pipeline.ports import Block, Card

MOST_SIGNALS = 10
MOST_CITED = 8


def why_modal(case: Case, policy: Policy) -> Element:
    """Show how the category, the escalation, the route and the draft came about."""
    shown = _receipt(case.analysis, policy) if case.analysis else [_nothing()]
    return {"type": "modal", "title": words("Why this?", 24), "close": words("Close", 24), "blocks": shown}


def why_card(case: Case, policy: Policy) -> Card:
    """Show the same for a command's answer."""
    heading = f"*Why?* {line(case.ticket.subject, 200, '(no subject)')}"
    shown = _receipt(case.analysis, policy) if case.analysis else [_nothing()]
    return Card(text=heading, blocks=(blocks.section("heading", heading), *shown))


def _nothing() -> Block:
    return blocks.section("nothing", "This ticket has not been read yet.")


def _receipt(analysis: Analysis, policy: Policy) -> list[Block]:
    limits = policy.thresholds
    read = analysis.classification
    likely = "\n".join(f"{line(title(name), 80)}: {share:.1%}" for name, share in read.top[:8])
    bands = f"High from {limits.high:.0%}, medium from {limits.medium:.0%}; below it a person chooses."
    shown = [
        blocks.section("categories", f"*Category*, read by {READER[read.engine]}\n{likely}"),
        blocks.context("bands", bands),
        blocks.section("signals", "*Escalation*\n" + _signals(analysis.escalation.signals)),
        blocks.section("route", f"*Route*\n{escaped(analysis.route.reason, 1500)}"),
        blocks.section("draft", f"*Draft*\n{grade(analysis.draft)}, {ENGINE[analysis.draft.engine]}"),
    ]
    if read.risk:
        shown.insert(3, blocks.section("risk", f"*Risk*\n{escaped(read.risk, 1000)}"))
    cited = "\n".join(
        f"{each.number}. {line(each.title, 150)} ({line(each.resolution, 60)}): {each.score:.3f}"
        for each in analysis.draft.citations[:MOST_CITED]
    )
    needed = f"An answer needs a likeness of {limits.answer:.2f}, a suggestion {limits.suggestion:.2f}."
    return [*shown, *([blocks.section("cited", f"*Sources*\n{cited}")] if cited else []),
            blocks.context("needed", needed)]  # fmt: skip


def _signals(signals: tuple[Signal, ...]) -> str:
    return "\n".join(map(_signal, signals[:MOST_SIGNALS])) or "Nothing asked for it."


def _signal(signal: Signal) -> str:
    source = f"{signal.layer.value} {line(signal.rule, 50)}" if signal.rule else signal.layer.value
    quote = f" “{line(signal.quote, 80)}”" if signal.quote else ""
    return f"• {signal.level.value} by {source}: {line(signal.why, 110)}{quote}"
