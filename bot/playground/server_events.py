"""The live stream to the page, as Server-Sent Events."""

import json
from collections.abc import AsyncIterator

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import StreamingResponse

from bot.playground.playground import Playground

KEEP_ALIVE = 15.0


def live_stream(playground: Playground) -> APIRouter:
    """`/playground/stream`; begins after Last-Event-ID (or `?after=`), else with what happens next."""
    router = APIRouter()

    @router.get("/playground/stream", include_in_schema=False)
    async def stream(request: Request, after: int | None = None) -> StreamingResponse:
        known = request.headers.get("last-event-id", "")
        begin = int(known) if known.isdecimal() else playground.stream.last if after is None else after
        headers = {"Cache-Control": "no-store", "X-Accel-Buffering": "no"}
        return StreamingResponse(_events(playground, begin), media_type="text/event-stream", headers=headers)

    return router


async def _events(playground: Playground, after: int) -> AsyncIterator[str]:
    yield ": here\n\n"
    async for happening in playground.stream.follow(after, KEEP_ALIVE):
        if happening is None:
            yield ": still here\n\n"
        else:
            number, fields = happening
            yield f"id: {number}\ndata: {json.dumps(fields)}\n\n"
