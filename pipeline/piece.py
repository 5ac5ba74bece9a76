"""Piece: a cited answer, edited to the ticket."""

from collections.abc import Sequence
from dataclasses import dataclass

from pipeline.language import UNKNOWN, language_of
from pipeline.mask import Masked
from pipeline.passage import Passage
from pipeline.policy import Policy
from pipeline.reuse import reuse
from pipeline.sources import public_words

MISMATCH = "language_mismatch"  # the cited answer is in another language than the ticket
SHORTENED = "shortened"  # something of the cited answer concerned its former customer alone
FOREIGN = 0.1  # of score that an answer in another language has to be ahead


@dataclass(frozen=True, slots=True)
class Piece:
    """One cited answer. `doubts` are words of it that may name another customer."""

    number: int
    passage: Passage
    text: str
    tags: tuple[str, ...] = ()
    doubts: tuple[str, ...] = ()


def usable(passages: Sequence[Passage], masked: Masked, policy: Policy, language: str) -> list[Piece]:
    """Return what is likely enough and may be said to this customer, best first. Numbers are those of the passages."""
    pieces = [
        piece
        for number, passage in enumerate(passages, 1)
        if passage.score >= policy.thresholds.suggestion
        and (piece := _piece(number, passage, masked, policy, language)).text
    ]
    return sorted(pieces, key=lambda piece: FOREIGN * (MISMATCH in piece.tags) - piece.passage.score)


def _piece(number: int, passage: Passage, masked: Masked, policy: Policy, language: str) -> Piece:
    resolution = passage.resolution
    reused = reuse(resolution, masked.whole, policy.allowed_urls, public_words(policy))
    written_in = resolution.language or language_of(reused.text)
    foreign = UNKNOWN not in (written_in, language) and written_in[:2].lower() != language[:2].lower()
    tags = (*((MISMATCH,) if foreign else ()), *(() if reused.whole else (SHORTENED,)))
    return Piece(number, passage, reused.text, tags, reused.doubtful)
