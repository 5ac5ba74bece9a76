"""Read what a chat.completions server sent: strictly, and trusting nothing that it promised."""

import re
from collections.abc import AsyncIterator

from pydantic import BaseModel, ConfigDict, Field, NonNegativeInt, ValidationError

from pipeline.errors import Refused, Unavailable
from pipeline.ports import Answer

LARGEST_REPLY = 1_000_000  # bytes; our longest answers have some 20,000
_FENCED = re.compile(r"```(?:json)?[ \t]*\r?\n(.*?)\r?\n?```", re.DOTALL | re.IGNORECASE)


class _Told(BaseModel):
    """A part of the reply that we read; servers add fields of their own."""

    model_config = ConfigDict(frozen=True, extra="ignore")


class CachedTokens(_Told):
    """How much of the prompt the provider had read before."""

    cached_tokens: NonNegativeInt | None = 0


class Usage(_Told):
    """Tokens of one call; zeros when the server does not tell."""

    prompt_tokens: NonNegativeInt = 0
    completion_tokens: NonNegativeInt = 0
    prompt_tokens_details: CachedTokens | None = None

    @property
    def cached_tokens(self) -> int:
        return (self.prompt_tokens_details.cached_tokens or 0) if self.prompt_tokens_details else 0


class _Message(_Told):
    content: str | None = None
    refusal: str | None = None


class _Choice(_Told):
    finish_reason: str | None = None
    message: _Message


class _Counted(_Told):
    usage: Usage | None = None


class Reply(_Counted):
    """A reply that has the shape of a chat completion."""

    choices: tuple[_Choice, ...] = Field(min_length=1)


async def read_body(chunks: AsyncIterator[bytes]) -> bytes:
    """Collect a body. Raises Unavailable when it is larger than any answer of ours."""
    body = bytearray()
    async for chunk in chunks:
        body += chunk
        if len(body) > LARGEST_REPLY:
            raise Unavailable("The model's server sent more than an answer can be.")
    return bytes(body)


def read_reply(body: bytes) -> Reply:
    """Parse a body. Raises Unavailable for anything else than a chat completion, such as a proxy's page."""
    try:
        return Reply.model_validate_json(body)
    except ValidationError:
        raise Unavailable("Something that is no chat completion came back.") from None


def read_answer(reply: Reply, schema: type[Answer]) -> Answer:
    """Return the answer in the first choice. Raises Refused when there is none that fits the schema."""
    choice = reply.choices[0]
    if choice.message.refusal:
        raise Refused("The model declined to answer.", code="refusal")
    if choice.finish_reason == "length":
        raise Refused("The model's answer was cut off.", code="length")
    if choice.finish_reason == "content_filter":
        raise Refused("The provider's content filter stopped the answer.", code="content_filter")
    if not (choice.message.content or "").strip():
        raise Refused("The model answered nothing.", code="empty")
    try:
        return schema.model_validate_json(_bare(choice.message.content or ""))
    except ValidationError:  # its message would quote the answer, and so the ticket
        raise Refused("The model's answer does not fit the schema.", code="bad_answer") from None


def _bare(content: str) -> str:
    """The JSON inside a Markdown fence, which servers that ignore the schema like to put around it."""
    fenced = _FENCED.search(content)
    return fenced.group(1) if fenced and not content.lstrip().startswith("{") else content
