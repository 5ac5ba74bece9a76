"""Delivery while Slack throttles a flood: how soon a P1 and a click are seen, and whether anything is lost or twice."""

import asyncio
import hashlib
import hmac
import json
import random
import re
import tempfile
import time
from collections import Counter
from collections.abc import AsyncIterator, Iterable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import httpx

from tests.bench.product import SECRET, Running, product, share_models

FLOOD, URGENT, CLICKS = 500, 25, 25
LEAD = "U0LENA"
_SUBJECTS = ("Invoice for March", "How do I export a board?", "Change of address", "Dark mode", "Login on a new phone")
_TEXTS = (
    "Please send me the invoice for month {n} once more, our accountant needs it.",
    "How can I export board number {n} as a file? I could not find it in the menu.",
    "Our company has moved. Please put the new address, Example Street {n}, on our invoices from now on.",
    "It would be nice if the board had a dark mode. We are {n} people who would like that.",
    "I have a new phone and do not know how to log in there. My old one was number {n}.",
)
_ALARM = (
    "Nobody in our company of {n} people can open any board since 09:10, error 503. A complete outage, we cannot work."
)


@dataclass
class Seen:
    """What the workspace shows, by the moment at which it appeared there."""

    cards: dict[str, float] = field(default_factory=dict)
    keys: Counter[str] = field(default_factory=Counter)
    digests: dict[str, int] = field(default_factory=dict)
    decided: dict[str, float] = field(default_factory=dict)
    approvable: dict[str, dict[str, Any]] = field(default_factory=dict)

    def take(self, happened: dict[str, Any]) -> None:
        message = happened.get("message") or {}
        key, now = _key(message), time.perf_counter()
        if key.startswith("card:"):
            self._take_card(key, message, now)
        elif key.startswith("digest:"):
            found = re.search(r"(\d+) more ticket", message.get("text", ""))
            self.digests[key] = int(found[1]) if found else 0

    def _take_card(self, key: str, message: dict[str, Any], now: float) -> None:
        case = key.split(":")[1]
        if "edited" not in message:
            self.keys[f"{key} {message['channel']} {message['ts']}"] += 1
        self.cards.setdefault(case, now)
        if any(done in message.get("text", "") for done in ("Approved by", "still to answer")):
            self.decided.setdefault(case, now)
        elif approve := _approve(message):
            self.approvable[case] = {"channel": message["channel"], "ts": message["ts"], "action": approve}

    @property
    def twice(self) -> int:
        return sum(count - 1 for count in Counter(key.split()[0] for key in self.keys).values())


async def delivery(seconds: int) -> None:
    """Send FLOOD tickets at once, and URGENT among them at random moments, to a Slack that keeps to its rates."""
    with tempfile.TemporaryDirectory() as folder:
        share_models(Path(folder))
        async with product(Path(folder)) as running, httpx.AsyncClient(timeout=60) as client:
            await _warm(client, running)
            order = {"rate_limits": True}
            (await client.post(f"{running.playground}/playground/control", json=order)).raise_for_status()
            async with _watching(running) as seen:
                await _measure(client, running, seen, max(seconds, 60))


async def _measure(client: httpx.AsyncClient, running: Running, seen: Seen, seconds: int) -> None:
    chance, began = random.Random(7), time.perf_counter()
    moments = sorted(chance.uniform(0.5, seconds) for _ in range(URGENT))
    async with asyncio.TaskGroup() as tasks:
        flooding = tasks.create_task(_flood(client, running))
        alarms = tasks.create_task(_alarms(client, running, moments))
        clicks = tasks.create_task(_clicks(client, running, seen, seconds))
        shown = tasks.create_task(_all_shown(flooding, seen))
    usual, urgent = flooding.result(), alarms.result()
    await _until(lambda: all(case in seen.cards for case in urgent), 60)
    _print("P1 accepted to card", [seen.cards[case] - at for case, at in urgent.items() if case in seen.cards], URGENT)
    _print("click to changed card", clicks.result(), CLICKS)
    await _until(lambda: all(case in seen.cards for case in usual), 900)
    lost = sum(case not in seen.cards for case in (*usual, *urgent))
    print(
        f"delivery: {len(usual)} tickets have a card or a line after {shown.result() - began:.0f} s, "
        f"all have cards after {max(seen.cards.values()) - began:.0f} s; {len(seen.digests)} digests, "
        f"{lost} lost, {seen.twice} twice, {await _refusals(client, running)} times refused by Slack's rates"
    )


async def _flood(client: httpx.AsyncClient, running: Running) -> dict[str, float]:
    texts = iter([(_SUBJECTS[n % 5], _TEXTS[n % 5].format(n=n + 10)) for n in range(FLOOD)])
    accepted: dict[str, float] = {}

    async def send() -> None:
        for number, (subject, text) in enumerate(texts):
            case, at = await _accepted(client, running, f"usual-{id(texts)}-{number}-{hash(text)}", subject, text)
            accepted[case] = at

    await asyncio.gather(*(send() for _ in range(20)))
    return accepted


