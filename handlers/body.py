"""Reads a request's raw bytes, and no more of them than allowed."""

from fastapi import Request

from pipeline.errors import TriageError


class TooLarge(TriageError):
    """The body is larger than this endpoint takes."""


async def read_body(request: Request, largest: int) -> bytes:
    """Return the body. Raises TooLarge as soon as it is known, before the rest is read."""
    if (declared := request.headers.get("content-length", "")).isdigit() and int(declared) > largest:
        raise TooLarge
    parts: list[bytes] = []
    size = 0
    async for part in request.stream():
        size += len(part)
        if size > largest:
            raise TooLarge
        parts.append(part)
    return b"".join(parts)
