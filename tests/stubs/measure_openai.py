"""Measure tickets a minute through the model engine: `python -m tests.stubs.measure_openai --at-once 10 50`.

The stub runs in a process of its own and takes 2.5 s for every answer; the bound is calls at once ÷ latency.
"""

import argparse
import asyncio
import itertools
import resource
import socket
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import httpx

from bot.adapters.breaker import Breaker
from bot.adapters.language_model import Call, OpenAILanguageModel, openai_client
from bot.adapters.llm_classifier import LLMClassifier
from pipeline.classify import Engine
from tests.stubs.understanding import LocalEngine, masked, policy

PAGE = resource.getpagesize()


class Tokens:
    def __init__(self) -> None:
        self.calls = self.tokens = 0

    def record(self, call: Call) -> None:
        self.calls += 1
        self.tokens += call.usage.prompt_tokens + call.usage.completion_tokens


async def measure(url: str, at_once: int, largest: int, latency: float, seconds: float) -> None:
    client, meter = openai_client("", f"{url}/v1", timeout=30), Tokens()
    model = OpenAILanguageModel(client, "stub", 30, Breaker(), at_once, meter)
    classifier = LLMClassifier(model, LocalEngine(), 1000, largest=largest, at_once=at_once)
    numbers, done, lags, sizes = itertools.count(), [0, 0], [0.0], [0.0]
    asked = policy()
    began = time.monotonic()
    ends = began + seconds

    async def customer() -> None:
        while time.monotonic() < ends:
            text = f"Ticket {next(numbers)}: my invoice is wrong. " + "It says more than I ordered. " * 20
            found = await classifier.classify(masked(text), asked)
            done[found.engine is not Engine.LLM] += 1

    async def watch() -> None:
        while True:
            before = time.monotonic()
            await asyncio.sleep(0.01)
            lags.append(time.monotonic() - before - 0.01)
            sizes.append(_rss())

    watching = asyncio.create_task(watch())
    await asyncio.gather(*(customer() for _ in range(at_once * largest * 2)))
    took = time.monotonic() - began
    watching.cancel()
    await client.close()
    bound = at_once / latency * 60
    rate = sum(done) / took * 60
    half = sizes[len(sizes) // 2]
    print(
        f"{at_once:4} at once, batches of {largest}: {rate:8.0f} tickets/min = {rate / bound:6.1%} of "
        f"{bound:.0f}; {done[1]} local; {meter.calls} calls, {meter.tokens / max(sum(done), 1):.0f} tokens "
        f"a ticket; longest pause of the loop {max(lags) * 1000:.0f} ms; memory {half:.0f} MB at half-time, "
        f"{sizes[-1]:.0f} MB at the end"
    )


def _rss() -> float:
    return int(Path("/proc/self/statm").read_text().split()[1]) * PAGE / 1e6


async def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--at-once", type=int, nargs="+", default=[10, 50, 100])
    parser.add_argument("--largest", type=int, nargs="+", default=[1, 8])
    parser.add_argument("--latency", type=float, default=2.5)
    parser.add_argument("--seconds", type=float, default=30)
    given = parser.parse_args()
    port = _free_port()
    stub = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "tests.stubs.openai_stub", "--port", str(port), "--latency", str(given.latency)
    )
    url = f"http://127.0.0.1:{port}"
    try:
        await _wait_for(url)
        for at_once, largest in _runs(given.at_once, given.largest):
            await measure(url, at_once, largest, given.latency, given.seconds)
    finally:
        stub.terminate()
        await stub.wait()


def _runs(at_once: list[int], largest: list[int]) -> Iterator[tuple[int, int]]:
    return itertools.product(at_once, largest)


def _free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as listening:
        return int(listening.getsockname()[1])


async def _wait_for(url: str) -> None:
    async with httpx.AsyncClient() as client:
        for _ in range(200):
            try:
                await client.get(f"{url}/seen")
                return
            except httpx.TransportError:
                await asyncio.sleep(0.1)
    raise SystemExit("the stub did not start")


if __name__ == "__main__":
    asyncio.run(main())
