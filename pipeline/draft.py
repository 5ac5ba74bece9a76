"""Draft: an answer grounded in passages, graded by its evidence."""

from enum import StrEnum

from pydantic import Field

from pipeline.classify import Engine
from pipeline.value import Value

LONGEST = 3000  # characters; what a Slack input can be prefilled with, so that Edit loses nothing


class Grade(StrEnum):
    """How far the evidence carries the draft."""

    ANSWER = "answer"
    SUGGESTION = "suggestion"
    NEEDS_PERSON = "needs_person"
    QUESTION = "question"  # the ticket does not say what it is about, so the draft asks


class Citation(Value):
    """A passage that the draft rests on; `number` is how it is named beside the draft."""

    number: int
    resolution: str
    title: str
    url: str = ""
    score: float = 0.0


class Draft(Value):
    """A reply in masked form, never sent before a person approved it."""

    text: str = Field(max_length=LONGEST)
    grade: Grade
    citations: tuple[Citation, ...] = ()
    looked_for: str = Field(default="", max_length=300, description="what was searched when the evidence is weak")
    language: str = "en"
    engine: Engine = Engine.LOCAL
    tags: tuple[str, ...] = ()
    doubts: tuple[str, ...] = Field(default=(), description="words that may name another customer; block approval")
