"""Comparison: how many tickets each agent, customer or company has, with the newest ticket of each."""

from collections.abc import Mapping, Sequence

from handlers.views import blocks
from handlers.views.answers import SPANS, about, tickets
from handlers.views.escape import line, link
from pipeline.case import Case
from pipeline.ports import Card
from pipeline.question import By, Counted, Question
from pipeline.value import Value

_WHO = {By.AGENT: "agent", By.CUSTOMER: "customer", By.COMPANY: "company"}
_MANY = {By.AGENT: "agents", By.CUSTOMER: "customers", By.COMPANY: "companies"}
_DID = {Counted.OPEN: "waiting for a decision now", Counted.CAME: "that came in", Counted.SOLVED: "solved"}
_NOBODYS = {
    By.AGENT: "belong to nobody yet.",
    By.CUSTOMER: "came from somebody of whom the helpdesk tells neither e-mail nor id.",
    By.COMPANY: "came from an address of a public mail provider, or from none.",
}
_WHOSE = "Whoever works on a ticket has it: who claimed it, else whom it is assigned to."
_SOLVED = "A ticket is counted once, for who answered or resolved it last."
_COMPANIES = "A company is the part of an e-mail address behind the @."


class Row(Value):
    """One of those who are compared. `newest` is their newest ticket that was counted."""

    name: str
    count: int
    newest: Case | None = None


def comparison_card(
    question: Question,
    rows: Sequence[Row],
    *,
    parties: int,
    total: int,
    nobodys: int = 0,
    links: Mapping[str, str] = {},
) -> Card:
    """Show who has how many, most first; `parties` is how many have any, `total` how many tickets these are."""
    assert question.by is not None and question.counted is not None
    when = f" {SPANS[question.span]}" if question.span else ""
    did = f"{_DID[question.counted]}{when}{about(question, '')}"
    notes = [f"{tickets(nobodys)} besides {_NOBODYS[question.by]}"] if nobodys else []
    if not rows:
        told = f"*By {_WHO[question.by]}*: no tickets {did} of anybody known."
        return Card(text=told, blocks=(blocks.section("told", told), *(blocks.context("notes", n) for n in notes)))
    whose = f"{parties:,} {_MANY[question.by]}" if parties != 1 else f"1 {_WHO[question.by]}"
    told = f"*By {_WHO[question.by]}*: {tickets(total)} {did}, of {whose}."
    if parties > len(rows):
        told += " Those with the most:"
    listed = [_row(number, row, links) for number, row in enumerate(rows, 1)]
    notes += [_SOLVED if question.counted is Counted.SOLVED else _WHOSE] if question.by is By.AGENT else []
    notes += [_COMPANIES] if question.by is By.COMPANY else []
    shown = [blocks.section(f"row.{number}", each) for number, each in enumerate(listed, 1)]
    below = [blocks.context("notes", *notes)] if notes else []
    return Card(text=told, blocks=(blocks.section("told", told), *shown, *below))


def _row(number: int, row: Row, links: Mapping[str, str]) -> str:
    named = f"{number}. *{line(row.name, 120)}*: {row.count:,}"
    if row.newest is None:
        return named
    ticket = row.newest.ticket
    there = link(ticket.url, f"#{line(ticket.id, 60)}", loopback=True)
    subject = link(links.get(row.newest.id) or ticket.url, ticket.subject or "(no subject)", loopback=True)
    return f"{named} · newest {there} {subject}"
