"""Socket Mode: the app's own connections, and the envelopes that wait on them for their acknowledgement."""

import asyncio
import json
import secrets
from uuid import uuid4

from starlette.websockets import WebSocket, WebSocketDisconnect

from bot.playground.clock import Clock
from bot.playground.credentials import APP_ID
from bot.playground.delivery import TIMED_OUT, UNREACHED, Ack, Delivery, Kind
from bot.playground.hang_up import cut
from bot.playground.stream import Stream
from bot.playground.wire import Object

MOST = 10
"""Connections of one app at a time."""
TICKET_SECONDS = 30.0
LIFETIME = 18_060
"""Seconds that Slack says it will keep a connection."""
ENDINGS = frozenset({"warning", "refresh_requested", "link_disabled"})
"""Reasons of a `disconnect`; after a warning the connection stays open for a while."""


class Connection:
    """One WebSocket; `gone` is done when it has ended."""

    def __init__(self, websocket: WebSocket) -> None:
        self._websocket = websocket
        self.gone: asyncio.Future[str] = asyncio.get_running_loop().create_future()

    async def tell(self, message: Object) -> None:
        """Send, unless it broke meanwhile: whoever waits hears of that from `gone`."""
        try:
            await self._websocket.send_text(json.dumps(message))
        except (WebSocketDisconnect, RuntimeError):
            self.lose()

    async def close(self) -> None:
        self.lose()
        try:
            await self._websocket.close()
        except (WebSocketDisconnect, RuntimeError):
            return

    def cut(self) -> None:
        """Break it under the app's hands."""
        self.lose()
        cut(self._websocket.scope)

    def lose(self) -> None:
        if not self.gone.done():
            self.gone.set_result("")


class Sockets:
    """All open connections; each envelope goes to one of them, in turn, and to the next when that one breaks."""

    def __init__(self, clock: Clock, stream: Stream) -> None:
        self._clock = clock
        self._stream = stream
        self._open: list[Connection] = []
        self._tickets: dict[str, float] = {}
        self._unacknowledged: dict[str, asyncio.Future[str]] = {}

    def __len__(self) -> int:
        return len(self._open)

    def ticket(self) -> str:
        """Lets one connection in, soon."""
        born = {ticket: at for ticket, at in self._tickets.items() if self._is_fresh(at)}
        ticket = secrets.token_hex(12)
        self._tickets = {**born, ticket: self._clock.now()}
        return ticket

    async def attend(self, websocket: WebSocket) -> None:
        """One connection from its handshake to its end."""
        if not self._is_fresh(self._tickets.pop(websocket.query_params.get("ticket", ""), float("-inf"))):
            await websocket.close()  # before the handshake, which makes it HTTP 403
            return
        await websocket.accept()
        connection = Connection(websocket)
        if len(self._open) >= MOST:
            await connection.tell(_goodbye("too_many_websockets"))
            await connection.close()
            return
        self._change([*self._open, connection])
        await connection.tell(self._hello())
        try:
            await self._listen(websocket)
        finally:
            self._drop(connection)

    async def deliver(self, delivery: Delivery, seconds: float) -> Ack:
        """In an envelope, acknowledged within so many seconds, over whichever connection it arrives."""
        envelope = _envelope(delivery)
        acknowledged = asyncio.get_running_loop().create_future()
        self._unacknowledged[envelope["envelope_id"]] = acknowledged
        try:
            async with asyncio.timeout(seconds):
                while self._open and not acknowledged.done():
                    await self._send(envelope, acknowledged)
        except TimeoutError:
            return TIMED_OUT
        finally:
            del self._unacknowledged[envelope["envelope_id"]]
        if not acknowledged.done():
            return UNREACHED
        return Ack(200, acknowledged.result() if delivery.accepts_answer else "")

    async def break_one(self, delivery: Delivery) -> None:
        """Send to one connection, and break it before it can acknowledge."""
        if self._open:
            connection = self._next()
            await connection.tell(_envelope(delivery))
            connection.cut()
            self._drop(connection)

    async def disconnect(self, reason: str) -> int:
        """Ask every connection to be made anew; how many there were."""
        leaving = list(self._open)
        for connection in leaving:
            await connection.tell(_goodbye(reason))
            if reason != "warning":
                self._drop(connection)
                await connection.close()
        return len(leaving)

    async def _send(self, envelope: Object, acknowledged: asyncio.Future[str]) -> None:
        """Until it is acknowledged, or the connection that it went to has ended."""
        connection = self._next()
        await connection.tell(envelope)
        await asyncio.wait({acknowledged, connection.gone}, return_when=asyncio.FIRST_COMPLETED)
        if connection.gone.done():
            self._drop(connection)

    def _next(self) -> Connection:
        first, *others = self._open
        self._open = [*others, first]
        return first

    async def _listen(self, websocket: WebSocket) -> None:
        while (message := await websocket.receive())["type"] == "websocket.receive":
            self._hear(message.get("text") or "")

    def _hear(self, text: str) -> None:
        """An acknowledgement; anything else, and one that comes too late, is passed over."""
        try:
            said = json.loads(text)
        except ValueError:
            return
        if not isinstance(said, dict):
            return
        waiting = self._unacknowledged.get(str(said.get("envelope_id")))
        if waiting is not None and not waiting.done():
            answer = said.get("payload")
            waiting.set_result(json.dumps(answer) if answer else "")

    def _hello(self) -> Object:
        debug = {
            "host": "playground",
            "started": self._clock.iso(),
            "build_number": 1,
            "approximate_connection_time": LIFETIME,
        }
        count = len(self._open)
        return {"type": "hello", "num_connections": count, "connection_info": {"app_id": APP_ID}, "debug_info": debug}

    def _drop(self, connection: Connection) -> None:
        connection.lose()
        if connection in self._open:
            self._change([each for each in self._open if each is not connection])

    def _change(self, connections: list[Connection]) -> None:
        self._open = connections
        self._stream.publish("sockets", open=len(connections))

    def _is_fresh(self, born: float) -> bool:
        return self._clock.now() - born <= TICKET_SECONDS


def _envelope(delivery: Delivery) -> Object:
    envelope: Object = {
        "envelope_id": str(uuid4()),
        "type": delivery.kind.value,
        "accepts_response_payload": delivery.accepts_answer,
        "payload": delivery.payload,
    }
    if delivery.kind is Kind.EVENT:
        envelope |= {"retry_attempt": delivery.retry, "retry_reason": delivery.reason.removeprefix("http_")}
    return envelope


def _goodbye(reason: str) -> Object:
    return {"type": "disconnect", "reason": reason, "debug_info": {"host": "playground"}}
