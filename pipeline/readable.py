"""Readable: text as rules read it, one kind of quote and space, nothing hidden, bounded in length."""

import unicodedata

import regex

LONGEST = 20_000  # characters that rules read: the start of a text, and its end
_HEAD = 15_000

_STRAIGHT = str.maketrans("’‘´`ʼ–—‑\u00a0\r", "'''''---\u0020\n")
# Cyrillic and Greek letters that look like Latin ones, with which a word is disguised.
_LOOKALIKES = str.maketrans(
    "асеіјорԁѕухһӏαικνορτυАВСЕНІЈКМОРЅТУХΑΒΕΗΙΚΜΝΟΡΤΥΧΖ", "aceijopdsyxhlaiknoptuABCEHIJKMOPSTYXABEHIKMNOPTYXZ"
)
_HIDDEN = regex.compile(r"\p{Cf}+")
_PARAGRAPH = regex.compile(r"\s*\n\s*\n\s*")
_SPACE = regex.compile(r"\s+")


def readable(text: str) -> str:
    """Return the text with its lines joined, paragraphs one newline apart, and hidden characters gone."""
    if len(text) > LONGEST:
        text = f"{text[:_HEAD]}\n\n{text[-(LONGEST - _HEAD) :]}"
    plain = unicodedata.normalize("NFC", _HIDDEN.sub("", text)).translate(_STRAIGHT)
    return "\n".join(_SPACE.sub(" ", paragraph) for paragraph in _PARAGRAPH.split(plain.strip()))


def folded(text: str) -> str:
    """Return the text, as long as it was, without accents and with look-alike letters made Latin.

    Rules and their patterns are both folded, so that "kundigen" and a Cyrillic "а" are found as well.
    """
    foreign = {letter for letter in text if not letter.isascii()}
    return text.translate({ord(letter): _letter(letter) for letter in foreign})


def _letter(letter: str) -> str:
    latin = letter.translate(_LOOKALIKES)
    return unicodedata.normalize("NFD", latin)[0]
