"""Where an app's own connections arrive: the address that apps.connections.open gives out."""

from fastapi import APIRouter
from starlette.websockets import WebSocket

from bot.playground.playground import Playground


def socket_link(playground: Playground) -> APIRouter:
    """`/link/?ticket=…`"""
    router = APIRouter()

    @router.websocket("/link/")
    async def link(websocket: WebSocket) -> None:
        await playground.sockets.attend(websocket)

    return router
