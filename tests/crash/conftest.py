"""A migrated SQLite database for tests that need one engine only."""

import shutil
from pathlib import Path

import pytest


@pytest.fixture
def sqlite_url(sqlite_template: Path, tmp_path: Path) -> str:
    shutil.copy(sqlite_template, tmp_path / "triage.db")
    return f"sqlite+aiosqlite:///{tmp_path / 'triage.db'}"
