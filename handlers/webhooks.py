"""A ticket arrived over HTTP: verify the raw bytes, parse, store, and only then answer."""

from collections.abc import Mapping

from fastapi import APIRouter, Request
from fastapi.responses import JSONResponse, Response

from handlers.body import TooLarge, read_body
from handlers.intake import Receipt, receive
from handlers.services import Services
from pipeline.errors import BadPayload, BadSignature
from pipeline.ports import HelpDesk

LARGEST_BODY = 1_000_000  # bytes; a helpdesk's longest ticket is far below
MOST_AT_ONCE = 2_000  # deliveries waiting for their commit; more are asked to come again

_CLOSE = {"Connection": "close"}  # what was not read is cut off; the server would take all of it otherwise
_STATUS = {Receipt.ACCEPTED: 202, Receipt.DUPLICATE: 200, Receipt.IGNORED: 200}


def router(services: Services) -> APIRouter:
    """Return the endpoints of every helpdesk that is configured."""
    routes = APIRouter(prefix="/webhooks", tags=["webhooks"])
    door = _Door(services)
    for source in services.helpdesks:
        routes.add_api_route(f"/{source}", door.answerer(source), methods=["POST"], include_in_schema=False)
        if source == "intercom":  # it looks whether the address exists before it sends anything
            routes.add_api_route(f"/{source}", _here, methods=["HEAD"], include_in_schema=False)
    return routes


class _Door:
    """Counts who is inside, so that a flood is turned away before it fills the memory."""

    def __init__(self, services: Services) -> None:
        self._services = services
        self._inside = 0

    def answerer(self, source: str):  # type: ignore[no-untyped-def]  # FastAPI wants a plain coroutine function
        desk = self._services.helpdesks[source]

        async def answer(request: Request) -> Response:
            if self._inside >= MOST_AT_ONCE:
                return _refusal(
                    429, "Too many deliveries at once: send it again in a second.", {**_CLOSE, "Retry-After": "1"}
                )
            self._inside += 1
            try:
                return await self._take(desk, request)
            finally:
                self._inside -= 1

        return answer

    async def _take(self, desk: HelpDesk, request: Request) -> Response:
        if not _is_json(request.headers.get("content-type", "")):
            return _refusal(415, "Send the body as application/json.", _CLOSE)
        try:
            body = await read_body(request, LARGEST_BODY)
            headers = dict(request.headers)
            now = self._services.clock.now()
            desk.verify(headers, body, now)
            arrival = desk.read(headers, body, now)
        except TooLarge:
            return _refusal(413, f"The body is larger than {LARGEST_BODY:,} bytes.", _CLOSE)
        except BadSignature as error:
            return _refusal(401, str(error))
        except BadPayload as error:
            return _refusal(error.status, str(error))
        if arrival is None:
            return JSONResponse({"ignored": "nothing in this delivery is for us"}, 200)
        received = await receive(self._services, arrival)
        return JSONResponse({"ticket": received.case_id or None}, _STATUS[received.receipt])


async def _here() -> Response:
    return Response(status_code=200)


def _is_json(content_type: str) -> bool:
    return content_type.partition(";")[0].strip().lower() == "application/json"


def _refusal(status: int, sentence: str, headers: Mapping[str, str] | None = None) -> Response:
    return JSONResponse({"error": sentence}, status, headers=dict(headers or {}))
