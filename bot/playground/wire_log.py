"""Every request of the bot and every delivery to it, for the inspector and for tests."""

import time
from collections import deque

from bot.playground.clock import Clock
from bot.playground.stream import Stream
from bot.playground.wire import Object

KEPT = 2_000
SHOWN = 2_000
"""Characters of arguments and answer that the live stream carries; the log itself keeps them whole."""


class WireLog:
    """The last requests and deliveries, numbered from 1."""

    def __init__(self, clock: Clock, stream: Stream) -> None:
        self._clock = clock
        self._stream = stream
        self._entries: deque[Object] = deque(maxlen=KEPT)
        self._last = 0

    def record(
        self,
        direction: str,
        what: str,
        arguments: object,
        answer: object,
        status: int,
        started: float,
        path: str = "",
    ) -> None:
        """`direction` is "from_bot" or "to_bot"; `started` a reading of time.perf_counter().

        Status 0 means that no answer went over the line.
        """
        self._last += 1
        entry: Object = {
            "n": self._last,
            "at": self._clock.now(),
            "direction": direction,
            "what": what,
            "path": path,
            "arguments": arguments,
            "answer": answer,
            "status": status,
            "ms": round((time.perf_counter() - started) * 1000, 1),
        }
        self._entries.append(entry)
        self._stream.publish("wire", entry=_brief(entry))

    def since(self, number: int, limit: int) -> Object:
        found = [entry for entry in self._entries if entry["n"] > number][:limit]
        return {"entries": found, "last": self._last}


def _brief(entry: Object) -> Object:
    answer = entry["answer"]
    error = answer.get("error") if isinstance(answer, dict) else None
    return {
        **{key: entry[key] for key in ("n", "at", "direction", "what", "path", "status", "ms")},
        "error": error,
        "arguments": _small(entry["arguments"]),
        "answer": _small(answer),
    }


def _small(value: object) -> object:
    """The value itself when it is short, else the head of what it looks like."""
    if isinstance(value, dict | list) and len(text := str(value)) > SHOWN:
        return text[:SHOWN] + "…"
    return value
