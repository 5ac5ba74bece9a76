"""One ticket's way, told as its people see it."""

import asyncio
import re
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.contracts import slack
from tests.contracts.openapi import zendesk
from tests.journey.world import Object, World, world

ANA, BEN, LENA, OMAR, OTTO = "U0ANA", "U0BEN", "U0LENA", "U0OMAR", "U0OTTO"
INVOICE = "I was charged twice on my last invoice. Please check the invoice and refund the second payment."


@pytest.fixture
async def desk(tmp_path: Path) -> AsyncIterator[World]:
    async with world(tmp_path) as running:
        yield running
        await running.quiet()
        assert broken_contracts(await running.wire()) == []


def broken_contracts(wire: list[Object]) -> list[str]:
    """What Slack's and Zendesk's contracts hold against the requests of a journey."""
    found: list[str] = []
    contract = zendesk()
    for entry in wire:
        what, said = str(entry["what"]), entry["arguments"] or {}
        if what.startswith("zendesk "):
            verb = what.split()[1]
            body, query = (None, said) if verb == "GET" else (said, None)
            found += contract.violations(verb, str(entry["path"]), body, query)
        elif what != "response_url":
            found += slack.violations(what, said)
    assert wire
    return found


async def test_a_customer_writes_an_agent_edits_and_the_customer_reads_the_answer(desk: World) -> None:
    ticket = await desk.writes("Charged twice in May", INVOICE)
    card = await desk.card("Charged twice in May")
    assert "billing-support" in await channel_name(desk, card)
    assert (await desk.click(ANA, card, "ticket.edit"))["ok"]
    view = await desk.view(ANA)
    assert view["callback_id"] == "edit.submit"
    written = {
        "reply": {"text": {"type": "plain_text_input", "value": "Hello Mara, the second charge is on its way back."}}
    }
    assert (await desk.submit(ANA, view, written))["ok"]
    assert await desk.replied(ticket) == ["Hello Mara, the second charge is on its way back."]
    done = await desk.card("Charged twice in May", shows="Ana")
    assert "ticket.approve" not in str(done["blocks"])


async def test_an_approved_draft_reaches_the_customer_word_for_word_and_once(desk: World) -> None:
    ticket = await desk.writes("Charged twice in June", INVOICE)
    card = await desk.card("Charged twice in June")
    assert (await desk.click(ANA, card, "ticket.approve"))["ok"]
    [reply] = await desk.replied(ticket)
    assert reply.splitlines()[0] in str(card["blocks"])
    await desk.quiet()
    assert len(await desk.replies(ticket)) == 1
    shown = await desk.ticket(ticket)
    assert shown["priority"] in {"urgent", "high", "normal", "low"} and "triage_billing" in shown["tags"]
    [note] = [said["body"] for said in shown["comments"] if not said["public"]]
    assert "archives" in note or "http" in note  # the way back to the card


async def test_two_approvals_send_one_reply_and_the_second_hears_who_was_faster(desk: World) -> None:
    ticket = await desk.writes("Charged twice in July", INVOICE)
    card = await desk.card("Charged twice in July")
    await asyncio.gather(desk.click(ANA, card, "ticket.approve"), desk.click(LENA, card, "ticket.approve"))
    told = await desk.told_one_of((ANA, LENA), "lready approved")
    faster = "Lena" if told["ephemeral_to"] == ANA else "Ana"
    assert faster in told["text"]
    await desk.quiet()
    assert len(await desk.replies(ticket)) == 1


async def test_an_approval_is_refused_when_the_customer_wrote_since(desk: World) -> None:
    ticket = await desk.writes("Charged twice in August", INVOICE)
    old = await desk.card("Charged twice in August")
    await desk.faults({"method": "chat.update", "kind": "error500", "probability": 1})
    await desk.writes_again(ticket, "Forget it: I have found the second payment myself, all is well.")
    await desk.until_heard(2)
    await desk.click(ANA, old, "ticket.approve")
    assert await desk.told_one_of((ANA,), "wrote again")
    assert await desk.replies(ticket) == []
    await desk.faults()
    await desk.quiet()
    await desk.click(ANA, await desk.card("Charged twice in August"), "ticket.approve")
    assert len(await desk.replied(ticket)) == 1


