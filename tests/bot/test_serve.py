"""triage serve runs until somebody stops it, and then lets its parts end."""

import os
import signal
import subprocess
import sys
from pathlib import Path

import httpx

from bot.demo import free_port
from tests.bot.working import PATIENCE, until


async def test_being_asked_to_end_it_ends_in_order_and_not_by_the_signal(tmp_path: Path) -> None:
    port = free_port(0)
    settings = {
        "TRIAGE_DATA_DIR": str(tmp_path / "data"),
        "TRIAGE_PORT": str(port),
        "TRIAGE_LOG": "json",
        "TRIAGE_SLACK_API_URL": "http://127.0.0.1:9/api/",
        "SLACK_BOT_TOKEN": "xoxb-secret-token",
        "SLACK_SIGNING_SECRET": "signing-secret",
    }
    usual = {name: value for name, value in os.environ.items() if not name.startswith(("TRIAGE_", "SLACK_", "OPENAI_"))}
    with (tmp_path / "log").open("w+") as log:
        serving = subprocess.Popen(
            [sys.executable, "-m", "bot", "serve", "--only", "web,clock"],
            cwd=Path(__file__).parents[2],
            env=usual | settings,
            stdout=subprocess.PIPE,
            stderr=log,
        )
        try:
            async with httpx.AsyncClient() as client:

                async def answers() -> bool:
                    try:
                        answer = await client.get(f"http://127.0.0.1:{port}/health/live")
                    except httpx.TransportError:
                        assert serving.poll() is None
                        return False
                    return answer.status_code == 200

                await until(answers)
            serving.send_signal(signal.SIGTERM)
            out, _ = serving.communicate(timeout=PATIENCE)
        finally:
            serving.kill()
        log.seek(0)
        logged = log.read()
    assert (serving.returncode, out) == (0, b"")
    assert "doors.chosen" in logged
    assert "Traceback" not in logged
    assert "secret" not in logged
