"""Beyond: what a question asks for that no query of ours knows; to leave it out would answer another question."""

import regex

from pipeline.ask_names import category_in, person_in, team_in
from pipeline.policy import Policy
from pipeline.question import Wants
from pipeline.readable import folded

_ANSWERED = (Wants.QUEUE, Wants.COUNT, Wants.FIGURES, Wants.COMPARE)
_DAY = (
    r"(?:mon|tues|wednes|thurs|fri|satur|sun)days?|montags?|dienstags?|mittwochs?|donnerstags?|freitags?|samstags?"
    r"|sonntags?|january|february|march|april|may|june|july|august|september|october|november|december|januar|februar"
    r"|marz|mai|juni|juli|oktober|dezember|years?|jahr\w*"
)
_OTHER_TIME = regex.compile(
    rf"\b(?:on|in|since|until|till|before|after|from|last|this|previous|seit|am|im|bis|vor|nach|von|ab|letzte\w*|diese\w*)"
    rf" (?:{_DAY})\b"
    r"|\b(?:last|past|previous|letzte\w*|vergangene\w*) (?!(?:7|30|90) (?:d|days?|tage?n?)\b|3 mon)\d+ ?"
    r"(?:h|d|hours?|stunden?|days?|tage?n?|weeks?|wochen?|months?|monate?n?)\b"
    r"|\b(?:last|past|letzte\w*) (?:hour|stunde)\b|\b\d{4}-\d\d-\d\d\b"
)
_KIND = (
    r"(?:agents?|person|people|colleagues?|members?|categor(?:y|ies)|customers?|compan(?:y|ies)|days?|hours?|weeks?"
    r"|languages?|channels?|urgency|priority|mitarbeiter\w*|kolleg\w*|kategorien?|kunden?|tag|stunde|woche|sprachen?"
    r"|kanal|dringlichkeit|prioritat)"
)
_PARTED = r"(?:per|by|each|every|pro|je|jede[nmrs]?|nach)"
_BY_KIND = regex.compile(rf"\b{_PARTED} {_KIND}\b|\b(?:which|what|welche[rs]?) {_KIND}\b|\bbreak ?down\b")
_BY_TEAM = regex.compile(rf"\b{_PARTED} teams?\b|\b(?:which|welches) team\b")
_RANKED = regex.compile(
    r"\b(?:has|have|had|with|got|hat|haben|mit|bekam)\b.{0,20}\b(?:most|fewest|least|meisten|wenigsten)\b"
)
_EMAIL = regex.compile(r"\b(?:from|by|of|for|with|von|für|bei) [\w.+-]+@[\w-]+\.\w+", regex.IGNORECASE)
_WHOSE = regex.compile(
    r"\b(?:(?:from|by|of|for|with|von|für|bei) (?:(?:customer|client|company|Kunden?|Kundin|Firma) )?"
    r"(\p{Lu}[\p{L}'’-]+ \p{Lu}[\p{L}'’-]+)|(?:from|customer|client|Kundin|Firma) (\p{Lu}[\p{L}'’-]+))"
)


def is_beyond(wants: Wants, said: str, policy: Policy) -> bool:
    """Whether a question names a time, a grouping or a customer that its query would pass over."""
    if wants not in _ANSWERED:
        return False
    words = folded(said).casefold()
    cues = (_OTHER_TIME,) if wants is Wants.COMPARE else (_OTHER_TIME, _BY_KIND, _RANKED)
    if any(cue.search(words) for cue in cues) or _EMAIL.search(said):
        return True
    if wants is not Wants.FIGURES and _BY_TEAM.search(words):
        return True
    return any(not _is_ours(found[1] or found[2], policy) for found in _WHOSE.finditer(said))


def _is_ours(name: str, policy: Policy) -> bool:
    words = folded(name).casefold()
    return bool(person_in(name, policy, "") or team_in(words, policy) or category_in(words, policy))