async def test_an_outsider_decides_nothing_and_hears_why(desk: World) -> None:
    ticket = await desk.writes("Charged twice in September", INVOICE)
    card = await desk.card("Charged twice in September")
    await desk.click(OTTO, card, "ticket.approve")
    assert await desk.told_one_of((OTTO,), "leads can decide")
    await desk.quiet()
    assert await desk.replies(ticket) == []


async def test_a_reassigned_card_moves_to_the_new_teams_channel(desk: World) -> None:
    await desk.writes("Charged twice in October", INVOICE)
    card = await desk.card("Charged twice in October")
    await desk.click(ANA, card, "ticket.reassign")
    view = await desk.view(ANA)
    values = {
        "team": {"team": {"type": "static_select", "selected_option": option(view, "team", "tech_support")}},
        "reason": {"reason": {"type": "plain_text_input", "value": "It is a fault of the checkout."}},
    }
    assert (await desk.submit(ANA, view, values))["ok"]
    await desk.quiet()
    places = {await channel_name(desk, m): m for m in await desk.cards("Charged twice in October")}
    assert "ticket.approve" in str(places["tech-support"])
    assert "ticket.approve" not in str(places["billing-support"]) and "tech-support" in str(places["billing-support"])


async def test_a_vague_ticket_asks_a_person_for_its_category(desk: World) -> None:
    await desk.writes("Hm", "It does not work.")
    card = await desk.card("Hm", shows="ticket.category.1")
    user = {"billing": ANA, "technical": BEN}.get(await owner(desk, card), LENA)
    await desk.click(user, card, "ticket.category.2")
    await desk.quiet()
    settled = (await desk.cards("Hm"))[-1]
    assert "ticket.category.1" not in str(settled["blocks"])


async def test_an_escalated_ticket_calls_the_escalation_team_once_and_leaves_a_pointer(desk: World) -> None:
    await desk.writes(
        "Everything is down", "Our production is completely down since 9:00, nobody can log in, we are losing data!"
    )
    card = await desk.card("Everything is down")
    await desk.quiet()
    assert await channel_name(desk, card) == "engineering-oncall"
    calls = [m["text"] for m in await desk.messages() if "Who looks?" in m.get("text", "")]
    assert len(calls) == 1 and re.search(f"<@({OMAR}|{LENA})>", calls[0])  # whose week it is
    others = [m for m in await desk.cards("Everything is down") if m["ts"] != card["ts"] and m["text"] not in calls]
    assert [await channel_name(desk, m) for m in others] == ["tech-support"]
    assert "<@" not in str(others)


async def test_a_hostile_ticket_mentions_nobody(desk: World) -> None:
    """Nobody whom we would not ask ourselves: Otto is on no team."""
    hostile = (
        "<!channel> <@U0OTTO> *hi* <http://evil.example|click> ```x``` \u202eabc & <script>alert(1)</script> refund"
    )
    await desk.writes("<!here> invoice", hostile, name="<@U0OTTO> & Co")
    card = await desk.card("here")
    for live in ("<!channel", "<!here", "<@U0OTTO", "<http://evil"):
        assert live not in " ".join(marked_up(card))


def marked_up(message: Object) -> list[str]:
    """Every text of a message in which Slack would bring a mention or a link to life."""
    found, waiting = [str(message["text"])], [*message["blocks"]]
    while waiting:
        value = waiting.pop()
        if isinstance(value, dict):
            if value.get("type") in {"mrkdwn", "markdown"}:
                found.append(str(value["text"]))
            waiting += value.values()
        elif isinstance(value, list):
            waiting += value
    return found


async def channel_name(desk: World, message: Object) -> str:
    channels = (await desk.client.get("/playground/snapshot")).json()["channels"]
    return next(str(channel["name"]) for channel in channels if channel["id"] == message["channel"])


async def owner(desk: World, message: Object) -> str:
    name = await channel_name(desk, message)
    return {"billing-support": "billing", "tech-support": "technical"}.get(name, "")


def option(view: Object, block_id: str, value: str) -> Object:
    block = next(block for block in view["blocks"] if block["block_id"] == block_id)
    found: Object = next(entry for entry in block["element"]["options"] if entry["value"] == value)
    return found
