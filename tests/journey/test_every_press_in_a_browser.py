"""Everything that can be pressed, chosen, sent, typed or reacted is, by people in a real browser, in a few journeys.

They share one running world and one page, since starting a world takes longer than most journeys. The last test
compares what the product listens to with what was delivered to it, so that a new button is not left untried.
"""

import re
from collections.abc import AsyncIterator

import pytest
import pytest_asyncio
from playwright.async_api import Browser, expect

from tests.browser import PATIENCE, in_browser
from tests.journey.hands import Hands
from tests.journey.pressed import listened, pressed
from tests.journey.world import Object, World, world

pytestmark = in_browser
INVOICE = "I was charged twice on my invoice. Please refund the second payment."
MONTHS = ("January", "February", "March", "April", "May", "June")
ELSEWHERE = {
    "action digest.open": "comes while more tickets arrive than a channel takes: test_digests.py",
    "action proposal.accept": "comes after a week of corrections: test_proposals.py",
    "action proposal.decline": "the same",
    "action quiet.again": "comes the day after a lead silenced something: test_quieting.py tries what it does",
    "action entity.claim": "the page draws only those buttons of a work object that lead somewhere: test_unfurls.py",
    "action entity.approve": "the same",
    "action entity.edit": "the same",
    "action entity.more": "the same",
    "action entity.reassign": "the same",
    "action entity.reopen": "the same",
    "view approve.submit": "opens from a work object",
    "action entity.card": "is a link, of which Slack tells the app, and the page does not: test_unfurls.py",
    "function create_ticket": "is a step of Workflow Builder, which the page has not: test_workflow.py",
    "event app_uninstalled": "an admin does it in Slack's own settings: tests/bot/test_workspaces.py",
    "event tokens_revoked": "the same",
    "event member_joined_channel": "the people of the page are in its channels already",
    "action incident.end": "comes with a burst: tests/handlers/test_bursts.py",
    **dict.fromkeys(
        (
            *(f"action intent.{name}" for name in ("article", "more", "open", "rename", "watch")),
            *(f"view intent.{form}.submit" for form in ("article", "file", "merge", "more", "part", "rename", "split")),
        ),
        "comes after a night with many tickets: tests/handlers/test_intents.py",
    ),
    "action search.page.(?:back|next)": "comes with more hits than a page has: tests/handlers/slack/test_paging.py",
    "action policy.part": "leads to forms beside the ones that are pressed here: tests/handlers/slack/test_policy.py",
}
"""What no journey here presses, why, and where it is tried."""


