"""Where the official contracts and the development data are, beside the project."""

import os
from pathlib import Path

import pytest

SHARED = Path(__file__).parents[2] / "shared"


def shared(path: str) -> Path:
    """Return a path below ../shared; skips where it is absent, and fails there in CI."""
    found = SHARED / path
    if not found.exists():
        if os.environ.get("CI") == "true":
            pytest.fail(f"{path} is missing from ../shared, and CI must check against it")
        pytest.skip(f"../shared/{path} is not on this machine")
    return found
