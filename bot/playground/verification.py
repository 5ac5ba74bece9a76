"""url_verification: before Slack sends events to an address, it must give a challenge back."""

import secrets

from bot.playground.credentials import VERIFICATION_TOKEN
from bot.playground.delivery import Ack, Delivery, Kind
from bot.playground.playground import Playground


async def verify(playground: Playground) -> str:
    """Challenge the bot's address; what is wrong with its answer, or nothing."""
    challenge = secrets.token_urlsafe(24)
    asked = {"token": VERIFICATION_TOKEN, "challenge": challenge, "type": "url_verification"}
    ack = await playground.line.post(Delivery(Kind.EVENT, "event url_verification", asked))
    if ack.error:
        return ack.explanation
    return "" if _given_back(ack) == challenge else "The app did not answer with the challenge."


def _given_back(ack: Ack) -> str:
    """As plain text, as a form, or in JSON."""
    return str(ack.json().get("challenge") or ack.body.strip().removeprefix("challenge="))
