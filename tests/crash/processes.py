"""The product and the playground as processes of their own: started, and killed without a word."""

import multiprocessing
import os
import subprocess
import sys
import time
from collections.abc import Mapping
from pathlib import Path
from types import TracebackType

import httpx

from bot.demo import HOST, free_port
from bot.playground import credentials

_PRELOADED = ["bot.serve", "chromadb", "sentence_transformers"]  # a new process begins with its imports done


class Playground:
    """Slack and the helpdesk, which nobody kills."""

    def __init__(self, bot_port: int, seed: int) -> None:
        self.url = f"http://{HOST}:{(port := free_port(0))}"
        order = ("--port", str(port), "--bot", f"http://{HOST}:{bot_port}", "--seed", str(seed))
        self._process = subprocess.Popen((sys.executable, "-m", "bot.playground", *order), stderr=subprocess.DEVNULL)

    def __enter__(self) -> "Playground":
        wait_for(f"{self.url}/playground/snapshot")
        return self

    def __exit__(self, kind: type[BaseException] | None, error: object, trace: TracebackType | None) -> None:
        self._process.terminate()
        self._process.wait()


class Product:
    """`triage serve`, forked from a process that has done the imports, so that a life can be short."""

    def __init__(self, port: int, environment: Mapping[str, str], log: Path) -> None:
        self.url = f"http://{HOST}:{port}"
        self._environment = {**environment, "TRIAGE_PORT": str(port)}
        self._log = log
        self._fork = multiprocessing.get_context("forkserver")
        self._fork.set_forkserver_preload(_PRELOADED)
        self._process = self._fork.Process()

    def start(self) -> None:
        self._process = self._fork.Process(target=_serve, args=(self._environment, self._log))
        self._process.start()

    def kill(self) -> None:
        """SIGKILL: no handler, no flush, no farewell."""
        self._process.kill()
        self._process.join()

    @property
    def ended(self) -> int | None:
        """The exit status of a product that ended by itself."""
        return self._process.exitcode


def environment(folder: Path, playground: str, database: str, *, words_only: bool) -> dict[str, str]:
    """Return settings that lead every door to the playground."""
    settings = {
        "TRIAGE_DATA_DIR": str(folder / "data"),
        "TRIAGE_LOG": "json",
        "TRIAGE_DATABASE_URL": database,
        "SLACK_BOT_TOKEN": credentials.BOT_TOKEN,
        "SLACK_SIGNING_SECRET": credentials.SIGNING_SECRET,
        "TRIAGE_SLACK_API_URL": f"{playground}/api/",
        "ZENDESK_BASE_URL": playground,
        "ZENDESK_EMAIL": credentials.ZENDESK_EMAIL,
        "ZENDESK_API_TOKEN": credentials.ZENDESK_API_TOKEN,
        "ZENDESK_WEBHOOK_SECRET": credentials.ZENDESK_WEBHOOK_SECRET,
    }
    if words_only:  # a folder without a model in it: tickets are read by their words
        (empty := folder / "no-model").mkdir()
        settings["TRIAGE_EMBEDDER"] = str(empty)
    return settings


def wait_for(url: str, seconds: float = 180) -> None:
    """Return as soon as the address answers with success. Raises TimeoutError."""
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        try:
            if httpx.get(url, timeout=2, trust_env=False).is_success:
                return
        except httpx.HTTPError:
            time.sleep(0.05)
    raise TimeoutError(url)


def _serve(settings: Mapping[str, str], log: Path) -> None:
    import asyncio

    from bot.app import PARTS
    from bot.serve import serve

    os.environ.update(settings)
    os.chdir(log.parent)  # no .env of a developer's shall speak here
    with log.open("a") as file:
        os.dup2(file.fileno(), 1)
        os.dup2(file.fileno(), 2)
    asyncio.run(serve(PARTS))
