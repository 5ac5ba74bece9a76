"""A running product with its pretend world, and the hands of the people in it."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

import httpx
from sqlalchemy import and_, select
from starlette.types import ASGIApp, Receive, Scope, Send

from bot.app import Product, running
from bot.demo import installed, pretend, teach
from bot.playground.server import Playground, create_app
from storage.cases import undecided
from storage.jobs import Kind
from storage.tables import jobs
from tests.playground.running import running as serving
from tests.shared import MODELS

PATIENCE = 120.0  # seconds; the first test of a fresh checkout loads torch
Found = TypeVar("Found")
Object = dict[str, Any]


@dataclass(frozen=True)
class World:
    """Acts as people do, through the page's own API, and sees what the page shows."""

    url: str
    client: httpx.AsyncClient
    product: Product
    playground: Playground

    async def writes(self, subject: str, text: str, name: str = "Mara Klein", tier: str = "gold") -> int:
        """A customer writes a ticket; its number in the helpdesk."""
        asked = {"name": name, "email": "mara@customer.example", "tier": tier, "subject": subject, "text": text}
        return int((await self.client.post("/playground/tickets", json=asked)).json()["id"])

    async def writes_again(self, ticket: int, text: str) -> None:
        (await self.client.post(f"/playground/tickets/{ticket}/comments", json={"text": text})).raise_for_status()

    async def ticket(self, number: int) -> Object:
        found: Object = (await self.client.get(f"/playground/tickets/{number}")).json()
        return found

    async def replies(self, number: int) -> list[str]:
        """What the customer got to read from us."""
        comments = (await self.ticket(number))["comments"]
        return [said["body"] for said in comments if said["public"] and said["role"] != "customer"]

    async def messages(self) -> list[Object]:
        """Every message of the workspace, threads included, oldest first."""
        by_channel = (await self.client.get("/playground/snapshot")).json()["messages"]
        every = [message for messages in by_channel.values() for message in messages]
        return sorted(every, key=lambda message: float(message["ts"]))

    async def cards(self, subject: str) -> list[Object]:
        """The top-level messages that show a ticket, by its subject."""
        return [m for m in await self.messages() if m.get("thread_ts", m["ts"]) == m["ts"] and subject in str(m)]

    async def card(self, subject: str, shows: str = "ticket.approve") -> Object:
        """The card of a ticket, once it shows something."""

        async def look() -> Object | None:
            return next((m for m in await self.cards(subject) if shows in str(m.get("blocks"))), None)

        return await self.until(look)

    async def click(self, user: str, message: Object, action_id: str, **more: object) -> Object:
        """A person clicks what the card has under that action id."""
        block, element = find_element(message, action_id)
        payload = {"block_id": block, "action_id": action_id, "type": element["type"], **more}
        if "value" in element:
            payload["value"] = element["value"]
        asked = {"user": user, "channel": message["channel"], "ts": message["ts"], "action": payload}
        answer: Object = (await self.client.post("/playground/click", json=asked)).json()
        return answer

    async def choose(self, user: str, message: Object, action_id: str, value: str) -> Object:
        """A person picks an entry of an overflow menu."""
        _, element = find_element(message, action_id)
        option = next(option for option in element["options"] if option["value"].startswith(value))
        return await self.click(user, message, action_id, selected_option=option)

    async def view(self, user: str) -> Object:
        """The modal that a person has open."""

        async def look() -> Object | None:
            views = (await self.client.get("/playground/snapshot")).json()["views"].get(user)
            return views[-1] if views else None

        return await self.until(look)

    async def submit(self, user: str, view: Object, values: Mapping[str, Mapping[str, object]]) -> Object:
        asked = {"user": user, "view_id": view["id"], "values": values}
        answer: Object = (await self.client.post("/playground/submit", json=asked)).json()
        return answer

    async def told_one_of(self, users: tuple[str, ...], words: str) -> Object:
        """What one of these people was told, and nobody else could see."""

        async def look() -> Object | None:
            every = await self.messages()
            return next((m for m in every if m.get("ephemeral_to") in users and words in str(m)), None)

        return await self.until(look)

    async def faults(self, *plan: Mapping[str, object]) -> None:
        """Let the world misbehave by this plan, which replaces the one before."""
        (await self.client.post("/playground/control", json={"faults": list(plan)})).raise_for_status()

    async def until_heard(self, messages: int) -> None:
        """Wait until the one open case was analysed with so many of its customer's messages."""

        async def look() -> bool | None:
            async with self.product.services.store.reader() as connection:
                [case] = await undecided(connection, self.product.services.workspace)
            heard = case.analysis is not None and case.analysis.read_until == case.ticket.last_asked
            return True if heard and len(case.ticket.asked) == messages else None

        await self.until(look)

    async def replied(self, ticket: int) -> list[str]:
        """The replies that the customer has, once there is one."""

        async def look() -> list[str] | None:
            return await self.replies(ticket) or None

        return await self.until(look)

    async def quiet(self) -> None:
        """Wait until nothing is owed any more; who is called next if nobody answers, is not owed yet."""
        services = self.product.services
        later = and_(jobs.c.state == "waiting", jobs.c.kind == Kind.CALL, jobs.c.run_at > services.clock.now())

        async def look() -> bool | None:
            async with services.store.reader() as connection:
                owed = await connection.scalar(select(jobs.c.id).where(~later).limit(1))
            return True if owed is None else None

        await self.until(look)

    @property
    def product_client(self) -> httpx.AsyncClient:
        return httpx.AsyncClient(transport=httpx.ASGITransport(app=self.product.web), base_url="http://product")

    async def wire(self) -> list[Object]:
        """Every request that the product made of Slack and of the helpdesk."""
        entries = (await self.client.get("/playground/wire")).json()["entries"]
        return [entry for entry in entries if entry["direction"] == "from_bot"]

    async def until(self, look: Callable[[], Awaitable[Found | None]]) -> Found:
        async with asyncio.timeout(PATIENCE):
            while (found := await look()) is None:
                await self._news()
        return found

    async def _news(self) -> None:
        """Wait until something happens in the workspace, or might have beside it."""
        following = self.playground.stream.follow(self.playground.stream.last, 0.2)
        await anext(following)
        await following.aclose()


def find_element(message: Object, action_id: str) -> tuple[str, Object]:
    """The block id and the element that carry an action id."""
    for block in message["blocks"]:
        for element in (*block.get("elements", ()), block.get("accessory") or {}):
            if isinstance(element, dict) and element.get("action_id") == action_id:
                return str(block["block_id"]), element
    raise AssertionError(f"{action_id} is not on the card: {message}")


class Later:
    """An address that exists before what answers there: product and playground need each other's."""

    app: ASGIApp | None = None

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        assert self.app is not None
        await self.app(scope, receive, send)


@asynccontextmanager
async def world(folder: Path, **changes: object) -> AsyncIterator[World]:
    """Start everything in this process, on loopback ports of its own."""
    later = Later()
    async with serving(later) as bot_url:
        playground = installed(bot_url)
        async with serving(create_app(playground)) as url:
            port = int(url.rpartition(":")[2])
            settings = pretend(folder, port).model_copy(update={"models_dir": MODELS, **changes})
            async with running(settings) as product:
                later.app = product.web
                await teach(product.services)
                async with httpx.AsyncClient(base_url=url, timeout=30) as client:
                    yield World(url, client, product, playground)
