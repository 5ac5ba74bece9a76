"""triage serve: the product, or some of its parts, until it is stopped."""

import asyncio
import signal
from collections.abc import Iterator
from contextlib import contextmanager

from bot.app import PARTS, running
from bot.database import bring_up, make_folder
from bot.logs import configure
from bot.settings import load_settings
from bot.web_server import serve_web
from pipeline.errors import TriageError
from storage.store import Store


class BadParts(TriageError):
    """--only takes parts out of web,worker,clock, separated by commas."""


class NoSlack(TriageError):
    """Set SLACK_BOT_TOKEN with SLACK_APP_TOKEN or SLACK_SIGNING_SECRET, or try the product first with: triage demo"""


class CannotInstall(TriageError):
    """Installing by OAuth lacks a setting."""


async def serve(parts: tuple[str, ...]) -> None:
    """Run until SIGINT or SIGTERM."""
    settings = load_settings()
    if not set(parts) <= set(PARTS) or not parts:
        raise BadParts
    if lacking := settings.lacking_to_install:
        raise CannotInstall(f"Installing by OAuth (SLACK_CLIENT_ID) needs {' and '.join(lacking)}, too.")
    if not (settings.slack_bot_token.get_secret_value() or settings.installs):
        raise NoSlack
    configure(settings.log)
    await migrate_only()
    with _stop_signal() as stop:
        async with running(settings, parts) as product:
            if "web" in parts and not stop.is_set():
                await serve_web(product.web, settings.host, settings.port)
            else:
                await stop.wait()


async def migrate_only() -> None:
    """Run the migrations and end. Raises NoFolder or NoDatabase."""
    settings = load_settings()
    make_folder(settings.data_dir)
    store = Store(settings.store_url)
    try:
        await bring_up(store)
    finally:
        await store.close()


@contextmanager
def _stop_signal() -> Iterator[asyncio.Event]:
    """Yield what SIGINT and SIGTERM set, so that neither ends the process before its parts have stopped.

    uvicorn, which handles both while it serves, raises them again when it has ended: they end up here.
    """
    stop, loop, numbers = asyncio.Event(), asyncio.get_running_loop(), (signal.SIGINT, signal.SIGTERM)
    for number in numbers:
        loop.add_signal_handler(number, stop.set)
    try:
        yield stop
    finally:
        for number in numbers:
            loop.remove_signal_handler(number)
