"""What agents do with tickets in Slack, beside answering them: told as they and their customers see it."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from handlers.changing import change
from pipeline.case import Actor
from pipeline.policy_change import Step
from tests.journey.test_journey import ANA, INVOICE, LENA, OTTO, broken_contracts, option
from tests.journey.world import Object, World, world


@pytest.fixture
async def desk(tmp_path: Path) -> AsyncIterator[World]:
    async with world(tmp_path) as running:
        yield running
        await running.quiet()
        assert broken_contracts(await running.wire()) == []


async def react(desk: World, user: str, message: Object, emoji: str, *, remove: bool = False) -> None:
    said = {"user": user, "channel": message["channel"], "ts": message["ts"], "name": emoji, "remove": remove}
    assert (await desk.client.post("/playground/react", json=said)).json()["ok"]


async def shows(desk: World, subject: str, words: str) -> Object:
    return await desk.card(subject, shows=words)


async def status(desk: World, ticket: int, wanted: str) -> Object:
    async def look() -> Object | None:
        found = await desk.ticket(ticket)
        return found if found["status"] == wanted else None

    return await desk.until(look)


async def test_emoji_claim_release_and_resolve_and_the_helpdesk_follows(desk: World) -> None:
    ticket = await desk.writes("Charged twice in January", INVOICE)
    card = await desk.card("Charged twice in January")
    await react(desk, ANA, card, "eyes")
    await shows(desk, "Charged twice in January", "Ana Ribeiro is working on it")
    await react(desk, ANA, card, "eyes", remove=True)
    await shows(desk, "Charged twice in January", "'text': 'Claim'")
    await react(desk, OTTO, card, "white_check_mark")
    assert await desk.told_one_of((OTTO,), "leads can decide")
    await react(desk, ANA, card, "white_check_mark")
    await shows(desk, "Charged twice in January", "*Resolved* by Ana Ribeiro")
    solved = await status(desk, ticket, "solved")
    assert any("resolved this in Slack" in said["body"] for said in solved["comments"] if not said["public"])
    assert await desk.replies(ticket) == []
    await desk.writes_again(ticket, "I was charged once more, please look at the invoice again!")
    await shows(desk, "Charged twice in January", "ticket.approve")


async def test_what_is_solved_and_opened_in_the_helpdesk_shows_on_the_card(desk: World) -> None:
    ticket = await desk.writes("Charged twice in February", INVOICE)
    await desk.card("Charged twice in February")
    await desk.quiet()
    for there, words in (("solved", "*Solved in the helpdesk*"), ("open", "ticket.approve")):
        answer = await desk.client.post(f"/playground/tickets/{ticket}/status", json={"status": there})
        assert answer.json() == {"ok": True}
        await shows(desk, "Charged twice in February", words)


async def assignee(desk: World, ticket: int, wanted: str | None) -> Object:
    async def look() -> Object | None:
        found = await desk.ticket(ticket)
        return found if found["assignee"] == wanted else None

    return await desk.until(look)


async def test_who_works_on_it_is_the_same_on_the_card_and_in_the_helpdesk(desk: World) -> None:
    services, subject = desk.product.services, "Charged twice in March"
    by = Actor(id=LENA, name="Lena Fischer")
    places = {"Ana Ribeiro": "billing_support", "Ben Adeyemi": "tech_support"}
    steps = [
        Step(
            path=("teams", team, "members", name, "helpdesk", "zendesk"), value=f"{name[:3].lower()}@playground.example"
        )
        for name, team in places.items()
    ]
    await change(services, by, steps, "Who is who", services.policies.now.number)
    ticket = await desk.writes(subject, INVOICE)
    await assignee(desk, ticket, "Ana Ribeiro")
    await desk.quiet()
    given = await desk.client.post(f"/playground/tickets/{ticket}/assignee", json={"email": "ben@playground.example"})
    assert given.json() == {"ok": True}
    card = await shows(desk, subject, "Billing Support · Ben Adeyemi")
    await react(desk, ANA, card, "eyes")
    await assignee(desk, ticket, "Ana Ribeiro")
    await desk.quiet()
    await desk.client.post(f"/playground/tickets/{ticket}/assignee", json={"email": "marta@playground.example"})
    card = await shows(desk, subject, "Billing Support · Marta Ruiz, in Zendesk")
    await desk.click(ANA, card, "ticket.claim")
    await assignee(desk, ticket, "Ana Ribeiro")
    card = await shows(desk, subject, "Ana Ribeiro is working on it")
    await desk.click(ANA, card, "ticket.approve")
    await desk.replied(ticket)
    said = next(
        each for each in (await desk.ticket(ticket))["comments"] if each["public"] and each["role"] != "customer"
    )
    assert said["author"] == "Ana Ribeiro", "the customer hears from the agent, not from an account"


async def test_a_message_becomes_a_ticket_and_is_answered_in_its_thread(desk: World) -> None:
    said = {"user": OTTO, "channel": "C0BILLING", "text": INVOICE}
    assert (await desk.client.post("/playground/say", json=said)).json() == {"ok": True}
    message = next(m for m in reversed(await desk.messages()) if m.get("user") == OTTO)
    for user in (ANA, LENA):
        await react(desk, user, message, "ticket")
    for user in (ANA, LENA):
        assert "archives" in str(await desk.told_one_of((user,), "Open its card"))
    card = await desk.card("Asked in Slack")
    await desk.click(LENA, card, "ticket.approve")

    async def answered() -> Object | None:
        every = await desk.messages()
        return next((m for m in every if m.get("thread_ts") == message["ts"] != m["ts"]), None)

    reply = await desk.until(answered)
    await desk.quiet()
    thread = [m for m in await desk.messages() if m.get("thread_ts") == message["ts"] != m["ts"]]
    assert [m["ts"] for m in thread] == [reply["ts"]]
    assert len(await desk.cards("Asked in Slack")) == 1


async def test_two_tickets_of_one_customer_are_merged_and_answered_once(desk: World) -> None:
    first = await desk.writes("Charged twice in March", INVOICE)
    second = await desk.writes("Where is my March refund", "You charged me twice, when do I get my money back?")
    await desk.card("Charged twice in March")
    other = await desk.card("Where is my March refund")
    await desk.choose(LENA, other, "ticket.more", "rarer")
    asked = await desk.view(LENA)
    merging = {"rarer": {"rarer": {"type": "radio_buttons", "selected_option": option(asked, "rarer", "merge")}}}
    assert (await desk.submit(LENA, asked, merging))["ok"]
    form = await desk.view(LENA)
    [into] = next(block for block in form["blocks"] if block["block_id"] == "into")["element"]["options"]
    assert "Charged twice in March" in into["text"]["text"]
    chosen = {"into": {"into": {"type": "static_select", "selected_option": into}}}
    assert (await desk.submit(LENA, form, chosen))["ok"]
    survivor = await desk.card("Charged twice in March", shows="Merged into this")
    assert "when do I get my money back" in str(survivor["blocks"])
    await status(desk, second, "solved")
    await desk.quiet()
    survivor = await desk.card("Charged twice in March", shows="ticket.approve")
    await desk.click(LENA, survivor, "ticket.approve")
    assert len(await desk.replied(first)) == 1
    assert await desk.replies(second) == []
