"""Alike: how much one case is like what somebody asks for, by meaning and words together."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from pydantic import Field

from pipeline.value import Value
from pipeline.weighing import Asked

MEANING = 0.7  # how much the meaning counts beside the words ...
MEANING_FOREIGN = 0.4  # ... and where the embedder does not know the language
WORDS_ALONE = 0.8  # what sharing every word is worth where no vector can be compared
SAME_IDENTIFIER = 0.25  # an error code or order number stands for one thing
# Measured by tests/bench/likenesses.py on 1,500 questions to a bank: from 0.5 on, 96 of 100 further questions find one,
# 84 of these of their own intent, and so do 5 of 100 questions of other fields; from 0.85 on 96 of 100 found are of
# their intent, and of the other fields' questions none finds any.
FLOOR = 0.5  # below it a case is not shown: it is hardly more like the text than any other
LIKELY = 0.85  # from here on a case may be proposed as the one that this repeats


class Alike(Value):
    """A case that is like what was asked for. `likeness` is 0..1, 1 for the very same words."""

    case: str
    likeness: float = Field(ge=0, le=1)
    words: tuple[str, ...] = Field(default=(), description="shared words as they were asked, the weightiest first")


@dataclass(frozen=True, slots=True)
class Text:
    """A case's words as the full text has them; `cosine` is None where its vector is not at hand."""

    case: str
    words: str
    cosine: float | None


def alike(asked: Asked, texts: Iterable[Text], *, foreign: bool = False, floor: float = FLOOR) -> tuple[Alike, ...]:
    """Return those that are alike from `floor` on, the likest first."""
    found = (_compared(asked, each, MEANING_FOREIGN if foreign else MEANING) for each in texts)
    return tuple(
        sorted((each for each in found if each.likeness >= floor), key=lambda each: (-each.likeness, each.case))
    )


def _compared(asked: Asked, text: Text, meaning: float) -> Alike:
    shared = _shared(asked.weights, text.words)
    share = sum(shared.values()) / asked.total
    by_meaning = None if text.cosine is None else meaning * max(0.0, text.cosine) + (1 - meaning) * share
    likeness = WORDS_ALONE * share if by_meaning is None else by_meaning
    likeness += SAME_IDENTIFIER * any(word in asked.identifiers for word in shared)
    named = dict.fromkeys(asked.written[word] for word in shared)
    return Alike(case=text.case, likeness=round(min(1.0, max(0.0, likeness)), 4), words=tuple(named)[:4])


def _shared(weights: Mapping[str, float], stored: str) -> dict[str, float]:
    """Return the asked words that a text holds with what each weighs, heaviest first; how often it does not matter."""
    held = set(stored.split(" "))
    return dict(sorted(((word, part) for word, part in weights.items() if word in held), key=lambda pair: -pair[1]))
