"""People press, write and ask in a workspace on a real port; every click is answered."""

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import delete, update

from bot.playground.deliveries import sign
from handlers.slack.events import is_new
from pipeline.case import Sending, Status
from storage.cards import MOVED
from storage.cases import history
from storage.feedback import of_case
from storage.tables import cards
from tests.handlers.slack.desk import Desk
from tests.handlers.views.cases import DRAFT, case, message


async def test_approve_sends_the_draft_as_shown(desk: Desk) -> None:
    await desk.press("U0ANA", "ticket.approve")
    found = await desk.case()
    assert (found.status, found.sending) == (Status.ANSWERED, Sending.QUEUED)
    assert found.decision is not None and found.decision.text == DRAFT


async def test_an_outsider_is_told_so_and_nothing_happens(desk: Desk) -> None:
    for user in ("U0OTTO", "U0CHLOE"):
        await desk.press(user, "ticket.approve")
        assert "leads can decide" in desk.whispered(user)
        await desk.press(user, "ticket.edit")
        assert not desk.playground.views.stacks.get(user)
    assert (await desk.case()).status is Status.OPEN


async def test_the_second_of_two_is_told_who_was_faster(desk: Desk) -> None:
    await desk.press("U0ANA", "ticket.approve")
    await desk.press("U0LENA", "ticket.approve")
    assert "Already approved by Ana Ribeiro, <!date^" in desk.whispered("U0LENA")


async def test_what_the_customer_wrote_since_is_shown_instead_of_sending(desk: Desk) -> None:
    found = await desk.case()
    more = message("m2", "Write to me at other@client.example <!channel>")
    await desk.change(ticket=found.ticket.model_copy(update={"messages": (*found.ticket.messages, more)}))
    await desk.press("U0ANA", "ticket.approve")
    told = desk.whispered("U0ANA")
    assert "the customer wrote again" in told
    assert "Write to me at [EMAIL_1] &lt;!channel&gt;" in told
    assert (await desk.case()).decision is None


async def test_edit_opens_the_draft_and_sends_what_was_written(desk: Desk) -> None:
    await desk.press("U0ANA", "ticket.edit")
    (view,) = desk.playground.views.stacks["U0ANA"]
    assert view["state"]["values"]["reply"]["text"]["value"] == DRAFT
    assert await desk.submit("U0ANA", {"reply": {"text": {"value": "It is attached."}}}) == {"ok": True}
    found = await desk.case()
    assert found.decision is not None and found.decision.text == "It is attached."


async def test_an_edit_under_which_the_customer_wrote_keeps_the_words_and_asks_again(desk: Desk) -> None:
    await desk.press("U0ANA", "ticket.edit")
    found = await desk.case()
    messages = (*found.ticket.messages, message("m2", "Forget it, found it."))
    await desk.change(ticket=found.ticket.model_copy(update={"messages": messages}))
    await desk.submit("U0ANA", {"reply": {"text": {"value": "It is attached."}}})
    assert (await desk.case()).decision is None
    (view,) = desk.playground.views.stacks["U0ANA"]
    assert "Forget it, found it." in str(view["blocks"][0])
    assert view["state"]["values"]["reply"]["text"]["value"] == "It is attached."
    await desk.submit("U0ANA", {"reply": {"text": {"value": "Great!"}}})
    found = await desk.case()
    assert found.decision is not None and found.decision.text == "Great!"


async def test_a_refused_form_says_why_at_its_input(desk: Desk) -> None:
    await desk.press("U0ANA", "ticket.edit")
    await desk.press("U0LENA", "ticket.approve")
    answer = await desk.submit("U0ANA", {"reply": {"text": {"value": "Hello"}}})
    assert answer["errors"]["reply"] == "Already approved by Lena Fischer."


async def test_a_macro_joins_what_was_written_above_the_sign_off(desk: Desk) -> None:
    await desk.press("U0ANA", "ticket.edit")
    await desk.insert("U0ANA", "Thanks", "It is attached.\n\nKind regards\nBilling")
    (view,) = desk.playground.views.stacks["U0ANA"]
    (written,) = view["state"]["values"]["reply"].values()
    assert (
        written["value"] == "It is attached.\n\nThank you, Maria Silva, for 4711. Ana Ribeiro\n\nKind regards\nBilling"
    )
    await desk.submit("U0ANA", {"reply": {next(iter(view["state"]["values"]["reply"])): written}})
    found = await desk.case()
    assert found.decision is not None and "Thank you, Maria Silva, for 4711." in found.decision.text


async def test_a_macro_that_does_not_fit_leaves_the_words_and_says_so(desk: Desk) -> None:
    await desk.press("U0ANA", "ticket.edit")
    await desk.insert("U0ANA", "Thanks", "x" * 2990)
    (view,) = desk.playground.views.stacks["U0ANA"]
    assert "no room left for this macro" in str(view["blocks"][0])
    (written,) = view["state"]["values"]["reply"].values()
    assert written["value"] == "x" * 2990


