"""The line to the bot: by its own connection when it has one open, else posted and signed as Slack signs."""

import asyncio
import hashlib
import hmac
import json
import time
from dataclasses import dataclass, field
from urllib.parse import urlencode

import httpx

from bot.playground.clock import Clock
from bot.playground.credentials import SIGNING_SECRET
from bot.playground.delivery import TIMED_OUT, UNREACHED, Ack, Delivery, Kind
from bot.playground.faults import Fault, FaultKind, Faults
from bot.playground.sockets import Sockets
from bot.playground.stream import Stream
from bot.playground.wire_log import WireLog

PATH = "/slack/events"
SOCKET = "socket mode"
IN_FLIGHT = 20
BREAKS_AFTER = 0.05
"""Seconds in which a delivery arrives on a line that then breaks."""


@dataclass
class Line:
    """Delivers to the bot. `client` opens on the first delivery and is closed with the playground.

    `slots` bounds what nobody waits for, events and webhooks, so that a press never queues behind a thousand.
    """

    bot_url: str
    ack_seconds: float
    clock: Clock
    log: WireLog
    stream: Stream
    faults: Faults
    sockets: Sockets
    slots: asyncio.Semaphore = field(default_factory=lambda: asyncio.Semaphore(IN_FLIGHT), init=False)
    _client: httpx.AsyncClient | None = field(default=None, init=False)

    @property
    def client(self) -> httpx.AsyncClient:
        if self._client is None:
            limits = httpx.Limits(max_connections=200, max_keepalive_connections=50)
            self._client = httpx.AsyncClient(limits=limits, trust_env=False)
        return self._client

    async def deliver(self, delivery: Delivery) -> Ack:
        """Once, or as the fault plan says; what was not acknowledged is said on the page."""
        fault = self.faults.draw(delivery.what)
        ack = await (self._under(fault, delivery) if fault else self._tell(delivery))
        if ack.error:
            self.stream.publish("delivery_failed", what=delivery.what, error=ack.explanation)
        return ack

    async def close(self) -> None:
        if self._client is not None:
            await self._client.aclose()

    async def _under(self, fault: Fault, delivery: Delivery) -> Ack:
        match fault.kind:
            case FaultKind.SLOW:
                await asyncio.sleep(fault.seconds)
                return await self._tell(delivery)
            case FaultKind.EXECUTE_THEN_TIMEOUT:
                await self._tell(delivery)
                return TIMED_OUT
            case FaultKind.REDELIVERY:
                ack = await self._tell(delivery)
                await self._tell(delivery.again(TIMED_OUT.error))
                return ack
            case FaultKind.RESET:
                await self._break(delivery)
        self.log.record("to_bot", delivery.what, delivery.payload, {"fault": fault.kind}, 0, time.perf_counter())
        return UNREACHED

    async def post(self, delivery: Delivery) -> Ack:
        """By HTTP, also while a connection is open."""
        started = time.perf_counter()
        ack = await self._post(delivery)
        self._note(delivery, ack, started, PATH)
        return ack

    async def _tell(self, delivery: Delivery) -> Ack:
        """By socket while one is open, else by HTTP."""
        if not self.sockets:
            return await self.post(delivery)
        started = time.perf_counter()
        ack = await self.sockets.deliver(delivery, self.ack_seconds)
        self._note(delivery, ack, started, SOCKET)
        return ack

    def _note(self, delivery: Delivery, ack: Ack, started: float, path: str) -> None:
        answer = ack.json() or ack.body[:2_000]
        self.log.record("to_bot", delivery.what, delivery.payload, answer, ack.status, started, path)

    async def _break(self, delivery: Delivery) -> None:
        """Let the app have it, and break the connection before it can answer."""
        if self.sockets:
            await self.sockets.break_one(delivery)
            return
        request, headers = self._request(delivery)
        sender = asyncio.create_task(self.client.post(self._url, content=request, headers=headers))
        await asyncio.wait({sender}, timeout=BREAKS_AFTER)
        sender.cancel()
        await asyncio.gather(sender, return_exceptions=True)

    async def _post(self, delivery: Delivery) -> Ack:
        client, (body, headers) = self.client, self._request(delivery)
        try:
            async with asyncio.timeout(self.ack_seconds):  # over all: httpx's own limits are for each step
                answer = await client.post(self._url, content=body, headers=headers, timeout=None)
        except TimeoutError:
            return TIMED_OUT
        except httpx.HTTPError:
            return UNREACHED
        may_retry = answer.headers.get("X-Slack-No-Retry") != "1"
        return Ack(answer.status_code, answer.text, "" if answer.is_success else "http_error", may_retry)

    @property
    def _url(self) -> str:
        return self.bot_url.rstrip("/") + PATH

    def _request(self, delivery: Delivery) -> tuple[bytes, dict[str, str]]:
        body, kind = _written(delivery)
        headers = {"Content-Type": kind, **sign(body, str(int(self.clock.now())))}
        if delivery.retry and delivery.kind is Kind.EVENT:
            headers |= {"X-Slack-Retry-Num": str(delivery.retry), "X-Slack-Retry-Reason": delivery.reason}
        return body, headers


def _written(delivery: Delivery) -> tuple[bytes, str]:
    """Events are JSON, commands a form, interactions a form with JSON in its one field."""
    match delivery.kind:
        case Kind.EVENT:
            return json.dumps(delivery.payload).encode(), "application/json"
        case Kind.COMMAND:
            return urlencode(delivery.payload).encode(), "application/x-www-form-urlencoded"
        case Kind.INTERACTION:
            form = urlencode({"payload": json.dumps(delivery.payload)})
            return form.encode(), "application/x-www-form-urlencoded"


def sign(body: bytes, timestamp: str) -> dict[str, str]:
    digest = hmac.new(SIGNING_SECRET.encode(), b"v0:" + timestamp.encode() + b":" + body, hashlib.sha256)
    return {
        "X-Slack-Request-Timestamp": timestamp,
        "X-Slack-Signature": f"v0={digest.hexdigest()}",
        "User-Agent": "Slackbot 1.0 (+https://api.slack.com/robots)",
    }
