"""Slack's deliveries over HTTP: verified on the raw bytes before Bolt sees them."""

import hashlib
import hmac
from collections.abc import Sequence
from datetime import datetime

from fastapi import APIRouter, Request
from fastapi.responses import PlainTextResponse, Response
from slack_bolt.adapter.starlette.async_handler import to_starlette_response
from slack_bolt.async_app import AsyncApp
from slack_bolt.request.async_request import AsyncBoltRequest

from handlers.body import TooLarge, read_body
from pipeline.errors import BadPayload, BadSignature
from pipeline.ports import Clock

LARGEST_BODY = 1_000_000  # bytes; Slack's own payloads stay far below
WINDOW = 300  # seconds


def router(app: AsyncApp, signing_secret: str, clock: Clock) -> APIRouter:
    """Return the one endpoint for events, commands and interactivity."""
    routes = APIRouter(tags=["slack"])

    @routes.post("/slack/events", include_in_schema=False)
    async def deliver(request: Request) -> Response:
        try:
            body = await read_body(request, LARGEST_BODY)
            verify(request, body, signing_secret, clock.now())
            return to_starlette_response(await app.async_dispatch(_for_bolt(request, body)))
        except TooLarge:
            return PlainTextResponse("This is larger than anything Slack sends.", 413)
        except BadSignature as error:
            return PlainTextResponse(str(error), 401)
        except BadPayload as error:
            return PlainTextResponse(str(error), error.status)

    return routes


def verify(request: Request, body: bytes, secret: str, now: datetime) -> None:
    """Raise BadSignature unless Slack signed exactly these bytes within the last five minutes."""
    stamp = request.headers.get("x-slack-request-timestamp", "")
    told = request.headers.get("x-slack-signature", "")
    if not (secret and stamp.isascii() and stamp.isdigit() and len(stamp) <= 12):
        raise BadSignature
    if abs(now.timestamp() - int(stamp)) > WINDOW:
        raise BadSignature
    signed = hmac.new(secret.encode(), b"v0:" + stamp.encode() + b":" + body, hashlib.sha256)
    if not hmac.compare_digest(f"v0={signed.hexdigest()}".encode(), told.encode(errors="replace")):
        raise BadSignature


def _for_bolt(request: Request, body: bytes) -> AsyncBoltRequest:
    try:
        text = body.decode()
    except UnicodeDecodeError as error:
        raise BadPayload("The body is not UTF-8.", status=400) from error
    headers: dict[str, str | Sequence[str]] = dict(request.headers)
    return AsyncBoltRequest(body=text, query=request.url.query, headers=headers)
