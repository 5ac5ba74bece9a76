"""Problem: a mistake in a policy file."""

from dataclasses import dataclass
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

Path = tuple[str | int, ...]


@dataclass(frozen=True, slots=True)
class Problem:
    """Where it is, and what to write."""

    path: Path
    say: str


def is_zone(name: str) -> bool:
    """Whether a time zone of that name is known."""
    try:
        ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return False
    return True
