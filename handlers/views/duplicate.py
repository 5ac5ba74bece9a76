"""Duplicate: the form that says which ticket another one repeats, with how like it each of them is."""

from collections.abc import Sequence

from handlers.views import blocks
from handlers.views.blocks import Element, entry, radio_option, select
from handlers.views.escape import one_line
from handlers.views.modals import View, about, form
from handlers.views.similar import percent
from pipeline.alike import LIKELY
from pipeline.case import Case
from pipeline.value import Value

_NAME = "Mark as duplicate"
_HINT = (
    f"The percentage says how alike the two are, by meaning and words. One is chosen already from {percent(LIKELY)} on."
)


class Candidate(Value):
    """A case that this one may repeat; `likeness` is None where it is not known."""

    case: Case
    likeness: float | None = None
    same_customer: bool = False


def duplicate_modal(case: Case, candidates: Sequence[Candidate], *, channel: str = "", ts: str = "") -> View:
    """Which case this one repeats; without any other case there is nothing to send."""
    if not candidates:
        nothing = [blocks.section("nothing", "There is no other undecided ticket that this could repeat.")]
        return form("duplicate.submit", _NAME, "", case, nothing, channel, ts)
    options = [_option(each) for each in candidates[:100]]
    likely = options[0] if (candidates[0].likeness or 0.0) >= LIKELY else None
    chosen = select("of", "Choose the other ticket", options, likely)
    shown = [about(case), entry("of", "It is about the same thing as", chosen, hint=_HINT)]
    return form("duplicate.submit", _NAME, "Mark", case, shown, channel, ts)


def _option(candidate: Candidate) -> Element:
    """Name a case by likeness, number and subject; below it whose it is."""
    case = candidate.case
    number = f"#{one_line(case.ticket.id[:20])}"
    subject = one_line(case.ticket.subject[:200]) or "(no subject)"
    known = f"{percent(candidate.likeness)} · " if candidate.likeness is not None else ""
    whose = "the same customer" if candidate.same_customer else one_line(case.ticket.customer.name[:60])
    return radio_option(f"{known}{number} · {subject}", case.id, whose)
