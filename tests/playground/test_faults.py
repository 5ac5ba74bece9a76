"""Faults by plan: over a real socket, in every kind, the same for the same seed."""

import time

import httpx
import pytest
from slack_sdk.web.async_client import AsyncWebClient

from bot.playground.faults import BadPlan, Faults
from bot.playground.server import Playground
from tests.playground.conftest import refusal

BEARER = {"Authorization": "Bearer xoxb-playground"}
SAID = {"channel": "C0TECH", "text": "x"}


async def plan(page: httpx.AsyncClient, **fault: object) -> None:
    body = {"faults": [{"method": "chat.postMessage", **fault}]}
    assert (await page.post("/playground/control", json=body)).json() == {"ok": True}


async def post(page: httpx.AsyncClient) -> httpx.Response:
    return await page.post("/api/chat.postMessage", json=SAID, headers=BEARER)


@pytest.mark.parametrize(
    ("kind", "error", "done"),
    [
        ("drop", httpx.RemoteProtocolError, 0),
        ("reset", httpx.ReadError, 0),
        ("execute_then_timeout", httpx.RemoteProtocolError, 1),
    ],
)
async def test_the_connection_really_breaks(
    page: httpx.AsyncClient, playground: Playground, kind: str, error: type[Exception], done: int
) -> None:
    await plan(page, kind=kind, seconds=0.01, times=1)
    with pytest.raises(error):
        await post(page)
    assert len(playground.messages.top_level("C0TECH")) == done
    assert (await post(page)).json()["ok"]


async def test_what_was_done_before_a_timeout_is_found_by_its_metadata(
    page: httpx.AsyncClient, slack: AsyncWebClient
) -> None:
    await plan(page, kind="execute_then_timeout", seconds=0.01)
    meta = {"event_type": "triage_card", "event_payload": {"key": "7"}}
    with pytest.raises(httpx.RemoteProtocolError):
        await page.post("/api/chat.postMessage", json={**SAID, "metadata": meta}, headers=BEARER)
    found = await slack.conversations_history(channel="C0TECH", include_all_metadata=True)
    assert [m["metadata"] for m in found["messages"]] == [meta]


async def test_errors_rates_and_slowness(page: httpx.AsyncClient, slack: AsyncWebClient) -> None:
    await plan(page, kind="error500")
    assert (await post(page)).status_code == 500
    await plan(page, kind="ratelimited", seconds=7)
    answer = await post(page)
    assert (answer.status_code, answer.headers["Retry-After"]) == (429, "7")
    await plan(page, kind="error:is_archived")
    assert (await refusal(slack.chat_postMessage(channel="C0TECH", text="x")))["error"] == "is_archived"
    await plan(page, kind="slow", seconds=0.05)
    started = time.perf_counter()
    assert (await post(page)).json()["ok"]
    assert time.perf_counter() - started >= 0.05


async def test_an_empty_plan_ends_all_faults(page: httpx.AsyncClient) -> None:
    await plan(page, kind="error500")
    await page.post("/playground/control", json={"faults": []})
    assert (await post(page)).json()["ok"]


async def test_faults_strike_the_helpdesk_too(
    page: httpx.AsyncClient, zendesk: httpx.AsyncClient, playground: Playground
) -> None:
    playground.faults.follow([{"method": "zendesk GET groups", "kind": "error500", "times": 1}])
    assert (await zendesk.get("/groups.json")).status_code == 500
    assert (await zendesk.get("/groups.json")).status_code == 200
    playground.faults.follow([{"method": "zendesk *", "kind": "drop"}])
    with pytest.raises(httpx.RemoteProtocolError):
        await zendesk.get("/groups.json")
    assert (await post(page)).json()["ok"]


def test_the_same_seed_strikes_the_same_calls() -> None:
    def struck(seed: int) -> list[bool]:
        faults = Faults(seed)
        faults.follow([{"method": "*", "kind": "drop", "probability": 0.5}])
        return [faults.draw("chat.update") is not None for _ in range(64)]

    assert struck(1) == struck(1) != struck(2)
    assert 16 < sum(struck(1)) < 48


def test_calls_of_other_methods_do_not_move_a_methods_draws() -> None:
    def struck(others: int) -> list[bool]:
        faults = Faults(1)
        faults.follow([{"method": "*", "kind": "drop", "probability": 0.5}])
        found = []
        for _ in range(32):
            found.append(faults.draw("chat.update") is not None)
            for _ in range(others):
                faults.draw("chat.postMessage")
        return found

    assert struck(0) == struck(3)


@pytest.mark.parametrize(
    "line",
    [{"kind": "earthquake"}, {"kind": "error"}, {"kind": "drop:x"}, {"kind": "drop", "probability": 2}],
)
def test_a_plan_that_cannot_be_followed_is_refused(line: dict[str, object]) -> None:
    with pytest.raises(BadPlan):
        Faults(0).follow([line])


async def test_the_page_is_told_of_a_bad_plan(page: httpx.AsyncClient) -> None:
    answer = await page.post("/playground/control", json={"faults": [{"kind": "earthquake"}]})
    assert answer.status_code == 422
    assert "earthquake" in answer.json()["error"]
