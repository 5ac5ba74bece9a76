"""Passage: something the team has answered before, found for a new ticket."""

from pydantic import Field

from pipeline.value import Value


class Resolution(Value):
    """A solved ticket or a document, masked, as the knowledge base holds it."""

    id: str
    question: str
    answer: str
    title: str = ""
    url: str = ""
    category: str = ""
    language: str = ""
    gold: bool = False


class Passage(Value):
    """A resolution that retrieval found. `score` is 0..1, `reasons` say how it was reached."""

    resolution: Resolution
    score: float = Field(ge=0, le=1)
    reasons: tuple[str, ...] = ()
