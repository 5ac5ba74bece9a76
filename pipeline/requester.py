"""Text and customer -> where the customer's own name and address stand in it."""

import re
from collections.abc import Iterator

from pipeline.findings import Finding, Kind, fold
from pipeline.ticket import Customer

LONGEST_NAME = 200  # characters; a helpdesk's display name can be anything
_WORD = re.compile(r"[^\W\d_](?:[^\W\d_]|['-](?=[^\W\d_]))*")
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
    words = [re.escape(word) for word in _WORD.findall(fold(name))]
    telling = [word for word in words if len(word) >= _INITIAL and word.casefold() not in _COMMON]
    wholes = [r"[ \t,.]{1,3}".join(order) for order in (words, words[::-1])] if len(words) > 1 else []
    alternatives = [*wholes, *sorted(set(telling), key=len, reverse=True)]
    if not telling and not _is_name(words):
        return None
    return re.compile(rf"(?<![^\W_])(?:{'|'.join(alternatives)})(?![^\W_])", re.IGNORECASE)


def _is_name(words: list[str]) -> bool:
    """Whether everyday words make a name together: "Mark Young" does, "Customer Support" hides nobody."""
    return len(words) > 1 and not {"support", "team", "customer", "service", "user", "guest"} & {
        word.casefold() for word in words
    }
