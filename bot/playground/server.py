"""The pretend Slack workspace and helpdesk as one ASGI application."""

import socket
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import uvicorn
from fastapi import FastAPI
from starlette.responses import FileResponse
from starlette.staticfiles import StaticFiles

from bot.playground.consent import consent_page
from bot.playground.gate import Gate, check_loopback
from bot.playground.hang_up import ConnectionInReach
from bot.playground.page import page_api
from bot.playground.page_work import page_work
from bot.playground.playground import Playground
from bot.playground.server_events import live_stream
from bot.playground.socket_link import socket_link
from bot.playground.uploads import uploads
from bot.playground.webapi import web_api
from bot.playground.zendesk.api import zendesk_api

__all__ = ["Playground", "PlaygroundServer", "create_app", "serve"]

STATIC = Path(__file__).parent / "static"


def create_app(playground: Playground) -> FastAPI:
    """Everything on one port: Slack's Web API, Zendesk's API, the page and its own API."""

    @asynccontextmanager
    async def lifespan(app: FastAPI) -> AsyncIterator[None]:
        yield
        await playground.close()

    app = FastAPI(title="Playground", lifespan=lifespan, docs_url=None, redoc_url=None, openapi_url=None)
    for router in (
        zendesk_api(playground),
        web_api(playground),
        consent_page(playground),
        uploads(playground),
        socket_link(playground),
        live_stream(playground),
        page_api(playground),
        page_work(playground),
    ):
        app.include_router(router)

    @app.get("/", include_in_schema=False)
    async def page() -> FileResponse:
        return FileResponse(STATIC / "index.html")

    app.mount("/static", StaticFiles(directory=STATIC, check_dir=False), name="static")
    app.add_middleware(Gate, playground=playground)
    app.add_middleware(ConnectionInReach)
    return app


class PlaygroundServer(uvicorn.Server):
    """Runs the playground on a loopback address; an open page does not keep it from stopping."""

    def __init__(self, playground: Playground, host: str, port: int) -> None:
        check_loopback(host)
        self._playground = playground
        app = create_app(playground)
        config = uvicorn.Config(
            app, host=host, port=port, log_level="warning", ws="websockets-sansio", timeout_graceful_shutdown=1
        )
        super().__init__(config)

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        self._playground.stream.close()
        await super().shutdown(sockets)


async def serve(playground: Playground, host: str, port: int) -> None:
    """Run until stopped; refuses any address that other machines could reach."""
    await PlaygroundServer(playground, host, port).serve()
