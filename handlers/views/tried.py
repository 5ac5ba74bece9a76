"""Every rule that was held against a ticket: what it asked, what the ticket had, and whether that was enough."""

from collections.abc import Sequence

from handlers.views import blocks
from handlers.views.escape import line, size
from handlers.views.words import title
from pipeline.ports import Block
from pipeline.tried import Asks, State, Tried

MOST_CHARACTERS = 2700  # of one list
_CHOSEN = "a person chose it"


def tried_blocks(tried: Sequence[Tried], case_id: str) -> list[Block]:
    """Show the rules of escalation that stayed silent, and those of routing. What does not fit is counted."""
    silent = [each for each in tried if not each.asks.routes and not each.matched]
    silent.sort(key=lambda each: (each.asks is Asks.WORDS, each.state is None))  # the usual reason comes last
    routing = sorted((each for each in tried if each.asks.routes), key=lambda each: not each.matched)
    heading = f"*Rules of escalation that stayed silent*: {len(silent)}; what matched stands above"
    return [
        *_list("silent", heading, silent, case_id),
        *_list("routing", "*Rules of routing*", routing, case_id),
    ]


def apart(score: float, limit: float) -> str:
    """Return a score with as many digits as show on which side of its limit it is."""
    said = f"{limit:g}"
    digits = (f"{score:.{n}g}" for n in range(4, 17) if score != limit)
    return next((each for each in digits if float(each) != float(said)), said)


def _list(name: str, heading: str, tried: Sequence[Tried], case_id: str) -> list[Block]:
    if not tried:
        return []
    lines, room = [heading], MOST_CHARACTERS - size(heading)
    for told in map(_line, tried):
        if (room := room - size(told) - 1) < 0:
            break
        lines.append(told)
    shown, kept = [blocks.section(name, "\n".join(lines))], len(lines) - 1
    if rest := len(tried) - kept:
        matched = sum(each.matched for each in tried[kept:])
        told = (
            f"…and {rest:,} more rules, {matched:,} of them matched" if matched else f"…and {rest:,} more, all silent"
        )
        shown.append(blocks.context(f"{name}.more", f"{told}: `triage why {line(case_id, 60)}` lists each."))
    return shown


def _line(tried: Tried) -> str:
    match tried.asks:
        case Asks.CATEGORY:
            said = f"{_name(tried)} to {line(title(tried.to), 60)}: {_category(tried)}"
        case Asks.REVIEW:
            said = f"a person is asked for the category: {_review(tried)}"
        case Asks.LEVEL:
            said = f"its card goes to {line(title(tried.to), 60)}: it is {_read(tried)}"
        case Asks.WORDS:
            said = f"{_name(tried)} ({line(tried.to, 60)}): {_words(tried)}"
        case Asks.COMPLAINT if isinstance(tried.had, float) and isinstance(tried.needed, float):
            said = f"{_name(tried)} ({line(tried.to, 60)}): a complaint is {_held(tried.had, tried.needed)}"
        case Asks.RISK:
            said = f"{_name(tried)}: none was read in it"
        case _:
            said = f"{_name(tried)} ({line(tried.to, 60)}): read as {_read(tried)}"
    return f"{'✓' if tried.matched else '·'} {said}"


def _name(tried: Tried) -> str:
    return line(tried.rule, 50)


def _words(tried: Tried) -> str:
    found, needed = _said(tried.had), _said(tried.needed)
    match tried.state:
        case State.OFF:
            return "is switched off"
        case State.DENIED:
            return f"its words stand there, denied or reported ({found} found, none counts, {needed} needed)"
        case State.SLOW:
            return "ran out of time"
    return f"its words are not there ({found} found, {needed} needed)"


def _category(tried: Tried) -> str:
    if isinstance(tried.needed, str) or isinstance(tried.had, str):
        return _CHOSEN if tried.matched else f"a person chose {line(title(_said(tried.needed)), 60)}"
    had = f"{tried.had:.1%}" if tried.had is not None else "not read"
    other = "the next has" if tried.matched else "where the one that was read has"
    beside = f", {other} {tried.needed:.1%}" if tried.needed is not None else ""
    return f"{had}, the one that was read{beside}" if tried.matched else had + beside


def _review(tried: Tried) -> str:
    if not isinstance(tried.had, float) or not isinstance(tried.needed, float):
        return "no, one chose it already"
    return f"the confidence is {_held(tried.had, tried.needed)}"


def _read(tried: Tried) -> str:
    return f"{_said(tried.had)}, and {_said(tried.needed)} is needed"


def _said(value: float | str | None) -> str:
    return f"{value:g}" if isinstance(value, float) else line(value or "", 60)


def _held(had: float, needed: float) -> str:
    beside = "≥" if had >= needed else "&lt;"
    return f"{apart(had, needed)} {beside} {needed:g}"