async def test_regenerate_takes_a_usual_wish_or_own_words_or_both(desk: Desk) -> None:
    await desk.press("U0ANA", "ticket.regenerate")
    assert "Say how" in (await desk.submit("U0ANA", {}))["errors"]["instruction"]
    values = {
        "usual": {"usual": {"selected_option": {"value": "shorter"}}},
        "instruction": {"instruction": {"value": "offer a <refund>"}},
    }
    assert await desk.submit("U0ANA", values) == {"ok": True}
    found = await desk.case()
    assert (found.status, found.instruction) == (Status.WAITING, "shorter, offer a <refund>")
    await desk.press("U0ANA", "ticket.approve")
    assert "read again" in desk.whispered("U0ANA")
    await desk.press("U0OTTO", "ticket.regenerate")
    assert "leads can decide" in desk.whispered("U0OTTO")


async def test_reassign_takes_team_person_and_reason(desk: Desk) -> None:
    await desk.press("U0ANA", "ticket.reassign")
    values = {
        "team": {"team": {"selected_option": {"value": "account_support"}}},
        "agent": {"agent": {"selected_option": {"value": "Ana Ribeiro"}}},
        "reason": {"reason": {"value": "A login question"}},
    }
    answer = await desk.submit("U0ANA", values)
    assert "not in Account Support" in answer["errors"]["agent"]
    values["agent"]["agent"] = {"selected_option": {"value": "-"}}
    assert await desk.submit("U0ANA", values) == {"ok": True}
    found = await desk.case()
    assert (found.team, found.agent, found.placement) == ("account_support", "", 2)
    async with desk.services.store.reader() as connection:
        last = (await history(connection, found.id))[-1]
    assert (last.kind, last.detail["reason"]) == ("case.reassigned", "A login question")


async def test_the_menu_claims_dismisses_snoozes_and_explains(desk: Desk) -> None:
    await desk.press("U0ANA", "ticket.claim")
    assert (await desk.case()).claimed_by is not None
    await desk.rate("U0ANA", "down")
    async with desk.services.store.reader() as connection:
        assert [each.chosen for each in await of_case(connection, case().id)] == ["down"]
    await desk.press("U0ANA", "ticket.more", "escalate")
    assert (await desk.case()).escalated
    await desk.press("U0ANA", "ticket.more", "call_off")
    assert not (await desk.case()).escalated
    await desk.press("U0ANA", "ticket.more", "why")
    assert "87.0%" in str(desk.playground.views.stacks["U0ANA"][-1])
    desk.playground.views.clear("U0ANA")
    await desk.press("U0ANA", "ticket.more", "snooze")
    assert await desk.submit("U0ANA", {"until": {"until": {"selected_option": {"value": "4h"}}}}) == {"ok": True}
    found = await desk.case()
    assert found.snoozed_until is not None
    assert abs(found.snoozed_until - datetime.now(UTC) - timedelta(hours=4)) < timedelta(minutes=1)
    picked = {"at": {"at": {"selected_date_time": 2_000_000_000}}}
    chosen = {"until": {"until": {"selected_option": {"value": "4h"}}}}
    await desk.press("U0ANA", "ticket.more", "snooze")
    assert "more than a year" in (await desk.submit("U0ANA", {**chosen, **picked}))["errors"]["at"]
    moment = int((datetime.now(UTC) + timedelta(days=3)).timestamp())
    picked["at"]["at"]["selected_date_time"] = moment
    said = {"words": {"words": {"value": "soonish"}}}
    assert "Say until when" in (await desk.submit("U0ANA", {**chosen, **picked, **said}))["errors"]["words"]
    said["words"]["words"]["value"] = ""
    assert await desk.submit("U0ANA", {**chosen, **picked, **said}) == {"ok": True}
    found = await desk.case()
    assert found.snoozed_until is not None and int(found.snoozed_until.timestamp()) == moment
    await desk.press("U0ANA", "ticket.more", "rarer")
    await desk.submit("U0ANA", {"rarer": {"rarer": {"selected_option": {"value": "duplicate"}}}})
    assert desk.playground.views.stacks["U0ANA"][-1]["callback_id"] == "duplicate.submit"
    desk.playground.views.clear("U0ANA")
    await desk.press("U0ANA", "ticket.more", "rarer")
    dismissed = {"rarer": {"rarer": {"selected_option": {"value": "dismiss"}}}}
    assert await desk.submit("U0ANA", dismissed) == {"ok": True}
    assert (await desk.case()).status is Status.CLOSED


