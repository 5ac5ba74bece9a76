"""Finding: where in a text something personal stands, and of which kind it is."""

import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache


class Kind(StrEnum):
    """What a placeholder stands for."""

    EMAIL = "EMAIL"
    PHONE = "PHONE"
    CARD = "CARD"
    IBAN = "IBAN"
    ID = "ID"
    IP = "IP"
    SECRET = "SECRET"  # noqa: S105 - the name of a kind
    NAME = "NAME"


@dataclass(frozen=True, slots=True)
class Finding:
    """The half-open range start:end of code points."""

    kind: Kind
    start: int
    end: int


def fold(text: str) -> str:
    """Return a text of the same length whose digits, dashes, spaces and letters are ASCII where they can be.

    Patterns then need not know the dashes of Word or the digits of Arabic, and positions stay true.
    """
    return text if text.isascii() else "".join(map(_plain_character, text))


@lru_cache(maxsize=4096)
def _plain_character(character: str) -> str:
    category = unicodedata.category(character)
    if category == "Nd":
        return str(unicodedata.decimal(character))
    if category in ("Zs", "Pd"):
        return " " if category == "Zs" else "-"
    first = unicodedata.normalize("NFKD", character)[0]
    return first if first.isascii() else character


def without_overlaps(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """Return the findings in the order of the text; of two that overlap the one named first stays."""
    kept: list[Finding] = []
    taken: set[int] = set()
    for finding in findings:
        span = range(finding.start, finding.end)
        if taken.isdisjoint(span):
            kept.append(finding)
            taken.update(span)
    return tuple(sorted(kept, key=lambda finding: finding.start))
