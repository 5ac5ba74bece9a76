"""The bot with one card in a workspace on a real port, and the hands of the people who act there."""

import asyncio
import shutil
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, cast

import httpx
from fastapi import FastAPI
from slack_bolt.async_app import AsyncApp
from slack_sdk.web.async_client import AsyncWebClient

from bot.adapters.helpdesks.slack import SlackThreads
from bot.adapters.slack import SlackChat
from bot.playground import credentials
from bot.playground.server import Playground, create_app
from handlers.policies import Policies
from handlers.services import Services
from handlers.slack import http as slack_http
from handlers.slack import register
from handlers.views.card import card
from pipeline.case import DESK, Case
from pipeline.policy import Member, Policy
from pipeline.ports import Card
from storage.cards import CARD, Placed, place
from storage.cases import Event, create, load, save
from storage.store import Store
from tests.fakes.clock import FakeClock
from tests.fakes.fuse import Fuse
from tests.fakes.helpdesk import FakeHelpDesk
from tests.fakes.reading import FakeCases, FakeIndex
from tests.handlers.views.cases import DRAFT, NOW, POLICY, case
from tests.playground.running import Side, running


class Now:
    def now(self) -> datetime:
        return datetime.now(UTC)


@dataclass
class Desk:
    """The bot with one card in #billing-support, and the page that people act on."""

    services: Services
    playground: Playground
    page: httpx.AsyncClient
    ts: str

    async def case(self) -> Case:
        async with self.services.store.reader() as connection:
            found = await load(connection, case().id)
        assert found is not None
        return found

    async def press(self, user: str, action: str, choice: str = "", block: str = "actions") -> None:
        chosen = {"selected_option": {"value": choice}} if choice else {}
        said = {"block_id": f"{block}:{case().id}", "action_id": action, **chosen}
        told = {"user": user, "channel": "C0BILLING", "ts": self.ts, "action": said}
        answer = (await self.page.post("/playground/click", json=told)).json()
        assert answer == {"ok": True}

    async def rate(self, user: str, value: str) -> None:
        rated = {"block_id": f"rating:{case().id}", "action_id": "draft.rate", "value": value}
        told = {"user": user, "channel": "C0BILLING", "ts": self.ts, "action": rated}
        assert (await self.page.post("/playground/click", json=told)).json() == {"ok": True}

    async def react(self, user: str, emoji: str, *, ts: str = "", remove: bool = False) -> None:
        """A person adds or takes away an emoji; done once the bot has taken the event."""
        before = self._taken("event reaction_")
        said = {"user": user, "channel": "C0BILLING", "ts": ts or self.ts, "name": emoji, "remove": remove}
        assert (await self.page.post("/playground/react", json=said)).json()["ok"]
        await self.until(lambda: self._taken("event reaction_") > before)

    async def says(self, user: str, text: str, thread: str = "", channel: str = "C0BILLING") -> str:
        said = {"user": user, "channel": channel, "text": text, **({"thread_ts": thread} if thread else {})}
        assert (await self.page.post("/playground/say", json=said)).json() == {"ok": True}
        messages = self.playground.messages
        said_there = messages.replies(channel, thread) if thread else messages.top_level(channel)
        return str(said_there[-1]["ts"])

    async def shortcut(self, user: str, callback: str, ts: str, channel: str = "C0BILLING") -> None:
        said = {"user": user, "channel": channel, "ts": ts, "callback_id": callback}
        assert (await self.page.post("/playground/shortcut", json=said)).json() == {"ok": True}

    def _taken(self, what: str) -> int:
        return sum(entry["what"].startswith(what) for entry in self.playground.log.since(0, 2_000)["entries"])

    async def insert(self, user: str, macro: str, written: str) -> None:
        view = self.playground.views.stacks[user][-1]
        chosen = {"block_id": "macros", "action_id": "edit.macro", "selected_option": {"value": macro}}
        values = {**view["state"]["values"], "reply": {"text": {"type": "plain_text_input", "value": written}}}
        told = {"user": user, "view_id": view["id"], "action": chosen, "values": values}
        assert (await self.page.post("/playground/click", json=told)).json() == {"ok": True}

    async def submit(self, user: str, values: dict[str, Any]) -> dict[str, Any]:
        view = self.playground.views.stacks[user][-1]
        told = {"user": user, "view_id": view["id"], "values": values}
        return cast(dict[str, Any], (await self.page.post("/playground/submit", json=told)).json())

    async def until(self, reached: Callable[[], bool]) -> None:
        """Wait for something that the page is told of."""
        stream = self.playground.stream
        async with asyncio.timeout(30):
            while not reached():
                await anext(stream.follow(stream.last, 1.0))

    async def ask(self, user: str, text: str) -> str:
        told = {"user": user, "channel": "C0BILLING", "command": "/triage", "text": text}
        assert (await self.page.post("/playground/command", json=told)).json() == {"ok": True}
        return self.whispered(user)

    def whispered(self, user: str) -> str:
        said = [m for m in self.playground.messages.ephemerals() if m["ephemeral_to"] == user]
        return f"{said[-1]['text']} {said[-1].get('blocks', '')}" if said else ""

    async def shown(self) -> Card:
        return card(await self.case(), DRAFT, self.services.policy)

    async def change(self, **changes: object) -> None:
        async with self.services.store.begin() as tx:
            found = await load(tx.connection, case().id)
            assert found is not None
            await save(tx, found.but(**changes), Event(kind="ticket.updated", actor=DESK), NOW)


