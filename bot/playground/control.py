"""The control API: what goes wrong, what is told once more, and what the app hears without anybody's act."""

from dataclasses import replace
from enum import StrEnum
from typing import Any

from fastapi import APIRouter
from pydantic import Field
from starlette.responses import JSONResponse, Response

from bot.playground import page_requests as asked
from bot.playground.announcing import emit
from bot.playground.delivery import Delivery, Kind
from bot.playground.events import announce_person
from bot.playground.faults import BadPlan
from bot.playground.people import Person, Role
from bot.playground.playground import Playground
from bot.playground.snapshot import show_control
from bot.playground.told import told, tried
from bot.playground.verification import verify
from bot.playground.wire import Object


class Emit(asked.Act):
    """Any event, in the Events API's words; the app hears of it whatever it is subscribed to."""

    event: dict[str, Any]


class Redeliver(asked.PageRequest):
    """`n` is the delivery's number in `/playground/wire`."""

    n: int


class Ending(StrEnum):
    WARNING = "warning"
    REFRESH_REQUESTED = "refresh_requested"
    LINK_DISABLED = "link_disabled"


class Employ(asked.Act):
    """Deactivate somebody's account, or give it back."""

    user: str
    active: bool


class Hire(asked.Act):
    """Somebody new in the workspace, in no channel yet."""

    name: str = Field(pattern=r"[a-z0-9._-]{1,21}")
    real_name: str = Field(min_length=1, max_length=80)


class Disconnect(asked.PageRequest):
    """After a warning the connections stay open for a while."""

    reason: Ending = Field(default=Ending.REFRESH_REQUESTED)


def control_api(playground: Playground) -> APIRouter:
    """`/control`, and below it `/emit`, `/redeliver`, `/newcomer`, `/person`, `/disconnect` and `/verify`."""
    router = APIRouter(prefix="/control")

    @router.get("")
    async def read() -> Object:
        """The plan as it can be sent back, how often each of its lines has struck, and the open connections."""
        faults = playground.faults
        more = {"seed": faults.seed, "struck": faults.struck, "connections": len(playground.sockets)}
        return {**show_control(playground), **more}

    @router.post("")
    async def obey(order: asked.Control) -> Response:
        try:
            _obey(playground, order)
        except BadPlan as error:
            return _bad(str(error))
        return JSONResponse({"ok": True})

    @router.post("/emit")
    async def tell_event(do: Emit) -> Response:
        if not isinstance(do.event.get("type"), str):
            return _bad("An event has a `type`.")
        emit(playground.of(do.team), do.event)
        return JSONResponse({"ok": True})

    @router.post("/redeliver")
    async def redeliver(do: Redeliver) -> Response:
        delivery = _find(playground, do.n)
        if delivery is None:
            return _bad(f"Number {do.n} of the wire log is no delivery from Slack.")
        return JSONResponse(await told(playground.line.deliver(delivery)))

    @router.post("/disconnect")
    async def disconnect(do: Disconnect) -> Object:
        return {"ok": True, "connections": await playground.sockets.disconnect(do.reason)}

    @router.post("/person")
    async def employ(do: Employ) -> Object:
        return tried(lambda: _employ(playground.of(do.team), do))

    @router.post("/newcomer")
    async def hire(do: Hire) -> Object:
        return tried(lambda: _hire(playground.of(do.team), do))

    @router.post("/verify")
    async def verify_address() -> Object:
        error = await verify(playground)
        return {"ok": False, "error": error} if error else {"ok": True}

    return router


def _obey(playground: Playground, order: asked.Control) -> None:
    if order.faults is not None or order.seed is not None:
        playground.faults.follow(order.faults or [], order.seed)
    if order.rate_limits is not None:
        playground.rates.on = order.rate_limits
    playground.stream.publish("control", control=show_control(playground))


def _employ(playground: Playground, do: Employ) -> None:
    person = playground.workspace.person(do.user)
    if do.active:
        person = replace(person, deleted=False)
        playground.workspace.reactivate(person)
    else:
        person = playground.workspace.deactivate(person.id)
    announce_person(playground, person)


def _hire(playground: Playground, do: Hire) -> Object:
    user = playground.identifiers.make("U")
    person = Person(user, do.name, do.real_name, "", Role.AGENT, team=playground.team_id)
    playground.workspace.admit(person)
    announce_person(playground, person, new=True)
    return {"user": user}


def _find(playground: Playground, number: int) -> Delivery | None:
    """A delivery of the log, to be made once more; an event says that it is a second attempt."""
    for entry in playground.log.since(number - 1, 1)["entries"]:
        if entry["n"] == number and entry["direction"] == "to_bot" and not entry["what"].startswith("webhook "):
            kind = {"event": Kind.EVENT, "command": Kind.COMMAND}.get(entry["what"].split()[0], Kind.INTERACTION)
            return Delivery(kind, entry["what"], entry["arguments"]).again("http_timeout")
    return None


def _bad(error: str) -> Response:
    return JSONResponse({"ok": False, "error": error}, 422)
