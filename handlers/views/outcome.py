"""The outcome: who decided what and when, and what the customer gets."""

from handlers.views import blocks
from handlers.views.escape import date, line
from pipeline.case import Case, Sending, Verdict, Worth
from pipeline.ports import Block

LONGEST_SENT = 2500
_SENDING = {
    Sending.QUEUED: "being sent…",
    Sending.SENT: "sent",
    Sending.FAILED: "not sent",
}


def outcome(case: Case) -> list[Block]:
    """Return the line that takes the place of the buttons, and the reply word for word."""
    assert case.decision is not None
    decision = case.decision
    told = f"{_mark(decision.verdict)} *{_said(decision.verdict)}* by {line(decision.by.name, 80)}"
    told += f" · {date(decision.at)}"
    if case.worth is not Worth.PLAIN:
        told += " · ⭐ gold answer" if case.worth is Worth.GOLD else " · not learnt from"
    if case.sending in _SENDING:
        told += f" · {_SENDING[case.sending]}"
    shown: list[Block] = [blocks.section("outcome", told)]
    if decision.text.strip():
        shown.append(blocks.quote("sent", decision.text, LONGEST_SENT))
    return shown


def _mark(verdict: Verdict) -> str:
    return "✅" if verdict in (Verdict.APPROVED, Verdict.EDITED) else "☑️"


def _said(verdict: Verdict) -> str:
    return verdict.value[:1].upper() + verdict.value[1:]
