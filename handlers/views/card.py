"""The card: what a team sees of a case, always as it is now."""

from handlers.views import blocks
from handlers.views.buttons import buttons, category_question, rating
from handlers.views.escape import date, escaped, line, link, one_line
from handlers.views.facts import escalation, facts
from handlers.views.gist import adds
from handlers.views.outcome import outcome
from handlers.views.overflow import LONGEST_WORDS, raw_words, where_words_go_on
from handlers.views.proposal import proposal
from handlers.views.words import URGENCY, title
from pipeline.case import Case, Sending, Status
from pipeline.policy import Policy
from pipeline.ports import Block, Card
from pipeline.ticket import SLACK

MOST_ABSORBED = 3
_IN_THREAD = "Asked in Slack: the reply goes into that thread"


def card(case: Case, draft: str, policy: Policy, *, other: str = "") -> Card:
    """Return the card. `draft` is the reply as it would be sent.

    `other` is the address of the card of the case that this one repeats, or goes on in.
    """
    shown: list[Block] = [
        blocks.header("head", headline(case)),
        *_state(case),
        *escalation(case),
        *facts(case),
        *_summary(case),
        *_customer(case),
        *_absorbed(case),
        *_decided_or_open(case, draft, other),
        _origin(case),
    ]
    return Card(text=_text(case), blocks=tuple(shown))


def headline(case: Case) -> str:
    """Return urgency and subject."""
    subject = one_line(case.ticket.subject[:600]) or "(no subject)"
    if case.analysis is None:
        return subject
    return f"{URGENCY[case.analysis.classification.urgency]} · {subject}"


def _text(case: Case) -> str:
    """What notifications and screen readers read."""
    pressing = URGENCY[case.analysis.classification.urgency] if case.analysis else "New ticket"
    subject = line(case.ticket.subject, 300, "(no subject)")
    return f"{pressing}: {subject} ({line(title(case.team), 100, 'no team yet')}). {_status(case)}"


def _status(case: Case) -> str:
    if case.decision is not None:
        return f"{str(case.decision.verdict).capitalize()} by {line(case.decision.by.name, 80)}."
    return {
        Status.WAITING: "It is being read.",
        Status.SNOOZED: "It is snoozed.",
    }.get(case.status, "Acknowledged, still to answer." if case.held else "It waits for a decision.")


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
    if case.acknowledged and case.open:
        heard = case.acknowledged
        lines.append(f"👂 Acknowledged by {line(heard.by.name, 80)}, {date(heard.at)}")
    if held := case.held:
        told = f"📨 Acknowledged to the customer by {line(held.by.name, 80)}, {date(held.at)}, still to answer"
        lines.append(told + (" · being sent…" if held.sending is Sending.QUEUED else ""))
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
    if case.analysis is None or not adds(case.analysis.classification.summary, case.analysis.excerpt):
        return []
    summary = case.analysis.classification.summary.strip()
    return [blocks.section("summary", f"*Summary*\n{escaped(summary[:1].upper() + summary[1:], 1500)}")]


def _customer(case: Case) -> list[Block]:
    said = case.analysis.excerpt if case.analysis is not None else raw_words(case)
    rest = where_words_go_on(case)
    return [
        blocks.context("customer", "*Customer wrote*" + (" (edited)" if _edited(case) else "")),
        blocks.quote("words", said, LONGEST_WORDS),
        *([blocks.context("rest", f"🧵 {rest}")] if rest else []),
    ]


def _edited(case: Case) -> bool:
    return any(message.edited for message in case.ticket.asked)


def _absorbed(case: Case) -> list[Block]:
    shown: list[Block] = []
    for number, each in enumerate(case.absorbed[-MOST_ABSORBED:]):
        subject = link(each.url, each.subject or each.ticket, loopback=True)
        told = f"🔗 *Merged into this:* ticket {line(each.ticket, 100)}, {subject}"
        shown.append(blocks.context(f"merged.{number}", told))
        if each.excerpt.strip():
            shown.append(blocks.quote(f"merged.words.{number}", each.excerpt, LONGEST_WORDS // 2))
    return shown


def _decided_or_open(case: Case, draft: str, other: str) -> list[Block]:
    if case.decision is not None:
        way = link(other, "Open the other ticket's card", loopback=True) if other else ""
        return [blocks.divider("split"), *outcome(case, way), *buttons(case, draft)]
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
    case_id = f"case {line(case.id, 60)}"
    if ticket.source == SLACK:
        return blocks.context("origin", *((opened,) if opened else ()), f"{_IN_THREAD} · {case_id}")
    number = f"ticket {line(ticket.id, 100)} · {case_id}"
    if opened:
        return blocks.context("origin", opened, number)
    return blocks.context("origin", f"{line(title(ticket.source), 60)} {number}")
