"""Asked: what somebody reads who made a ticket of a message."""

from handlers.views import blocks
from handlers.views.escape import link
from pipeline.ports import Card


def asked_card(permalink: str) -> Card:
    """Say where the card is, or that it is on its way."""
    if not permalink:
        told = "🎫 I am reading it. Its card comes to the channel of the team that owns it; I tell you where."
        return Card(text=told, blocks=(blocks.section("asked", told),))
    told = "🎫 It is a ticket."
    way = link(permalink, "Open its card", loopback=True)
    return Card(text=told, blocks=(blocks.section("asked", f"{told} {way}"),))
