"""A ticket's link shows the ticket to members; every other link is left alone."""

import json
import time
from typing import Any
from urllib.parse import urlencode

import pytest

from bot.playground import credentials
from bot.playground.deliveries import sign
from handlers.linked import case_at_link
from handlers.views import entity
from pipeline.case import Status
from tests.handlers.slack.desk import Desk
from tests.handlers.views.cases import case

URL = "https://desk.playground.example/agent/tickets/4711"


async def posted(desk: Desk, text: str, user: str = "U0ANA", channel: str = "C0BILLING") -> dict[str, Any]:
    """Somebody posts a text in a channel; what stands there once the app has taken it."""
    said = {"user": user, "channel": channel, "text": text}
    assert (await desk.page.post("/playground/say", json=said)).json() == {"ok": True}
    await desk.until(lambda: "event link_shared" in str(desk.playground.log.since(0, 99)))
    await desk.ask("U0ANA", "help")
    return dict(desk.playground.messages.top_level(channel)[-1])


@pytest.fixture
async def linked(desk: Desk) -> Desk:
    found = await desk.case()
    await desk.change(ticket=found.ticket.model_copy(update={"url": URL, "subject": "Invoice of kim@client.example"}))
    scopes = {"links:read", "links:write"}
    desk.playground.events = frozenset({"link_shared", "entity_details_requested"})
    desk.playground.scopes |= scopes
    return desk


async def test_a_members_link_shows_the_ticket_masked(linked: Desk) -> None:
    await posted(linked, f"Can somebody look? {URL}")
    await linked.until(lambda: "work_objects" in linked.playground.messages.top_level("C0BILLING")[-1])
    [shown] = linked.playground.messages.top_level("C0BILLING")[-1]["work_objects"]
    told = json.dumps(shown, ensure_ascii=False)
    for words in ("Invoice of [EMAIL_1]", "Billing Support", "P2 high", "Wants the invoice for March.", "entity.claim"):
        assert words in told
    assert "kim@client.example" not in told


@pytest.mark.parametrize(
    ("user", "text"),
    [("U0GINA", URL), ("U0OTTO", URL), ("U0ANA", URL.replace("4711", "4712")), ("U0ANA", URL.replace("4711", "new"))],
)
async def test_strangers_and_unknown_links_are_left_alone(linked: Desk, user: str, text: str) -> None:
    await linked.page.post("/playground/join", json={"user": user, "channel": "C0BILLING"})
    assert "work_objects" not in await posted(linked, text, user)
    assert "chat.unfurl" not in str(linked.playground.log.since(0, 99))


async def test_where_another_company_reads_along_a_link_is_left_alone(linked: Desk) -> None:
    assert "work_objects" not in await posted(linked, URL, channel="C0HARBOR")
    assert "chat.unfurl" not in str(linked.playground.log.since(0, 99))


async def test_what_another_company_reads_by_now_is_told_to_nobody(linked: Desk) -> None:
    message = await posted(linked, URL)
    await linked.until(lambda: "work_objects" in linked.playground.messages.top_level("C0BILLING")[-1])
    linked.playground.faults.follow(
        [{"method": "conversations.info", "kind": "error:channel_not_found", "probability": 1}]
    )
    linked.services.chat._directory._internal._kept.clear()  # type: ignore[attr-defined]
    before = str(linked.playground.log.since(0, 2_000)).count("chat.unfurl")
    await press(linked, "U0ANA", message["ts"])
    assert (await linked.case()).claimed_by is not None
    assert str(linked.playground.log.since(0, 2_000)).count("chat.unfurl") == before
    asked = {"user": "U0ANA", "channel": "C0BILLING", "ts": message["ts"], "id": case().id}
    assert (await linked.page.post("/playground/entity", json=asked)).json()["ok"]
    await linked.until(lambda: "not_found" in str(linked.playground.flexpanes.shown()))


@pytest.mark.parametrize(
    ("url", "known"),
    [
        (URL, True),
        ("https://desk.playground.example/tickets/4711?tab=1", True),
        ("https://evil.example/agent/tickets/4711", False),
        ("https://desk.playground.example@evil.example/tickets/4711", False),
        ("https://desk.playground.example/tickets/47110", False),
        ("https://[broken", False),
        ("", False),
    ],
)
async def test_a_link_is_known_by_host_and_number(linked: Desk, url: str, known: bool) -> None:
    assert (await case_at_link(linked.services, url) is not None) is known


async def test_who_opens_it_sees_the_present_state(linked: Desk) -> None:
    message = await posted(linked, URL)
    await linked.until(lambda: "work_objects" in linked.playground.messages.top_level("C0BILLING")[-1])
    await linked.change(status=Status.SNOOZED)
    for user, shown in (("U0ANA", "Snoozed"), ("U0GINA", "not_found"), ("U0OTTO", "not_found")):
        asked = {"user": user, "channel": "C0BILLING", "ts": message["ts"], "id": case().id}
        assert (await linked.page.post("/playground/entity", json=asked)).json()["ok"]
        await linked.until(lambda shown=shown: shown in str(linked.playground.flexpanes.shown()))  # type: ignore[misc]


