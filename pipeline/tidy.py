"""Tidy: text without characters that nobody sees, and with its whitespace in order."""

import unicodedata

import regex

# Zero-width joiners shape the letters of Arabic, Persian and India and hold emoji together.
_UNSEEN = regex.compile(
    r"(?<![\p{M}\p{Arabic}\p{Devanagari}\p{Bengali}\p{So}\uFE0F])[\u200c\u200d]"
    r"|[\p{Cc}\p{Cs}\p{Cf}\p{Co}\U000E0000-\U000E0FFF--[\n\t\u200c\u200d]]",
    flags=regex.V1,
)
_STACKED = regex.compile(r"(\p{M}{6})\p{M}++")  # letters under a heap of accents
_BREAKS = regex.compile(r"\r\n?|[\u2028\u2029\u0085\f\v]")
_SPACES = regex.compile(r"[\p{Zs}\t]++")
_EDGES = regex.compile(r" ?\n ?")
_EMPTY_LINES = regex.compile(r"\n{3,}")


def tidied(text: str) -> str:
    """Return the text in NFC, with single spaces and at most one empty line between paragraphs."""
    seen = _UNSEEN.sub("", _BREAKS.sub("\n", text))
    composed = unicodedata.normalize("NFC", _STACKED.sub(r"\1", seen))
    spaced = _EDGES.sub("\n", _SPACES.sub(" ", composed))
    return str(_EMPTY_LINES.sub("\n\n", spaced)).strip()
