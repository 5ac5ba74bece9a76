"""Starts the product and its pretend world as processes of their own, to be measured from outside."""

import asyncio
import os
import socket
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

import httpx

from bot.playground import credentials

SECRET = "bench-secret"


@dataclass(frozen=True)
class Running:
    """Where the product is, and its process id."""

    url: str
    playground: str
    pid: int

    def memory(self) -> float:
        """Return resident memory in MB."""
        for line in Path(f"/proc/{self.pid}/status").read_text().splitlines():
            if line.startswith("VmRSS:"):
                return int(line.split()[1]) / 1024
        return 0.0


def share_models(folder: Path) -> None:
    """Let a fresh data folder use what this checkout has learnt from the shipped text already."""
    learnt = Path(__file__).parents[2] / ".triage" / "models"
    if learnt.is_dir():
        (folder / "models").symlink_to(learnt)


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@asynccontextmanager
async def product(folder: Path, only: str = "web,worker,clock", **settings: str) -> AsyncIterator[Running]:
    """Run playground and product until the block ends."""
    port, pretend = free_port(), free_port()
    world = f"http://127.0.0.1:{pretend}"
    environment = {
        **{name: value for name, value in os.environ.items() if not name.startswith(("OPENAI_", "TRIAGE_"))},
        "TRIAGE_DATA_DIR": str(folder),
        "TRIAGE_PORT": str(port),
        "TRIAGE_WEBHOOK_SECRET": SECRET,
        "TRIAGE_SLACK_API_URL": f"{world}/api/",
        "SLACK_BOT_TOKEN": credentials.BOT_TOKEN,
        "SLACK_SIGNING_SECRET": credentials.SIGNING_SECRET,
        "ZENDESK_BASE_URL": world,
        "ZENDESK_EMAIL": credentials.ZENDESK_EMAIL,
        "ZENDESK_API_TOKEN": credentials.ZENDESK_API_TOKEN,
        "ZENDESK_WEBHOOK_SECRET": credentials.ZENDESK_WEBHOOK_SECRET,
        **settings,
    }
    commands = (
        ["-m", "bot.playground", "--port", str(pretend), "--bot", f"http://127.0.0.1:{port}"],
        ["-m", "bot", "serve", "--only", only],
    )
    processes = [
        await asyncio.create_subprocess_exec(
            sys.executable, *command, env=environment, stderr=asyncio.subprocess.DEVNULL
        )
        for command in commands
    ]
    try:
        running = Running(f"http://127.0.0.1:{port}", world, processes[1].pid)
        await _answers(f"{running.url}/health/live")
        yield running
    finally:
        for process in processes:
            process.terminate()
            await process.wait()


async def _answers(url: str) -> None:
    async with httpx.AsyncClient() as client:
        for _ in range(900):
            try:
                if (await client.get(url)).status_code == 200:
                    return
            except httpx.TransportError:
                pass
            await asyncio.sleep(0.1)
    raise RuntimeError(f"{url} does not answer")
