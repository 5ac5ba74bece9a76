"""What is pinned to which channel."""

from dataclasses import dataclass, field

from bot.playground.wire import Refusal

MOST = 100


@dataclass(frozen=True)
class Pin:
    ts: str
    user: str
    created: int


@dataclass
class Pins:
    """By channel, the latest last."""

    _channels: dict[str, dict[str, Pin]] = field(default_factory=dict)

    def add(self, channel: str, pin: Pin) -> None:
        pins = self._channels.setdefault(channel, {})
        if pin.ts in pins:
            raise Refusal("already_pinned")
        if len(pins) >= MOST:
            raise Refusal("too_many_pins")
        pins[pin.ts] = pin

    def remove(self, channel: str, ts: str) -> None:
        if self._channels.get(channel, {}).pop(ts, None) is None:
            raise Refusal("no_pin")

    def of(self, channel: str) -> list[Pin]:
        """The latest first."""
        return list(self._channels.get(channel, {}).values())[::-1]
