"""Words: a text as the full-text search knows it, in any script, and what sharing one is worth."""

import math
import unicodedata
from collections import Counter
from collections.abc import Iterator, Mapping

import regex

from pipeline.findings import Kind

LONGEST_WORD = 64
MOST_CHARACTERS = 20_000  # of one text; what comes later hardly tells what it is about
USUAL_LENGTH = 120  # words; a longer text mentions a word more easily, so its mention counts for less
MOST_NAMED = 100  # resolutions that hold an identifier; what more hold is a model or a version
_SATURATION, _LENGTH = 1.2, 0.75  # BM25's k1 and b

_WORD = regex.compile(r"[\p{L}\p{N}]+(?:[-_./#:][\p{L}\p{N}]+)*")
_PART = regex.compile(r"[\p{L}\p{N}]+")
_MARKS = regex.compile(r"\p{M}+")
_UNSPACED = regex.compile(r"[\p{Han}\p{Hiragana}\p{Katakana}\p{Thai}ー]+")
_NUMBER = regex.compile(r"\p{N}{5,}")  # no year, date, time or amount, and what by chance is in many tickets
_CODE = regex.compile(r"(?=.*\p{L})(?:\P{N}*\p{N}){3}.*")
_DIGIT = regex.compile(r"\p{N}")
_PLACEHOLDER = regex.compile(rf"\[(?:{'|'.join(Kind)})(?:_\d{{1,9}})?\]")  # says nothing about what the text is about


def written(text: str) -> dict[str, str]:
    """Return each folded word once with the form in which the text has it, in order of appearance."""
    found: dict[str, str] = {}
    for word, form in _pairs(text):
        found.setdefault(word, form)
    return found


def folded(text: str) -> str:
    """Return the text's words without case and accents, separated by spaces, as the index stores them."""
    return " ".join(word for word, _ in _pairs(text))


def weight(holding: int, total: int) -> float:
    """Return what sharing a word is worth that `holding` of `total` texts hold: BM25's idf."""
    return math.log(1 + (max(total, holding) - holding + 0.5) / (holding + 0.5))


def identifies(form: str, holding: int) -> bool:
    """Whether a word stands for one thing, such as an error code, given how many resolutions hold it."""
    return holding <= MOST_NAMED and bool(_NUMBER.fullmatch(form) or _CODE.fullmatch(form))


def shared(weights: Mapping[str, float], stored: str) -> dict[str, float]:
    """Return the asked words that a stored text holds, each with its part of BM25, heaviest first.

    A word's part is at most its weight, so their sum is at most that of all weights.
    """
    words = stored.split(" ")
    counts = Counter(word for word in words if word in weights)
    norm = _SATURATION * (1 - _LENGTH + _LENGTH * len(words) / USUAL_LENGTH)
    parts = {word: weights[word] * count / (count + norm) for word, count in counts.items()}
    return dict(sorted(parts.items(), key=lambda part: -part[1]))


def _pairs(text: str) -> Iterator[tuple[str, str]]:
    for found in _WORD.finditer(_bare(_PLACEHOLDER.sub(" ", text[:MOST_CHARACTERS]))):
        form = found.group()
        parts = _PART.findall(_bare(form.casefold()))
        if len(parts) > 1 and _DIGIT.search(form):  # an identifier is found with and without its hyphens
            yield "".join(parts)[:LONGEST_WORD], form
        for part in parts:
            yield from ((word, form if len(parts) == 1 else part) for word in _split(part))


def _bare(text: str) -> str:
    """Return the text without accents, and with one form for what is written in several."""
    return unicodedata.normalize("NFC", _MARKS.sub("", unicodedata.normalize("NFKD", text)))


def _split(part: str) -> Iterator[str]:
    if _UNSPACED.fullmatch(part):  # scripts without spaces are searched by pairs of characters
        yield from (part[at : at + 2] for at in range(max(1, len(part) - 1)))
    else:
        yield part[:LONGEST_WORD]
