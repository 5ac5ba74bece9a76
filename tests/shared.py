"""What the tests share: the official contracts and the development data beside the project, and the models in it."""

import os
from pathlib import Path

import pytest

SHARED = Path(__file__).parents[2] / "shared"
MODELS = Path(__file__).parents[1] / ".triage"  # what is learnt from the shipped text is the same for every test


def shared(path: str) -> Path:
    """Return a path below ../shared; skips where it is absent, and fails there in CI."""
    found = SHARED / path
    if not found.exists():
        if os.environ.get("CI") == "true":
            pytest.fail(f"{path} is missing from ../shared, and CI must check against it")
        pytest.skip(f"../shared/{path} is not on this machine")
    return found
