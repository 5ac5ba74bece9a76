"""What people write and mark on the page; the app hears of it as events."""

from uuid import uuid4

from fastapi import APIRouter

from bot.playground import page_requests as asked
from bot.playground.events import (
    announce_change,
    announce_deletion,
    announce_home,
    announce_joining,
    announce_message,
    announce_reaction,
)
from bot.playground.methods.destination import broadcast
from bot.playground.people import Person
from bot.playground.playground import Playground
from bot.playground.snapshot import show_channel_on_page
from bot.playground.told import tried
from bot.playground.wire import Object, Refusal


def writing(playground: Playground) -> APIRouter:
    """`/say`, `/edit`, `/erase`, `/react`, `/dismiss`, `/home`, `/join`, `/direct`."""
    router = APIRouter()

    @router.post("/say")
    async def say(do: asked.Say) -> Object:
        return tried(lambda: _say(playground.of(do.team), do))

    @router.post("/edit")
    async def edit(do: asked.Edit) -> Object:
        return tried(lambda: _edit(playground.of(do.team), do))

    @router.post("/erase")
    async def erase(do: asked.OnMessage) -> Object:
        return tried(lambda: _erase(playground.of(do.team), do))

    @router.post("/dismiss")
    async def dismiss(do: asked.OnMessage) -> Object:
        return tried(lambda: _dismiss(playground.of(do.team), do))

    @router.post("/react")
    async def react(do: asked.React) -> Object:
        return tried(lambda: _react(playground.of(do.team), do))

    @router.post("/home")
    async def home(do: asked.OpenHome) -> Object:
        return tried(lambda: _open_home(playground.of(do.team), do))

    @router.post("/join")
    async def join(do: asked.Join) -> Object:
        return tried(lambda: _join(playground.of(do.team), do))

    @router.post("/direct")
    async def direct(do: asked.Direct) -> Object:
        return tried(lambda: _direct(playground.of(do.team), do))

    return router


def _active(playground: Playground, user: str) -> Person:
    """This person, unless their account is deactivated."""
    person = playground.workspace.person(user)
    if person.deleted:
        raise Refusal("user_disabled")
    return person


def _say(playground: Playground, do: asked.Say) -> None:
    channel = playground.workspace.channel(do.channel)
    person = _active(playground, do.user)
    if person.id not in channel.members:
        raise Refusal("not_in_channel")
    if channel.is_archived:
        raise Refusal("is_archived")
    thread = _thread(playground, channel.id, do)
    said = {"user": person.id, "team": person.team, "text": do.text, "client_msg_id": str(uuid4()), **thread}
    announce_message(playground, playground.messages.post(channel.id, said))


def _thread(playground: Playground, channel: str, do: asked.Say) -> Object:
    """A reply to a reply goes to the thread that both are in; `broadcast` shows it in the channel too."""
    if not do.thread_ts:
        return {}
    root = playground.messages.find(channel, do.thread_ts)
    if root.get("thread_ts", root["ts"]) != root["ts"]:
        root = playground.messages.find(channel, root["thread_ts"])
    return {"thread_ts": root["ts"], **(broadcast(root) if do.broadcast else {})}


def _edit(playground: Playground, do: asked.Edit) -> None:
    before = _own(playground, do, "cant_update_message")
    edited = {"user": do.user, "ts": playground.clock.ts()}
    after = playground.messages.change(before["channel"], do.ts, text=do.text, blocks=None, edited=edited)
    announce_change(playground, after, before)


def _erase(playground: Playground, do: asked.OnMessage) -> None:
    message = _own(playground, do, "cant_delete_message")
    playground.messages.delete(message["channel"], do.ts)
    announce_deletion(playground, message)


def _own(playground: Playground, do: asked.OnMessage, otherwise: str) -> Object:
    """The message, if this person wrote it."""
    message = playground.messages.find(playground.workspace.channel(do.channel).id, do.ts)
    if message.get("user") != _active(playground, do.user).id or "bot_id" in message:
        raise Refusal(otherwise)
    return message


def _dismiss(playground: Playground, do: asked.OnMessage) -> None:
    """What only this person sees goes from their sight."""
    message = playground.messages.find_for(do.user, playground.workspace.channel(do.channel).id, do.ts)
    if message.get("ephemeral_to") != do.user:
        raise Refusal("cant_delete_message")
    playground.messages.delete_whisper(message)


def _react(playground: Playground, do: asked.React) -> None:
    channel = playground.workspace.channel(do.channel).id
    person = _active(playground, do.user)
    playground.messages.react(channel, do.ts, do.name, person.id, remove=do.remove)
    announce_reaction(playground, person.id, channel, do.ts, do.name, removed=do.remove)


def _open_home(playground: Playground, do: asked.OpenHome) -> None:
    announce_home(playground, _active(playground, do.user).id, do.tab)


def _join(playground: Playground, do: asked.Join) -> None:
    channel = playground.workspace.join(do.channel, _active(playground, do.user).id)
    announce_joining(playground, do.user, channel.id)


def _direct(playground: Playground, do: asked.Direct) -> Object:
    """The conversation of these two, opened when there was none."""
    one, other = _active(playground, do.user), _active(playground, do.partner)
    channel = playground.workspace.between(one.id, other.id)
    return {"channel": show_channel_on_page(channel, playground.team.bot_user)}
