"""The playground on the loop on which the browser lives."""

import json
from collections.abc import AsyncIterator
from typing import Any

import httpx
import pytest_asyncio

from bot.playground.server import Playground
from tests.browser import PATIENCE
from tests.playground.running import Bot, as_agent, beside

Payload = dict[str, Any]


@pytest_asyncio.fixture(loop_scope="session")
async def base(playground: Playground, bot: Bot) -> AsyncIterator[str]:
    playground.line.ack_seconds = PATIENCE / 1_000  # the bot shares the processor with the browser
    async with beside(playground, bot) as url:
        yield url


@pytest_asyncio.fixture(loop_scope="session")
async def page(base: str) -> AsyncIterator[httpx.AsyncClient]:
    async with httpx.AsyncClient(base_url=base) as client:
        yield client


@pytest_asyncio.fixture(loop_scope="session")
async def zendesk(base: str) -> AsyncIterator[httpx.AsyncClient]:
    async with as_agent(base) as client:
        yield client


async def acts(bot: Bot, count: int) -> list[Payload]:
    """What people did with blocks and views, once there is so much; events are left out."""
    while True:
        payloads = [json.loads(got.form["payload"]) for got in bot.received if "payload" in got.form]
        if len(payloads) >= count:
            return payloads
        await bot.until(len(bot.received) + 1)