async def _alarms(client: httpx.AsyncClient, running: Running, moments: Iterable[float]) -> dict[str, float]:
    began, accepted = time.perf_counter(), {}
    for number, moment in enumerate(moments):
        await asyncio.sleep(max(0.0, began + moment - time.perf_counter()))
        case, at = await _accepted(client, running, f"alarm-{number}", "Outage", _ALARM.format(n=number + 50))
        accepted[case] = at
    return accepted


async def _clicks(client: httpx.AsyncClient, running: Running, seen: Seen, seconds: int) -> list[float]:
    """A lead approves a card now and then; each click is timed until the card says so."""
    took: list[float] = []
    for _ in range(CLICKS):
        await asyncio.sleep(seconds / CLICKS)
        await _until(lambda: bool(seen.approvable), 60)
        case, where = seen.approvable.popitem()
        pressed = time.perf_counter()
        answer = await client.post(f"{running.playground}/playground/click", json={"user": LEAD, **where})
        if not answer.json()["ok"]:
            continue  # the card has changed under the person's hand
        if await _until(lambda case=case: case in seen.decided, 30):  # type: ignore[misc]
            took.append(seen.decided[case] - pressed)
    return took


async def _all_shown(flooding: asyncio.Task[dict[str, float]], seen: Seen) -> float:
    usual = await flooding
    await _until(lambda: sum(case in seen.cards for case in usual) + sum(seen.digests.values()) >= len(usual), 600)
    return time.perf_counter()


async def _accepted(
    client: httpx.AsyncClient, running: Running, name: str, subject: str, text: str
) -> tuple[str, float]:
    body = json.dumps({"id": name, "subject": subject, "text": text, "customer": {"email": f"{name}@example.com"}})
    stamp = str(int(time.time()))
    mark = hmac.new(SECRET.encode(), f"{stamp}.{body}".encode(), hashlib.sha256).hexdigest()
    headers = {"Content-Type": "application/json", "X-Triage-Timestamp": stamp, "X-Triage-Signature": f"v1={mark}"}
    answer = await client.post(f"{running.url}/webhooks/plain", content=body, headers=headers)
    answer.raise_for_status()
    return str(answer.json()["ticket"]), time.perf_counter()


async def _warm(client: httpx.AsyncClient, running: Running) -> None:
    """Wait until the engine has read its first ticket: what is measured is a product at work."""
    await _accepted(client, running, "warm", "Invoice", "Please send the invoice for March.")
    while (await client.get(f"{running.url}/health")).json()["checks"]["queue"].get("triage.running"):
        await asyncio.sleep(0.5)
    await asyncio.sleep(3)


@asynccontextmanager
async def _watching(running: Running) -> AsyncIterator[Seen]:
    seen = Seen()

    async def watch() -> None:
        stream = f"{running.playground}/playground/stream"
        async with httpx.AsyncClient(timeout=None) as client, client.stream("GET", stream) as lines:
            async for line in lines.aiter_lines():
                if line.startswith("data: "):
                    seen.take(json.loads(line[6:]))

    watcher = asyncio.create_task(watch())
    await asyncio.sleep(0.5)
    try:
        yield seen
    finally:
        watcher.cancel()
        await asyncio.gather(watcher, return_exceptions=True)


async def _until(reached: Any, seconds: float) -> bool:
    for _ in range(int(seconds / 0.05)):
        if reached():
            return True
        await asyncio.sleep(0.05)
    return False


async def _refusals(client: httpx.AsyncClient, running: Running) -> int:
    log = (await client.get(f"{running.playground}/playground/wire", params={"limit": 10_000})).json()
    return sum(entry.get("status") == 429 for entry in log["entries"])


def _approve(message: dict[str, Any]) -> dict[str, Any] | None:
    for block in message.get("blocks", []):
        for element in block.get("elements", []) if block["type"] == "actions" else []:
            if element.get("action_id") == "ticket.approve":
                return {"block_id": block["block_id"], "action_id": "ticket.approve"}
    return None


def _key(message: dict[str, Any]) -> str:
    return str(((message.get("metadata") or {}).get("event_payload") or {}).get("key", ""))


def _print(what: str, took: list[float], expected: int) -> None:
    took.sort()
    p50, p95 = took[len(took) // 2], took[min(len(took) - 1, int(len(took) * 0.95))]
    figures = f"p50 {p50:.2f} s, p95 {p95:.2f} s, max {took[-1]:.2f} s"
    print(f"delivery: {what}: {len(took)} of {expected}, {figures}", flush=True)
