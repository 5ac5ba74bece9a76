"""The page's own API: what it shows, and what people do on it."""

from fastapi import APIRouter
from starlette.responses import JSONResponse, Response

from bot.playground import page_requests as asked
from bot.playground.control import control_api
from bot.playground.customers import give, move_on, open_ticket, write_again
from bot.playground.forms import close, submit
from bot.playground.interactions import press_in_message, press_in_view, type_command, use_shortcut
from bot.playground.playground import Playground
from bot.playground.shortcuts import use_global_shortcut
from bot.playground.snapshot import read_messages, read_tickets, take_snapshot
from bot.playground.suggestions import ask_in_message, ask_in_view
from bot.playground.team import HOME
from bot.playground.told import refused, told
from bot.playground.whose import seen_by_app
from bot.playground.wire import Object, Refusal
from bot.playground.writing import writing
from bot.playground.zendesk.desk import NotThere
from bot.playground.zendesk.webhooks import tell_assigned, tell_comment, tell_created, tell_deleted, tell_status


def page_api(playground: Playground) -> APIRouter:
    """`/playground/…`: reading and acting here, writing and control beside it."""
    router = APIRouter(prefix="/playground")
    router.include_router(_reading(playground))
    router.include_router(_acting(playground))
    router.include_router(writing(playground))
    router.include_router(_customers(playground))
    router.include_router(control_api(playground))
    return router


def _reading(playground: Playground) -> APIRouter:
    router = APIRouter()

    @router.get("/snapshot")
    async def snapshot(team: asked.TeamId = HOME.id) -> Response:
        return JSONResponse(take_snapshot(playground.of(team)))

    @router.get("/messages")
    async def messages(channel: str, before: str = "") -> Response:
        return JSONResponse({"messages": read_messages(playground, channel, before)})

    @router.get("/tickets")
    async def tickets(before: int | None = None) -> Response:
        return JSONResponse({"tickets": read_tickets(playground, before)})

    @router.get("/wire")
    async def wire(since: int = 0, limit: int = 2_000) -> Response:
        return JSONResponse(playground.log.since(since, limit))

    return router


def _seen(playground: Playground, do: asked.Click | asked.Ask | asked.Submit | asked.Close) -> Playground:
    """From where the app looks that this control or form belongs to."""
    at = do.model_dump(include={"view_id", "channel", "ts"})
    return seen_by_app(playground.of(do.team), do.user, **at)


def _acting(playground: Playground) -> APIRouter:
    """What the app hears of at once, and must acknowledge."""
    router = APIRouter()

    @router.post("/click")
    async def click(do: asked.Click) -> Object:
        seen = _seen(playground, do)
        if do.view_id:
            return await told(press_in_view(seen, do.user, do.view_id, do.action, do.values))
        return await told(press_in_message(seen, do.user, do.channel, do.ts, do.action, do.values))

    @router.post("/options")
    async def options(do: asked.Ask) -> Object:
        seen, about = _seen(playground, do), do.model_dump(include={"block_id", "action_id", "value"})
        try:
            if do.view_id:
                return await ask_in_view(seen, do.user, do.view_id, about)
            return await ask_in_message(seen, do.user, do.channel, do.ts, about)
        except Refusal as refusal:
            return refused(refusal)

    @router.post("/submit")
    async def send_form(do: asked.Submit) -> Object:
        try:
            sent = await submit(_seen(playground, do), do.user, do.view_id, do.values)
        except Refusal as refusal:
            return refused(refusal)
        if sent.errors:
            return {"ok": False, "errors": sent.errors}
        return {"ok": False, "error": sent.error} if sent.error else {"ok": True}

    @router.post("/close")
    async def close_form(do: asked.Close) -> Object:
        return await told(close(_seen(playground, do), do.user, do.view_id, everything=do.everything))

    @router.post("/command")
    async def command(do: asked.Command) -> Object:
        return await told(type_command(playground.of(do.team), do.user, do.channel, do.command, do.text))

    @router.post("/shortcut")
    async def shortcut(do: asked.Shortcut) -> Object:
        return await told(use_shortcut(playground.of(do.team), do.user, do.channel, do.ts, do.callback_id))

    @router.post("/global_shortcut")
    async def global_shortcut(do: asked.GlobalShortcut) -> Object:
        return await told(use_global_shortcut(playground.of(do.team), do.user, do.callback_id))

    return router


def _customers(playground: Playground) -> APIRouter:
    router = APIRouter(prefix="/tickets")

    @router.post("", status_code=201)
    async def write_ticket(letter: asked.NewTicket) -> Object:
        ticket = open_ticket(
            playground,
            name=letter.name,
            email=letter.email,
            tier=letter.tier or "",
            subject=letter.subject,
            text=letter.text,
            channel=letter.channel or "email",
        )
        playground.background.spawn(tell_created(playground, ticket))
        return {"id": ticket.id}

    @router.get("/{ticket_id}")
    async def read_ticket(ticket_id: int) -> Response:
        try:
            return JSONResponse(playground.desk.shown(playground.desk.ticket(ticket_id)))
        except NotThere:
            return JSONResponse({"ok": False, "error": "There is no such ticket."}, 404)

    @router.post("/{ticket_id}/comments", status_code=201)
    async def write_comment(ticket_id: int, letter: asked.MoreFromCustomer) -> Response:
        try:
            ticket = playground.desk.ticket(ticket_id)
        except NotThere:
            return JSONResponse({"ok": False, "error": "There is no such ticket."}, 404)
        comment = write_again(playground, ticket, letter.text)
        playground.background.spawn(tell_comment(playground, ticket, comment))
        return JSONResponse({"id": comment.id}, 201)

    @router.post("/{ticket_id}/status")
    async def set_status(ticket_id: int, do: asked.MoveOn) -> Response:
        try:
            ticket = playground.desk.ticket(ticket_id)
        except NotThere:
            return JSONResponse({"ok": False, "error": "There is no such ticket."}, 404)
        if do.status == "deleted":
            playground.background.spawn(tell_deleted(playground, ticket))
        elif (before := move_on(playground, ticket, do.status)) != do.status:
            playground.background.spawn(tell_status(playground, ticket, before))
        return JSONResponse({"ok": True})

    @router.post("/{ticket_id}/assignee")
    async def set_assignee(ticket_id: int, do: asked.Give) -> Response:
        try:
            ticket = playground.desk.ticket(ticket_id)
            had = give(playground, ticket, do.email)
        except NotThere:
            return JSONResponse({"ok": False, "error": "There is no such ticket, or no such agent."}, 404)
        if had != ticket.assignee_id:
            playground.background.spawn(tell_assigned(playground, ticket, had))
        return JSONResponse({"ok": True})

    return router
