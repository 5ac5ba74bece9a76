"""Where the bytes of files go and come from, beside the Web API."""

import time

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response

from bot.playground.files import LARGEST_FILE, NotUploaded
from bot.playground.playground import Playground
from bot.playground.shown_files import mime_of
from bot.playground.wire import Refusal


def uploads(playground: Playground) -> APIRouter:
    """`/upload/v1/<secret>` takes bytes once; `/files-pri/…` gives them to whoever may see them."""
    router = APIRouter()

    @router.post("/upload/v1/{secret}", include_in_schema=False)
    async def upload(request: Request, secret: str) -> Response:
        started = time.perf_counter()
        try:
            data = await read_body(request)
            playground.files.receive(secret, data)
            said, status = f"OK - {len(data)}", 200
        except (NotUploaded, TooLarge) as refused:
            said, status = str(refused), 400
        playground.log.record("from_bot", "upload", {}, said, status, started)
        return PlainTextResponse(said, status)

    @router.get("/files-pri/{place}/{name}", include_in_schema=False)
    async def download(request: Request, place: str, name: str) -> Response:
        team, _, file_id = place.partition("-")
        try:
            file = playground.files.find(file_id, team)
        except Refusal:
            return PlainTextResponse("There is no such file.", 404)
        if not _may_see(playground, request, team):
            return PlainTextResponse("Send a token of the app.", 403)
        # Never as a page of this origin: a file says what it likes.
        headers = {"Content-Security-Policy": "sandbox", "X-Content-Type-Options": "nosniff"}
        return Response(playground.files.read(file), media_type=mime_of(file), headers=headers)

    return router


class TooLarge(ValueError):
    """The file is too large."""

    def __str__(self) -> str:
        return str(self.__doc__)


async def read_body(request: Request) -> bytes:
    """The raw body, up to the largest file."""
    data = bytearray()
    async for piece in request.stream():
        data += piece
        if len(data) > LARGEST_FILE:
            raise TooLarge
    return bytes(data)


def _may_see(playground: Playground, request: Request, team: str) -> bool:
    """The app by its token; the people at the page, since the page alone asks from its own origin."""
    if request.headers.get("sec-fetch-site") == "same-origin":
        return True
    scheme, _, secret = request.headers.get("authorization", "").partition(" ")
    try:
        return scheme.lower() == "bearer" and playground.tokens.find(secret).team == team
    except Refusal:
        return False
