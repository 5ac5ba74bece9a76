"""Answers: what the desk says to a question, with the tickets that it rests on."""

from collections.abc import Sequence

from handlers.views import blocks
from handlers.views.amounts import hours
from handlers.views.escape import line
from handlers.views.lists import case_row
from handlers.views.words import STATUS, title
from pipeline.case import Case
from pipeline.figures import Figures
from pipeline.ports import Block, Card
from pipeline.question import Question, Span
from pipeline.value import Value

ASK = "ask.example"
SPANS = {
    Span.TODAY: "today",
    Span.YESTERDAY: "yesterday",
    Span.WEEK: "in the last 7 days",
    Span.MONTH: "in the last 30 days",
    Span.QUARTER: "in the last 90 days",
}


class Cited(Value):
    """A case with the way to its card, "" while it has none."""

    case: Case
    card: str


def queue_answer(question: Question, whose: str, wanted: int, waiting: int, cited: Sequence[Cited]) -> Card:
    """Tell what waits, the most pressing first; where nothing burns, what comes next."""
    narrowed = about(question, whose)
    if question.burning and not wanted:
        told = f"*Nothing burns{narrowed}*: no P1, nothing escalated, nothing late."
        told += f" {tickets(waiting)} {_wait(waiting)}, the next due:" if waiting else " Nothing waits either."
    elif question.burning:
        told = f"*{tickets(wanted)} must not wait{narrowed}* (P1, escalated or late):"
    else:
        told = f"*{tickets(wanted)} {_wait(wanted)} for a decision{narrowed}*" + (":" if wanted else ". 🎉")
    return _answer(told, cited, more=(wanted or waiting) - len(cited))


def count_answer(question: Question, whose: str, span: Span, found: Figures, cited: Sequence[Cited]) -> Card:
    """Tell how many came in, and what became of them."""
    told = f"*{tickets(found.arrived)} came in{_for(question, whose)} {SPANS[span]}*"
    became = f": {found.answered} answered, {found.escalated} escalated." if found.arrived else "."
    oldest = f", the oldest for {hours(found.oldest)}" if found.oldest is not None else ""
    now = f"Waiting now, whenever they came: {found.waiting}{oldest}."
    return _answer(f"{told}{became} {now}", cited, more=found.arrived - len(cited))


def ticket_answer(cited: Cited) -> Card:
    """Tell how one ticket stands."""
    case = cited.case
    state = f"*{STATUS[case.status]}*"
    if case.decision is not None:
        state += f": {case.decision.verdict} by {line(case.decision.by.name, 80)}"
    elif case.claimed_by is not None:
        state += f": {line(case.claimed_by.name, 80)} works on it"
    summary = f"\n{line(case.analysis.classification.summary, 400)}" if case.analysis else ""
    return _answer(state + summary, (cited,))


def unsure(examples: Sequence[str]) -> Card:
    """Say what can be asked, with questions to press."""
    told = (
        "I did not understand that. I answer from the tickets here: what waits or burns (for a team, a category or a "
        "person), how many came in, how fast we answer, who has, solved or writes most, "
        "tickets like a text, how one ticket stands, and why."
    )
    return _with_examples(told, examples)


def ask_for(told: str, example: str) -> Card:
    """Ask back for what is missing."""
    return Card(text=told, blocks=(blocks.section("told", f"{told}\n_For instance: {line(example, 200)}_"),))


def _with_examples(told: str, examples: Sequence[str]) -> Card:
    buttons = [blocks.button(f"{ASK}.{number}", each, each) for number, each in enumerate(examples, 1)]
    return Card(text=told, blocks=(blocks.section("told", told), blocks.actions("examples", *buttons)))


def _answer(told: str, cited: Sequence[Cited], more: int = 0) -> Card:
    rows = [blocks.section(f"case.{each.case.id}"[:255], case_row(each.case, each.card)) for each in cited]
    rest: list[Block] = [blocks.context("more", f"…and {more:,} more. `/triage queue` lists them.")] if more > 0 else []
    return Card(text=told, blocks=(blocks.section("told", told), *rows, *rest))


def about(question: Question, whose: str) -> str:
    """Return what a question is narrowed to, in words."""
    parts = (
        f" in {line(title(question.team or question.category), 80)}" if question.team or question.category else "",
        f" with urgency {question.urgency.value}" if question.urgency else "",
        " that were escalated" if question.escalated else "",
        f" for {line(whose, 80)}" if whose else "",
    )
    return "".join(parts)


def _for(question: Question, whose: str) -> str:
    """Return the same for what came in, which is not said to be in anything."""
    return about(question, whose).replace(" in ", " for ", 1)


def tickets(number: int) -> str:
    """Return a number of tickets in words."""
    return "1 ticket" if number == 1 else f"{number:,} tickets" if number else "No tickets"


def _wait(number: int) -> str:
    return "waits" if number == 1 else "wait"
