"""How the Web API is reached: tokens, scopes, arguments in three ways, rates."""

import json

import httpx
import pytest
from slack_sdk.web.async_client import AsyncWebClient

from bot.playground.server import Playground, create_app
from bot.playground.webapi import METHODS
from tests.playground.conftest import refusal
from tests.playground.running import Ticking, running

BEARER = {"Authorization": "Bearer xoxb-playground"}
BLOCKS = [{"type": "divider"}]


async def test_arguments_come_by_query_form_multipart_form_and_json(page: httpx.AsyncClient) -> None:
    said = {"channel": "C0TECH", "text": "x"}
    form = {**said, "blocks": json.dumps(BLOCKS), "token": "xoxb-playground"}
    answers = [
        await page.get("/api/chat.postMessage", params=said, headers=BEARER),
        await page.post("/api/chat.postMessage", data=form),
        await page.post("/api/chat.postMessage", files={name: (None, value) for name, value in form.items()}),
        await page.post("/api/chat.postMessage", json={**said, "blocks": BLOCKS}, headers=BEARER),
    ]
    assert [answer.json()["ok"] for answer in answers] == [True] * 4
    assert [len(answer.json()["message"].get("blocks", [])) for answer in answers] == [0, 1, 1, 1]


@pytest.mark.parametrize(
    ("headers", "error"), [({}, "not_authed"), ({"Authorization": "Bearer xoxb-stolen"}, "invalid_auth")]
)
async def test_without_the_token_nothing_is_done(page: httpx.AsyncClient, headers: dict[str, str], error: str) -> None:
    answer = await page.post("/api/auth.test", headers=headers)
    assert (answer.status_code, answer.json()) == (200, {"ok": False, "error": error})


async def test_a_missing_scope_is_named_with_those_that_are_there(
    slack: AsyncWebClient, playground: Playground
) -> None:
    playground.scopes = frozenset({"users:read", "chat:write"})
    answer = await refusal(slack.conversations_list())
    assert (answer["error"], answer["needed"]) == ("missing_scope", "channels:read")
    assert answer["provided"] == "chat:write,users:read"


async def test_unknown_and_missing_arguments_are_refused_in_strict_mode(slack: AsyncWebClient) -> None:
    answer = await refusal(slack.api_call("chat.update", json={"channel": "C0TECH", "colour": "red"}))
    assert answer["error"] == "invalid_arguments"
    assert answer["response_metadata"]["messages"] == [
        "[ERROR] missing required field: ts",
        "[ERROR] unknown argument: colour",
    ]


async def test_team_id_is_welcome_everywhere(slack: AsyncWebClient) -> None:
    assert (await slack.api_call("auth.test", params={"team_id": "T0PLAY"}))["ok"]


async def test_lenient_mode_overlooks_unknown_arguments(slack: AsyncWebClient, playground: Playground) -> None:
    playground.strict = False
    assert (await slack.api_call("auth.test", params={"colour": "red"}))["ok"]


async def test_the_body_has_the_last_word_and_the_header_names_the_token(page: httpx.AsyncClient) -> None:
    said = {"channel": "C0TECH", "text": "from the query", "token": "xoxb-stolen"}
    posted = await page.post("/api/chat.postMessage", params=said, json={"text": "from the body"}, headers=BEARER)
    assert posted.json()["message"]["text"] == "from the body"


async def test_a_multipart_form_carries_any_letter_and_the_content_of_files(page: httpx.AsyncClient) -> None:
    parts = {"channel": (None, "C0TECH"), "text": ("text.txt", "Größe, 大小\r\nline 2".encode(), "text/plain")}
    posted = await page.post("/api/chat.postMessage", files=parts, headers=BEARER)
    assert posted.json()["message"]["text"] == "Größe, 大小\r\nline 2"


async def test_a_multipart_form_without_its_boundary_is_refused(page: httpx.AsyncClient) -> None:
    headers = {**BEARER, "Content-Type": "multipart/form-data"}
    broken = await page.post("/api/auth.test", content=b"--x\r\n\r\n--x--", headers=headers)
    assert broken.json()["error"] == "invalid_form_data"


async def test_bodies_that_cannot_be_read_are_refused(page: httpx.AsyncClient) -> None:
    headers = {**BEARER, "Content-Type": "application/json"}
    broken = await page.post("/api/auth.test", content=b"{broken", headers=headers)
    assert broken.json()["error"] == "invalid_json"
    listed = await page.post("/api/auth.test", content=b"[]", headers=headers)
    assert listed.json()["error"] == "json_not_object"
    plain = await page.post("/api/auth.test", content=b"x", headers={**BEARER, "Content-Type": "text/plain"})
    assert plain.json()["error"] == "invalid_post_type"


async def test_an_unknown_method_is_named(slack: AsyncWebClient) -> None:
    assert (await refusal(slack.api_call("chat.shout")))["error"] == "unknown_method"


async def test_the_sixth_message_in_a_second_waits(clock: Ticking, bot: object) -> None:
    playground = Playground("http://127.0.0.1:1", rate_limits=True, now=clock, events=frozenset())
    async with (
        running(create_app(playground)) as url,
        httpx.AsyncClient(base_url=url, headers=BEARER) as client,
    ):
        said = {"channel": "C0TECH", "text": "x"}
        answers = [await client.post("/api/chat.postMessage", json=said) for _ in range(6)]
        assert [a.status_code for a in answers][-1] == 429
        assert answers[-1].json() == {"ok": False, "error": "ratelimited"}
        assert answers[-1].headers["Retry-After"] == "1"
        other = await client.post("/api/chat.postMessage", json={**said, "channel": "C0BILLING"})
        assert other.json()["ok"]
        clock.advance(1)
        assert (await client.post("/api/chat.postMessage", json=said)).json()["ok"]


async def test_a_method_beyond_its_tier_waits(clock: Ticking) -> None:
    playground = Playground("http://127.0.0.1:1", rate_limits=True, now=clock)
    async with (
        running(create_app(playground)) as url,
        httpx.AsyncClient(base_url=url, headers=BEARER) as client,
    ):
        statuses = [(await client.get("/api/users.list")).status_code for _ in range(21)]
    assert statuses == [200] * 20 + [429]


def test_the_methods_that_the_product_may_use_are_there() -> None:
    assert len(METHODS) >= 29
