"""Groups: read who is compared with whom, and by what; nothing where a question asks for more than that."""

from typing import NamedTuple

import regex

from pipeline.ask_cues import STANDING
from pipeline.ask_names import person_in
from pipeline.policy import Policy
from pipeline.question import By, Counted, Question, Span, Wants
from pipeline.readable import folded

_AGENTS = r"(?:agents?|persons?|people|colleagues?|members?|everybody|everyone|mitarbeiter\w*|kolleg\w*|agenten)"
_CUSTOMERS = r"(?:customers?|clients?|requesters?|kunden?|kundinnen)"
_COMPANIES = r"(?:compan(?:y|ies)|organi[sz]ations?|domains?|firm(?:s|a|en)?|unternehmen|organisation\w*)"
_OTHERS = (
    r"(?:teams?|categor(?:y|ies)|days?|hours?|languages?|channels?|urgency|priority|priorities|kategorien?|tag|stunde"
    r"|sprachen?|kanal|dringlichkeit|prioritat)"
)
_ANY = rf"(?:{_AGENTS}|{_CUSTOMERS}|{_COMPANIES}|{_OTHERS})"
_PARTED = r"(?:per|by|each|every|pro|je|jede[nmrs]?|nach|(?:which|what|welche[rs]?)|(?:top|busiest|loudest)(?: \d+)?)"
_MOST = r"\b(?:most|highest|meisten|haufigsten|ofter?|am meisten|top(?: \d+)?|busiest|loudest|how many|wie ?viele)\b"
_LEAST = regex.compile(r"\b(?:fewest|least|lowest|wenigsten|seltensten|slowest|fastest|quickest)\b")
_WHO = regex.compile(r"^\W*(?:(?:and|so|und|also) )?(?:who|wer)\b")
_SOLVED = regex.compile(
    r"\b(?:solve[ds]?|solving|answer(?:ed|s)?|close[ds]?|resolve[ds]?|handle[ds]?|finish(?:ed|es)?|sent out|geloste?n?"
    r"|lost(?:e|en)?|beantwortet\w*|geschlossen\w*|erledigt\w*|abgeschlossen\w*)\b"
)
_WROTE = regex.compile(
    r"\b(?:writes?|wrote|written|sends?|sent|asks?|asked|comes?|came|arrived?|gets?|got|received?|opens|opened"
    r"|schreib\w*|schrieb\w*|kam(?:en)?|bekam\w*|bekommen|meld\w*)\b"
)


class _Kind(NamedTuple):
    by: By | None
    nouns: str


_KINDS = (
    _Kind(By.AGENT, _AGENTS),
    _Kind(By.CUSTOMER, _CUSTOMERS),
    _Kind(By.COMPANY, _COMPANIES),
    _Kind(None, _OTHERS),
)


def is_compared(said: str) -> bool:
    """Whether a question compares agents, customers or companies, so that a count of all would be beside it."""
    return bool(_compared(folded(said).casefold()) & set(By))


def read_comparison(said: str, policy: Policy, found: Question) -> Question | None:
    """Return the comparison that is asked for; None where it is none, or one that we cannot count.

    `found` is what else the question was read as: its team, category, urgency and span count.
    """
    words = folded(said).casefold()
    compared = _compared(words)
    if len(compared) != 1 or _LEAST.search(words) or found.burning or found.escalated:
        return None
    [by] = compared
    if by is None or (person_in(said, policy, "") and not _WHO.search(words)):
        return None
    counted = _counted(by, words, found.span)
    if counted is None:
        return None
    usual = None if counted is Counted.OPEN else Span.MONTH if by is not By.AGENT else Span.WEEK
    return Question(
        wants=Wants.COMPARE,
        by=by,
        counted=counted,
        team=found.team,
        category=found.category,
        urgency=found.urgency,
        span=found.span or usual,
    )


def _compared(words: str) -> frozenset[By | None]:
    """Return whom a question compares; None among them stands for what we do not count by."""
    found = {kind.by for kind in _KINDS if _names(kind, words)}
    if not found and _WHO.search(words) and regex.search(_MOST, words):
        found = {By.AGENT}
    return frozenset(found)


def _names(kind: _Kind, words: str) -> bool:
    parted = rf"\b{_PARTED} (?:\w+ )?{kind.nouns}\b"
    beside = rf"\b{_ANY} (?:and|und|or|oder) {kind.nouns}\b"
    ranked = rf"\b{kind.nouns} (?:with|have|has|mit|haben)\b.{{0,20}}{_MOST}"
    return any(regex.search(cue, words) for cue in (parted, beside, ranked))


def _counted(by: By, words: str, span: Span | None) -> Counted | None:
    solved, standing = _SOLVED.search(words), STANDING.search(words)
    if standing:
        return Counted.OPEN if not solved and span is None else None
    if solved:
        return Counted.SOLVED if by is By.AGENT else None
    if by is By.AGENT and span is None and not _WROTE.search(words):
        return Counted.OPEN
    return Counted.CAME
