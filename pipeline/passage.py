"""Passage: something the team has answered before, found for a new ticket."""

from pydantic import AwareDatetime, Field

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
    document: str = Field(default="", description="the file or address that it is a passage of")
    solved_at: AwareDatetime | None = None
    minutes: int | None = Field(default=None, ge=0, description="from the question to its solution")
    csat: int | None = Field(default=None, ge=1, le=5, description="how satisfied the customer said to be")


class Passage(Value):
    """A resolution that retrieval found. `score` is 0..1, `reasons` say how it was reached."""

    resolution: Resolution
    score: float = Field(ge=0, le=1)
    reasons: tuple[str, ...] = ()
