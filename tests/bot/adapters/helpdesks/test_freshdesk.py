"""Freshdesk: a secret in place of a signature, HTML descriptions, and references in place of metadata."""

import base64
import json

import httpx
import pytest

from pipeline.classify import Urgency
from pipeline.errors import BadPayload, BadSignature, Refused, Unavailable, Unknown
from pipeline.ports import Note, Remark, Reply
from pipeline.ticket import Author, Customer, Ticket, TicketStatus
from tests.bot.adapters.helpdesks.desks import FRESHDESK_CREATED, NEW, NOW, OLD, freshdesk
from tests.bot.adapters.helpdesks.fake_freshdesk import FakeFreshdesk

NOTE = Note(key="note-1", text="Billing <P1>\n\nTwo & more", tags=("triage", "vip"), urgency=Urgency.P1)
REPLY = Reply(key="reply-1", text="Refunded.\nSorry!")


def told(**changes: object) -> Ticket | None:
    body = {"freshdesk_webhook": {**FRESHDESK_CREATED["freshdesk_webhook"], **changes}}
    arrival = freshdesk().read({}, json.dumps(body).encode(), NOW)
    return arrival.ticket if arrival else None


def basic(credentials: str) -> dict[str, str]:
    return {"authorization": "Basic " + base64.b64encode(credentials.encode()).decode()}


@pytest.mark.parametrize("secret", [OLD, NEW])
def test_the_secret_may_be_the_password_of_basic_authentication(secret: str) -> None:
    freshdesk().verify(basic(f"anyone:{secret}"), b"{}", NOW)


@pytest.mark.parametrize(
    "headers",
    [
        basic(f"{NEW}:wrong"),
        basic(NEW),
        basic(":"),
        {"authorization": f"Bearer {NEW}"},
        {"authorization": "Basic ////"},
        {"x-triage-secret": NEW + "x"},
        {"x-triage-secret": NEW.upper()},
        {"x-triage-secret": "wrong", **basic(f"a:{NEW}")},
    ],
)
def test_anything_else_opens_nothing(headers: dict[str, str]) -> None:
    with pytest.raises(BadSignature):
        freshdesk().verify(headers, b"{}", NOW)


def test_a_new_ticket_is_html_of_the_customer() -> None:
    ticket = told(ticket_tags="vip, billing", ticket_source="Portal", ticket_created_at="2026-03-02T09:00:00Z")
    assert ticket is not None
    assert ticket.messages[0].html and ticket.messages[0].author is Author.CUSTOMER
    assert ticket.customer == Customer(name="Ines Duarte", email="ines@customer.example")
    assert (ticket.tags, ticket.channel, ticket.created_at.hour) == (("vip", "billing"), "form", 9)
    assert ticket.url == "https://acme.freshdesk.com/a/tickets/77"


@pytest.mark.parametrize(
    "event",
    ["{note_type:private}", "{note_type:public}", "{priority:{from:3,to:1}}", "{status:{from:2,to:4}}", ""],
)
def test_other_changes_bring_no_word_of_the_customer(event: str) -> None:
    ticket = told(triggered_event=event)
    assert ticket is None or ticket.asked == ()


@pytest.mark.parametrize(
    ("event", "writer", "author"),
    [
        ("{customer_responded:true}", "customer", Author.CUSTOMER),
        ("{customer_responded:true}", "ines@customer.example", Author.CUSTOMER),
        ("{reply_sent:sent}", "", Author.AGENT),
        ("{reply_sent:sent}", "customer", Author.AGENT),
        ("{note_type:public}", "", Author.AGENT),
        ("{status:{from:2,to:3}}", "Otto Agent", Author.AGENT),
        ("{status:{from:2,to:3}}", "", None),
        ("{note_type:private}", "customer", None),
    ],
)
def test_a_comment_is_the_customers_only_where_the_automation_says_so(
    event: str, writer: str, author: Author | None
) -> None:
    ticket = told(triggered_event=event, comment_author=writer, ticket_latest_public_comment="<p>Any news?</p>")
    assert (ticket.messages[0].author if ticket else None) is author