async def test_the_command_lists_finds_and_corrects(desk: Desk) -> None:
    assert "/triage queue" in await desk.ask("U0ANA", "")
    assert "Did you mean `/triage queue`?" in await desk.ask("U0ANA", "qeue")
    assert "Where is my invoice" in await desk.ask("U0ANA", "queue billing support")
    assert "Did you mean /triage queue account_support?" in await desk.ask("U0ANA", "queue acount")
    assert "Where is my invoice" in await desk.ask("U0ANA", "mine")
    assert "Nothing is assigned" in await desk.ask("U0LENA", "mine")
    assert "Open its card" in await desk.ask("U0ANA", "ticket 4711")
    assert "I know no ticket" in await desk.ask("U0ANA", "ticket <!here>")
    assert "Guests" in await desk.ask("U0GINA", "queue")


async def test_the_command_says_why_and_what_was_answered_before(desk: Desk) -> None:
    assert "87.0%" in await desk.ask("U0ANA", "why #4711")
    assert "Which one? /triage why 4711" in await desk.ask("U0ANA", "why")
    found = await desk.ask("U0ANA", "search charged twice <!here>")
    assert "We have returned the second payment." in found
    assert "<!here>" not in found.replace("'value': 'search charged twice <!here>'", "")  # which nobody reads
    assert "Search for what?" in await desk.ask("U0ANA", "search")


async def test_the_home_is_there_for_members_and_closed_to_guests(desk: Desk) -> None:
    for user, says in (("U0ANA", "Where is my invoice"), ("U0GINA", "Guests and people of other workspaces")):
        assert (await desk.page.post("/playground/home", json={"user": user})).status_code == 200
        await desk.until(lambda user=user: user in desk.playground.views.homes)  # type: ignore[misc]
        await desk.ask(user, "help")  # Bolt takes an event before its listener has ended; this comes after it
        assert says in str(desk.playground.views.homes[user]["blocks"])


async def test_figures_are_for_whoever_asks_until_they_share_them(desk: Desk) -> None:
    assert "Last 30 days, Billing Support" in await desk.ask("U0ANA", "stats 30d team billing support")
    assert "Did you mean /triage stats 7d team billing_support?" in await desk.ask("U0ANA", "stats biling suport")
    assert "Today, all teams" in await desk.ask("U0ANA", "stats today")
    before = desk.playground.messages.top_level("C0BILLING")
    *_, figures = desk.playground.messages.ephemerals()
    pressed = {"block_id": "share", "action_id": "stats.share"}
    told = {"user": "U0ANA", "channel": "C0BILLING", "ts": figures["ts"], "action": pressed}
    assert (await desk.page.post("/playground/click", json=told)).json() == {"ok": True}
    *others, shared = desk.playground.messages.top_level("C0BILLING")
    assert others == before
    assert "Today, all teams" in str(shared["blocks"])
    assert "stats.share" not in str(shared["blocks"])


@pytest.mark.parametrize(
    ("asked", "says"),
    [
        ("queue billing support", "Where is my invoice"),
        ("ticket 4711", "Open its card"),
        ("why 4711", "87.0%"),
        ("search charged <!here>", "We have returned the second payment."),
    ],
)
async def test_an_answer_is_for_whoever_asks_until_they_share_it(desk: Desk, asked: str, says: str) -> None:
    assert "Share to channel" in await desk.ask("U0ANA", asked)
    before = desk.playground.messages.top_level("C0BILLING")
    *_, answer = desk.playground.messages.ephemerals()
    pressed = {"block_id": "share_answer", "action_id": "answer.share"}
    told = {"user": "U0ANA", "channel": "C0BILLING", "ts": answer["ts"], "action": pressed}
    assert (await desk.page.post("/playground/click", json=told)).json() == {"ok": True}
    *others, shared = desk.playground.messages.top_level("C0BILLING")
    assert others == before
    assert says in str(shared["blocks"]) and "Ana Ribeiro shared this" in str(shared["blocks"])
    assert "answer.share" not in str(shared["blocks"]) and "<!here>" not in str(shared["blocks"])


@pytest.mark.parametrize(
    ("channel", "says"),
    [("C0HARBOR", "People of another company read this channel"), ("C0CONTRACT", "another company"), ("C0RANDOM", "")],
)
@pytest.mark.parametrize(
    ("asked", "button"), [("ticket 4711", ("share_answer", "answer.share")), ("stats today", ("share", "stats.share"))]
)
async def test_an_answer_is_shared_only_where_this_company_reads(
    desk: Desk, channel: str, says: str, asked: str, button: tuple[str, str]
) -> None:
    if channel == "C0RANDOM":
        await desk.page.post("/playground/join", json={"user": "U0ANA", "channel": channel})
    before = desk.playground.messages.top_level(channel)
    typed = {"user": "U0ANA", "channel": channel, "command": "/triage", "text": asked}
    assert (await desk.page.post("/playground/command", json=typed)).json() == {"ok": True}
    *_, answer = desk.playground.messages.ephemerals()
    action = dict(zip(("block_id", "action_id"), button, strict=True))
    told = {"user": "U0ANA", "channel": channel, "ts": answer["ts"], "action": action}
    assert (await desk.page.post("/playground/click", json=told)).json() == {"ok": True}
    assert (desk.playground.messages.top_level(channel) == before) is bool(says)
    assert says in desk.whispered("U0ANA")


