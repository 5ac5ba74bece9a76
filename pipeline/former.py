"""Former: what in a sentence belongs to another customer, or may."""

from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import SplitResult, parse_qsl, urlsplit

import regex

from pipeline.addresses import addresses, covered
from pipeline.names import people
from pipeline.old_data import (
    ADDRESS,
    AMOUNT,
    COMPANY,
    CREDENTIAL,
    DATE,
    EMAIL,
    ENDING,
    FORM,
    HANDLE,
    KEY,
    PAID,
    PLACE,
)
from pipeline.old_words import PERSON, PUBLIC, REFERENCE

_TOKEN = regex.compile(r"[\p{L}\p{N}_#/-]{4,}")
_SPACED = regex.compile(r"\d(?:[-. /]?\d){6,}")  # a telephone number, a date, a number in groups
_SWITCH = regex.compile(r"(?<=\p{L})(?=\p{N})|(?<=\p{N})(?=\p{L})")
_OPAQUE = regex.compile(r"(?=[^/]*\d)(?=[^/]*\p{L})[\p{L}\p{N}_~-]{12,}|[\p{L}\p{N}_-]{32,}")


@dataclass(frozen=True, slots=True)
class Mine:
    """What may be said all the same, since it is this ticket's, the source's own address, or everybody's."""

    asked: str  # the ticket's masked text
    urls: tuple[str, ...] = ()
    allowed: tuple[str, ...] = ()
    language: str = "en"
    public: str = ""  # words that name nobody, such as our product
    theirs: str = ""  # what the former customer asked
    published: bool = False  # a document of the company, in which dates, places and people are meant for all

    def belonging_to_others(self, text: str) -> Iterator[str]:
        """Yield what is not this customer's: numbers, addresses, names, amounts, credentials, unfilled forms."""
        yield from (match[0] for match in FORM.finditer(text) if match[0] not in self.asked)
        strict = (PERSON, REFERENCE, CREDENTIAL, ENDING, KEY, HANDLE)
        soft = () if self.published else (ADDRESS, PLACE, DATE, COMPANY)
        for pattern in (*strict, *soft):
            yield from (match[0] for match in pattern.finditer(text) if not self._asked(match[0]))
        yield from self._amounts(text)
        yield from self._mail(text)
        yield from (found for found in self._identifiers(text) if not self._asked(found))
        if not self.published:
            yield from people(text, f"{self.asked} {self.public}", self.language).sure

    def doubtful(self, text: str) -> tuple[str, ...]:
        """Return the words of a text that may name somebody, and that no rule can tell from a product."""
        return () if self.published else people(text, f"{self.asked} {self.public}", self.language).doubtful

    def _asked(self, found: str) -> bool:
        return found.casefold() in self.asked.casefold()

    def _amounts(self, text: str) -> Iterator[str]:
        if self.published:
            return
        for match in AMOUNT.finditer(text):
            personal = PAID.search(text) is not None or match[0].strip() in self.theirs
            if personal and not self._asked(match[0].strip()):
                yield match[0].strip()

    def _mail(self, text: str) -> Iterator[str]:
        ours = {_site(url) for url in (*self.urls, *self.allowed)}
        for match in EMAIL.finditer(text):
            if _site(match["host"]) not in ours and not self._asked(match[0]):
                yield match[0]

    def _is_on_our_sites(self, address: str) -> bool:
        """Whether an address is on a site of ours, or was asked about; in a document any site may be named."""
        if self.published or self._asked(address):
            return True
        ours = {_site(url) for url in (*self.urls, *self.allowed)} - {""}
        return _site(address) in ours and _is_plain(address)

    def _identifiers(self, text: str) -> Iterator[str]:
        """Numbers in an address of the help centre are its own; every other long number is somebody's."""
        for address in addresses(text):
            ours = covered(address, self.allowed)
            if address in self.urls or ours:
                text = text.replace(address, " ")
            if address not in self.urls and (_has_token(address) or not (ours or self._is_on_our_sites(address))):
                yield address
        text = PUBLIC.sub(" ", text)
        yield from _SPACED.findall(text)
        yield from filter(_identifies, _TOKEN.findall(text))


def _identifies(token: str) -> bool:
    """Whether a token is somebody's number: five digits, four beside a capital as in ORD-8821, or X7K9Q2."""
    digits = sum(letter.isdigit() for letter in token)
    mixed = len(token) >= 6 and token.upper() == token and len(_SWITCH.findall(token)) >= 3
    return digits >= 5 or mixed or (digits == 4 and any(letter.isupper() for letter in token))


def _has_token(address: str) -> bool:
    """Whether what follows an address's question mark, or stands before its host, is one customer's."""
    parts = _parts(address)
    told = [value for _, value in parse_qsl(parts.query)] + [parts.fragment if "=" in parts.fragment else ""]
    opaque = any(len(value) >= 6 and (len(value) >= 16 or any(map(str.isdigit, value))) for value in told)
    return opaque or "@" in parts.netloc


def _is_plain(address: str) -> bool:
    return not any(_OPAQUE.fullmatch(part) for part in _parts(address).path.split("/"))


def _site(address: str) -> str:
    """Return the last two parts of an address's host: help.acme.example and status.acme.example are one site."""
    return ".".join((_parts(address).hostname or "").split(".")[-2:])


def _parts(address: str) -> SplitResult:
    try:
        return urlsplit(address if "://" in address else f"https://{address}")
    except ValueError:  # as in https://[x
        return urlsplit("https://unreadable@")
