"""Words of a card's thread stay there, unless somebody sends them by the explicit way, who sees what goes out."""

from typing import Any

from pipeline.case import Sending, Status, Verdict
from storage.cases import history
from tests.handlers.slack.desk import Desk
from tests.handlers.views.cases import case, message

SEND = "send_to_customer"


def choosing(way: str, words: str | None = None) -> dict[str, Any]:
    chosen: dict[str, Any] = {"as": {"as": {"selected_option": {"value": way}}}}
    return chosen | ({"reply": {"text": {"value": words}}} if words is not None else {})


async def opened(desk: Desk, user: str, ts: str) -> dict[str, Any]:
    await desk.shortcut(user, SEND, ts)
    view: dict[str, Any] = desk.playground.views.stacks[user][-1]
    return view


async def test_the_form_shows_what_goes_out_and_under_whose_name(desk: Desk) -> None:
    ts = await desk.says("U0ANA", "Hello <@U0BEN> &amp; co, it is <https://a.example|attached>.", desk.ts)
    view = await opened(desk, "U0LENA", ts)
    assert view["state"]["values"]["reply"]["text"]["value"] == (
        "Hello @Ben Adeyemi & co, it is attached (https://a.example)."
    )
    assert "support@lumen.example, by Zendesk" in str(view["blocks"])
    assert await desk.submit("U0LENA", choosing("customer")) == {"ok": True}
    found = await desk.case()
    assert found.decision is not None
    assert (found.decision.text, found.decision.by.name, found.sending) == (
        "Hello @Ben Adeyemi & co, it is attached (https://a.example).",
        "Lena Fischer",
        Sending.QUEUED,
    )


async def test_what_is_only_said_there_reaches_nobody(desk: Desk) -> None:
    await desk.says("U0ANA", "This customer is wrong, I think.", desk.ts)
    found = await desk.case()
    assert (found.version, found.decision, found.ticket.messages) == (0, None, case().ticket.messages)


async def test_a_message_that_was_deleted_is_not_sent(desk: Desk) -> None:
    ts = await desk.says("U0ANA", "It is attached.", desk.ts)
    await opened(desk, "U0ANA", ts)
    where = {"user": "U0ANA", "channel": "C0BILLING", "ts": ts}
    assert (await desk.page.post("/playground/erase", json=where)).json()["ok"]
    answer = await desk.submit("U0ANA", choosing("customer"))
    assert "deleted in Slack" in answer["errors"]["reply"]
    assert (await desk.case()).decision is None


async def test_a_message_that_was_edited_is_not_sent_as_it_was(desk: Desk) -> None:
    ts = await desk.says("U0ANA", "It is attached.", desk.ts)
    await opened(desk, "U0ANA", ts)
    where = {"user": "U0ANA", "channel": "C0BILLING", "ts": ts, "text": "It is not attached."}
    assert (await desk.page.post("/playground/edit", json=where)).json()["ok"]
    answer = await desk.submit("U0ANA", choosing("customer"))
    assert "changed in Slack" in answer["errors"]["reply"]
    assert (await desk.case()).decision is None


async def test_who_may_not_decide_sends_nothing(desk: Desk) -> None:
    ts = await desk.says("U0OTTO", "I would say yes.", desk.ts)
    await desk.shortcut("U0OTTO", SEND, ts)
    assert "leads can decide" in desk.whispered("U0OTTO")
    assert not desk.playground.views.stacks.get("U0OTTO")


async def test_only_what_a_person_wrote_in_a_cards_thread_can_be_sent(desk: Desk) -> None:
    elsewhere = await desk.says("U0ANA", "Lunch?")
    await desk.shortcut("U0ANA", SEND, elsewhere)
    assert "thread of a ticket&#39;s card" in desk.whispered("U0ANA") or "thread of a ticket's card" in desk.whispered(
        "U0ANA"
    )
    await desk.shortcut("U0ANA", SEND, desk.ts)
    assert "An app wrote this" in desk.whispered("U0ANA")


async def test_words_that_the_customer_overtook_are_kept_and_asked_about_again(desk: Desk) -> None:
    ts = await desk.says("U0ANA", "It is attached.", desk.ts)
    await opened(desk, "U0ANA", ts)
    found = await desk.case()
    messages = (*found.ticket.messages, message("m2", "Forget it, found it."))
    await desk.change(ticket=found.ticket.model_copy(update={"messages": messages}))
    await desk.submit("U0ANA", choosing("customer"))
    assert (await desk.case()).decision is None
    assert "Forget it, found it." in str(desk.playground.views.stacks["U0ANA"][-1]["blocks"][0])


async def test_a_note_is_kept_and_changes_nothing_else(desk: Desk) -> None:
    ts = await desk.says("U0ANA", "He called twice already.", desk.ts)
    await opened(desk, "U0ANA", ts)
    assert await desk.submit("U0ANA", choosing("note")) == {"ok": True}
    async with desk.services.store.reader() as connection:
        last = (await history(connection, case().id))[-1]
    assert (last.kind, last.detail["text"]) == ("note.kept", "He called twice already.")
    assert (await desk.case()).status is Status.OPEN


async def test_after_an_answer_one_can_write_again_but_not_twice_from_one_look(desk: Desk) -> None:
    await desk.press("U0ANA", "ticket.approve")
    await desk.change(sending=Sending.SENT)
    for user in ("U0ANA", "U0LENA"):
        await desk.press(user, "ticket.more", "say")
    assert await desk.submit("U0ANA", choosing("customer", "Did that help?")) == {"ok": True}
    found = await desk.case()
    assert found.decision is not None
    assert (found.decision.verdict, found.decision.text, found.replies) == (Verdict.FOLLOWED_UP, "Did that help?", 2)
    answer = await desk.submit("U0LENA", choosing("customer", "Did it help?"))
    assert "Already followed up by Ana Ribeiro" in answer["errors"]["reply"]