async def test_what_is_ones_own_or_only_a_refusal_is_not_shared(desk: Desk) -> None:
    for asked in ("mine", "help", "ticket", "ticket 99", "queue nobody"):
        assert "Share to channel" not in await desk.ask("U0ANA", asked)


BODY = b"token=x&command=%2Ftriage&text=help&user_id=U0ANA&team_id=T0PLAY&channel_id=C0BILLING"
FORM = {"Content-Type": "application/x-www-form-urlencoded"}


def stamped(seconds: float = 0) -> dict[str, str]:
    return sign(BODY, str(int(datetime.now(UTC).timestamp() + seconds)))


@pytest.mark.parametrize(
    "headers",
    [
        {},
        stamped(-3600),
        stamped(3600),
        {**stamped(), "X-Slack-Signature": ""},
        {**stamped(), "X-Slack-Signature": "v0=" + "0" * 64},
        {**stamped(), "X-Slack-Signature": "x" * 20_000},
        {**stamped(), "X-Slack-Request-Timestamp": "9" * 400},
        {**stamped(), "X-Slack-Request-Timestamp": "1e9"},
    ],
)
async def test_what_slack_did_not_sign_is_refused(desk: Desk, headers: dict[str, str]) -> None:
    answer = await desk.page.post("/slack/events", content=BODY, headers={**FORM, **headers})
    assert answer.status_code == 401


async def test_the_door_takes_only_what_slack_sends(desk: Desk) -> None:
    odd = [(b"X-Slack-Signature", "v0=é".encode()), (b"X-Slack-Request-Timestamp", "٣".encode())]
    answer = await desk.page.post("/slack/events", content=BODY, headers=odd)
    assert answer.status_code == 401
    assert (await desk.page.get("/slack/events")).status_code == 405
    answer = await desk.page.post("/slack/events", content=b"x" * 1_000_001)
    assert answer.status_code == 413
    answer = await desk.page.post("/slack/events", content=BODY, headers={**FORM, **stamped()})
    assert answer.status_code == 200


async def test_an_event_is_new_once(desk: Desk) -> None:
    assert await is_new(desk.services, "Ev2")
    assert not await is_new(desk.services, "Ev2")


async def test_no_event_is_refused(desk: Desk) -> None:
    def envelope(kind: str) -> bytes:
        event = f'{{"type":"{kind}","user":"U0ANA","channel":"C0BILLING","ts":"1.2","text":"hi"}}'
        return f'{{"type":"event_callback","event_id":"Ev1","team_id":"T0PLAY","event":{event}}}'.encode()

    for kind in ("app_mention", "app_mention", "message", "reaction_added"):
        body = envelope(kind)
        signed = sign(body, str(int(datetime.now(UTC).timestamp())))
        headers = {"Content-Type": "application/json", **signed}
        answer = await desk.page.post("/slack/events", content=body, headers=headers)
        assert answer.status_code == 200


async def test_what_breaks_gives_the_person_a_reference_and_slack_an_error(desk: Desk) -> None:
    broken = {"user": "U0ANA", "channel": "C0BILLING", "ts": desk.ts}
    action = {"block_id": f"actions:{case().id}", "action_id": "ticket.approve"}
    async with desk.services.store.begin() as tx:
        await tx.connection.exec_driver_sql("ALTER TABLE cards RENAME TO elsewhere")
    answer = (await desk.page.post("/playground/click", json={**broken, "action": action})).json()
    assert "HTTP 500" in answer["error"]
    assert "That did not work; nothing was lost. Reference " in desk.whispered("U0ANA")


async def test_a_press_that_is_faster_than_our_record_of_the_card_counts(desk: Desk) -> None:
    async with desk.services.store.begin() as tx:
        await tx.connection.execute(delete(cards))
    await desk.press("U0ANA", "ticket.approve")
    assert (await desk.case()).status is Status.ANSWERED


async def test_a_card_that_has_moved_takes_no_more_presses(desk: Desk) -> None:
    async with desk.services.store.begin() as tx:
        await tx.connection.execute(update(cards).values(role=MOVED))
    await desk.press("U0ANA", "ticket.approve")
    assert "not one of my present cards" in desk.whispered("U0ANA")
    assert (await desk.case()).status is Status.OPEN
