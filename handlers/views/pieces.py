"""Pieces: a text of any length, in parts that each fit into one message."""

import regex

from handlers.views.escape import size

_GRAPHEME = regex.compile(r"\X")


def pieces(text: str, most: int) -> tuple[str, ...]:
    """Return the text in order and whole, cut between words where that is possible, never within a character."""
    made: list[str] = []
    piece: list[str] = []
    used = 0
    for letter in _letters(text, most):
        while piece and used + size(letter) > most:
            end = _word_end(piece)
            made.append("".join(piece[:end]))
            piece = piece[end:]
            used = sum(map(size, piece))
        piece.append(letter)
        used += size(letter)
    return (*made, "".join(piece)) if piece else tuple(made)


def _letters(text: str, most: int) -> list[str]:
    """Characters as a reader sees them; one that alone is too large, by its code points."""
    found = (match[0] for match in _GRAPHEME.finditer(text))
    return [part for letter in found for part in ([letter] if size(letter) <= most else letter)]


def _word_end(piece: list[str]) -> int:
    """Where the last word of the second half ends, else where the piece does."""
    ends = (end for end in range(len(piece), len(piece) // 2, -1) if piece[end - 1].isspace())
    return next(ends, len(piece))
