"""Facts: what triage found, and why it must not wait."""

from handlers.views import blocks
from handlers.views.escape import date, line
from handlers.views.words import CHANNEL, LEVEL, SENTIMENT, language, sure, title
from handlers.views.workflow import goes_to
from pipeline.analysis import Analysis
from pipeline.case import Case
from pipeline.escalation import Level, Signal
from pipeline.ports import Block
from pipeline.ticket import WORKFLOW
from pipeline.timer import Aim, Phase

MOST_SIGNALS = 5


def facts(case: Case) -> list[Block]:
    """Return the labelled facts of a case."""
    pairs = [] if case.analysis is None else _found(case, case.analysis)
    owner = line(title(case.team), 100, "No team yet")
    agent = line(case.agent, 80) if case.agent else "nobody yet"
    if case.assignee and not case.agent:
        agent = f"{line(case.assignee, 80)}, in {line(title(case.ticket.source), 60)}"
    pairs += [("Team", f"{owner} · {agent}"), ("Customer", _customer(case))]
    if case.ticket.source == WORKFLOW:
        pairs.append(("Reply goes to", goes_to(case.ticket)))
    return [blocks.fields("facts", pairs)]


def escalation(case: Case) -> list[Block]:
    """Return why the ticket must not wait, with the words that said so."""
    if case.analysis is None:
        return []
    found = case.analysis.escalation
    signals = () if found.level is Level.LOW else found.signals
    if not (signals or case.chosen_escalation):
        return []
    lines = [_said(case, found.level), *(_signal(signal) for signal in signals[:MOST_SIGNALS])]
    if more := len(signals) - MOST_SIGNALS:
        lines += [f"…and {more} more, under Why"] if more > 0 else []
    return [blocks.section("escalation", "\n".join(lines))]


def _said(case: Case, level: Level) -> str:
    """A person's word comes before what was found."""
    if case.chosen_escalation is None:
        return LEVEL[level]
    if case.chosen_escalation:
        return "🚨 *Escalated by a person*"
    return "🔕 *Not an escalation, a person says.* Found was:"


def _found(case: Case, analysis: Analysis) -> list[tuple[str, str]]:
    read = analysis.classification
    return [
        *_clock(case),
        ("Category", _category(case, analysis)),
        ("Sentiment", SENTIMENT[read.sentiment]),
    ]


def _clock(case: Case) -> list[tuple[str, str]]:
    """The first response until it was given, then what is owed next."""
    timer = case.timer
    if timer is None or timer.phase is Phase.RUNS:
        aim = timer.aim if timer else Aim.FIRST
        return [(f"{aim.capitalize()} due", date(case.due_at) if case.due_at else "no target")]
    if timer.phase.waits:
        return [(f"{timer.aim.capitalize()} due", "paused while we wait for the customer")]
    return [("First response", date(timer.responded_at) if timer.responded_at else "none was given")]


def _category(case: Case, analysis: Analysis) -> str:
    read = analysis.classification
    told = line(title(read.category), 100)
    if read.subcategory:
        told += f" › {line(title(read.subcategory), 100)}"
    if case.chosen_category == read.category:
        return f"{told} · chosen by a person"
    told += f" · {sure(read.confidence)} ({read.band.value} confidence)"
    if read.secondary_category:
        told += f"\nalso {line(title(read.secondary_category), 100)}"
    return told


def _customer(case: Case) -> str:
    customer = case.ticket.customer
    name = line(customer.name or customer.email or customer.id, 120, "Unknown")
    tier = f" · {line(customer.tier, 60)}" if customer.tier.strip() else ""
    written = f" in {line(language(case.analysis.language), 60)}" if case.analysis else ""
    return f"{name}{tier} · by {CHANNEL[case.ticket.channel]}{written}"


def _signal(signal: Signal) -> str:
    why = line(signal.why, 230)
    return f"• {why} “{line(signal.quote, 240)}”" if signal.quote else f"• {why}"
