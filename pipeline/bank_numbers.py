"""Text -> card numbers and IBANs in it, each proved by its check digits."""

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import accumulate

from stdnum import iban, luhn, numdb

from pipeline.context import is_reference
from pipeline.findings import END, START, Finding, Kind

_GAP = r"(?: {0,2}[.-]? {0,2})"

_DIGITS = re.compile(rf"{START}\d(?:{_GAP}\d){{11,200}}(?![A-Za-z0-9])")
_WRAPPED = re.compile(rf"{START}\d{{4}}(?:[ \n-]\d{{4}}){{3}}{END}")  # at the end of a mail's line
_GROUP, _DECIMAL = re.compile(r"\d+"), re.compile(r"\d+\.\d+")
_CARD_GROUPS = ((4, 4, 4), (4, 4, 4, 4), (4, 6))  # all but the last one
# The ranges that card schemes really issue, with the lengths they use.
_SCHEMES = re.compile(
    r"4(?:\d{12}|\d{15}|\d{18})|5[1-5]\d{14}|2(?:2[2-9]|[3-6]\d|7[01]|720)\d{12,13}|3[47]\d{13}"
    r"|3(?:0[0-5]|[689]\d)\d{11,13}|6(?:011|5\d\d|4[4-9]\d|2\d\d)\d{12,15}|35\d{14}"
    r"|(?:1800|2131)\d{11}|(?:50|5[6-9]|6\d)\d{10,17}"
)
_IBAN = re.compile(rf"(?:{START}|(?<=iban))([A-Z]{{2}}) ?\d{{2}}(?={_GAP}\n?[A-Z0-9])", re.IGNORECASE)
_IBAN_REST = re.compile(rf"(?:{_GAP}\n?[A-Z0-9]){{11,30}}", re.IGNORECASE)
_SHORTEST, _LONGEST = 12, 19  # digits of a card's number, ISO/IEC 7812

Place = tuple[int, int]


def find_cards(text: str) -> Iterator[Finding]:
    """Find the numbers of cards in a folded text."""
    for run in _DIGITS.finditer(text):
        if _DECIMAL.fullmatch(run[0]):
            continue
        # A word before it may say that it is an order's, which passes by chance. In a card's groups it is a card.
        reference = is_reference(text, run.start(), named=True)
        groups = [group.span() for group in _GROUP.finditer(text, *run.span())]
        at = 0
        while found := next(
            (place for place in _stretches(groups, at) if _holds(text, groups, place, reference)), None
        ):
            first, last = found
            yield Finding(Kind.CARD, groups[first][0], groups[last][1])
            at = last + 1
    yield from (Finding(Kind.CARD, *match.span()) for match in _WRAPPED.finditer(text) if _is_card(match[0]))


def _stretches(groups: Sequence[Place], at: int) -> Iterator[Place]:
    """Yield first and last, the longest first: an expiry date or another card may stand beside a card's number."""
    for first in range(at, len(groups)):
        lengths = accumulate(end - start for start, end in groups[first : first + _LONGEST])
        lasts = [first + number for number, length in enumerate(lengths) if _SHORTEST <= length <= _LONGEST]
        yield from ((first, last) for last in reversed(lasts))


def _holds(text: str, groups: Sequence[Place], place: Place, reference: bool) -> bool:
    first, last = place
    as_found = not reference and last - first + 1 in (1, len(groups))
    return (as_found or _as_on_a_card(groups[first:last])) and _is_card(text[groups[first][0] : groups[last][1]])


def _as_on_a_card(groups: Sequence[Place]) -> bool:
    return len(groups) <= 4 and tuple(end - start for start, end in groups) in _CARD_GROUPS


def _is_card(written: str) -> bool:
    digits = re.sub(r"\D", "", written)
    return bool(_SCHEMES.fullmatch(digits)) and luhn.is_valid(digits)


def find_ibans(text: str) -> Iterator[Finding]:
    """Find IBANs in a folded text."""
    for head in _IBAN.finditer(text):
        length = _iban_length(head[1].upper())
        rest = _IBAN_REST.match(text, head.end()) if length else None
        places = [at for at in range(head.start(), rest.end()) if text[at].isalnum()] if rest else []
        if len(places) < length or not length:
            continue
        start, end = places[0], places[length - 1] + 1
        ends_there = not (text[end : end + 1].isascii() and text[end : end + 1].isalnum())
        if ends_there and iban.is_valid(_compact(text[start:end]), check_country=False):
            yield Finding(Kind.IBAN, start, end)


def _compact(written: str) -> str:
    return "".join(character for character in written if character.isalnum())


@lru_cache(maxsize=512)
def _iban_length(country: str) -> int:
    """Return how long an IBAN of that country is, or 0 when it has none."""
    structure = numdb.get("iban").info(country + "00")[0][1].get("bban", "")
    parts = [int(count) for count in re.findall(r"(\d+)!", structure)]
    return 4 + sum(parts) if parts else 0
