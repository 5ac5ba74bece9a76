"""What takes longer than Slack waits is acknowledged in time with a visible word, and ends with another."""

import asyncio
from collections.abc import Awaitable, Callable
from typing import Any, cast

import pytest
from slack_bolt.async_app import AsyncAck, AsyncRespond
from slack_sdk.web.async_client import AsyncWebClient

from handlers.slack import in_time, opening
from handlers.slack.answers import attempt
from handlers.slack.forms import answered
from handlers.slack.opening import opening as open_form
from handlers.views.blocks import Element
from handlers.views.modals import edit_modal
from handlers.views.working import DONE, SLOW_ANSWER, WORKING
from pipeline.case import Status
from pipeline.decide import NotNow
from tests.handlers.slack.desk import Desk
from tests.handlers.views.cases import case
from tests.handlers.views.valid import must_be_valid_view

FORM = edit_modal(case(), "Dear Maria")


class Slack:
    """Opens the gate of the slow work once it was acknowledged, and keeps what it heard in order."""

    def __init__(self) -> None:
        self.gate = asyncio.Event()
        self.heard: list[str] = []
        self.views: list[Element] = []

    async def ack(self, **said: Any) -> None:
        self.heard.append("acknowledged")
        if said:
            self.views.append(said["view"])
        self.gate.set()

    async def respond(self, text: str, **_: Any) -> Any:
        self.heard.append(text)
        return type("Answer", (), {"status_code": 200})

    async def views_open(self, *, trigger_id: str, view: Element) -> Any:
        self.heard.append("opened")
        self.views.append(view)
        return {"view": {"id": "V1"}}

    async def views_update(self, *, view_id: str, view: Element) -> Any:
        self.heard.append(f"changed {view_id}")
        self.views.append(view)

    @property
    def hands(self) -> tuple[AsyncAck, AsyncRespond]:
        return cast(AsyncAck, self.ack), cast(AsyncRespond, self.respond)

    @property
    def client(self) -> AsyncWebClient:
        return cast(AsyncWebClient, self)


@pytest.fixture(autouse=True)
def at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """Everything that waits for the gate is late from the beginning."""
    monkeypatch.setattr(in_time, "SECONDS", 0)
    monkeypatch.setattr(opening, "SECONDS", 0)


def behind(slack: Slack, outcome: Callable[[], Any]) -> Callable[[], Awaitable[Any]]:
    async def work() -> Any:
        await slack.gate.wait()
        return outcome()

    return work


def refusing() -> Any:
    raise NotNow("That is done already.")


def breaking() -> Any:
    raise ZeroDivisionError


async def test_slow_work_is_acknowledged_and_its_end_told() -> None:
    slack = Slack()
    await attempt(behind(slack, lambda: None), *slack.hands)
    assert slack.heard == [WORKING, "acknowledged", DONE]


async def test_slow_work_that_is_refused_is_never_told_done() -> None:
    slack = Slack()
    await attempt(behind(slack, refusing), *slack.hands)
    assert slack.heard == [WORKING, "acknowledged", "That is done already."]


async def test_slow_work_that_breaks_is_left_to_the_handler_that_gives_a_reference() -> None:
    slack = Slack()
    with pytest.raises(ZeroDivisionError):
        await attempt(behind(slack, breaking), *slack.hands)
    assert slack.heard == [WORKING, "acknowledged"]


async def test_slow_work_goes_on_when_its_listener_is_cancelled() -> None:
    slack, saved = Slack(), asyncio.Event()
    listening = asyncio.create_task(attempt(behind(slack, saved.set), *slack.hands))
    await slack.gate.wait()
    listening.cancel()
    with pytest.raises(asyncio.CancelledError):
        await listening
    async with asyncio.timeout(5):
        await saved.wait()


async def test_a_word_that_slack_does_not_take_holds_up_no_acknowledgement() -> None:
    slack = Slack()
    hears = asyncio.Event()

    async def respond(text: str, **more: Any) -> Any:
        await hears.wait()
        return await slack.respond(text, **more)

    async def work() -> None:
        await slack.gate.wait()
        hears.set()

    await attempt(work, cast(AsyncAck, slack.ack), cast(AsyncRespond, respond))
    assert slack.heard == ["acknowledged", WORKING, DONE]


async def test_a_form_whose_content_takes_long_is_opened_empty_and_filled_afterwards() -> None:
    slack = Slack()
    await open_form(behind(slack, lambda: FORM), slack.client, "t", *slack.hands)
    assert slack.heard == ["opened", "acknowledged", "changed V1"]
    must_be_valid_view(slack.views[0])
    assert slack.views[1] == FORM


async def test_a_form_that_is_refused_after_it_was_opened_says_why() -> None:
    slack = Slack()
    await open_form(behind(slack, refusing), slack.client, "t", *slack.hands)
    assert slack.heard == ["opened", "acknowledged", "changed V1"]
    assert "That is done already." in str(slack.views[1])


def sent(reply: str) -> dict[str, Any]:
    values = {"reply": {"text": {"type": "plain_text_input", "value": reply}}}
    return {"type": "view_submission", "view": {**FORM, "id": "V1", "state": {"values": values}}}


async def submitted(slack: Slack, outcome: Callable[[], Any]) -> Element:
    await answered(sent("My own words"), behind(slack, outcome)(), slack.hands[0], slack.client)
    assert slack.heard == ["acknowledged", "changed V1"]
    for view in slack.views:
        must_be_valid_view(view)
    assert "Working on it" in str(slack.views[0])
    return slack.views[1]


async def test_a_form_that_takes_long_says_so_in_its_place_and_then_that_it_is_done() -> None:
    assert DONE in str(await submitted(Slack(), dict))


async def test_a_form_that_is_refused_late_comes_back_as_it_was_filled_in() -> None:
    view = await submitted(Slack(), lambda: {"response_action": "errors", "errors": {"reply": "Too late."}})
    assert "Too late." in str(view["blocks"][0])
    [typing] = [block["element"] for block in view["blocks"] if block["type"] == "input"]
    assert typing["initial_value"] == "My own words"
    assert view["private_metadata"] == FORM["private_metadata"]


async def test_a_form_that_breaks_late_comes_back_with_a_reference() -> None:
    view = await submitted(Slack(), breaking)
    assert "Reference" in str(view["blocks"][0])
    assert "My own words" in str(view)


async def test_a_form_whose_content_breaks_says_so_before_the_reference_is_told() -> None:
    slack = Slack()
    with pytest.raises(ZeroDivisionError):
        await open_form(behind(slack, breaking), slack.client, "t", *slack.hands)
    assert "did not work" in str(slack.views[1])


async def test_a_press_and_a_command_end_visibly_while_slack_itself_is_slow(desk: Desk) -> None:
    desk.playground.faults.follow([{"method": "users.info", "kind": "slow", "seconds": 0.2, "probability": 1}])
    await desk.press("U0ANA", "ticket.approve")
    await desk.until(lambda: DONE in desk.whispered("U0ANA"))
    assert (await desk.case()).status is Status.ANSWERED
    await desk.ask("U0LENA", "queue")
    await desk.until(lambda: "Nothing waits" in desk.whispered("U0LENA"))
    told = [m["text"] for m in desk.playground.messages.ephemerals() if m["ephemeral_to"] == "U0LENA"]
    assert told == [SLOW_ANSWER, "Nothing waits for a decision. 🎉"]
