"""Connections that really break: closed or reset under the client's hands, with no answer."""

import asyncio
import os
import socket
import struct
from collections.abc import MutableMapping
from typing import Any

from starlette.responses import Response
from starlette.types import ASGIApp, Receive, Scope, Send

_KEY = "playground.transport"


class ConnectionInReach:
    """Gives what stands behind it a hold on the connection itself. No layer around it may wrap `receive`."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        # uvicorn's `receive` is a method of the object that holds the transport.
        scope[_KEY] = getattr(getattr(receive, "__self__", None), "transport", None)
        await self._app(scope, receive, send)


class HangUp(Response):
    """Instead of a response: close the connection, or reset it so that the peer sees ECONNRESET."""

    def __init__(self, *, reset: bool = False) -> None:
        super().__init__()
        self._reset = reset

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if self._reset:
            cut(scope)
        else:
            _transport(scope).close()
        while (await receive())["type"] != "http.disconnect":
            pass


def cut(scope: MutableMapping[str, Any]) -> None:
    """Reset the connection on which this came, so that the peer sees ECONNRESET."""
    transport = _transport(scope)
    _answer_with_reset(transport)
    transport.abort()


def _transport(scope: MutableMapping[str, Any]) -> asyncio.Transport:
    transport = scope.get(_KEY)
    if transport is None:
        raise ConnectionResetError
    found: asyncio.Transport = transport
    return found


def _answer_with_reset(transport: asyncio.BaseTransport) -> None:
    """Ask the kernel for RST rather than FIN; on a copy of the descriptor, which shares its options."""
    with socket.socket(fileno=os.dup(transport.get_extra_info("socket").fileno())) as copy:
        copy.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
