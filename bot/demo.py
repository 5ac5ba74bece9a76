"""The demo: the whole product with its embedded defaults, and a workspace to click in."""

import asyncio
import json
import socket
import tempfile
import webbrowser
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from pydantic import SecretStr

from bot.adapters.readiness import Readiness
from bot.app import running
from bot.playground import credentials
from bot.playground.feed import feed, samples, solved
from bot.playground.manifest import shipped
from bot.playground.server import Playground, PlaygroundServer
from bot.prepare import say
from bot.settings import Settings, load_settings
from bot.web_server import serve_web
from handlers.services import Services
from pipeline.mask import mask_text
from pipeline.passage import Resolution
from storage.jobs import Kind, depth, enqueue

HOST = "127.0.0.1"
LOOK_AGAIN = 0.5  # seconds
PLAIN_SECRET = "playground-webhook-secret"  # noqa: S105 - pretend, like everything in the playground


async def demo(port: int, tickets: Path | None, open_browser: bool) -> None:
    """Run playground and product in one process until stopped."""
    with tempfile.TemporaryDirectory(prefix="triage-demo-") as folder:
        settings = pretend(Path(folder), port)
        playground = installed(f"http://{HOST}:{settings.port}", f"http://{HOST}:{port}")
        playground.rates.on = tickets is None  # as at Slack's; a long file would take its time under them
        server = PlaygroundServer(playground, HOST, port)
        async with asyncio.TaskGroup() as tasks:
            tasks.create_task(server.serve())
            async with running(settings) as product:
                _tell_how_far(product.engines.local.readiness, playground)
                web = tasks.create_task(serve_web(product.web, HOST, settings.port))
                print(f"Triage Desk is running: http://{HOST}:{port}", flush=True)  # noqa: T201
                if open_browser:
                    await asyncio.to_thread(webbrowser.open, f"http://{HOST}:{port}")
                await teach(product.services)
                lines = read_lines(tickets) if tickets else samples()
                feeding = tasks.create_task(_feed(product.services, playground, lines))
                await web
                feeding.cancel()
            server.should_exit = True


def _tell_how_far(engine: Readiness, playground: Playground) -> None:
    """Say in the terminal and on the page what a first start does before the first card can come."""
    loop = asyncio.get_running_loop()

    def on_page(doing: str) -> None:
        loop.call_soon_threadsafe(playground.prepare, doing)

    engine.listeners += [say, on_page]
    if engine.doing:
        on_page(engine.doing)


def installed(bot_url: str, url: str = "") -> Playground:
    """Return a workspace in which the app may do and hear what its manifest asks for, and no more."""
    manifest = shipped()
    playground = Playground(bot_url=bot_url, url=url, scopes=manifest.scopes, events=manifest.events)
    for function in manifest.functions:
        playground.executions.declare(function)
    playground.link_domains |= {HOST}  # where the pretend helpdesk has its tickets
    return playground


def pretend(folder: Path, port: int) -> Settings:
    """Return settings that lead every door to the playground, whatever the environment says."""
    base = load_settings(env_file=None)
    url = f"http://{HOST}:{port}"
    return base.model_copy(
        update={
            "data_dir": folder,
            "models_dir": base.data_dir,
            "database_url": "",
            "host": HOST,
            "port": free_port(base.port),
            "slack_bot_token": SecretStr(credentials.BOT_TOKEN),
            "slack_signing_secret": SecretStr(credentials.SIGNING_SECRET),
            "slack_app_token": SecretStr(""),
            "slack_api_url": f"{url}/api/",
            "zendesk_base_url": url,
            "zendesk_email": credentials.ZENDESK_EMAIL,
            "zendesk_api_token": SecretStr(credentials.ZENDESK_API_TOKEN),
            "zendesk_webhook_secret": SecretStr(credentials.ZENDESK_WEBHOOK_SECRET),
            "webhook_secret": SecretStr(PLAIN_SECRET),
        }
    )


def free_port(wanted: int) -> int:
    """Return the port if nobody listens there, else one that is free."""
    for port in (wanted, 0):
        with socket.socket() as probe:
            try:
                probe.bind((HOST, port))
            except OSError:
                continue
            return int(probe.getsockname()[1])
    raise OSError("no free port on this machine")


async def teach(services: Services) -> None:
    """Give the pretend team a past: what it solved before."""
    past = tuple(_resolution(line) for line in solved())
    await services.knowledge.add(past, services.workspace)
    async with services.store.begin() as tx:
        await enqueue(tx, Kind.INDEX, services.workspace, now=services.clock.now())


def read_lines(path: Path) -> Iterator[dict[str, Any]]:
    """Yield the ticket lines of a JSON Lines file."""
    with path.open(encoding="utf-8") as file:
        for line in file:
            if line.strip():
                yield json.loads(line)


def _resolution(line: dict[str, Any]) -> Resolution:
    return Resolution(
        id=str(line["id"]),
        question=mask_text(str(line["question"])).text,
        answer=mask_text(str(line["answer"])).text,
        title=str(line["title"]),
        url=str(line.get("url") or ""),
        category=str(line["category"]),
        language=str(line["language"]),
    )


async def _feed(services: Services, playground: Playground, lines: Iterable[dict[str, Any]]) -> None:
    """Send the tickets, once what was solved before can be found."""
    while await _is_indexing(services):  # noqa: ASYNC110 - a table rings no bell
        await asyncio.sleep(LOOK_AGAIN)
    await feed(playground, lines)


async def _is_indexing(services: Services) -> bool:
    async with services.store.reader() as connection:
        return any(kind == Kind.INDEX for kind, _ in await depth(connection))
