"""Zendesk's REST API as far as the bot needs it."""

import base64
import binascii
import math
from collections.abc import Callable, Iterable
from typing import TypeVar

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from bot.playground.arguments import read_arguments
from bot.playground.credentials import ZENDESK_API_TOKEN, ZENDESK_EMAIL
from bot.playground.faults import Fault, FaultKind
from bot.playground.faulty import Answer, serve
from bot.playground.playground import Playground
from bot.playground.wire import Object, Refusal
from bot.playground.zendesk.desk import NotThere
from bot.playground.zendesk.records import BOT_AGENT, Audit, Comment
from bot.playground.zendesk.shown import BASE, show_audit, show_comment, show_group, show_ticket, show_user
from bot.playground.zendesk.updates import DeskRefusal, invalid, update_ticket
from bot.playground.zendesk.webhooks import tell_assigned, tell_comment, tell_status

Work = Callable[[Object], Object]
"""From the request's arguments to the answer."""
Record = TypeVar("Record", Audit, Comment)


def zendesk_api(playground: Playground) -> APIRouter:
    """`/api/v2/…`; every path works with and without `.json`."""
    router = APIRouter(prefix="/api/v2", include_in_schema=False)
    desk = playground.desk

    async def answer(request: Request, what: str, work: Work) -> Response:
        what = f"zendesk {request.method} {what}"
        try:
            said = (await read_arguments(request)).values
        except Refusal as refusal:
            said = {"unreadable": refusal.error}
        allowed = _authenticated(request)
        return await serve(
            playground, what, said, lambda: _run(playground, allowed, said, work), _refuse, request.url.path
        )

    async def get_ticket(request: Request, ticket: str) -> Response:
        return await answer(request, "tickets", lambda _: {"ticket": show_ticket(desk.ticket(_number(ticket)))})

    async def put_ticket(request: Request, ticket: str) -> Response:
        return await answer(request, "tickets", lambda said: _put(playground, _number(ticket), said))

    async def comments(request: Request, ticket: str) -> Response:
        return await answer(request, "comments", lambda said: _comments(playground, _number(ticket), said))

    async def audits(request: Request, ticket: str) -> Response:
        return await answer(request, "audits", lambda said: _audits(playground, _number(ticket), said))

    async def groups(request: Request) -> Response:
        return await answer(request, "groups", lambda said: _paged("groups", map(show_group, desk.groups), said))

    async def user(request: Request, user: str) -> Response:
        def find(_: Object) -> Object:
            return {"user": show_user(BOT_AGENT if _bare(user) == "me" else desk.user(_number(user)))}

        return await answer(request, "users", find)

    async def search(request: Request) -> Response:
        def find(said: Object) -> Object:
            words = str(said.get("query", "")).removeprefix("email:").strip('"')
            return _paged("users", map(show_user, desk.users(words)), said)

        return await answer(request, "users", find)

    for path, method, endpoint in (
        ("/users/search", "GET", search),
        ("/users/search.json", "GET", search),
        ("/tickets/{ticket}/comments", "GET", comments),
        ("/tickets/{ticket}/comments.json", "GET", comments),
        ("/tickets/{ticket}/audits", "GET", audits),
        ("/tickets/{ticket}/audits.json", "GET", audits),
        ("/tickets/{ticket}", "GET", get_ticket),
        ("/tickets/{ticket}", "PUT", put_ticket),
        ("/groups", "GET", groups),
        ("/groups.json", "GET", groups),
        ("/users/{user}", "GET", user),
    ):
        router.add_api_route(path, endpoint, methods=[method])
    return router


def _put(playground: Playground, ticket_id: int, said: Object) -> Object:
    ticket = playground.desk.ticket(ticket_id)
    asked = said.get("ticket")
    if not isinstance(asked, dict):
        raise DeskRefusal(400, {"error": "InvalidPayload", "description": "The `ticket` parameter is missing"})
    before, status, assignee = len(ticket.comments), ticket.status, ticket.assignee_id
    audit = update_ticket(playground.desk, ticket, BOT_AGENT, asked, strict=playground.strict)
    for comment in ticket.comments[before:]:
        playground.background.spawn(tell_comment(playground, ticket, comment))
    if ticket.status != status:
        playground.background.spawn(tell_status(playground, ticket, status))
    if ticket.assignee_id != assignee:
        playground.background.spawn(tell_assigned(playground, ticket, assignee))
    return {"ticket": show_ticket(ticket), "audit": show_audit(audit, ticket)}


