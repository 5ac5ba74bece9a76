"""Tickets per minute with a model of fixed latency, against the bound (calls in flight / latency)."""

import asyncio
import json
import sys
import tempfile
import time
from pathlib import Path

import httpx

from tests.bench.acks import offer
from tests.bench.product import free_port, product, share_models

LATENCY = 2.5


async def model(seconds: int) -> None:
    """Keep more tickets waiting than can be read, and count the cards' analyses."""
    port = free_port()
    stub = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "tests.stubs.openai_stub", "--port", str(port), "--latency", str(LATENCY)
    )
    try:
        for in_flight in (10, 50, 100):
            await _measure(port, in_flight, seconds)
    finally:
        stub.terminate()
        await stub.wait()


async def _measure(port: int, in_flight: int, seconds: int) -> None:
    with tempfile.TemporaryDirectory() as folder:
        share_models(Path(folder))
        settings = {
            "OPENAI_BASE_URL": f"http://127.0.0.1:{port}/v1",
            "TRIAGE_CONCURRENCY": str(in_flight),
        }
        async with product(Path(folder), **settings) as running, httpx.AsyncClient() as client:
            await offer(running, max(5, in_flight // 2))
            first, began = await _waiting(client, running.url), time.perf_counter()
            await asyncio.sleep(seconds)
            done = first - await _waiting(client, running.url)
            taken = time.perf_counter() - began
            memory = running.memory()
    rate, bound = done / taken * 60, in_flight / LATENCY * 60
    print(json.dumps({"in_flight": in_flight, "tickets_per_minute": round(rate), "bound": round(bound),
                      "share": round(rate / bound, 3), "memory_mb": round(memory)}))  # fmt: skip


async def _waiting(client: httpx.AsyncClient, url: str) -> int:
    queue = (await client.get(f"{url}/health")).json()["checks"]["queue"]
    return sum(count for name, count in queue.items() if name.startswith("triage."))
