"""Text -> everything personal in it, surest first."""

import ipaddress
import re
from collections.abc import Iterator
from itertools import chain

from pipeline.context import is_version
from pipeline.credentials import find_credentials
from pipeline.findings import Finding, Kind, fold, without_overlaps
from pipeline.identity_numbers import find_numbers
from pipeline.language import language_of
from pipeline.phone_numbers import find_international, find_national
from pipeline.requester import find_requester
from pipeline.ticket import Customer

# An attempt starts only where a run of letters starts, so a megabyte of them costs one pass.
_LOCAL = r"(?<![\w.%+-])[\w.%+'&-]{0,63}+(?<=\w)"
_EMAIL = re.compile(rf"{_LOCAL}@(?:[\w-]{{1,63}}\.){{1,8}}(?:xn--[a-z0-9-]{{2,59}}|[^\W\d_]{{2,24}})", re.IGNORECASE)
_SPELT = re.compile(
    rf"{_LOCAL} ?[\[({{] ?(?:at|@) ?[\])}}] ?[\w-]{{1,63}}"
    r"(?:(?: ?[\[({] ?(?:dot|\.) ?[\])}] ?|\.)[\w-]{2,63}){1,4}",
    re.IGNORECASE,
)
_IPV4 = re.compile(r"(?<![\w.-])\d{1,3}(?:\.\d{1,3}){3}(?![\w-]|\.\d)")
_IPV6 = re.compile(
    r"(?<![\w:.])(?:[0-9a-f]{0,4}:){2,8}(?:\d{1,3}(?:\.\d{1,3}){3}|[0-9a-f]{1,4})?(?![\w:])", re.IGNORECASE
)
_MAYBE_A_PHONE = re.compile(r"\d(?:\D{0,3}\d){6}")


def find_personal_data(text: str, customer: Customer) -> tuple[Finding, ...]:
    """Return what must be masked, in the order of the text and without overlaps."""
    plain = fold(text)
    language = language_of(text) if _MAYBE_A_PHONE.search(plain) else "unknown"
    return without_overlaps(
        chain(
            find_credentials(plain),
            _emails(plain),
            find_international(plain),
            find_numbers(plain),
            _addresses(plain),
            find_national(plain, language),
            find_requester(plain, customer),
        )
    )


def _emails(text: str) -> Iterator[Finding]:
    for match in chain(_EMAIL.finditer(text), _SPELT.finditer(text)):
        yield Finding(Kind.EMAIL, *match.span())


def _addresses(text: str) -> Iterator[Finding]:
    """Find the addresses of machines. Four numbers after "version" are none."""
    for match in chain(_IPV4.finditer(text), _IPV6.finditer(text)):
        if _is_address(match[0]) and not is_version(text, match.start(), match[0]):
            yield Finding(Kind.IP, *match.span())


def _is_address(written: str) -> bool:
    try:
        address = ipaddress.ip_address(written)
    except ValueError:
        return False
    return address.version == 4 or sum(character.isalnum() for character in written) >= 4
