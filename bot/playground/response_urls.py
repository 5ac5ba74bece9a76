"""response_urls: each answers one interaction, five times within half an hour."""

import random
from dataclasses import dataclass

from bot.playground.clock import Clock
from bot.playground.wire import Refusal

USES = 5
SECONDS = 30 * 60
KEPT = 2_000


@dataclass
class Interaction:
    """What a response_url answers to; `ts` is empty for a slash command."""

    team: str
    user: str
    channel: str
    ts: str
    thread_ts: str
    born: float
    uses: int = 0


class ResponseUrls:
    """Gives out the secret ends of response_urls and redeems them."""

    def __init__(self, clock: Clock, rng: random.Random) -> None:
        self._clock = clock
        self._rng = rng
        self._given: dict[str, Interaction] = {}

    def give(self, team: str, user: str, channel: str, ts: str = "", thread_ts: str = "") -> str:
        secret = f"{self._rng.getrandbits(96):024x}"
        self._given[secret] = Interaction(team, user, channel, ts, thread_ts, self._clock.now())
        while len(self._given) > KEPT:
            del self._given[next(iter(self._given))]
        return secret

    def use(self, secret: str) -> Interaction:
        if secret not in self._given:
            raise Refusal("expired_url")
        interaction = self._given[secret]
        if self._clock.now() - interaction.born > SECONDS:
            raise Refusal("expired_url")
        if interaction.uses >= USES:
            raise Refusal("used_url")
        interaction.uses += 1
        return interaction
