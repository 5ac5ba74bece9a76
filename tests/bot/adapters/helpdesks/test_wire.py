"""Every way in which a call can fail has one meaning: nothing happened, it may have, or it never will."""

import json
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime

import httpx
import pytest

from bot.adapters.helpdesks.wire import Wire
from pipeline.errors import Refused, TriageError, Unavailable, Unknown
from tests.bot.adapters.helpdesks.desks import Handler, client


def wire(handler: Handler) -> Wire:
    return Wire(client(handler), "The desk", "https://desk.example/", headers={"x-version": "2"})


def failing(error: type[httpx.TransportError]) -> Handler:
    def fail(request: httpx.Request) -> httpx.Response:
        raise error("no", request=request)

    return fail


async def outcome(handler: Handler, *, write: bool) -> TriageError:
    with pytest.raises(TriageError) as raised:
        if write:
            await wire(handler).write("PUT", "/x", b"{}")
        else:
            await wire(handler).read("/x")
    return raised.value


@pytest.mark.parametrize("error", [httpx.ConnectError, httpx.ConnectTimeout, httpx.PoolTimeout])
@pytest.mark.parametrize("write", [True, False])
async def test_a_call_that_was_not_sent_is_unavailable(error: type[httpx.TransportError], write: bool) -> None:
    assert type(await outcome(failing(error), write=write)) is Unavailable


@pytest.mark.parametrize(
    "error",
    [httpx.ReadTimeout, httpx.WriteTimeout, httpx.ReadError, httpx.WriteError, httpx.RemoteProtocolError],
)
async def test_a_write_without_an_answer_is_unknown_and_a_read_is_unavailable(
    error: type[httpx.TransportError],
) -> None:
    assert type(await outcome(failing(error), write=True)) is Unknown
    assert type(await outcome(failing(error), write=False)) is Unavailable


@pytest.mark.parametrize("status", [408, 500, 502, 503, 504])
async def test_a_failing_server_may_have_done_it(status: int) -> None:
    assert type(await outcome(lambda _: httpx.Response(status), write=True)) is Unknown
    assert type(await outcome(lambda _: httpx.Response(status), write=False)) is Unavailable


@pytest.mark.parametrize("status", [400, 401, 403, 404, 409, 410, 418, 422])
async def test_a_refusal_names_its_code_and_the_fix(status: int) -> None:
    refused = await outcome(lambda _: httpx.Response(status, text="secret words"), write=True)
    assert isinstance(refused, Refused) and refused.code == str(status)
    assert "The desk said" in str(refused) and "secret words" not in str(refused)


@pytest.mark.parametrize(
    ("said", "seconds"),
    [
        ("12", 12.0),
        ("0.5", 0.5),
        ("1e9", 3600.0),
        ("inf", 3600.0),
        ("nan", None),
        ("-3", None),
        ("soon", None),
        ("", None),
    ],
)
async def test_a_rate_limit_says_how_long_to_wait(said: str, seconds: float | None) -> None:
    limited = await outcome(lambda _: httpx.Response(429, headers={"retry-after": said}), write=True)
    assert type(limited) is Unavailable and limited.retry_after == seconds


async def test_a_rate_limit_may_name_a_date() -> None:
    date = format_datetime(datetime.now(UTC) + timedelta(seconds=90), usegmt=True)
    limited = await outcome(lambda _: httpx.Response(429, headers={"retry-after": date}), write=False)
    assert isinstance(limited, Unavailable) and limited.retry_after is not None
    assert 60 < limited.retry_after <= 90


async def test_a_redirect_is_not_followed() -> None:
    asked: list[str] = []

    def redirect(request: httpx.Request) -> httpx.Response:
        asked.append(str(request.url))
        return httpx.Response(302, headers={"location": "http://169.254.169.254/"})

    for write in (True, False):
        refused = await outcome(redirect, write=write)
        assert isinstance(refused, Refused) and "base URL" in str(refused)
    assert asked == ["https://desk.example/x"] * 2


async def test_an_answer_that_is_not_json_is_unavailable_when_read_and_enough_when_written() -> None:
    assert type(await outcome(lambda _: httpx.Response(200, text="<html>"), write=False)) is Unavailable
    assert await wire(lambda _: httpx.Response(204)).write("PUT", "/x", b"{}") is None


async def test_an_endless_answer_is_cut() -> None:
    assert type(await outcome(lambda _: httpx.Response(200, content=b"1" * 10_000_001), write=True)) is Unknown


async def test_a_call_goes_to_the_base_with_the_headers() -> None:
    def echo(request: httpx.Request) -> httpx.Response:
        return httpx.Response(200, json=[str(request.url), request.headers["x-version"], request.content.decode()])

    assert await wire(echo).read("/a", {"page": "2"}) == ["https://desk.example/a?page=2", "2", ""]
    assert await wire(echo).write("POST", "/b", json.dumps(1).encode()) == [
        "https://desk.example/b",
        "2",
        "1",
    ]
