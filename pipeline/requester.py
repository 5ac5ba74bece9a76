"""Text and customer -> where the customer's own name and address stand in it."""

import re
from collections.abc import Iterator

from pipeline.findings import UNSPACED, Finding, Kind, fold, visible
from pipeline.ticket import Customer

LONGEST_NAME = 200  # characters; a helpdesk's display name can be anything
_WORD = re.compile(r"[^\W\d_](?:[^\W\d_]|['’-](?=[^\W\d_]))*")
_UNSPACED = re.compile(rf"[{UNSPACED}]")
_SPACED = rf"[^\W_{UNSPACED}]"  # a letter or digit of a script with spaces
_GERMAN = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "Ä": "Ae", "Ö": "Oe", "Ü": "Ue", "ß": "ss"})
_TITLES = frozenset({"mr", "mrs", "ms", "miss", "dr", "prof", "herr", "frau", "mme", "mlle", "sr", "sra"})
_INITIAL = 3  # letters; shorter parts of a name occur in other words' company too often

# Given and family names that are everyday words: these are masked only within the whole name.
_EVERYDAY = """
account admin administrator alt amber amount and angel anonymous app april art august autumn bank bell
bill billing black blanc blanco blue bon branco brown can care case chance charity chase chat chef chip
church city client cliente close company contact cook cross cruz customer das dawn day dear del della
den der des destiny die dos easter end faith field fields finance fine for ford fox france frau free gay
german germany grace grand grant gray green gross guest guy hall hand help helpdesk herr hill holiday
home hope house ice info job jobs joy july june justice king klein kunde kurz lake land lane lang law
light little long love low luck luz madame major man manager mar mark market mars master may mercy mile
mills mobile monsieur moon more morning mr mrs ms neu new nice noble none not null office olive one
order owner page paris park patience payment paz pearl penny petit phone poor pop post power price pride
prince profile public read red rich river rock rojo rose rouge royal sage sales savage schwarz service
shop short sky small snow sol son south spring star stone store storm strange street strong summer sunny
support system team tech temple test tester the unknown user usuario van victory vista von wall water
wave weiss west white wild will wise wolf wood woods work young your
"""
_COMMON = frozenset(_EVERYDAY.split())


def find_requester(text: str, customer: Customer) -> Iterator[Finding]:
    """Find the customer's address and name in a folded text: the whole name first, then its telling parts."""
    if len(customer.email) > 3:
        address = re.compile(rf"(?<!\w){re.escape(fold(customer.email))}(?!\w)", re.IGNORECASE)
        yield from (Finding(Kind.EMAIL, *match.span()) for match in address.finditer(text))
    if pattern := _pattern(customer.name[:LONGEST_NAME]):
        yield from (Finding(Kind.NAME, *match.span()) for match in pattern.finditer(text))


def _pattern(name: str) -> re.Pattern[str] | None:
    words = [word for word in _WORD.findall(visible(name)) if fold(word).casefold() not in _TITLES]
    telling = [word for word in words if _tells(fold(word))]
    if not telling and not _is_name(words):
        return None
    orders = (words, words[::-1]) if len(words) > 1 else ()
    wholes = [r"[ \t,.]{1,3}".join(map(_spellings, order)) for order in orders]
    if any(map(_UNSPACED.match, words)):
        wholes += ["".join(map(_spellings, order)) for order in orders]
    alternatives = [*wholes, *map(_spellings, sorted(set(telling), key=len, reverse=True))]
    return re.compile(rf"(?<!{_SPACED})(?:{'|'.join(alternatives)})(?!{_SPACED})", re.IGNORECASE)


def _tells(word: str) -> bool:
    return len(word) >= (_INITIAL if not _UNSPACED.match(word) else 2) and word.casefold() not in _COMMON


def _spellings(word: str) -> str:
    """Return a pattern for a word of a name: with any apostrophe or none, and with "ue" for "ü"."""
    plain = [fold(word), fold(word.translate(_GERMAN))]
    return (
        "(?:"
        + "|".join(re.escape(each).replace("'", "['’`]?").replace(r"\-", "[ -]?") for each in dict.fromkeys(plain))
        + ")"
    )


def _is_name(words: list[str]) -> bool:
    """Whether everyday words make a name together: "Mark Young" does, "Customer Support" hides nobody."""
    return len(words) > 1 and not {"support", "team", "customer", "service", "user", "guest"} & {
        word.casefold() for word in words
    }
