"""Workflow steps: a person runs one on the page, the app is told, and says how it ended."""

import json
from typing import Any

import httpx
import pytest
from slack_sdk.web.async_client import AsyncWebClient

from bot.playground.executions import Function, Parameter
from bot.playground.server import Playground
from tests.playground.conftest import refusal
from tests.playground.running import Bot

STEP = Function(
    "triage_ticket",
    "Triage a ticket",
    inputs=(Parameter("ticket", "integer", "Ticket", is_required=True),),
    outputs=(Parameter("category", "string", "Category", is_required=True),),
)
RUN = {"user": "U0BEN", "callback_id": "triage_ticket", "inputs": {"ticket": 7}}


@pytest.fixture(autouse=True)
def declared(playground: Playground) -> None:
    playground.executions.declare(STEP)


async def begun(page: httpx.AsyncClient, bot: Bot) -> dict[str, Any]:
    """The event with which the app hears of it."""
    answer = (await page.post("/playground/function", json=RUN)).json()
    event: dict[str, Any] = json.loads((await bot.until(1))[0].body)["event"]
    assert answer == {"ok": True, "function_execution_id": event["function_execution_id"]}
    return event


async def test_the_app_is_told_of_a_run_though_it_subscribed_to_nothing(
    playground: Playground, page: httpx.AsyncClient, bot: Bot
) -> None:
    playground.events = frozenset()
    event = await begun(page, bot)
    assert (event["type"], event["function"]["callback_id"]) == ("function_executed", "triage_ticket")
    assert event["inputs"] == {"ticket": 7}
    assert [p["name"] for p in event["function"]["output_parameters"]] == ["category"]


async def test_a_run_succeeds_once_and_with_the_declared_outputs(
    slack: AsyncWebClient, page: httpx.AsyncClient, bot: Bot
) -> None:
    run = {"function_execution_id": (await begun(page, bot))["function_execution_id"]}
    short = await refusal(slack.functions_completeSuccess(**run, outputs={}))
    assert short["response_metadata"]["messages"] == ["missing required parameter: category"]
    await slack.functions_completeSuccess(**run, outputs={"category": "billing"})
    (shown,) = (await page.get("/playground/snapshot")).json()["executions"]
    assert (shown["state"], shown["outputs"]) == ("succeeded", {"category": "billing"})
    again = await refusal(slack.functions_completeError(**run, error="Too late"))
    assert again["error"] == "execution_not_in_running_state"


async def test_a_run_fails_with_words_for_the_person(slack: AsyncWebClient, page: httpx.AsyncClient, bot: Bot) -> None:
    run = {"function_execution_id": (await begun(page, bot))["function_execution_id"]}
    await slack.functions_completeError(**run, error="There is no ticket 7.")
    (shown,) = (await page.get("/playground/snapshot")).json()["executions"]
    assert (shown["state"], shown["error"]) == ("failed", "There is no ticket 7.")


async def test_the_token_of_the_run_opens_the_web_api(page: httpx.AsyncClient, bot: Bot) -> None:
    event = await begun(page, bot)
    client = AsyncWebClient(event["bot_access_token"], base_url=f"{bot.url}/api/")
    assert (await client.auth_test())["user_id"] == "U0TRIAGE"


@pytest.mark.parametrize("wrong", [{"inputs": {}}, {"inputs": {"ticket": "seven"}}, {"user": "U0NOBODY"}])
async def test_a_run_needs_a_person_and_fitting_inputs(page: httpx.AsyncClient, wrong: dict[str, Any]) -> None:
    assert (await page.post("/playground/function", json=RUN | wrong)).json()["ok"] is False
