"""Follow: a person's wish, carried out with what is known and without a language model."""

from collections.abc import Sequence
from dataclasses import replace

from pipeline.piece import Piece
from pipeline.wish import CUT_SHORT, Wish, shortened


def follow(wish: Wish, pieces: Sequence[Piece], answers: Sequence[Piece], texts: Sequence[Piece]) -> list[Piece] | None:
    """Return the pieces of the next draft, or None where something that was wished for cannot be had.

    What may be taken besides are further answers, best first, and texts of the team.
    """
    chosen = list(pieces)
    if wish.detail:
        more = next((piece for piece in answers if piece not in chosen), None)
        if more is None:
            return None
        chosen.append(more)
    if wish.matter and not any(wish.says(piece.text) for piece in chosen):
        told = next(
            (piece for piece in (*texts, *answers) if wish.says(f"{piece.passage.resolution.title} {piece.text}")), None
        )
        if told is None:
            return None
        chosen.append(told)
    return _cut(chosen, wish) if wish.shorter else chosen


def _cut(pieces: Sequence[Piece], wish: Wish) -> list[Piece] | None:
    """Shorten the answers, but not the text that was asked for; None when there is nothing to leave out."""
    cut = [piece if wish.says(piece.text) else replace(piece, text=shortened(piece.text)) for piece in pieces]
    if all(new.text == old.text for new, old in zip(cut, pieces, strict=True)):
        return None
    return [replace(piece, tags=(*piece.tags, CUT_SHORT)) for piece in cut]
