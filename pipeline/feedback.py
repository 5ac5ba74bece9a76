"""Feedback: what a person's decision says of what they had been shown."""

from collections.abc import Sequence
from enum import StrEnum

from pydantic import AwareDatetime, Field
from rapidfuzz.distance import Levenshtein

from pipeline.case import Actor
from pipeline.value import Value

LONGEST = 3000  # characters of a text that is kept, masked
REWRITTEN = 0.6  # of the letters changed: the person wrote a reply of their own


class Aspect(StrEnum):
    """What a person judged. `shown` and `chosen` are of this kind."""

    CATEGORY = "category"  # names of categories; the same twice: confirmed by answering
    TEAM = "team"  # names of teams
    ESCALATION = "escalation"  # "true" or "false"
    REQUEST = "request"  # "true", or "false" for a ticket that asks for nothing
    DRAFT = "draft"  # masked texts: the draft, and what was sent instead
    RATING = "rating"  # shown: the draft, masked; chosen: "up" or "down"
    GOLD = "gold"  # shown: the answer's grade; chosen: "gold", "poor" or "plain"


class Standing(StrEnum):
    """Whether we learn from it."""

    COUNTED = "counted"
    TRUSTED = "trusted"  # it counts, and is never doubted: a lead accepted it, or somebody else said the same
    QUARANTINED = "quarantined"  # it contradicts many, and waits until somebody agrees with it
    UNDONE = "undone"


TAUGHT_BY = (Standing.COUNTED, Standing.TRUSTED)


class Fate(StrEnum):
    """What became of a draft."""

    AS_IT_WAS = "as it was"
    EDITED = "edited"
    REJECTED = "rejected"


class Feedback(Value):
    """One judgement of one person. `category` to `engine` say what the case was when they judged."""

    case_id: str
    aspect: Aspect
    by: Actor
    at: AwareDatetime
    shown: str = Field(max_length=LONGEST)
    chosen: str = Field(max_length=LONGEST)
    distance: float | None = Field(default=None, ge=0, le=1, description="of a draft: share of the text changed")
    category: str = ""
    team: str = ""
    grade: str = ""
    language: str = ""
    engine: str = ""
    standing: Standing = Standing.COUNTED
    number: int = Field(default=0, description="its place in the log, given when it is written")

    @property
    def corrects(self) -> bool:
        """Whether the person chose something else than was shown."""
        return self.shown != self.chosen

    @property
    def fate(self) -> Fate:
        """What became of the draft, for feedback on one."""
        return fate_of(self.distance)


def fate_of(distance: float | None) -> Fate:
    """Return what became of a draft of which this share was changed."""
    if not distance:
        return Fate.AS_IT_WAS
    return Fate.EDITED if distance <= REWRITTEN else Fate.REJECTED


def last_word(said: Sequence[Feedback], aspect: Aspect) -> Feedback | None:
    """Return the last that counts of what was said of a case in one aspect."""
    return next((each for each in reversed(said) if each.aspect is aspect and each.standing in TAUGHT_BY), None)


def stands(said: Sequence[Feedback], aspect: Aspect) -> bool:
    """Whether the last that was said of a case in one aspect counts, or nothing was said."""
    last = next((each for each in reversed(said) if each.aspect is aspect), None)
    return last is None or last.standing in TAUGHT_BY


def edit_distance(draft: str, sent: str) -> float:
    """Return the share of letters that were changed, 0..1 (Levenshtein over the longer one's length).

    White space is worth nothing: Slack's input trims and joins lines. Takes milliseconds.
    """
    return round(Levenshtein.normalized_distance(" ".join(draft.split()), " ".join(sent.split())), 4)
