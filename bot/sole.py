"""Tells whether this is the one process that works on a data folder."""

import fcntl
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


@contextmanager
def sole_process(folder: Path) -> Iterator[bool]:
    """Hold the folder's lock and yield True, or yield False when another process holds it.

    The lock goes with the process, however it ends, so what a dead one had in hand can be freed at once.
    """
    with (folder / "lock").open("w") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            yield False
            return
        yield True
