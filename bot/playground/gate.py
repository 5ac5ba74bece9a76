"""Loopback only: this stand-in must never answer anybody from another machine."""

import ipaddress

from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Receive, Scope, Send

from bot.playground.playground import Playground


class NotLoopback(ValueError):
    """The playground starts on a loopback address only."""


def check_loopback(host: str) -> None:
    if not is_loopback(host):
        raise NotLoopback(f"{NotLoopback.__doc__} {host} is reachable from other machines.")


def is_loopback(host: str) -> bool:
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host.strip("[]")).is_loopback
    except ValueError:
        return False


class Gate:
    """Refuses requests that came to another address or under another name, as a rebound DNS name would."""

    def __init__(self, app: ASGIApp, playground: Playground) -> None:
        self._app = app
        self._playground = playground

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] in {"http", "websocket"}:
            host, port = scope["server"]
            if not is_loopback(host) or not is_loopback(_name(scope)):
                await PlainTextResponse("Loopback only.", 403)(scope, receive, send)
                return
            if not self._playground.url:
                self._playground.url = f"http://{host}:{port}"
        await self._app(scope, receive, send)


def _name(scope: Scope) -> str:
    """The host in the Host header, without its port."""
    headers: dict[bytes, bytes] = dict(scope["headers"])
    header = headers.get(b"host", b"").decode("latin-1")
    return header.rsplit(":", 1)[0] if not header.endswith("]") else header
