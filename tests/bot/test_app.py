"""The whole comes up by itself, whoever else is away."""

import asyncio
from pathlib import Path

import httpx
from pydantic import SecretStr

from bot.app import running
from bot.demo import free_port, pretend
from bot.playground.credentials import APP_TOKEN


async def test_webhooks_are_taken_while_slack_cannot_be_reached(tmp_path: Path) -> None:
    """Socket Mode goes on trying; a helpdesk that calls meanwhile must not find a closed door."""
    settings = pretend(tmp_path, free_port(0)).model_copy(update={"slack_app_token": SecretStr(APP_TOKEN)})
    async with asyncio.timeout(120), running(settings, parts=("web",)) as product:
        transport = httpx.ASGITransport(app=product.web)
        async with httpx.AsyncClient(transport=transport, base_url="http://product") as client:
            assert (await client.get("/health/live")).status_code == 200
            assert (await client.get("/health")).json()["checks"]["engine"] == "idle", "a worker's engine reads"
            product.engines.local.readiness.step("Reading the shipped examples: 256 of 900.")
            told = (await client.get("/health")).json()
            assert told["status"] == "learning"
            assert told["checks"]["engine"] == "learning: Reading the shipped examples: 256 of 900."