async def test_claim_under_a_link_is_the_same_decision_as_on_the_card(linked: Desk) -> None:
    await press(linked, "U0OTTO")
    assert (await linked.case()).claimed_by is None
    await press(linked, "U0ANA")
    by = (await linked.case()).claimed_by
    assert by is not None and by.name == "Ana Ribeiro"


async def test_under_a_link_stand_the_buttons_of_the_card(linked: Desk) -> None:
    await posted(linked, URL)
    await linked.until(lambda: "work_objects" in linked.playground.messages.top_level("C0BILLING")[-1])
    assert under(linked) == (["Approve…", "Claim"], ["Reassign…", "Edit…", "More…", "Open card"])
    await linked.change(status=Status.CLOSED)
    message = linked.playground.messages.top_level("C0BILLING")[-1]
    await press(linked, "U0ANA", message["ts"], "entity.reopen")
    assert (await linked.case()).open
    await linked.until(lambda: "Approve…" in under(linked)[0])


async def test_approving_under_a_link_shows_the_draft_first_and_the_link_the_outcome(linked: Desk) -> None:
    message = await posted(linked, URL)
    await linked.until(lambda: "work_objects" in linked.playground.messages.top_level("C0BILLING")[-1])
    for user in ("U0OTTO", "U0GINA"):
        await press(linked, user, message["ts"], "entity.approve")
        assert user not in linked.playground.views.stacks or not linked.playground.views.stacks[user]
    await press(linked, "U0ANA", message["ts"], "entity.approve")
    assert "word for word" in str(linked.playground.views.stacks["U0ANA"][-1])
    assert (await linked.case()).decision is None
    assert await linked.submit("U0ANA", {}) == {"ok": True}
    decided = (await linked.case()).decision
    assert decided is not None and decided.by.name == "Ana Ribeiro"
    await linked.until(lambda: "Approved by Ana Ribeiro" in str(linked.playground.messages.top_level("C0BILLING")[-1]))


async def test_every_form_of_the_card_opens_under_a_link_and_leads_back_to_it(linked: Desk) -> None:
    message = await posted(linked, URL)
    await linked.until(lambda: "work_objects" in linked.playground.messages.top_level("C0BILLING")[-1])
    for action, name in (("entity.edit", "Edit reply"), ("entity.reassign", "Reassign"), ("entity.more", "More")):
        await press(linked, "U0ANA", message["ts"], action)
        view = linked.playground.views.stacks["U0ANA"][-1]
        assert (view["title"]["text"], json.loads(view["private_metadata"])["link"]) == (name, URL)
    chosen = {"rarer": {"rarer": {"type": "radio_buttons", "selected_option": {"value": "dismiss"}}}}
    assert (await linked.submit("U0ANA", chosen))["ok"]
    await linked.until(lambda: "not a request" in str(linked.playground.messages.top_level("C0BILLING")[-1]))


async def test_no_button_under_a_link_does_or_shows_anything_to_who_may_not_act(linked: Desk) -> None:
    before = await linked.case()
    for user in ("U0OTTO", "U0GINA"):
        for action in (entity.APPROVE, entity.CLAIM, entity.EDIT, entity.REASSIGN, entity.REOPEN, entity.MORE):
            await press(linked, user, action=action)
            assert not linked.playground.views.stacks.get(user)
    assert (await linked.case()).but(version=before.version) == before


def under(desk: Desk) -> tuple[list[str], list[str]]:
    """The buttons under the last link, and those in its menu."""
    [shown] = desk.playground.messages.top_level("C0BILLING")[-1]["work_objects"]
    actions = shown["entity_payload"]["actions"]
    first, more = (actions.get(name, []) for name in ("primary_actions", "overflow_actions"))
    assert len(first) <= 2 and len(more) <= 5
    return [each["text"] for each in first], [each["text"] for each in more]


async def press(desk: Desk, user: str, ts: str = "1.0", action: str = "entity.claim") -> None:
    """Slack's payload of a button in a work object."""
    container = {"type": "message_attachment", "channel_id": "C0BILLING", "message_ts": ts, "entity_url": URL}
    if ts != "1.0":
        container["app_unfurl_url"] = URL
    payload = {
        "type": "block_actions",
        "user": {"id": user, "team_id": "T0PLAY"},
        "team": {"id": "T0PLAY"},
        "api_app_id": credentials.APP_ID,
        "trigger_id": desk.playground.triggers.give(user),
        "container": container,
        "actions": [{"type": "button", "action_id": action, "value": case().id, "block_id": "b"}],
    }
    body = urlencode({"payload": json.dumps(payload)}).encode()
    headers = {**sign(body, str(int(time.time()))), "content-type": "application/x-www-form-urlencoded"}
    assert (await desk.page.post("/slack/events", content=body, headers=headers)).status_code == 200
