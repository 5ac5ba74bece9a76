"""Every test of what Slack sends may have the desk."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.handlers.slack.desk import Desk, a_desk


@pytest.fixture
async def desk(sqlite_template: Path, tmp_path: Path) -> AsyncIterator[Desk]:
    async with a_desk(sqlite_template, tmp_path) as running:
        yield running
