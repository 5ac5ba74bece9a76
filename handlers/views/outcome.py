"""The outcome: who decided what and when, and what the customer gets."""

from handlers.views import blocks
from handlers.views.escape import date, line
from handlers.views.overflow import IN_THREAD, LONGEST_SENT, reply_goes_on
from pipeline.case import Case, Sending, Verdict, Worth
from pipeline.ports import Block

_ASIDE = (Verdict.DISMISSED, Verdict.DUPLICATE, Verdict.MERGED, Verdict.DELETED_THERE)
_SENDING = {
    Sending.QUEUED: "being sent…",
    Sending.SENT: "sent",
    Sending.FAILED: "not sent",
}


def outcome(case: Case, other: str = "") -> list[Block]:
    """Return the line that takes the place of the buttons, and the reply word for word.

    `other` leads to the case that this one repeats, or goes on in.
    """
    assert case.decision is not None
    decision = case.decision
    told = f"{_mark(decision.verdict)} *{_said(decision.verdict)}* by {line(decision.by.name, 80)}"
    told += f" · {date(decision.at)}"
    if case.worth is not Worth.PLAIN:
        told += " · ⭐ gold answer" if case.worth is Worth.GOLD else " · not learnt from"
    if case.sending in _SENDING:
        told += f" · {_SENDING[case.sending]}"
    if other:
        told += f"\n{other}"
    if case.closing is not None:
        told += f"\n✅ *{_said(case.closing.verdict)}* by {line(case.closing.by.name, 80)} · {date(case.closing.at)}"
    shown: list[Block] = [blocks.section("outcome", told)]
    if decision.text.strip():
        shown.append(blocks.quote("sent", decision.text, LONGEST_SENT))
    if reply_goes_on(case):
        shown.append(blocks.context("sent.rest", f"🧵 {IN_THREAD}"))
    return shown


def _mark(verdict: Verdict) -> str:
    return "☑️" if verdict in _ASIDE else "✅"


def _said(verdict: Verdict) -> str:
    return verdict.value[:1].upper() + verdict.value[1:]
