"""The playground on a real port, the official client, and a small bot behind it."""

from collections.abc import AsyncIterator
from typing import Any

import httpx
import pytest
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from bot.playground import credentials
from bot.playground.server import Playground
from tests.playground.running import Bot, Ticking, as_agent, beside


@pytest.fixture
def clock() -> Ticking:
    return Ticking()


@pytest.fixture
def bot() -> Bot:
    return Bot()


@pytest.fixture
def playground(clock: Ticking) -> Playground:
    return Playground(
        "http://127.0.0.1:1",
        now=clock,
        ack_seconds=1.0,
        event_pauses=(0.0, 0.01, 0.02),
        webhook_pauses=(0.01,),
    )


@pytest.fixture
async def base(playground: Playground, bot: Bot) -> AsyncIterator[str]:
    async with beside(playground, bot) as url:
        yield url


@pytest.fixture
async def page(base: str) -> AsyncIterator[httpx.AsyncClient]:
    async with httpx.AsyncClient(base_url=base) as client:
        yield client


@pytest.fixture
def slack(base: str) -> AsyncWebClient:
    return AsyncWebClient(credentials.BOT_TOKEN, base_url=f"{base}/api/")


@pytest.fixture
async def zendesk(base: str) -> AsyncIterator[httpx.AsyncClient]:
    async with as_agent(base) as client:
        yield client


async def refusal(call: Any) -> dict[str, Any]:
    """The answer with which Slack refused this call."""
    with pytest.raises(SlackApiError) as caught:
        await call
    data = caught.value.response.data
    assert isinstance(data, dict)
    return data
