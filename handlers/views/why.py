"""Why: the receipt of an analysis, with every number that led to it."""

from handlers.views import blocks
from handlers.views.blocks import Element, words
from handlers.views.escape import date, escaped, line
from handlers.views.tried import apart, tried_blocks
from handlers.views.words import ENGINE, READER, grade, title
from pipeline.analysis import Analysis
from pipeline.candidates import Candidate
from pipeline.case import Case
from pipeline.escalation import Signal
from pipeline.policy import Policy
from pipeline.ports import Block, Card
from pipeline.receipt import Held, Receipt

MOST_SIGNALS = 10
MOST_CITED = 8
MOST_CANDIDATES = 7


def why_modal(case: Case, policy: Policy) -> Element:
    """Show how the category, the escalation, the route and the draft came about."""
    shown = _receipt(case.analysis, policy, case.id) if case.analysis else [_nothing()]
    return {"type": "modal", "title": words("Why this?", 24), "close": words("Close", 24), "blocks": shown}


def why_card(case: Case, policy: Policy) -> Card:
    """Show the same for a command's answer."""
    heading = f"*Why?* {line(case.ticket.subject, 200, '(no subject)')}"
    shown = _receipt(case.analysis, policy, case.id) if case.analysis else [_nothing()]
    return Card(text=heading, blocks=(blocks.section("heading", heading), *shown))


def _nothing() -> Block:
    return blocks.section("nothing", "This ticket has not been read yet.")


def _receipt(analysis: Analysis, policy: Policy, case_id: str) -> list[Block]:
    kept = analysis.receipt
    limits = {**policy.thresholds.model_dump(), **(kept.limits if kept else {})}
    read = analysis.classification
    likely = "\n".join(f"{line(title(name), 80)}: {share:.1%}" for name, share in read.top[:8])
    bands = f"High from {limits['high']:.0%}, medium from {limits['medium']:.0%}; below it a person chooses."
    if kept is not None:
        bands = "Held against the policy of then: " + "; ".join(map(_held, kept.held))
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
    shown += tried_blocks(kept.tried, case_id) if kept and kept.tried is not None else []
    shown += receipt_blocks(kept, case_id) if kept else []
    needed = f"An answer needs a likeness of {limits['answer']:.2f}, a suggestion {limits['suggestion']:.2f}."
    return [*shown, *([blocks.section("cited", f"*Sources*\n{cited}")] if cited else []),
            blocks.context("needed", needed)]  # fmt: skip


def receipt_blocks(kept: Receipt, case_id: str) -> list[Block]:
    """Show who could have got the ticket, what would have turned the decision, and which policy decided."""
    shown = []
    if kept.candidates:
        people = "\n".join(map(_candidate, kept.candidates[:MOST_CANDIDATES]))
        shown.append(blocks.section("candidates", f"*Who could have got it*\n{people}"))
    if kept.turns:
        turns = "\n".join(f"• Had {line(turn.had, 250)}, {line(turn.then, 100)}." for turn in kept.turns)
        shown.append(blocks.section("turns", f"*What would have turned it*\n{turns}"))
    number = f"with {kept.policy} changes over the file" if kept.policy else "as the file says"
    checks = f"`triage why {line(case_id, 60)} --replay` checks it."
    policy = f"Decided {date(kept.at)} by the policy {number} ({kept.digest[:8]}). {checks}"
    return [*shown, blocks.context("policy", policy)]


def _held(held: Held) -> str:
    beside = "≥" if held.reached else "<"
    return f"{line(held.threshold, 30)} {apart(held.score, held.limit)} {beside} {held.limit:g}".replace("<", "&lt;")


def _candidate(candidate: Candidate) -> str:
    knows = ", ".join(line(skill, 40) for skill in candidate.knows[:5]) or "nothing of it"
    told = f"knows {knows}; {candidate.load} of {candidate.capacity} open"
    if not candidate.passed_over:
        return f"• *{line(candidate.name, 60)}* ({told})"
    return f"• {line(candidate.name, 60)} ({told}): {line('; '.join(candidate.passed_over), 120)}"


def _signals(signals: tuple[Signal, ...]) -> str:
    return "\n".join(map(_signal, signals[:MOST_SIGNALS])) or "Nothing asked for it."


def _signal(signal: Signal) -> str:
    source = f"{signal.layer.value} {line(signal.rule, 50)}" if signal.rule else signal.layer.value
    quote = f" “{line(signal.quote, 80)}”" if signal.quote else ""
    return f"• {signal.level.value} by {source}: {line(signal.why, 110)}{quote}"
