"""Read a model's answer about tickets: a closed schema from the policy, and distrust of what comes back."""

from collections import Counter
from collections.abc import Iterable, Sequence
from typing import Annotated

from pydantic import (
    BaseModel,
    ConfigDict,
    FiniteFloat,
    ValidationError,
    WithJsonSchema,
    create_model,
)

from pipeline.classify import Band, Classification, Engine, Scores, Sentiment, Urgency
from pipeline.errors import Refused
from pipeline.evidence import one_for_all, quoted
from pipeline.judge import judged
from pipeline.mask import Masked
from pipeline.policy import Policy

_CLOSED = ConfigDict(frozen=True, extra="forbid")


def _names(names: Iterable[str]) -> WithJsonSchema:
    return WithJsonSchema({"type": "string", "enum": list(dict.fromkeys(names))})


def _names_or_null(names: Iterable[str]) -> WithJsonSchema:
    known = list(dict.fromkeys(names))
    some = [{"type": "string", "enum": known}] if known else []
    return WithJsonSchema({"anyOf": [*some, {"type": "null"}]})


class Reading(BaseModel):
    """What a model says of one ticket; every key must be there, and no other."""

    model_config = _CLOSED

    ticket: int
    summary: str
    category: str
    confidence: FiniteFloat
    runner_up: str | None
    runner_up_confidence: FiniteFloat
    subcategory: str | None
    urgency: Annotated[Urgency, _names(Urgency)]
    sentiment: Annotated[Sentiment, _names(Sentiment)]
    risk: str
    quote: str


class Answers(BaseModel):
    """What a model says of a batch. Items are unread, so that a bad one spoils no other."""

    model_config = _CLOSED

    items: tuple[object, ...]


def answers_model(policy: Policy) -> type[Answers]:
    """Return the schema to ask with: categories are data, so it is built for each policy."""
    categories = [category.name for category in policy.categories]
    subcategories = [subcategory.name for category in policy.categories for subcategory in category.subcategories]
    item = create_model(
        "Reading",
        __base__=Reading,
        category=(Annotated[str, _names(categories)], ...),
        runner_up=(Annotated[str | None, _names_or_null(categories)], ...),
        subcategory=(Annotated[str | None, _names_or_null(subcategories)], ...),
    )
    items = tuple[Annotated[object, WithJsonSchema(item.model_json_schema())], ...]
    return create_model("TicketReadings", __base__=Answers, items=(items, ...))


def read_answers(answers: Answers, tickets: Sequence[Masked], policy: Policy) -> tuple[Classification | Refused, ...]:
    """Return one result for each of the tickets, in their order.

    A ticket whose item is missing, invalid or there twice gets a Refused of its own.
    """
    readings = [reading for item in answers.items if (reading := _reading(item)) is not None]
    times = Counter(reading.ticket for reading in readings)
    by_ticket = {reading.ticket: reading for reading in readings if times[reading.ticket] == 1}
    return tuple(_result(by_ticket.get(number), ticket, policy) for number, ticket in enumerate(tickets, start=1))


def to_classification(reading: Reading, ticket: Masked, policy: Policy) -> Classification:
    """Turn a reading into a classification. Raises Refused for a name that the policy does not have.

    A quote that does not stand in the ticket is left out.
    """
    categories = {category.name: category for category in policy.categories}
    if reading.category not in categories or (reading.runner_up or reading.category) not in categories:
        raise Refused("The model named a category that the policy does not have.", code="unknown_category")
    subcategories = {subcategory.name for subcategory in categories[reading.category].subcategories}
    top = _top(reading)
    read_as = Classification(
        category=reading.category,
        subcategory=reading.subcategory if reading.subcategory in subcategories else None,
        urgency=reading.urgency,
        sentiment=reading.sentiment,
        confidence=top[0][1],
        band=Band.LOW,
        needs_human_review=True,
        summary=one_line(reading.summary, 400),
        top=top,
        risk=one_line(reading.risk, 300),
        engine=Engine.LLM,
        scores=Scores(category=reading.category, confidence=top[0][1]),
    )
    found = judged(read_as, policy.thresholds)
    return found.model_copy(update={"evidence": one_for_all(found, quoted(ticket, reading.quote))})


def one_line(text: str, longest: int) -> str:
    """Return the text on one line, cut with an ellipsis where it is too long."""
    line = " ".join("".join(sign if sign.isprintable() else " " for sign in text).split())
    return line if len(line) <= longest else line[: longest - 1] + "…"


def _reading(item: object) -> Reading | None:
    try:
        return Reading.model_validate(item)
    except ValidationError:
        return None


def _result(reading: Reading | None, ticket: Masked, policy: Policy) -> Classification | Refused:
    if reading is None:
        return Refused("The model gave no valid answer about this ticket.", code="invalid_item")
    try:
        return to_classification(reading, ticket, policy)
    except Refused as refused:
        return refused


def _top(reading: Reading) -> tuple[tuple[str, float], ...]:
    """Category and runner-up, likeliest first; their probabilities are made to fit together."""
    confidence = min(max(reading.confidence, 0.0), 1.0)
    first = (reading.category, confidence)
    if reading.runner_up in (None, reading.category):
        return (first,)
    rest = min(max(reading.runner_up_confidence, 0.0), 1.0 - confidence, confidence)
    return (first, (str(reading.runner_up), rest))