def policy() -> Policy:
    lena = Member(name="Lena Fischer", email="lena@playground.example")
    return POLICY.model_copy(update={"leads": (lena,)})


@asynccontextmanager
async def a_desk(sqlite_template: Path, tmp_path: Path) -> AsyncIterator[Desk]:
    """Start the bot and its workspace on a loopback port."""
    shutil.copy(sqlite_template, tmp_path / "triage.db")
    store = Store(f"sqlite+aiosqlite:///{tmp_path / 'triage.db'}")
    playground = Playground("")
    client = AsyncWebClient(credentials.BOT_TOKEN)
    app, web = AsyncApp(client=client, signing_secret=credentials.SIGNING_SECRET), FastAPI()
    web.include_router(slack_http.router(app, credentials.SIGNING_SECRET, Now()))
    async with running(Side(create_app(playground), web)) as url, httpx.AsyncClient(base_url=url) as page:
        playground.bot_url = playground.line.bot_url = playground.url = url
        client.base_url = f"{url}/api/"
        services = _services(store, SlackChat(client))
        register(app, services)
        ts = await _placed(services)
        yield Desk(services, playground, page, ts)
    await store.close()


def _services(store: Store, chat: SlackChat) -> Services:
    nobody = cast(Any, None)  # reading and learning take no part in what people do in Slack
    return Services(
        workspace="T0PLAY",
        store=store,
        clock=Now(),
        policies=Policies(policy()),
        classifier=nobody,
        model=None,
        index=FakeIndex(),
        knowledge=nobody,
        precedents=nobody,
        cases=FakeCases(),
        learner=nobody,
        chat=chat,
        helpdesks={"zendesk": FakeHelpDesk(FakeClock(), Fuse()), "slack": SlackThreads(chat)},
    )


async def _placed(services: Services) -> str:
    opened = case(analysed_at=datetime.now(UTC), version=0)
    ts = await services.chat.post("C0BILLING", card(opened, DRAFT, services.policy), key="card")
    async with services.store.begin() as tx:
        await create(tx, opened, Event(kind="ticket.opened", actor=DESK))
        at = Placed(case_id=opened.id, placement=1, role=CARD, workspace="T0PLAY", channel="C0BILLING", ts=ts)
        await place(tx, at)
    return ts
