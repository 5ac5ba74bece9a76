"""The card: what a team sees of a case, always as it is now."""

import re

from handlers.views import blocks
from handlers.views.buttons import buttons, category_question, rating
from handlers.views.escape import date, escaped, line, link, one_line
from handlers.views.facts import escalation, facts
from handlers.views.outcome import outcome
from handlers.views.proposal import proposal
from handlers.views.words import URGENCY, title
from pipeline.case import Case, Status
from pipeline.policy import Policy
from pipeline.ports import Block, Card

LONGEST_WORDS = 1400
_USER = re.compile(r"[UW][A-Z0-9]{2,20}")


def card(case: Case, draft: str, policy: Policy, *, mention: str = "") -> Card:
    """Return the card. `draft` is the reply as it would be sent; `mention` the user id an escalation calls."""
    called = mention if _USER.fullmatch(mention) and case.escalated else ""
    shown: list[Block] = [
        blocks.header("head", headline(case)),
        *_called(called, case),
        *_state(case),
        *facts(case),
        *escalation(case),
        *_summary(case),
        *_customer(case),
        *_decided_or_open(case, draft, policy),
        _origin(case),
    ]
    return Card(text=_text(case, called), blocks=tuple(shown))


def headline(case: Case) -> str:
    """Return urgency and subject."""
    subject = one_line(case.ticket.subject[:600]) or "(no subject)"
    if case.analysis is None:
        return subject
    return f"{URGENCY[case.analysis.classification.urgency][:4]} · {subject}"


def _text(case: Case, called: str) -> str:
    """What notifications and screen readers read."""
    pressing = URGENCY[case.analysis.classification.urgency] if case.analysis else "New ticket"
    subject = line(case.ticket.subject, 300, "(no subject)")
    told = f"{pressing}: {subject} ({line(title(case.team), 100, 'no team yet')}). {_status(case)}"
    return f"<@{called}> {told}" if called else told


def _status(case: Case) -> str:
    if case.decision is not None:
        return f"{str(case.decision.verdict).capitalize()} by {line(case.decision.by.name, 80)}."
    return {
        Status.WAITING: "It is being read.",
        Status.SNOOZED: "It is snoozed.",
    }.get(case.status, "It waits for a decision.")


def _called(called: str, case: Case) -> list[Block]:
    if not (called and case.open):
        return []
    return [blocks.context("called", f"<@{called}> this must not wait: please look, or give it to somebody.")]


def _state(case: Case) -> list[Block]:
    """Everything about where the case stands that is neither a fact nor a decision."""
    lines = []
    if case.status is Status.WAITING:
        again = case.analysis is not None
        lines.append("⏳ " + (_reading_again(case) if again else "Reading the ticket…"))
    if case.status is Status.SNOOZED and case.snoozed_until:
        lines.append(f"💤 Snoozed until {date(case.snoozed_until)}")
    if case.claimed_by and case.open:
        lines.append(f"✋ {line(case.claimed_by.name, 80)} is working on it")
    shown: list[Block] = [blocks.context("state", *lines)] if lines else []
    if case.problem:
        shown.insert(0, blocks.section("problem", f"⚠️ *Please look:* {line(case.problem, 2500)}"))
    return shown


def _reading_again(case: Case) -> str:
    assert case.analysis is not None
    if case.analysis.read_until != case.ticket.last_asked:
        return "The customer wrote again: reading it…"
    if case.instruction and not case.unread:
        return f"Writing another draft: “{line(case.instruction, 300)}”…"
    return "Reading the ticket again…"


def _summary(case: Case) -> list[Block]:
    if case.analysis is None or not case.analysis.classification.summary.strip():
        return []
    return [blocks.section("summary", f"*Summary*\n{escaped(case.analysis.classification.summary, 1500)}")]


def _customer(case: Case) -> list[Block]:
    if case.analysis is not None:
        said = case.analysis.excerpt
    else:
        said = "\n\n".join(message.text[: 4 * LONGEST_WORDS] for message in case.ticket.asked[-3:])
    return [
        blocks.context("customer", "*Customer wrote*"),
        blocks.quote("words", said, LONGEST_WORDS),
    ]


def _decided_or_open(case: Case, draft: str, policy: Policy) -> list[Block]:
    if case.decision is not None:
        return [blocks.divider("split"), *outcome(case), *buttons(case, draft)]
    return [
        *category_question(case),
        blocks.divider("split"),
        *proposal(case, draft),
        *rating(case),
        *buttons(case, draft),
    ]


def _origin(case: Case) -> Block:
    ticket = case.ticket
    opened = link(ticket.url, f"Open in {title(ticket.source)}", loopback=True) if ticket.url else ""
    named = f"{line(title(ticket.source), 60)} ticket {line(ticket.id, 100)} · case {line(case.id, 60)}"
    return blocks.context("origin", *((opened,) if opened else ()), named)
