"""The Web API over HTTP: tokens, scopes, arguments, and the method that they reach."""

import math
import time

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, Response

from bot.playground.admission import admit, find_caller
from bot.playground.arguments import Arguments, read_arguments, read_basic
from bot.playground.faults import Fault, FaultKind
from bot.playground.faulty import Answer, serve
from bot.playground.methods.call import Call
from bot.playground.methods.offered import METHODS
from bot.playground.playground import Playground
from bot.playground.respond import respond
from bot.playground.wire import Refusal

__all__ = ["METHODS", "web_api"]

SECRETS = frozenset({"token", "client_secret"})
"""Arguments that the log leaves out."""


def web_api(playground: Playground) -> APIRouter:
    """`/api/<method>` and the response_urls."""
    router = APIRouter()

    @router.api_route("/api/{method}", methods=["GET", "POST"], include_in_schema=False)
    async def call_method(request: Request, method: str) -> Response:
        try:
            arguments = await read_arguments(request)
            arguments.values = read_basic(request.headers.get("authorization", "")) | arguments.values
        except Refusal as refusal:
            refused: Answer = (200, refusal.answer(), {})
            return await serve(playground, method, {}, lambda: refused, _refuse)
        arguments.values["token"] = token = _token(request, arguments)
        said = {name: value for name, value in arguments.values.items() if name not in SECRETS}
        return await serve(playground, method, said, lambda: _run(playground, method, token, arguments), _refuse)

    @router.post("/response/{secret}", include_in_schema=False)
    async def answer_interaction(request: Request, secret: str) -> Response:
        if wait := playground.rates.wait_for_response_url(secret):
            return _hold_response_url(playground, wait)
        return PlainTextResponse(*await _use_response_url(playground, request, secret))

    return router


def _run(playground: Playground, name: str, secret: str, arguments: Arguments) -> Answer:
    headers: dict[str, str] = {}
    try:
        method = METHODS.get(name)
        if method is None:
            raise Refusal("unknown_method", req_method=name)
        token = find_caller(playground, method, secret)
        seen = playground.of(token.team) if token and token.team else playground
        call = Call(seen, name, arguments, token)
        headers = {"x-oauth-scopes": ",".join(sorted(call.scopes)), "x-accepted-oauth-scopes": method.scope}
        admit(call, method)
        return 200, {"ok": True, **method.run(call)}, headers
    except Refusal as refusal:
        if wait := refusal.more.get("retry_after"):
            return 429, {"ok": False, "error": refusal.error}, {"Retry-After": str(wait)}
        return 200, refusal.answer(), headers


def _token(request: Request, arguments: Arguments) -> str:
    scheme, _, token = request.headers.get("authorization", "").partition(" ")
    return token if scheme.lower() == "bearer" else str(arguments.values.get("token") or "")


def _refuse(fault: Fault) -> Answer:
    match fault.kind:
        case FaultKind.RATELIMITED:
            return 429, {"ok": False, "error": "ratelimited"}, {"Retry-After": str(math.ceil(fault.seconds))}
        case FaultKind.ERROR | FaultKind.TOKEN_REVOKED:
            return 200, {"ok": False, "error": fault.code or fault.kind.value}, {}
        case _:
            return 500, {"ok": False, "error": "internal_error"}, {}


def _hold_response_url(playground: Playground, wait: int) -> Response:
    """Too soon: this answer counts as no use."""
    body = {"ok": False, "error": "rate_limited", "retry_after": wait}
    playground.log.record("from_bot", "response_url", {}, body, 429, time.perf_counter())
    return JSONResponse(body, 429, {"Retry-After": str(wait)})


async def _use_response_url(playground: Playground, request: Request, secret: str) -> tuple[str, int]:
    started = time.perf_counter()
    said, answer = {}, ("ok", 200)
    try:
        said = (await read_arguments(request)).values
        respond(playground, secret, said)
    except Refusal as refusal:
        answer = refusal.error, 404 if refusal.error in {"expired_url", "used_url"} else 400
    playground.log.record("from_bot", "response_url", said, answer[0], answer[1], started)
    return answer
