"""Direct messages to the bot are questions; what others and we ourselves write there is not."""

from typing import Any

import pytest

from bot.playground.credentials import BOT_USER
from bot.playground.manifest import shipped
from handlers.asked import MOST_A_MINUTE, answer_question
from handlers.slack.asking import is_question
from storage.jobs import Kind, claim
from tests.handlers.slack.desk import Desk, Now

USUAL = {
    "type": "message",
    "channel_type": "im",
    "channel": "D0ANA",
    "user": "U0ANA",
    "text": "what waits?",
    "ts": "1.0",
}
ANA = "D0ANA"


async def says(desk: Desk, text: str, thread: str | None = None) -> None:
    before, said = taken(desk), {"user": "U0ANA", "channel": ANA, "text": text}
    said |= {"thread_ts": thread} if thread else {}
    assert (await desk.page.post("/playground/say", json=said)).json() == {"ok": True}
    await desk.until(lambda: taken(desk) > before)


def taken(desk: Desk, kind: str = "message") -> int:
    """How many events Slack has delivered and knows to be taken."""
    return sum(entry["what"] == f"event {kind}" for entry in desk.playground.log.since(0, 1000)["entries"])


async def answers(desk: Desk, thread: str) -> list[dict[str, Any]]:
    """Do the work that is owed, and return what stands in a thread."""
    for job in await claim(desk.services.store, (Kind.ANSWER,), 50, Now().now()):
        await answer_question(desk.services, job)
    return desk.playground.messages.replies(ANA, thread)


@pytest.fixture
def pane(desk: Desk) -> Desk:
    desk.playground.workspace.direct("U0ANA")
    desk.playground.events, desk.playground.scopes = shipped().events, shipped().scopes
    return desk


async def test_a_question_is_answered_in_its_thread(pane: Desk) -> None:
    await says(pane, "what waits in billing support?")
    [asked] = pane.playground.messages.top_level(ANA)
    [answer] = await answers(pane, asked["ts"])
    assert "1 ticket waits for a decision in Billing Support" in answer["text"]
    assert f"/archives/C0BILLING/p{pane.ts.replace('.', '')}|" in str(answer["blocks"])
    await says(pane, "ticket 4711", thread=asked["ts"])
    assert [said["user"] == "U0ANA" for said in await answers(pane, asked["ts"])] == [False, True, False]


async def test_an_edited_question_is_not_answered_again(pane: Desk) -> None:
    await says(pane, "what waits?")
    [asked] = pane.playground.messages.top_level(ANA)
    assert len(await answers(pane, asked["ts"])) == 1
    edit, before = {"user": "U0ANA", "channel": ANA, "ts": asked["ts"], "text": "what burns?"}, taken(pane)
    assert (await pane.page.post("/playground/edit", json=edit)).json() == {"ok": True}
    await pane.until(lambda: taken(pane) > before)
    assert len(await answers(pane, asked["ts"])) == 1


async def test_an_example_under_an_answer_is_asked_by_a_press(pane: Desk) -> None:
    await says(pane, "what is the meaning of life?")
    [asked] = pane.playground.messages.top_level(ANA)
    [unsure] = await answers(pane, asked["ts"])
    button = unsure["blocks"][1]["elements"][1]
    told = {"user": "U0ANA", "channel": ANA, "ts": unsure["ts"], "action": {**button, "block_id": "examples"}}
    assert (await pane.page.post("/playground/click", json=told)).json() == {"ok": True}
    assert "1 ticket waits for a decision for Ana Ribeiro" in (await answers(pane, asked["ts"]))[-1]["text"]


async def test_too_many_questions_are_told_so_at_once(pane: Desk) -> None:
    for _ in range(MOST_A_MINUTE + 1):
        await says(pane, "what waits?")
    told = pane.playground.messages.replies(ANA, pane.playground.messages.top_level(ANA)[-1]["ts"])
    assert ["questions in a minute" in said["text"] for said in told] == [True]


async def test_who_opens_the_conversation_is_offered_questions(pane: Desk) -> None:
    opened = {"user": "U0ANA", "tab": "messages"}
    assert (await pane.page.post("/playground/home", json=opened)).json()["ok"]
    await pane.until(lambda: bool(pane.playground.statuses.threads()))
    assert "What is burning in billing support?" in str(pane.playground.statuses.threads())


async def test_in_a_cards_thread_our_name_asks_about_its_ticket_and_the_answer_is_for_one(desk: Desk) -> None:
    desk.playground.events, desk.playground.scopes = shipped().events, shipped().scopes
    whispers = desk.playground.messages.ephemerals
    for number, words in enumerate(("why?", "find tickets like this", "what a day")):
        await desk.says("U0ANA", f"<@{BOT_USER}> {words}", desk.ts)
        await desk.until(lambda number=number: taken(desk, "app_mention") > number)  # type: ignore[misc]
        for job in await claim(desk.services.store, (Kind.ANSWER,), 50, Now().now()):
            await answer_question(desk.services, job)
    reason, near, offered = whispers()
    assert {each["thread_ts"] for each in (reason, near, offered)} == {desk.ts}
    assert "Why?" in reason["text"]
    assert "We have returned the second payment" in str(near["blocks"])
    assert "/triage queue" in str(offered["blocks"])


@pytest.mark.parametrize(
    "more",
    [
        {"bot_id": "B0", "user": "U0BOT"},
        {"subtype": "message_changed", "hidden": True},
        {"subtype": "bot_message"},
        {"channel_type": "channel"},
        {"user": None},
        {"text": ""},
    ],
)
def test_what_is_no_question(more: dict[str, object]) -> None:
    assert is_question(USUAL)
    assert not is_question(USUAL | more)
