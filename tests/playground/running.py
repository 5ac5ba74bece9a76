"""Real servers on loopback ports, and a bot that takes down what it is told."""

import asyncio
import socket
import time
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import parse_qs

import httpx
import uvicorn
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route
from starlette.types import ASGIApp, Receive, Scope, Send

from bot.playground import credentials
from bot.playground.server import Playground, create_app


class _Server(uvicorn.Server):
    def __init__(self, config: uvicorn.Config) -> None:
        super().__init__(config)
        self.up = asyncio.Event()
        self.leave = asyncio.Event()

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        self.up.set()

    async def main_loop(self) -> None:
        """Until told to leave: uvicorn's own loop looks only ten times a second."""
        await self.on_tick(0)
        await self.leave.wait()


@asynccontextmanager
async def running(app: ASGIApp) -> AsyncIterator[str]:
    """The application on a free loopback port; its base URL."""
    # Only where TCP is named does asyncio switch off Nagle's delay, of 40 ms for each answer.
    listener = socket.socket(socket.AF_INET, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    listener.bind(("127.0.0.1", 0))
    listener.listen()
    config = uvicorn.Config(app, log_level="warning", ws="websockets-sansio", timeout_graceful_shutdown=1)
    server = _Server(config)
    task = asyncio.create_task(server.serve(sockets=[listener]))
    await server.up.wait()
    yield f"http://127.0.0.1:{listener.getsockname()[1]}"
    server.leave.set()
    await task
    listener.close()
    for connection in tuple(server.server_state.connections):  # those that a busy machine had no time to end
        connection.transport.abort()
    await asyncio.sleep(0)  # in which they are given back


class Ticking:
    """A clock that stands still until it is moved."""

    def __init__(self) -> None:
        self.at = float(int(time.time()))

    def __call__(self) -> float:
        return self.at

    def advance(self, seconds: float) -> None:
        self.at += seconds


@dataclass(frozen=True)
class Received:
    path: str
    headers: dict[str, str]
    body: bytes

    @property
    def form(self) -> dict[str, str]:
        return {name: values[0] for name, values in parse_qs(self.body.decode()).items()}


Reply = Callable[[Received], Response]


@dataclass
class Bot:
    """Takes every delivery; answers with the next of `replies`, then with an empty 200."""

    url: str = ""
    received: list[Received] = field(default_factory=list)
    replies: list[Any] = field(default_factory=list)
    _news: asyncio.Event = field(default_factory=asyncio.Event)

    def app(self) -> Starlette:
        async def take(request: Request) -> Response:
            got = Received(request.url.path, dict(request.headers), await request.body())
            self.received.append(got)
            self._news.set()
            reply = self.replies.pop(0) if self.replies else Response()
            if callable(reply) and not isinstance(reply, Response):
                reply = await reply(got)
            return reply

        paths = ("/slack/events", "/webhooks/zendesk")
        return Starlette(routes=[Route(path, take, methods=["POST"]) for path in paths])

    async def until(self, count: int) -> list[Received]:
        """All deliveries, once there are so many."""
        while len(self.received) < count:
            self._news.clear()
            await asyncio.wait_for(self._news.wait(), 30)
        return self.received


class Side:
    """The playground with the bot beside it; each keeps its own paths."""

    def __init__(self, playground: ASGIApp, bot: ASGIApp) -> None:
        self._playground = playground
        self._bot = bot

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        to_bot = scope.get("path", "").startswith(("/slack/", "/webhooks/"))
        await (self._bot if to_bot else self._playground)(scope, receive, send)


@asynccontextmanager
async def beside(playground: Playground, bot: Bot) -> AsyncIterator[str]:
    """One port for both, to start and stop one server per test; their paths do not meet."""
    async with running(Side(create_app(playground), bot.app())) as url:
        playground.bot_url = playground.line.bot_url = bot.url = url
        yield url


def as_agent(base: str) -> httpx.AsyncClient:
    """A client of the helpdesk's API."""
    auth = (f"{credentials.ZENDESK_EMAIL}/token", credentials.ZENDESK_API_TOKEN)
    return httpx.AsyncClient(base_url=f"{base}/api/v2", auth=auth)
