"""Text -> everything personal in it, surest first."""

import ipaddress
import re
from collections.abc import Callable, Iterable, Iterator
from itertools import chain

from pipeline.bank_numbers import find_cards, find_ibans
from pipeline.context import is_version
from pipeline.credentials import find_credentials
from pipeline.findings import UNSPACED, Finding, Kind, blanked, show, without_overlaps
from pipeline.identity_numbers import find_identity_numbers
from pipeline.language import language_of
from pipeline.phone_numbers import find_dialled, find_international, find_national
from pipeline.requester import find_requester
from pipeline.ticket import Customer

# An attempt starts only where a run of letters starts, so a megabyte of them costs one pass. Where words are not
# spaced, an address begins between letters of another script.
_LETTER = rf"(?:[^\W{UNSPACED}]|[.+'&-]|%(?!40))"
_LOCAL = rf"(?:(?<![^\W{UNSPACED}])(?<![.%+-]){_LETTER}{{0,254}}+(?<=\w)|(?<!\w)[{UNSPACED}]{{1,64}})"
_DOMAIN = r"(?:[\w-]{1,63}\.){1,8}(?:xn--[a-z0-9-]{2,59}|[a-z]{2,24}(?![a-z])|[^\W\d_]{2,24})"
_EMAIL = re.compile(rf"{_LOCAL}(?:@|%40){_DOMAIN}", re.IGNORECASE)
_SPELT = re.compile(
    rf"{_LOCAL} ?[\[({{] ?(?:at|@) ?[\])}}] ?[\w-]{{1,63}}"
    r"(?:(?: ?[\[({] ?(?:dot|\.) ?[\])}] ?|\.)[\w-]{2,63}){1,4}"
    rf"|{_LOCAL} at (?:[\w-]{{1,63}} dot ){{1,4}}(?:com|net|org|info|edu|gov|io|co|me|eu|de|fr|es|it|nl|pt|uk|us|ca)\b",
    re.IGNORECASE,
)
_IPV4 = re.compile(r"(?<![A-Za-z0-9_.-])\d{1,3}(?:\.\d{1,3}){3}(?![A-Za-z0-9_-]|\.\d)")
# A colon before it belongs to a label when no hexadecimal digits stand there, as in "IP:2001:db8::1".
_IPV6 = re.compile(
    r"(?:(?<![a-z0-9_:.])|(?<=[g-z]:)|(?<=[g-z][a-z]:)|(?<=[g-z][a-z]{2}:))"
    r"(?:[0-9a-f]{0,4}:){2,8}(?:\d{1,3}(?:\.\d{1,3}){3}|[0-9a-f]{1,4})?(?![a-z0-9_]|:(?!\d))",
    re.IGNORECASE,
)
_TELLING = 300  # characters that say in which language the numbers stand
_MAYBE_A_PHONE = re.compile(r"\d(?:\D{0,3}\d){6}")


def find_personal_data(text: str, customer: Customer) -> tuple[Finding, ...]:
    """Return what must be masked, in the order of the text and without overlaps."""
    shown = show(text)
    plain = shown.text
    language = language_of(text[:_TELLING]) if _MAYBE_A_PHONE.search(plain) else "unknown"
    finders: tuple[Callable[[str], Iterable[Finding]], ...] = (
        find_credentials,
        _emails,
        find_ibans,
        find_international,
        find_cards,
        find_dialled,
        find_identity_numbers,
        _addresses,
        lambda rest: find_national(rest, language),
        lambda rest: find_requester(rest, customer),
    )
    found: list[Finding] = []
    for find in finders:
        new = without_overlaps(find(plain))
        found += new
        plain = blanked(plain, new)
    return tuple(map(shown.there, sorted(found, key=lambda finding: finding.start)))


def _emails(text: str) -> Iterator[Finding]:
    for match in chain(_EMAIL.finditer(text), _SPELT.finditer(text)):
        yield Finding(Kind.EMAIL, *match.span())


def _addresses(text: str) -> Iterator[Finding]:
    """Find the addresses of machines. Four numbers after "version" are none."""
    for match in chain(_IPV6.finditer(text), _IPV4.finditer(text)):
        # A port may stand behind eight groups as a ninth one.
        written = match[0] if match[0].count(":") < 8 else match[0].rpartition(":")[0]
        if _is_address(written) and not is_version(text, match.start(), written):
            yield Finding(Kind.IP, match.start(), match.start() + len(written))


def _is_address(written: str) -> bool:
    try:
        address = ipaddress.ip_address(written)
    except ValueError:
        return False
    return address.version == 4 or sum(character.isalnum() for character in written) >= 4