@pytest.mark.parametrize(
    ("event", "status"),
    [
        ("{status:{from:2,to:4}}", TicketStatus.SOLVED),
        ("{status:{from:5,to:2}}", TicketStatus.OPEN),
        ("{status:{from:4,to:5}}", None),
        ("{status:{from:2,to:3}}", None),
        ("{priority:{from:2,to:4}}", None),
    ],
)
def test_a_status_is_told_by_an_automation_on_it(event: str, status: TicketStatus | None) -> None:
    body = {"freshdesk_webhook": {"ticket_id": 77, "triggered_event": event}}
    arrival = freshdesk().read({}, json.dumps(body).encode(), NOW)
    assert (arrival.status if arrival else None) is status


def test_an_automation_that_tells_too_little_is_told_what_to_send() -> None:
    with pytest.raises(BadPayload, match="triggered_event"):
        told(ticket_id="seven")


async def test_annotate_changes_the_fields_and_adds_a_private_note() -> None:
    fake = FakeFreshdesk()
    await freshdesk(fake).annotate("77", NOTE.model_copy(update={"group": "group 119"}))
    assert fake.changes == [{"tags": ["vip", "triage"], "priority": 4, "group_id": 119}]
    assert fake.said[0]["private"] is True
    assert fake.said[0]["body"].startswith("<p>Billing &lt;P1&gt;</p><p>Two &amp; more</p><p>Ref: TD-")


async def test_an_unknown_group_is_left_alone() -> None:
    fake = FakeFreshdesk()
    await freshdesk(fake).annotate("77", NOTE.model_copy(update={"group": "Nobody"}))
    assert "group_id" not in fake.changes[0]


async def test_a_remark_is_a_private_note_after_its_status() -> None:
    fake = FakeFreshdesk()
    for status in (TicketStatus.SOLVED, TicketStatus.OPEN, None):
        await freshdesk(fake).remark("77", Remark(key=f"remark-{status}", text="Ana did this.", status=status))
    assert fake.changes == [{"status": 4}, {"status": 2}]
    assert [note["private"] for note in fake.said] == [True, True, True]
    assert await freshdesk(fake).happened("77", "remark-solved")


async def test_a_write_is_found_again_and_its_quotation_is_not() -> None:
    fake = FakeFreshdesk()
    fake.said = [{"body": f"<p>{n}</p>", "incoming": True} for n in range(150)]
    desk = freshdesk(fake)
    assert not await desk.happened("77", REPLY.key)
    await desk.reply("77", REPLY)
    assert await desk.happened("77", REPLY.key)
    assert not await desk.happened("77", NOTE.key)
    fake.said[-1]["incoming"] = True  # only the customer's mail, which quotes ours, is left
    assert not await desk.happened("77", REPLY.key)


async def test_complete_asks_who_the_requester_is() -> None:
    fake = FakeFreshdesk(requester={"id": 5, "name": "Ines", "email": "i@c.example"})
    ticket = Ticket(source="freshdesk", id="77", created_at=NOW)
    assert (await freshdesk(fake).complete(ticket)).customer == Customer(id="5", name="Ines", email="i@c.example")
    assert await freshdesk(FakeFreshdesk()).complete(ticket) == ticket
    assert await freshdesk(lambda _: httpx.Response(404)).complete(ticket) == ticket


async def test_failures_have_their_one_meaning() -> None:
    ticket_id = "77"
    with pytest.raises(Unknown):
        await freshdesk(lambda _: httpx.Response(502)).reply(ticket_id, REPLY)
    with pytest.raises(Unavailable):
        await freshdesk(lambda _: httpx.Response(200, json={"not": "a list"})).happened(ticket_id, "k")
    with pytest.raises(Refused):
        await freshdesk().reply("7/7", REPLY)
