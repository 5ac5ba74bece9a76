"""A case by its name: a JSON pointer below the payload, and the payload."""

from typing import Any

Cases = dict[str, tuple[str, Any]]
