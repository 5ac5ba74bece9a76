"""The command line, as somebody who types it sees it: streams, exit status, and sentences instead of tracebacks."""

import io
import socket
import sys
from pathlib import Path

import pytest
import structlog

from bot.__main__ import app
from bot.logs import configure
from tests.bot.command import BY_WORDS, Ran, Run

COMMANDS = [str(command.name or command.callback.__name__) for command in app.registered_commands if command.callback]


def test_help_names_every_command(run: Run) -> None:
    ran = run("--help")
    assert ran.status == 0
    assert all(command in ran.out for command in COMMANDS)


@pytest.mark.parametrize("command", COMMANDS)
def test_the_help_of_every_command_has_an_example(run: Run, command: str) -> None:
    ran = run(command, "--help")
    assert (ran.status, ran.err) == (0, "")
    assert "Example: " in ran.out
    assert f"triage {command}" in ran.out.partition("Example: ")[2]


@pytest.mark.parametrize("typed", [("nonsense",), ("classify",), ("mask", "--nonsense", "-"), ("demo", "--port", "0")])
def test_what_is_typed_wrong_is_explained_on_standard_error(run: Run, typed: tuple[str, ...]) -> None:
    ran = run(*typed)
    assert (ran.status, ran.out) == (2, "")
    assert "--help" in ran.err


def test_no_color_is_honoured_on_a_terminal(monkeypatch: pytest.MonkeyPatch, run: Run) -> None:
    class Terminal(io.StringIO):
        def isatty(self) -> bool:
            return True

    def logged() -> str:
        monkeypatch.setattr(sys, "stderr", terminal := Terminal())
        configure("console")
        structlog.get_logger().info("case.opened")
        return terminal.getvalue()

    monkeypatch.delenv("NO_COLOR", raising=False)
    assert "\x1b[" in logged()
    monkeypatch.setenv("NO_COLOR", "1")
    plain = logged()
    assert "case.opened" in plain
    assert "\x1b[" not in plain


def test_an_engine_that_cannot_be_prepared_says_why(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(*BY_WORDS)
    ran = run("prepare")
    assert ran.status == 1
    assert "/nowhere" in ran.err
    assert "Traceback" not in ran.err


# Settings and the database


@pytest.mark.parametrize("typed", [("serve",), ("migrate",), ("classify", "-"), ("demo", "--no-browser")])
def test_a_setting_that_cannot_be_used_is_a_sentence(
    run: Run, monkeypatch: pytest.MonkeyPatch, typed: tuple[str, ...]
) -> None:
    monkeypatch.setenv("TRIAGE_PORT", "99999999")
    assert run(*typed) == Ran(2, "", "TRIAGE_PORT: it should be less than or equal to 65535\n")


@pytest.mark.parametrize(
    ("only", "says"),
    [
        ("web,nonsense", "--only takes parts out of web,worker,clock"),
        ("", "--only takes parts out of web,worker,clock"),
        ("web, worker", "Set SLACK_BOT_TOKEN"),
    ],
)
def test_serve_says_what_it_lacks(run: Run, only: str, says: str) -> None:
    ran = run("serve", "--only", only)
    assert (ran.status, ran.out) == (2, "")
    assert says in ran.err


def test_migrate_can_be_run_again(run: Run, tmp_path: Path) -> None:
    assert run("migrate") == Ran(0, "", "")
    before = (tmp_path / ".triage" / "triage.db").read_bytes()
    assert run("migrate") == Ran(0, "", "")
    assert (tmp_path / ".triage" / "triage.db").read_bytes() == before


def test_a_database_that_does_not_answer_is_a_sentence_without_its_password(
    run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    with socket.socket() as nobody:
        nobody.bind(("127.0.0.1", 0))
        port = nobody.getsockname()[1]
        monkeypatch.setenv("TRIAGE_DATABASE_URL", f"postgresql+asyncpg://me:sesame@127.0.0.1:{port}/triage")
        ran = run("migrate")
    assert (ran.status, ran.out) == (1, "")
    assert ran.err.startswith("The database cannot be used: ")
    assert ran.err.count("\n") == 1
    assert "sesame" not in ran.err


@pytest.mark.parametrize("typed", [("migrate",), ("doctor",)])
def test_a_data_folder_that_cannot_be_made_is_a_sentence(
    run: Run, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, typed: tuple[str, ...]
) -> None:
    (tmp_path / "file").touch()
    monkeypatch.setenv("TRIAGE_DATA_DIR", str(tmp_path / "file" / "data"))
    ran = run(*typed)
    assert ran.status in (1, 2)
    assert "TRIAGE_DATA_DIR: " in ran.out + ran.err
    assert "Traceback" not in ran.err
