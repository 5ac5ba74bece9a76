"""The composition root: builds the whole product once, starts its parts, and stops them."""

import asyncio
import os
from collections.abc import AsyncGenerator
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

import httpx
import structlog
from fastapi import FastAPI, Request
from fastapi.responses import JSONResponse, Response
from slack_bolt.adapter.socket_mode.async_handler import AsyncSocketModeHandler
from slack_bolt.async_app import AsyncApp

from bot import health
from bot.adapters.readiness import Readiness
from bot.clock import ticking
from bot.metrics import Metrics
from bot.policy_file import policy_from
from bot.settings import Settings
from bot.slack_app import slack_app
from bot.sole import sole_process
from bot.wiring import Engines, wire_services
from bot.worker import Worker
from handlers import api, webhooks
from handlers.retrain import catch_up
from handlers.services import Services
from handlers.slack.http import router as slack_router
from handlers.slack.install import router as install_router
from pipeline.errors import TriageError
from storage.jobs import Kind, enqueue
from storage.migrate import migrate
from storage.store import DATABASE_ERRORS

PARTS = ("web", "worker", "clock")
_LOOK_FOR_MODELS = 30.0  # seconds between looks for a model that another process has adopted or given back
_LOOK_FOR_POLICY = 2.0  # seconds between looks for what a lead changed by way of another process
_TICKETS_PER_CALL = 4  # tickets read at once for each model call in flight, so that the calls never starve


@dataclass(frozen=True, slots=True)
class Product:
    """The running whole."""

    settings: Settings
    services: Services
    engines: Engines
    metrics: Metrics
    web: FastAPI


@asynccontextmanager
async def running(settings: Settings, parts: tuple[str, ...] = PARTS) -> AsyncGenerator[Product]:
    """Run the parts named and yield the product; everything is stopped when the block ends.

    The models load in the background meanwhile: a ticket that comes in before is held, not refused.
    """
    settings.data_dir.mkdir(parents=True, exist_ok=True)
    policy = await asyncio.to_thread(policy_from, settings.policy)
    async with AsyncExitStack() as stack:
        http = await stack.enter_async_context(httpx.AsyncClient(timeout=10, follow_redirects=False))
        metrics = Metrics(settings.price)
        services, engines = wire_services(settings, policy, http, metrics)
        stack.push_async_callback(services.store.close)
        stack.push_async_callback(engines.close)
        await migrate(services.store)
        await services.policies.catch_up(services.store, services.workspace)
        bolt = slack_app(settings, services)
        web = build_web(settings, services, metrics, bolt, engines.local.readiness)
        product = Product(settings, services, engines, metrics, web)
        tasks = await stack.enter_async_context(_background())
        tasks.add(asyncio.create_task(follow_policy(services)))
        if "worker" in parts:
            tasks.add(asyncio.create_task(keep_up(services, engines)))
            alone = stack.enter_context(sole_process(settings.data_dir)) and services.store.dialect == "sqlite"
            await _index_what_waits(services)
            tasks.add(asyncio.create_task(Worker(services, places(settings, engines), metrics).run(alone=alone)))
        if "clock" in parts:
            await stack.enter_async_context(ticking(services))
        if "web" in parts and settings.slack_app_token.get_secret_value():
            socket = AsyncSocketModeHandler(bolt, settings.slack_app_token.get_secret_value())
            stack.push_async_callback(socket.close_async)
            # It tries until Slack is there, and the helpdesk's tickets must come in all the same.
            connecting = socket.connect_async()  # type: ignore[no-untyped-call]  # Bolt ships no type for it
            tasks.add(asyncio.create_task(connecting))
        yield product


def build_web(
    settings: Settings, services: Services, metrics: Metrics, bolt: AsyncApp, engine: Readiness | None = None
) -> FastAPI:
    """Return the web application: webhooks, Slack's deliveries, health."""
    web = FastAPI(title="Triage Desk", version="0.1.0", docs_url=None, redoc_url=None)
    web.include_router(webhooks.router(services))
    secret = settings.slack_signing_secret.get_secret_value()
    web.include_router(slack_router(bolt, secret, services.clock))
    if settings.installs and bolt.oauth_flow:
        web.include_router(install_router(bolt.oauth_flow))
    web.include_router(api.router(services, settings.known_keys))
    web.include_router(health.router(services, metrics, Path(settings.data_dir), engine or Readiness()))

    @web.exception_handler(Exception)
    async def last_resort(_request: Request, error: Exception) -> Response:
        structlog.get_logger().error("request.failed", error=type(error).__name__)
        return JSONResponse({"error": "That did not work. Nothing was accepted; please send it again."}, 500)

    return web


def places(settings: Settings, engines: Engines) -> dict[str, int]:
    """Return how many jobs each lane works on at once. With a model, its calls are the scarce thing."""
    at_once = min(settings.concurrency, 2 * (os.cpu_count() or 1) + 1)  # more would only wait for each other
    reading = settings.concurrency * _TICKETS_PER_CALL if engines.model else at_once
    return {"triage": reading, "sift": 1, "slack": 16, "helpdesk": 8, "house": 2, "study": 1}


async def warm(engines: Engines) -> None:
    """Load what reads, so that the first ticket does not wait for it longer than it must."""
    try:
        await engines.local.warm()
        structlog.get_logger().info("engine.ready")
    except TriageError as error:
        structlog.get_logger().error("engine.away", error=type(error).__name__)


async def keep_up(services: Services, engines: Engines) -> None:
    """Load what reads, then follow what is learnt from corrections, here or by another process."""
    await warm(engines)
    using = 0
    while True:
        try:
            using = await catch_up(services, using)
        except (TriageError, *DATABASE_ERRORS) as error:
            structlog.get_logger().error("model.unusable", error=type(error).__name__)
        await asyncio.sleep(_LOOK_FOR_MODELS)


async def follow_policy(services: Services) -> None:
    """Put in force what a lead changed, wherever they did."""
    while True:
        await asyncio.sleep(_LOOK_FOR_POLICY)
        try:
            await services.policies.catch_up(services.store, services.workspace)
        except (*DATABASE_ERRORS, ValueError) as error:  # away, or written by a later version
            structlog.get_logger().error("policy.not_followed", error=type(error).__name__)


async def _index_what_waits(services: Services) -> None:
    async with services.store.begin() as tx:
        await enqueue(tx, Kind.INDEX, services.workspace, now=services.clock.now())


@asynccontextmanager
async def _background() -> AsyncGenerator[set[asyncio.Task[None]]]:
    tasks: set[asyncio.Task[None]] = set()
    try:
        yield tasks
    finally:
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
