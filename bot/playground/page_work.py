"""What people do with the app at work: run its steps, open its objects, stop it, give it files, forbid it things."""

from typing import Any

from fastapi import APIRouter
from pydantic import Field
from starlette.requests import Request

from bot.playground.entities import open_entity
from bot.playground.files import LARGEST_FILE
from bot.playground.functions import begin
from bot.playground.page_requests import Act
from bot.playground.playground import Playground
from bot.playground.restrictions import Posting
from bot.playground.shown_files import show_file
from bot.playground.stopping import stop_stream
from bot.playground.told import tried
from bot.playground.uploads import TooLarge, read_body
from bot.playground.wire import Object


class RunStep(Act):
    user: str
    callback_id: str
    inputs: dict[str, Any] = Field(default_factory=dict)


class OpenEntity(Act):
    """`id` is the one that the app gave the object in its external_ref."""

    user: str
    channel: str
    ts: str
    id: str


class StopStream(Act):
    user: str
    channel: str
    ts: str


class Restrict(Act):
    """What is left out stays; `open` lets everybody post in the channel again."""

    channel: str = ""
    posting: Posting | None = None
    open: bool = False
    thread_ts: str = ""
    locked: bool | None = None
    messages_tab: bool | None = None
    home_tab: bool | None = None
    agent: bool | None = None


def page_work(playground: Playground) -> APIRouter:
    router = APIRouter(prefix="/playground")

    @router.post("/function")
    async def function(do: RunStep) -> Object:
        seen = playground.of(do.team)
        return tried(lambda: {"function_execution_id": begin(seen, do.callback_id, do.inputs, do.user)})

    @router.post("/entity")
    async def entity(do: OpenEntity) -> Object:
        seen = playground.of(do.team)
        return tried(lambda: {"trigger_id": open_entity(seen, do.user, do.channel, do.ts, do.id)})

    @router.post("/stop")
    async def stop(do: StopStream) -> Object:
        return tried(lambda: stop_stream(playground.of(do.team), do.user, do.channel, do.ts))

    @router.post("/restrict")
    async def restrict(do: Restrict) -> Object:
        return tried(lambda: _restrict(playground.of(do.team), do))

    @router.post("/upload")
    async def upload(request: Request, user: str, name: str, team: str = playground.team_id) -> Object:
        """The bytes as the body: a person's own file."""
        try:
            data = await read_body(request)
        except TooLarge:
            return {"ok": False, "error": f"A file may have {LARGEST_FILE:,} bytes."}
        return tried(lambda: {"file": _keep(playground.of(team), user, name, data)})

    return router


def _keep(playground: Playground, user: str, name: str, data: bytes) -> Object:
    owner = playground.workspace.person(user).id
    file = playground.files.new(playground.team_id, owner, name, len(data))
    return show_file(playground, playground.files.put(file, data))


def _restrict(playground: Playground, do: Restrict) -> None:
    restrictions = playground.restrictions
    if do.channel:
        channel = playground.workspace.channel(do.channel).id
        if do.posting:
            restrictions.channels[channel] = do.posting
        elif do.open:
            restrictions.channels.pop(channel, None)
        if do.locked is not None:
            change = restrictions.locked_threads.add if do.locked else restrictions.locked_threads.discard
            change((channel, do.thread_ts))
    if do.messages_tab is not None:
        restrictions.messages_tab = do.messages_tab
    if do.home_tab is not None:
        restrictions.home_tab = do.home_tab
    if do.agent is not None:
        restrictions.agent = do.agent
