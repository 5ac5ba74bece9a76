"""Links that the app was told of, each with the id under which it may unfold them."""

from dataclasses import dataclass, field

from bot.playground.identifiers import Identifiers
from bot.playground.wire import Refusal

KEPT = 1_000


@dataclass
class Unfurls:
    identifiers: Identifiers
    _offered: dict[str, tuple[str, str]] = field(default_factory=dict)

    def offer(self, channel: str, ts: str) -> str:
        unfurl_id = self.identifiers.make("U")
        self._offered[unfurl_id] = channel, ts
        while len(self._offered) > KEPT:
            del self._offered[next(iter(self._offered))]
        return unfurl_id

    def find(self, unfurl_id: str) -> tuple[str, str]:
        """Channel and timestamp of the message with the links."""
        if unfurl_id not in self._offered:
            raise Refusal("invalid_unfurl_id")
        return self._offered[unfurl_id]
