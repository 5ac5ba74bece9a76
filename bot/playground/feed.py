"""Tickets from a file into the pretend helpdesk, as fast as the bot takes them."""

import asyncio
import json
from collections.abc import Iterable, Iterator
from importlib.resources import files

from bot.playground.customers import open_ticket
from bot.playground.playground import Playground
from bot.playground.wire import Object
from bot.playground.zendesk.webhooks import tell_created

IN_FLIGHT = 20
NOBODY = {"name": "Unknown customer", "tier": ""}


def samples() -> list[Object]:
    """The tickets of a first look, in the shape of ticket lines."""
    return list(_read("tickets.jsonl"))


def solved() -> list[Object]:
    """What the team has answered before: `{"id", "category", "language", "question", "answer", "title"}`."""
    return list(_read("history.jsonl"))


async def feed(playground: Playground, lines: Iterable[Object], rate: float | None = None) -> int:
    """A ticket per line, each told to the bot until it answers 2xx, at most `rate` a second; how many."""
    slots = asyncio.Semaphore(IN_FLIGHT)
    count = 0
    async with asyncio.TaskGroup() as tasks:
        for line in lines:
            await slots.acquire()
            tasks.create_task(_send(playground, line, slots))
            count += 1
            await asyncio.sleep(1 / rate if rate else 0)
    return count


async def _send(playground: Playground, line: Object, slots: asyncio.Semaphore) -> None:
    try:
        customer = {**NOBODY, **(line.get("customer") or {})}
        name = str(line.get("id", ""))
        ticket = open_ticket(
            playground,
            name=str(customer["name"] or NOBODY["name"]),
            email=str(customer.get("email") or f"customer-{name}@example.com"),
            tier=str(customer["tier"] or ""),
            subject=str(line.get("subject") or ""),
            text=str(line["text"]),
            channel=str(line.get("channel") or "email"),
        )
        ticket.external_id = name or None
        await tell_created(playground, ticket)
    finally:
        slots.release()


def _read(name: str) -> Iterator[Object]:
    text = files("bot.playground").joinpath("data", name).read_text(encoding="utf-8")
    return (json.loads(line) for line in text.splitlines() if line)
