"""A product that workspaces install by OAuth, the pretend Slack beside it, and a browser that walks between them."""

import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime

import httpx
from starlette.types import ASGIApp, Receive, Scope, Send

from bot.adapters.slack_installations import Installations
from bot.app import build_web
from bot.metrics import Metrics
from bot.playground import credentials
from bot.playground.manifest import shipped
from bot.playground.server import Playground, create_app
from bot.settings import Settings
from bot.slack_app import installations, slack_app, slack_chat
from handlers.policies import Policies
from pipeline.policy import Member, Policy
from storage.store import Store
from tests.fakes.desk import policy
from tests.fakes.house import House
from tests.playground.running import Side, Ticking, running

KEY = "a-secret-key-of-more-than-32-characters"
HOME, HARBOR = credentials.TEAM_ID, "T0HARBOR"
NORA = Member(name="Nora Lind", email="nora@harbor.example")
PAUL = Member(name="Paul Weiss", email="paul@harbor.example")


def of_two_workspaces() -> Policy:
    """Billing sits in Harbor Labs, everybody else in the usual workspace."""
    teams = tuple(
        team.model_copy(update={"workspace": HARBOR, "channel": "operations", "members": (PAUL,)})
        if team.name == "billing_support"
        else team
        for team in policy().teams
    )
    return policy().model_copy(update={"workspace": HOME, "teams": teams, "admins": (*policy().admins, NORA)})


class Late:
    """An application that is not built yet when its address is given out."""

    app: ASGIApp

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        await self.app(scope, receive, send)


@dataclass
class Town:
    """Everything of a deployment that nobody has installed yet."""

    house: House
    playground: Playground
    page: httpx.AsyncClient
    clock: Ticking
    settings: Settings

    def another(self, **changes: object) -> House:
        """Return another process of the same deployment, which remembers nothing, maybe under other settings."""
        house = House(self.house.store)
        house.world, house.services = self.house.world, self.house.services
        changed = self.settings.model_copy(update=changes)
        chat = slack_chat(changed, house.store, house.services.clock, "default", lambda: house.services.policy)
        house.services = replace(house.services, chat=chat)
        return house

    @property
    def installations(self) -> Installations:
        return self.under()

    def under(self, **changes: object) -> Installations:
        """Return what knows the tokens under other settings."""
        changed = self.settings.model_copy(update=changes)
        return installations(changed, self.house.store, self.house.world.clock, "default")

    async def begin(self) -> tuple[str, dict[str, str]]:
        """Return the link to Slack's page, and the browser's cookie."""
        began = await self.page.get("/slack/install")
        assert began.status_code == 200, began.text
        link = re.findall(r'https?://[^"]+/authorize[^"]+', began.text)[0].replace("&amp;", "&")
        return link, {"Cookie": began.headers["set-cookie"].split(";")[0]}

    async def allow(self, link: str, user: str, decision: str = "allow") -> str:
        """Return where Slack sends the browser back to."""
        decided = await self.page.post(link, data={"user": user, "decision": decision})
        assert decided.status_code == 302, decided.text
        return str(decided.headers["location"])

    async def install(self, user: str) -> httpx.Response:
        link, cookies = await self.begin()
        return await self.page.get(await self.allow(link, user), headers=cookies)

    def advance(self, seconds: float) -> None:
        self.clock.advance(seconds)
        self.house.world.clock.advance(seconds)

    def texts(self, channel: str) -> list[str]:
        return [str(message["text"]) for message in self.playground.messages.top_level(channel)]

    async def act(self, what: str, **said: object) -> None:
        """Do something on the page of the workspace, and wait until all has been delivered."""
        answer = (await self.page.post(f"/playground/{what}", json=said)).json()
        assert answer.get("ok"), answer
        await self.playground.background.settle()


@asynccontextmanager
async def a_town(store: Store, used: Policy | None = None, *, rotating: bool = True) -> AsyncIterator[Town]:
    """Start a deployment on a loopback port. Its clock and Slack's are moved together."""
    clock, house, late = Ticking(), House(store), Late()
    house.world.clock.set(datetime.fromtimestamp(clock.at, UTC))
    playground = Playground("", now=clock, events=shipped().events, token_rotation=rotating, ack_seconds=10)
    async with running(Side(create_app(playground), late)) as url, httpx.AsyncClient(base_url=url) as page:
        playground.bot_url = playground.line.bot_url = playground.url = url
        settings = Settings.model_validate(
            {
                "SLACK_CLIENT_ID": credentials.CLIENT_ID,
                "SLACK_CLIENT_SECRET": credentials.CLIENT_SECRET,
                "SLACK_SIGNING_SECRET": credentials.SIGNING_SECRET,
                "TRIAGE_SECRET_KEY": KEY,
                "TRIAGE_PUBLIC_URL": url,
                "TRIAGE_SLACK_API_URL": f"{url}/api/",
            }
        )
        policies = Policies(used or of_two_workspaces())
        chat = slack_chat(settings, store, house.world.clock, "default", lambda: policies.now.policy)
        house.services = replace(house.services, chat=chat, policies=policies)
        late.app = build_web(settings, house.services, Metrics(), slack_app(settings, house.services))
        yield Town(house, playground, page, clock, settings)
