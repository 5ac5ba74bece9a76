"""Webhook acknowledgement under an open load: p50, p99, errors."""

import asyncio
import hashlib
import hmac
import json
import tempfile
import time
from pathlib import Path

import aiohttp
import httpx

from tests.bench.product import SECRET, Running, product, share_models

RATE = 200  # deliveries a second


async def acks(seconds: int) -> None:
    """Offer RATE webhooks a second, whether or not earlier ones were answered."""
    for only in ("web", "web,worker,clock"):
        with tempfile.TemporaryDirectory() as folder:
            share_models(Path(folder))
            async with product(Path(folder), only) as running:
                if "worker" in only:
                    await warm(running)
                took, errors = await offer(running, seconds)
        took.sort()
        p50, p99 = took[len(took) // 2], took[int(len(took) * 0.99)]
        print(
            f"acks [{only}]: {len(took)} at {RATE}/s for {seconds} s: p50 {p50:.1f} ms, p99 {p99:.1f} ms, "
            f"max {took[-1]:.1f} ms, errors {errors}"
        )


async def warm(running: Running) -> None:
    """Wait until the engine has read its first tickets: what is measured is a product at work."""
    await offer(running, 1)
    async with httpx.AsyncClient() as client:
        while (await client.get(f"{running.url}/health")).json()["checks"]["queue"].get("triage.waiting"):
            await asyncio.sleep(0.5)


async def offer(running: Running, seconds: int) -> tuple[list[float], int]:
    took: list[float] = []
    errors = 0

    async def one(session: aiohttp.ClientSession, number: int) -> None:
        nonlocal errors
        body = json.dumps(
            {"id": f"bench-{time.time_ns()}", "text": f"My invoice {number} is wrong, please correct it."}
        )
        stamp = str(int(time.time()))
        mark = hmac.new(SECRET.encode(), f"{stamp}.{body}".encode(), hashlib.sha256).hexdigest()
        headers = {
            "Content-Type": "application/json",
            "X-Triage-Timestamp": stamp,
            "X-Triage-Signature": f"v1={mark}",
            "X-Triage-Delivery": mark,
        }
        began = time.perf_counter()
        try:
            async with session.post(f"{running.url}/webhooks/plain", data=body, headers=headers) as answer:
                errors += answer.status != 202
                await answer.read()
        except aiohttp.ClientError:
            errors += 1
        took.append((time.perf_counter() - began) * 1000)

    async with aiohttp.ClientSession(connector=aiohttp.TCPConnector(limit=0)) as session:
        begin = time.perf_counter()
        async with asyncio.TaskGroup() as tasks:
            for number in range(RATE * seconds):
                await asyncio.sleep(max(0.0, begin + number / RATE - time.perf_counter()))
                tasks.create_task(one(session, number))
    return took, errors