def _comments(playground: Playground, ticket_id: int, said: Object) -> Object:
    ticket = playground.desk.ticket(ticket_id)
    known = _not_lagging(playground, "zendesk GET comments", ticket.comments)
    if said.get("sort_order") == "desc":
        known.reverse()
    return _paged("comments", map(show_comment, known), said)


def _audits(playground: Playground, ticket_id: int, said: Object) -> Object:
    ticket = playground.desk.ticket(ticket_id)
    known = _not_lagging(playground, "zendesk GET audits", ticket.audits)
    return _paged("audits", (show_audit(audit, ticket) for audit in known), said)


def _not_lagging(playground: Playground, what: str, records: list[Record]) -> list[Record]:
    if not (lag := playground.faults.lag(what)):
        return list(records)
    known_until = playground.clock.now() - lag
    return [record for record in records if record.at <= known_until]


def _paged(name: str, records: Iterable[Object], said: Object) -> Object:
    """A page by `page` and `per_page` (at most 100), or by cursor when `page[size]` is given."""
    found = list(records)
    if "page[size]" in said:
        start, size = _whole(said.get("page[after]", 0)), min(100, _whole(said["page[size]"]))
        after = start + size
        meta = {"has_more": after < len(found), "after_cursor": str(after), "before_cursor": str(start)}
        return {name: found[start:after], "meta": meta}
    size = max(1, min(100, _whole(said.get("per_page", 100))))
    page = max(1, _whole(said.get("page", 1)))
    more = f"{BASE}/{name}.json?page={page + 1}&per_page={size}" if page * size < len(found) else None
    shown = found[(page - 1) * size : page * size]
    return {name: shown, "count": len(found), "next_page": more, "previous_page": None}


def _run(playground: Playground, allowed: bool, said: Object, work: Work) -> Answer:
    if not allowed:
        return 401, {"error": "Couldn't authenticate you"}, {}
    if "unreadable" in said:
        return 422, {"error": "Unprocessable Entity", "message": "Server could not parse JSON"}, {}
    if wait := playground.rates.wait_for_zendesk():
        return _too_many(wait)
    try:
        return 200, work(said), {}
    except NotThere:
        return 404, {"error": "RecordNotFound", "description": "Not found"}, {}
    except DeskRefusal as refusal:
        return refusal.status, refusal.body, {}


def _refuse(fault: Fault) -> Answer:
    match fault.kind:
        case FaultKind.RATELIMITED:
            return _too_many(math.ceil(fault.seconds))
        case FaultKind.ERROR:
            return 422, {"error": fault.code, "description": fault.code}, {}
        case _:
            return 500, {"error": "InternalError", "description": "An unexpected error occurred"}, {}


def _too_many(wait: int) -> Answer:
    said = {"error": "TooManyRequests", "description": "Number of allowed API requests per minute exceeded"}
    return 429, said, {"Retry-After": str(wait)}


def _authenticated(request: Request) -> bool:
    scheme, _, encoded = request.headers.get("authorization", "").partition(" ")
    try:
        given = base64.b64decode(encoded, validate=True).decode()
    except (binascii.Error, UnicodeDecodeError):
        return False
    return scheme.lower() == "basic" and given == f"{ZENDESK_EMAIL}/token:{ZENDESK_API_TOKEN}"


def _number(text: str) -> int:
    """The id in the path, with or without `.json`."""
    if not (bare := _bare(text)).isascii() or not bare.isdigit():
        raise NotThere
    return int(bare)


def _bare(text: str) -> str:
    return text.removesuffix(".json")


def _whole(value: object) -> int:
    try:
        return max(0, int(str(value)))
    except ValueError:
        raise invalid("page", "Page: is not a number") from None
