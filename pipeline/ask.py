"""Ask: read a question of a colleague by its words, in English and German; unsure where they say nothing to us."""

from html import unescape

import regex

from pipeline.ask_beyond import is_beyond
from pipeline.ask_cues import BURNING, CUES, ESCALATED, SPANS, STANDING, WAITING
from pipeline.ask_groups import is_compared, read_comparison
from pipeline.ask_names import category_in, person_in, team_in
from pipeline.classify import Urgency
from pipeline.policy import Policy
from pipeline.question import LONGEST_QUESTION, UNSURE, Question, Span, Wants
from pipeline.readable import folded, readable


def read_question(text: str, policy: Policy, asker: str) -> Question:
    """Return what a person asks for. `asker` is their Slack user id, which stands for "me" and "my"."""
    said = plainly(text)
    words = folded(said).casefold()
    wants, ticket = _wants(words, said), ticket_in(said)
    if wants is Wants.COUNT and STANDING.search(words) and _span(words) is None:
        wants = Wants.QUEUE
    match wants:
        case Wants.WHY | Wants.TICKET:
            return Question(wants=wants, ticket=ticket)
        case Wants.LIKE:
            return Question(wants=wants, ticket=ticket, text="" if ticket else matter_of(said))
    if is_compared(said) and wants is not Wants.UNSURE and wants not in _COUNTING:
        return UNSURE
    if is_beyond(wants if not is_compared(said) else Wants.COMPARE, said, policy):
        return UNSURE
    team = team_in(words, policy)
    found = Question(
        wants=wants,
        team=team,
        category="" if team else category_in(words, policy),
        person=person_in(_IDLE_ME.sub(" ", said), policy, asker),
        urgency=_urgency(words),
        burning=BURNING.search(words) is not None,
        escalated=ESCALATED.search(words) is not None,
        span=_span(words),
    )
    if is_compared(said):
        return read_comparison(said, policy, found) or UNSURE
    return fitting(found, asker)


def fitting(found: Question, asker: str) -> Question:
    """Return the question without what its query does not know, or the query that knows what it names."""
    match found.wants:
        case Wants.FIGURES:
            return Question(wants=found.wants, team=found.team, category=found.category, span=found.span)
        case Wants.QUEUE if found.span is not None and not found.burning:
            return found.model_copy(update={"wants": Wants.COUNT})
        case Wants.QUEUE:
            return found.model_copy(update={"span": None})
        case Wants.COUNT:
            return found.model_copy(update={"burning": False})
        case Wants.UNSURE:  # who names a team, a colleague or an urgency, and no more, asks how it stands there
            named = found.team or found.category or found.urgency or found.person not in ("", asker)
            return fitting(found.model_copy(update={"wants": Wants.QUEUE}), asker) if named else UNSURE
    return found


def plainly(text: str) -> str:
    """Return a message of Slack as plain text: its links are addresses, its channels names, nothing is escaped."""
    shown = _CHANNEL.sub(r"#\1", _LINK.sub(r"\1", text[: 2 * LONGEST_QUESTION]))
    return readable(unescape(shown))[:LONGEST_QUESTION]


def ticket_in(said: str) -> str:
    """Return the number or case id of the ticket that a text names, "" where it names none."""
    for pattern in _TICKETS:
        if found := pattern.search(said):
            return str(found[1])
    return ""


def matter_of(said: str) -> str:
    """Return the words that tickets shall be like: what is quoted, what follows the colon or the cue, else all of it.

    Who says only "like this" has not said like what: then it is "".
    """
    for pattern in (_QUOTED, _AFTER_COLON, _BARE, _AFTER_CUE):
        if found := pattern.search(said):
            return "" if pattern is _BARE else str(found[1]).strip(" ?!.'\"")
    return said


def _wants(words: str, said: str) -> Wants:
    for wants, cue in CUES:
        if cue.search(words):
            return wants
    if ticket_in(said):
        return Wants.TICKET
    return Wants.QUEUE if WAITING.search(words) else Wants.UNSURE


def _urgency(words: str) -> Urgency | None:
    found = regex.search(r"\bp ?([1-4])s?\b", words)
    return Urgency(f"P{found[1]}") if found else None


def _span(words: str) -> Span | None:
    return next((span for span, cue in SPANS if cue.search(words)), None)


_COUNTING = (Wants.QUEUE, Wants.COUNT)
_LINK = regex.compile(r"<(https?://[^|>\s]+)(?:\|[^>]*)?>")
_CHANNEL = regex.compile(r"<#\w+\|([^>]*)>")
_NAMED = r"([\p{L}]{0,10}[-_]?\d[\w-]*)"
_TICKETS = (
    regex.compile(r"https?://\S*?/([\w-]*\d[\w-]*)(?=[/?#]?(?:[\s,;.!?)]|$))"),
    regex.compile(r"(?<!\w)#" + _NAMED),
    regex.compile(
        r"\b(?:tickets?|cases?|fall|vorgang|anfrage)(?: (?:nr|no|nummer|number|id)\b)?[.:]? ?#?" + _NAMED + r"\b",
        regex.IGNORECASE,
    ),
    regex.compile(r"\b((?=[a-z0-9]*\d)(?=[a-z0-9]*[a-z])[a-hjkmnp-z0-9]{12})\b"),
    regex.compile(
        r"(?<![\w.,#-]|\b(?:last|past|letzten?|vergangenen?|top) )(\d{2,})\b"
        r"(?! ?(?:%|d\b|h\b|days?|hours?|minutes?|percent|tagen?|stunden|minuten|prozent|euro?|dollars?))",
        regex.IGNORECASE,
    ),
)
_QUOTED = regex.compile(r"(?:[\"“”„«»]|(?<!\w)')([^\"“”„«»]{3,}?)(?:[\"“”«»]|'(?!\w))")
_AFTER_COLON = regex.compile(r":\s+(.{3,})$", regex.DOTALL)
_AFTER_CUE = regex.compile(
    r"(?:(?:before|answered|say|said),? (?:when|where|that|for|about|if)|similar to|like|alike|about|schon(?: ?ein)?mal"
    r"|ähnlich(?:e[sn]?)?"
    r"(?: (?:tickets?|fälle|anfragen))?(?: wie| zu)?|wie dies\w*|dass|wenn) (.{3,})$",
    regex.IGNORECASE | regex.DOTALL,
)
_BARE = regex.compile(r"\b(?:this|that|these|it|dies\w*|das(?: hier)?|before|mal)\W*$", regex.IGNORECASE)
_IDLE_ME = regex.compile(r"\b(?:show|give|tell|get|list|zeige?|gib|sage?|nenne?) (?:me|mir|us|uns)\b", regex.IGNORECASE)
