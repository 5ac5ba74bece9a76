"""Finding: where in a text something personal stands, and of which kind it is."""

import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache

import regex


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


# Joiners, soft hyphens, accents that stand alone, the frame of an emoji's digit: all may split what they stand in.
_UNSEEN = regex.compile(r"[\p{Cf}\p{M}]++")
# For a pattern's brackets: letters of scripts that put no spaces between words, so that words touch what follows.
UNSPACED = r"\u1100-\u11ff\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af"

# Letters of scripts that are not spaced may touch a number, as in a Chinese sentence.
START, END = r"(?<![A-Za-z0-9])(?<![A-Za-z0-9]-)", r"(?![A-Za-z0-9])(?!-[A-Za-z0-9])"

_BLANK = "\0"
# Whoever groups digits takes what the keyboard has: minus signs, and Japan's sign for a long vowel.
_MORE_DASHES = "\u2212\u207b\u02d7\u2043\u30fc\uff70"


@dataclass(frozen=True, slots=True)
class Shown:
    """A text as it is searched: folded, and without what nobody sees. `places` lead back into the text."""

    text: str
    places: Sequence[int]  # of every character of the folded text, and of the end

    def there(self, finding: Finding) -> Finding:
        """Return the finding's place in the text as it was written."""
        return Finding(finding.kind, self.places[finding.start], self.places[finding.end])


def show(text: str) -> Shown:
    """Return a text as patterns read it."""
    if text.isascii() or not _UNSEEN.search(text):
        return Shown(fold(text), range(len(text) + 1))
    seen = [at for piece in _between(text) for at in piece]
    # An end is where the next character begins, so that an accent goes with its letter.
    return Shown(fold("".join(text[at] for at in seen)), [*seen, len(text)])


def visible(text: str) -> str:
    """Return a text without what nobody sees in it, accents aside that are part of a letter."""
    return str(_UNSEEN.sub("", unicodedata.normalize("NFC", text)))


def _between(text: str) -> Iterable[range]:
    at = 0
    for match in _UNSEEN.finditer(text):
        yield range(at, match.start())
        at = match.end()
    yield range(at, len(text))


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
    if category == "Zs":
        return " "
    if category == "Pd" or character in _MORE_DASHES:
        return "-"
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


def blanked(text: str, findings: Iterable[Finding]) -> str:
    """Return a text of the same length in which nobody finds again what was found. Findings stand in its order."""
    pieces: list[str] = []
    at = 0
    for finding in findings:
        pieces += text[at : finding.start], _BLANK * (finding.end - finding.start)
        at = finding.end
    return "".join((*pieces, text[at:])) if pieces else text
