"""A command as somebody types it, in this process."""

import io
import json
import logging
import os
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, NamedTuple

import pytest
import structlog

from bot.__main__ import main

BY_WORDS = ("TRIAGE_EMBEDDER", "/nowhere")  # the engine without its model, which takes seconds to load


class Ran(NamedTuple):
    """What a command left behind."""

    status: int
    out: str
    err: str

    @property
    def lines(self) -> list[dict[str, Any]]:
        return [json.loads(line) for line in self.out.splitlines()]


Run = Callable[..., Ran]


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path) -> Iterator[Run]:
    """Run a command in an empty folder, with no setting but those that a test makes."""
    for name in os.environ:
        if name.startswith(("TRIAGE_", "SLACK_", "OPENAI_", "ZENDESK_", "FRESHDESK_", "INTERCOM_")):
            monkeypatch.delenv(name)
    monkeypatch.chdir(tmp_path)
    handlers, level = logging.root.handlers[:], logging.root.level

    def call(*typed: str, stdin: bytes = b"") -> Ran:
        monkeypatch.setattr(sys, "argv", ["triage", *typed])
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(stdin), encoding="utf-8"))
        capsys.readouterr()
        with pytest.raises(SystemExit) as end:
            main()
        out, err = capsys.readouterr()
        return Ran(int(end.value.code or 0), out, err)

    yield call
    structlog.reset_defaults()
    logging.root.handlers[:] = handlers
    logging.root.setLevel(level)


def tickets(*texts: str) -> bytes:
    return "".join(json.dumps({"id": str(n), "text": text}) + "\n" for n, text in enumerate(texts)).encode()
