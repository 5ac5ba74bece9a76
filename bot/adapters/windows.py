"""Windows: a long text as pieces that a model reads whole."""

from collections.abc import Sequence
from math import ceil

LONGEST = 24_000  # characters that are read: of a longer text its beginning and its end
ENDING = 6_000  # so many of them come from the end, where people say what they want

Span = tuple[int, int]  # where a token starts and ends in its text


def cut(text: str) -> str:
    """Return the text, or the beginning and the end of one that is longer than anybody reads."""
    if len(text) <= LONGEST:
        return text
    return f"{text[: LONGEST - ENDING]}\n{text[-ENDING:]}"


def windows(text: str, tokens: Sequence[Span], largest: int) -> list[tuple[str, int]]:
    """Return pieces of about equal length, of at most `largest` tokens each, with their token counts."""
    if len(tokens) <= largest:
        return [(text, max(1, len(tokens)))]
    size = ceil(len(tokens) / ceil(len(tokens) / largest))
    pieces = [tokens[start : start + size] for start in range(0, len(tokens), size)]
    return [(text[piece[0][0] : piece[-1][1]], len(piece)) for piece in pieces]
