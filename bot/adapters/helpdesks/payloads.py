"""Payloads: JSON from outside becomes values of known type and size, or a BadPayload that says what to do."""

import hashlib
import json
import re
from datetime import UTC, datetime
from typing import Annotated, NoReturn, TypeVar

from pydantic import (
    BaseModel,
    BeforeValidator,
    ConfigDict,
    StringConstraints,
    ValidationError,
    model_validator,
)

from pipeline.errors import BadPayload, Unavailable

LONGEST_TEXT = 100_000  # characters of one message; what is beyond is cut
LONGEST_LINE = 1_000  # characters of a subject, a name, an address
_LARGEST_BODY = 2_000_000  # bytes; the endpoint has its own limit before this one
_MOST_TAGS = 100
_YEARS = range(1990, 2101)  # a date outside would overflow a due time, and is a mistake
# PostgreSQL takes no NUL, and no encoder takes half of a surrogate pair.
_UNSTORABLE = re.compile("[\x00\ud800-\udfff]")
_MARKUP = re.compile(r"</?[a-z][a-z0-9]*(?:\s[^<>]*)?/?>|&(?:amp|lt|gt|quot|nbsp|#\d{1,6});", re.IGNORECASE)

Parsed = TypeVar("Parsed", bound=BaseModel)


def clean(value: object) -> str:
    """Return text that can be stored: numbers become text, None becomes nothing."""
    if value is None:
        return ""
    if isinstance(value, str):
        return _UNSTORABLE.sub("\ufffd", value)
    if isinstance(value, int | float) and not isinstance(value, bool):
        return str(value)
    raise ValueError("must be text")


def clip(value: object) -> str:
    """Return a message's text, cut where it is longer than any that is read."""
    return clean(value)[:LONGEST_TEXT]


def clip_line(value: object) -> str:
    """Return one short line: runs of white space become a space."""
    return " ".join(clean(value)[:LONGEST_LINE].split())


def is_html(text: str) -> bool:
    """Whether a text has markup in it, where a helpdesk sends either kind under one name."""
    return _MARKUP.search(text) is not None


def read_tags(value: object) -> tuple[str, ...]:
    """Tags come as a list, or as one text with spaces or commas between them."""
    parts = re.split(r"[\s,]+", clip(value)) if not isinstance(value, list) else value
    tags = (part.strip()[:100] for part in map(_tag, parts[: _MOST_TAGS * 2]))
    return tuple(dict.fromkeys(tag for tag in tags if tag))[:_MOST_TAGS]


def read_moment(value: object) -> datetime:
    """Return ISO-8601 text or Unix seconds in UTC; without an offset it is UTC. Raises ValueError."""
    try:
        moment = _moment(value).astimezone(UTC)
    except (OverflowError, OSError) as error:
        raise ValueError("must be a date within this century") from error
    if moment.year not in _YEARS:
        raise ValueError("must be a date within this century")
    return moment


Text = Annotated[str, BeforeValidator(clip)]
Line = Annotated[str, BeforeValidator(clip_line)]
Digits = Annotated[str, BeforeValidator(clip_line), StringConstraints(pattern=r"^[0-9]{1,20}$")]
Moment = Annotated[datetime, BeforeValidator(read_moment)]
Tags = Annotated[tuple[str, ...], BeforeValidator(read_tags)]


class Incoming(BaseModel):
    """A part of a payload. What the helpdesk adds beside it is left alone, and null is as good as absent."""

    model_config = ConfigDict(frozen=True, extra="ignore")

    @model_validator(mode="before")
    @classmethod
    def _without_nulls(cls, data: object) -> object:
        if not isinstance(data, dict):
            return data
        return {name: value for name, value in data.items() if value is not None}


def parse_object(body: bytes) -> dict[str, object]:
    """Return the JSON object in a body. Raises BadPayload."""
    if len(body) > _LARGEST_BODY:
        raise BadPayload("The body is larger than 2 MB: send the text without its attachments.", status=413)
    try:
        parsed = json.loads(body.decode("utf-8"), parse_constant=_refuse_constant)
    except (ValueError, RecursionError) as error:
        raise BadPayload("The body is not JSON in UTF-8: send one JSON object.") from error
    if not isinstance(parsed, dict):
        raise BadPayload("The body must be one JSON object, not a list or a bare value.")
    return parsed


def read_as(model: type[Parsed], data: object, advice: str) -> Parsed:
    """Return `data` as the model. Raises BadPayload with the first fields that are wrong, and the advice."""
    try:
        return model.model_validate(data)
    except ValidationError as error:
        raise BadPayload(f"{_describe(error)}. {advice}") from error


def expect(model: type[Parsed], answer: object, who: str) -> Parsed:
    """Return an API's answer as the model. Raises Unavailable when it is not what the API promises."""
    try:
        return model.model_validate(answer)
    except ValidationError as error:
        raise Unavailable(f"{who} answered in an unexpected way: {_describe(error)}.") from error


def digest(*parts: str | bytes, length: int = 32) -> str:
    """Return a short name for some content: the same content has the same name."""
    # Each part goes in with its length, so that ("a", "bc") and ("ab", "c") differ.
    whole = hashlib.sha256()
    for part in parts:
        raw = part if isinstance(part, bytes) else part.encode("utf-8", "replace")
        whole.update(len(raw).to_bytes(8, "big") + raw)
    return whole.hexdigest()[:length]


def name_delivery(given: str, *content: str | bytes) -> str:
    """Return the sender's id of a delivery where it is a usable one, else a name made of its content."""
    usable = 0 < len(given) <= 200 and given.isascii() and given.isprintable()
    return given if usable else digest(given, *content)


def _describe(error: ValidationError) -> str:
    parts = []
    for problem in error.errors(include_url=False, include_input=False, include_context=False)[:3]:
        name = ".".join(str(step) for step in problem["loc"])[:100]
        said = problem["msg"].removeprefix("Value error, ")
        parts.append(f"{clip_line(name)!r}: {said}")
    return "; ".join(parts)


def _tag(value: object) -> str:
    return clean(value) if isinstance(value, str) else ""


def _moment(value: object) -> datetime:
    if isinstance(value, int | float) and not isinstance(value, bool):
        return datetime.fromtimestamp(value, UTC)
    if not isinstance(value, str) or len(value) > 64:
        raise ValueError("must be a date such as 2026-01-31T09:30:00Z")
    try:
        moment = datetime.fromisoformat(value.strip())
    except ValueError as error:
        raise ValueError("must be a date such as 2026-01-31T09:30:00Z") from error
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


def _refuse_constant(name: str) -> NoReturn:
    raise ValueError(f"{name} is not JSON")
