"""What Slack tells of channels: a ticket's thread is followed, and nothing else costs more than a look."""

from typing import Any

import pytest

from bot.playground.manifest import shipped
from handlers.slack.threads import heard_in
from handlers.slack.whence import WORKSPACE
from pipeline.case import Case, Status
from pipeline.ports import Reply
from tests.handlers.slack.desk import Desk
from tests.handlers.slack.test_asking_for_tickets import ticket_of

SAID = {"type": "message", "channel": "C1", "channel_type": "channel", "user": "U1", "text": "Hi", "ts": "2.2"}
IN_THREAD = {**SAID, "thread_ts": "1.1"}
EDITED = {**IN_THREAD, "text": "Hello", "edited": {"user": "U1", "ts": "3.000001"}}


def body(**event: Any) -> dict[str, Any]:
    return {"event": event}


def changed(now: dict[str, Any], before: dict[str, Any]) -> dict[str, Any]:
    about = {"type": "message", "subtype": "message_changed", "hidden": True, "channel": "C1", "ts": "4.4"}
    return body(**about, message=now, previous_message=before)


def deleted(**more: Any) -> dict[str, Any]:
    about = {"type": "message", "subtype": "message_deleted", "hidden": True, "channel": "C1", "ts": "4.4"}
    return body(**about, deleted_ts="2.2", **more)


@pytest.mark.parametrize(
    "told",
    [
        body(**SAID),
        body(**SAID, thread_ts="2.2"),
        body(**{**IN_THREAD, "text": " "}),
        body(**IN_THREAD, bot_id="B1"),
        body(**{**IN_THREAD, "thread_ts": "1.1:x"}),
        body(**{**IN_THREAD, "user": None}),
        *(
            body(**IN_THREAD, subtype=each)
            for each in ("bot_message", "channel_join", "message_replied", "reminder_add")
        ),
        changed(IN_THREAD, {**IN_THREAD, "attachments": []}),
        changed(EDITED, EDITED),
        changed({**EDITED, "bot_id": "B1"}, IN_THREAD),
        changed({}, {}),
        deleted(previous_message={**IN_THREAD, "bot_id": "B1"}),
    ],
)
def test_what_begins_a_thread_what_an_app_wrote_and_what_changes_no_words_is_nothing(told: dict[str, Any]) -> None:
    assert heard_in(told) is None


def test_words_edits_and_deletions_are_heard_with_their_workspace() -> None:
    for subtype in ({}, {"subtype": "file_share"}, {"subtype": "thread_broadcast"}):
        said = heard_in({**body(**IN_THREAD, **subtype), WORKSPACE: "T0HARBOR"})
        assert said is not None and (said.channel, said.said.thread, said.gone) == ("T0HARBOR/C1", "1.1", False)
    edited = heard_in(changed(EDITED, IN_THREAD))
    assert edited is not None and (edited.said.text, edited.edited, edited.gone) == ("Hello", "3.000001", False)
    root = heard_in(changed({**SAID, "edited": {"ts": "3.3"}, "text": "Hello"}, SAID))
    assert root is not None and root.said.thread == "2.2"
    tombstone = {"subtype": "tombstone", "ts": "2.2", "user": "USLACKBOT", "text": "This message was deleted."}
    for gone in (
        deleted(previous_message=IN_THREAD),
        deleted(),
        changed(tombstone, SAID),
        changed({**EDITED, "text": ""}, SAID),
    ):
        found = heard_in(gone)
        assert found is not None and (found.said.ts, found.gone) == ("2.2", True)


async def told(desk: Desk, what: str, **said: object) -> None:
    """Something is done to a message; done once the bot has taken the event."""
    before = desk._taken("event message")
    assert (await desk.page.post(f"/playground/{what}", json={"channel": "C0BILLING", **said})).json()["ok"]
    await desk.until(lambda: desk._taken("event message") > before)


async def ticket(desk: Desk, root: str) -> Case:
    found = await ticket_of(desk, root)
    assert found is not None
    return found


async def test_a_ticket_follows_its_thread_through_words_edits_and_deletions(desk: Desk) -> None:
    desk.playground.events, desk.playground.scopes = shipped().events, shipped().scopes
    root = await desk.says("U0OTTO", "Our customer cannot log in.")
    await desk.react("U0ANA", "ticket", ts=root)
    said = {"user": "U0OTTO", "thread_ts": root}
    await told(desk, "say", **said, text="Since Monday.")
    last = str(desk.playground.messages.replies("C0BILLING", root)[-1]["ts"])
    assert [each.text for each in (await ticket(desk, root)).ticket.asked] == [
        "Our customer cannot log in.", "Since Monday.",
    ]  # fmt: skip
    await told(desk, "edit", user="U0OTTO", ts=last, text="Since Sunday.")
    found = (await ticket(desk, root)).ticket.asked[-1]
    assert (found.text, found.edited) == ("Since Sunday.", True)
    await told(desk, "erase", user="U0OTTO", ts=last)
    assert len((await ticket(desk, root)).ticket.asked) == 1
    version = (await ticket(desk, root)).version
    await desk.services.helpdesks["slack"].reply(f"C0BILLING:{root}", Reply(key="k", text="Our own words."))
    await desk.ask("U0ANA", "help")
    await told(desk, "say", user="U0OTTO", text="Another thing altogether.")
    after = await ticket(desk, root)
    assert (after.version, after.status) == (version, Status.WAITING)
    assert "Our own words." not in after.model_dump_json()
