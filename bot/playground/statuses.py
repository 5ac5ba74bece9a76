"""What the app is doing in a thread, what it suggests to ask, and what the thread is called."""

from bot.playground.clock import Clock
from bot.playground.stream import Stream
from bot.playground.wire import Object

SECONDS = 120.0
"""A status goes by itself when no message has come by then."""

Thread = tuple[str, str]
"""Channel, and timestamp of the first message; "" where prompts stand for a whole channel."""


class Statuses:
    """One status, one list of prompts and one title for each thread; every change is announced."""

    def __init__(self, clock: Clock, stream: Stream) -> None:
        self._clock = clock
        self._stream = stream
        self._statuses: dict[Thread, Object] = {}
        self._threads: dict[Thread, Object] = {}

    def set(self, channel: str, thread_ts: str, status: Object) -> None:
        """An empty `status` takes it away."""
        if not status["status"]:
            self.clear(channel, thread_ts)
            return
        kept = {"channel": channel, "thread_ts": thread_ts, "until": self._clock.now() + SECONDS, **status}
        self._statuses[channel, thread_ts] = kept
        self._stream.publish("status", **kept)

    def clear(self, channel: str, thread_ts: str) -> None:
        """The app has spoken there, or has nothing to do any more."""
        if self._statuses.pop((channel, thread_ts), None):
            self._stream.publish("status", channel=channel, thread_ts=thread_ts, status=None)

    def describe(self, channel: str, thread_ts: str, **about: object) -> None:
        """Its `title`, or the `prompts` that the app suggests in it."""
        known = self._threads.get((channel, thread_ts), {"channel": channel, "thread_ts": thread_ts})
        self._threads[channel, thread_ts] = {**known, **about}
        self._stream.publish("thread", **self._threads[channel, thread_ts])

    def shown(self) -> list[Object]:
        """What the app is doing now."""
        return [status for status in self._statuses.values() if status["until"] > self._clock.now()]

    def threads(self) -> list[Object]:
        return list(self._threads.values())