@pytest_asyncio.fixture(scope="module", loop_scope="session")
async def desk(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[World]:
    async with world(tmp_path_factory.mktemp("desk")) as running:
        running.playground.line.ack_seconds = PATIENCE / 1_000  # the product shares the processor with the browser
        await running.quiet()  # what was solved before is known, so that drafts are more than acknowledgements
        for month in MONTHS:
            await running.writes(f"Charged twice in {month}", INVOICE)
        await running.writes("Last warning", f"{INVOICE} Otherwise you will hear from my lawyer.")
        await running.writes("Something is off", "It does not work.", name="Kim Sato")
        yield running


@pytest_asyncio.fixture(scope="module", loop_scope="session")
async def hands(browser: Browser, desk: World) -> AsyncIterator[Hands]:
    complaints: list[str] = []
    context = await browser.new_context(viewport={"width": 1400, "height": 1000})
    context.set_default_timeout(PATIENCE)
    page = await context.new_page()
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.on("console", lambda said: complaints.append(said.text) if said.type == "error" else None)
    yield Hands(page, desk)
    await context.close()
    assert complaints == []


@pytest_asyncio.fixture(scope="module", loop_scope="session")
async def done() -> set[str]:
    """What was pressed so far."""
    return set()


@pytest_asyncio.fixture(autouse=True, loop_scope="session")
async def noted(desk: World, done: set[str]) -> AsyncIterator[None]:
    yield
    done |= pressed(await wire(desk))


async def wire(desk: World) -> list[Object]:
    entries: list[Object] = (await desk.client.get("/playground/wire?limit=2000")).json()["entries"]
    return entries


async def test_a_customer_writes_and_an_agent_rates_claims_and_answers(hands: Hands) -> None:
    page = hands.page
    await hands.go("ana", "helpdesk/new")
    form = page.get_by_test_id("ticket-form")
    await form.get_by_label("Name").fill("Mara Klein")
    await form.get_by_label(re.compile("mail", re.I)).fill("mara@customer.example")
    await form.get_by_label("Subject").fill("Charged twice in July")
    await form.get_by_label("Message").fill(INVOICE)
    await page.get_by_test_id("ticket-send").click()
    await expect(page.get_by_test_id("ticket")).to_be_visible()
    number = int(page.url.rpartition("/")[2])
    card = await hands.card("ana", "Charged twice in July")
    await hands.press(card, "draft.rate")
    await hands.press(card, "ticket.claim")
    await expect(card).to_contain_text("Ana Ribeiro is working on it")
    await hands.press(card, "ticket.claim")
    await expect(card.get_by_role("button", name="Say that you work on it")).to_be_visible()
    await hands.press(card, "ticket.regenerate")
    await hands.pick(hands.modal, "usual", "Shorter")
    await hands.send()
    await expect(card.locator("[data-action-id='ticket.approve']")).to_be_visible()
    await hands.press(card, "ticket.edit")
    await hands.pick(hands.modal, "edit.macro", "")
    await expect(hands.modal.locator("[data-action-id^='text.']")).to_be_visible()  # the form came back with it
    await hands.fill("text", "Hello Mara, your money is on its way back.")
    await hands.send()
    await expect(card.locator("[data-action-id='ticket.approve']")).to_have_count(0)
    await expect(card).to_contain_text("Ana")
    await hands.desk.replied(number)
    await hands.go("ana", f"helpdesk/{number}")
    await expect(page.get_by_test_id("ticket")).to_contain_text("your money is on its way back")


async def test_an_answer_is_judged_followed_up_resolved_and_reopened(hands: Hands) -> None:
    card = await hands.card("ana", "Charged twice in January")
    await hands.press(card, "ticket.approve")
    await expect(card.locator("[data-action-id='ticket.approve']")).to_have_count(0)
    for choice, shows in (("Gold", "gold answer"), ("Poor", "not learnt from"), ("An answer like others", "Approved")):
        await hands.pick(card, "ticket.more", choice)
        await expect(card).to_contain_text(shows)
    await hands.pick(card, "ticket.more", "Write again")
    await hands.fill("text", "One more word: the credit note is in your mail.")
    await hands.send()
    await hands.pick(card, "ticket.more", "Resolve")
    await hands.press(card, "ticket.reopen")
    await expect(card.locator("[data-action-id='ticket.reopen']")).to_have_count(0)


async def test_an_outsiders_click_changes_nothing_and_says_why(hands: Hands) -> None:
    card = await hands.card("otto", "Charged twice in February")
    await hands.press(card, "ticket.approve")
    await hands.told("Only")
    await expect(card.locator("[data-action-id='ticket.approve']")).to_be_visible()


async def test_a_ticket_is_explained_snoozed_escalated_heard_and_calmed(hands: Hands) -> None:
    page = hands.page
    card = await hands.card("lena", "Charged twice in February")
    await hands.pick(card, "ticket.more", "Why this?")
    await expect(hands.modal).to_contain_text("Category")
    await hands.close()
    await hands.pick(card, "ticket.more", "Snooze")
    await hands.send()
    await expect(card).to_contain_text("Snoozed until")
    await hands.pick(card, "ticket.more", "Escalate")
    await hands.desk.card("Charged twice in February", shows="Escalated by a person")
    card = await hands.card("lena", "Last warning", shows="call_off")
    await card.get_by_test_id("replies").click()
    thread = page.get_by_test_id("thread")
    await hands.press(thread, "ticket.acknowledge")
    await expect(thread).to_contain_text("Acknowledged by Lena Fischer")
    await hands.press(thread, "ticket.unacknowledge")
    await expect(thread.locator("[data-action-id='ticket.acknowledge']")).to_be_visible()
    await hands.pick(card, "ticket.more", "Not an escalation")
    await hands.desk.card("Last warning", shows="Not an escalation, a person says")


async def test_the_rarer_acts_ask_for_what_they_need(hands: Hands) -> None:
    async def rarer(subject: str, label: str) -> None:
        card = await hands.card("ana", subject)
        await hands.pick(card, "ticket.more", "More")
        await hands.modal.get_by_text(label, exact=False).first.click()
        await hands.page.get_by_test_id("modal-submit").click()

    await rarer("Charged twice in March", "Mark as duplicate")
    await hands.pick(hands.modal, "of", "#")
    await hands.send()
    await rarer("Charged twice in April", "Merge into another")
    await hands.pick(hands.modal, "into", "Charged twice in June")
    await hands.send()
    await rarer("Charged twice in May", "Write, or keep a note")
    await hands.modal.get_by_text("Keep as an internal note").click()
    await hands.fill("text", "They pay by bank transfer.")
    await hands.send()
    await rarer("Charged twice in May", "Not a request")
    await hands.desk.card("Charged twice in May", shows="ticket.reopen")


async def test_a_vague_ticket_is_settled_by_one_click_and_another_moves_with_its_card(hands: Hands) -> None:
    card = await hands.card("lena", "Something is off", shows="ticket.category.1")
    await hands.press(card, "ticket.category.1")
    await expect(card.locator("[data-action-id='ticket.category.1']")).to_have_count(0)
    card = await hands.card("ana", "Charged twice in June")
    await hands.press(card, "ticket.reassign")
    await hands.pick(hands.modal, "team", "tech support")
    await hands.send()
    old = hands.page.get_by_test_id("message").filter(has_text="Charged twice in June")
    await expect(old.first).to_contain_text("is now in #tech-support")
    await hands.page.get_by_test_id("channel-tech-support").click()
    moved = hands.page.get_by_test_id("message").filter(has_text="Charged twice in June")
    await expect(moved.locator("[data-action-id='ticket.approve']")).to_be_visible()


async def test_emoji_and_shortcuts_do_what_buttons_do(hands: Hands) -> None:
    page = hands.page
    card = await hands.card("lena", "Charged twice in June")
    await hands.react(card, "eyes")
    await expect(card).to_contain_text("Lena Fischer is working on it")
    await card.get_by_label(re.compile("reacted with eyes")).click()
    await expect(card).not_to_contain_text("is working on it")
    await hands.react(card, "rotating_light")
    card = await hands.message("lena", await hands.desk.card("Charged twice in June", shows="call_off"))
    await card.get_by_test_id("replies").click()
    await page.get_by_test_id("thread-composer").fill("It is on its way, please wait two days.")
    await page.keyboard.press("Enter")
    own = page.get_by_test_id("thread").get_by_test_id("message").filter(has_text="please wait two days")
    await hands.menu(own, "Send to customer")
    await expect(hands.modal).to_contain_text("Your words")
    await hands.send()
    await hands.react(card, "white_check_mark")
    await expect(card.locator("[data-action-id='ticket.reopen']")).to_be_visible()
    await hands.go("ben", "channel/tech-support")
    for words in (
        "The export of our largest board ends in an error.",
        "Nobody can log in with SSO today.",
    ):
        await hands.type(words)
    await hands.menu(page.get_by_test_id("message").filter(has_text="The export"), "Triage this message")
    await hands.react(page.get_by_test_id("message").filter(has_text="Nobody can log in"), "ticket")
    await hands.told("🎫")


async def test_each_command_answers_and_leads_to_cards(hands: Hands) -> None:
    page = hands.page
    await hands.go("lena", "channel/billing-support")
    for typed, words in (
        ("help", "reads every ticket"), ("mine", "Nothing is assigned|Yours"), ("ticket 1", "Charged twice"),
        ("why 1", "Why\\?"), ("search charged twice", "answered before"), ("sla", "Targets"),
        ("escalations", "escalation"), ("on-call", "on call|rotation"), ("policy", "Thresholds"),
        ("simulate last 20", "What would you change"), ("away tomorrow", "You are away"), ("back", "Welcome back"),
        ("doctor", "Only admins"), ("cluster", "in no cluster yet"), ("stats 7d", "Last 7 days"), ("queue", "Queue"),
    ):  # fmt: skip
        await hands.type(f"/triage {typed}")
        await hands.told(re.compile(words))
    await hands.press(await hands.told("Last 7 days"), "stats.share")
    shared = page.get_by_test_id("message").filter(has_text="Last 7 days")
    await expect(shared.last).to_contain_text("came in")
    queue = await hands.told("waiting")
    await hands.press(queue, "answer.share")
    await expect(page.get_by_test_id("message").filter(has_text="Lena Fischer shared this").last).to_be_visible()
    await queue.get_by_role("link", name="Charged twice").first.click()
    await expect(page.get_by_test_id("channel-pane")).to_be_visible()


async def test_home_questions_mentions_and_links_show_what_waits(hands: Hands) -> None:
    page, desk = hands.page, hands.desk
    await hands.go("ana", "home")
    await expect(page.get_by_test_id("home")).to_contain_text("Queue of Billing Support")
    await hands.press(page, "home.preferences")
    await hands.fill("zone", "Europe/Berlin")
    await hands.send()
    await page.get_by_test_id("tab-messages").click()
    await page.reload()  # the page learns of a conversation that was opened just now
    await hands.type("What is burning in billing support?")
    await page.get_by_test_id("replies").last.click()
    thread = page.get_by_test_id("thread")
    await expect(thread).to_contain_text("Billing Support")
    await page.get_by_test_id("thread-composer").fill("Sing me a song")
    await page.keyboard.press("Enter")
    await hands.press(thread, "ask.example.1")
    await expect(thread.get_by_test_id("message")).to_have_count(5)
    await hands.go("ana", "channel/billing-support")
    ticket = next(iter((await desk.client.get("/playground/snapshot")).json()["tickets"]))
    await hands.type(f"Who takes {desk.url}/agent/tickets/{ticket['id']} ?")
    shown = page.get_by_test_id("work-object").last
    await shown.get_by_role("button", name="Open details").click()
    await expect(page.get_by_test_id("flexpane")).to_contain_text("Support")
    await hands.type("@Triage Desk what waits?")


async def test_a_lead_changes_the_policy_tries_it_first_and_takes_it_back(hands: Hands) -> None:
    page = hands.page
    await hands.go("lena", "channel/billing-support")
    await hands.type("/triage policy rules")
    await hands.type("/triage policy")
    policy = await hands.told("Thresholds")
    for name, sees in (("Rules: off", "Switched off"), ("A new rule", "It must fire on"), ("Hours: ", "P1")):
        await hands.pick(policy, "policy.change", name)
        await expect(hands.modal).to_contain_text(sees)
        await hands.close()
    await hands.pick(policy, "policy.change", "Team: Billing Support")
    await hands.pick(hands.modal, "policy.member", "Ana Ribeiro")
    await expect(hands.modal).to_contain_text("Open tickets at most")
    await hands.fill("capacity", "25")
    await page.get_by_test_id("modal-submit").click()
    await expect(hands.modal).to_contain_text("Saved as change")
    await hands.close()
    await hands.pick(policy, "policy.change", "Thresholds")
    await hands.fill("notice", "0.04")
    await hands.press(hands.modal, "policy.simulate")
    await expect(hands.modal).to_contain_text("If this had been so")
    await page.get_by_test_id("modal-submit").click()
    await expect(hands.modal).to_contain_text("Saved as change")
    await hands.close()
    await hands.type("/triage policy")
    again = await hands.told("Undo change 2")
    await hands.press(again, "policy.undo")
    await page.get_by_test_id("confirm-yes").click()
    await hands.told("took back change 2")


async def test_nothing_that_the_product_listens_to_was_left_untried(done: set[str]) -> None:
    assert sorted(listened() - done - set(ELSEWHERE)) == []
    assert sorted(set(ELSEWHERE) & done) == [], "these are pressed after all"
    assert sorted(set(ELSEWHERE) - listened()) == [], "these are gone"
