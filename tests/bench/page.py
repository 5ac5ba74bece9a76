"""The page under load: from click to visible answer while tickets stream in at full speed."""

import asyncio
import json
import os
import tempfile
import time
from collections.abc import Sequence
from itertools import cycle, islice
from pathlib import Path
from typing import Any

import httpx
from playwright.async_api import Browser, Page, async_playwright

from bot.playground.feed import samples
from tests.bench.clicks import Times, click_once
from tests.bench.product import Running, product, share_models
from tests.browser import CHROMIUM, FLAGS

TICKETS = 300
AT_ONCE = 20
CHANNEL = "general-support"


async def page(seconds: int, tickets: Path | None = None) -> None:
    """Feed the tickets of a JSON Lines file (else the samples again and again), and click for so long at most."""
    if not CHROMIUM.exists():
        print("page: no Chromium on this machine")
        return
    lines = _read(tickets) if tickets else list(islice(cycle(samples()), TICKETS))
    with tempfile.TemporaryDirectory() as folder:
        share_models(Path(folder))
        async with product(Path(folder)) as running, async_playwright() as playwright:
            browser = await playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
            await _measure(running, browser, lines, seconds)
            await browser.close()


def _read(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]


async def _measure(running: Running, browser: Browser, lines: Sequence[dict[str, Any]], seconds: int) -> None:
    tab = await browser.new_page(viewport={"width": 1400, "height": 900})
    times, began = Times(), time.perf_counter()
    async with httpx.AsyncClient(base_url=running.playground, timeout=60) as client, asyncio.TaskGroup() as tasks:
        feeding = tasks.create_task(_feed(client, lines))
        await tab.goto(f"{running.playground}/?as=lena#/channel/{CHANNEL}")
        await tab.locator(".channel-pane article [data-action-id='ticket.edit']").first.wait_for(timeout=300_000)
        await _click_until_done(running, tab, times, feeding, seconds)
        taken = time.perf_counter() - began
        waiting = await _waiting(running)
    nodes = await tab.evaluate("document.querySelectorAll('*').length")
    drawn = await tab.locator(".channel-pane article").count()
    _print(
        times, taken, f"{len(lines)} tickets fed, {len(lines) - waiting} read", f"{drawn} messages, {nodes} nodes drawn"
    )


async def _feed(client: httpx.AsyncClient, lines: Sequence[dict[str, Any]]) -> None:
    waiting = iter(lines)

    async def write() -> None:
        for line in waiting:
            customer = line.get("customer") or {}
            letter = {
                "name": customer.get("name") or "Unknown customer",
                "email": customer.get("email") or f"customer-{line.get('id', 'x')}@example.com",
                "subject": line.get("subject") or "",
                "text": line["text"],
                "channel": line.get("channel") or "email",
            }
            (await client.post("/playground/tickets", json=letter)).raise_for_status()

    await asyncio.gather(*(write() for _ in range(AT_ONCE)))


async def _click_until_done(
    running: Running, tab: Page, times: Times, feeding: asyncio.Task[None], seconds: int
) -> None:
    """Until the app has read every ticket, or the time is up; in either case only after all were fed."""
    turn, began = 0, time.perf_counter()
    while not feeding.done() or (time.perf_counter() - began < seconds and await _waiting(running)):
        await click_once(tab, times, turn)
        turn += 1


async def _waiting(running: Running) -> int:
    """How many tickets the app has not read yet."""
    async with httpx.AsyncClient(base_url=running.url, timeout=60) as client:
        queue = (await client.get("/health")).json()["checks"]["queue"]
    return sum(count for name, count in queue.items() if name in {"triage.waiting", "triage.running"})


def _print(times: Times, taken: float, fed: str, drawn: str) -> None:
    for name in ("all", "edit", "thread", "why"):
        took = sorted(getattr(times, name))
        if not took:
            continue
        p50, p95 = took[len(took) // 2], took[min(len(took) - 1, int(len(took) * 0.95))]
        print(f"page [{name}]: {len(took)} clicks, p50 {p50:.0f} ms, p95 {p95:.0f} ms, max {took[-1]:.0f} ms")
    load = os.getloadavg()[0]
    print(f"page: {fed} in {taken:.0f} s, {drawn}, {times.missed} clicks unanswered, load average {load:.1f}")
