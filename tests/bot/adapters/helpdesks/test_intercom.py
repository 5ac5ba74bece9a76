"""Intercom: two generations of notifications, conversations and tickets, written in an admin's name."""

import copy
import json
from typing import Any

import httpx
import pytest

from pipeline.classify import Urgency
from pipeline.errors import BadPayload, Refused, Unknown
from pipeline.ports import Note, Remark, Reply
from pipeline.ticket import Author, Channel, Customer, Ticket, TicketStatus
from tests.bot.adapters.helpdesks.desks import INTERCOM_CREATED, NOW, intercom
from tests.bot.adapters.helpdesks.fake_intercom import FakeIntercom

NOTE = Note(key="note-1", text="Billing <P2>", tags=("triage", "vip"), urgency=Urgency.P2, group="billing")
REPLY = Reply(key="reply-1", text="Refunded.")


def notification(topic: str, *parts: tuple[str, str, str], **item: object) -> dict[str, Any]:
    told: dict[str, Any] = copy.deepcopy(INTERCOM_CREATED)
    told["topic"] = topic
    told["data"]["item"] |= item
    told["data"]["item"]["conversation_parts"]["conversation_parts"] = [
        {
            "id": str(number),
            "part_type": kind,
            "body": body,
            "created_at": 1772443800 + number,
            "author": {"type": writer},
        }
        for number, (kind, writer, body) in enumerate(parts, start=10)
    ]
    return told


def read(told: dict[str, Any]) -> Ticket | None:
    arrival = intercom().read({}, json.dumps(told).encode(), NOW)
    return arrival.ticket if arrival else None


def test_a_conversation_is_html_of_the_customer() -> None:
    arrival = intercom().read({}, json.dumps(INTERCOM_CREATED).encode(), NOW)
    assert arrival is not None and arrival.delivery == "notif_1"
    ticket = arrival.ticket
    assert ticket.messages[0].html and ticket.messages[0].id == "1"
    assert (ticket.channel, ticket.customer) == (Channel.EMAIL, Customer(id="501"))
    assert ticket.url == "https://app.intercom.com/a/inbox/abc/inbox/conversation/77"


def test_a_reply_brings_the_customers_first_words_along() -> None:
    ticket = read(notification("conversation.user.replied", ("comment", "user", "<p>Any news?</p>")))
    assert ticket is not None and [message.id for message in ticket.asked] == ["1", "10"]


def test_admins_and_bots_are_not_the_customer() -> None:
    ticket = read(
        notification(
            "conversation.user.replied",
            ("comment", "admin", "<p>Hello</p>"),
            ("note", "admin", "<p>Between us</p>"),
            ("comment", "bot", "<p>Fin here</p>"),
            ("assignment", "admin", None),  # type: ignore[arg-type]
            ("comment", "lead", "<p>Any news?</p>"),
        )
    )
    assert ticket is not None
    assert [(m.id, m.author, m.public) for m in ticket.messages[1:]] == [
        ("10", Author.AGENT, True),
        ("11", Author.AGENT, False),
        ("12", Author.SYSTEM, True),
        ("14", Author.CUSTOMER, True),
    ]


@pytest.mark.parametrize(
    ("topic", "kind"), [("conversation.admin.replied", "comment"), ("conversation.admin.noted", "note")]
)
def test_our_own_writes_come_back_as_an_agents(topic: str, kind: str) -> None:
    ticket = read(notification(topic, (kind, "admin", "<p>Refunded.</p>")))
    assert ticket is not None and [message.author for message in ticket.messages] == [Author.AGENT]


@pytest.mark.parametrize("topic", ["ping", "conversation.priority.updated", "user.created"])
def test_other_topics_are_nothing_for_us(topic: str) -> None:
    assert read({"topic": topic, "data": None}) is None


@pytest.mark.parametrize(
    ("topic", "status"),
    [
        ("conversation.admin.closed", TicketStatus.SOLVED),
        ("conversation.admin.opened", TicketStatus.OPEN),
        ("conversation.user.replied", None),
    ],
)
def test_closing_and_opening_there_is_told(topic: str, status: TicketStatus | None) -> None:
    arrival = intercom().read({}, json.dumps(notification(topic, ("comment", "user", "<p>Hi</p>"))).encode(), NOW)
    assert arrival is not None
    assert (arrival.status, bool(arrival.ticket.messages)) == (status, status is None)


def test_a_ticket_among_colleagues_is_nothing_for_us() -> None:
    for kind in ({"is_internal": True}, {"category": "Back-office"}, {"category": "Tracker"}):
        told = notification("ticket.created", type="ticket", source=None, ticket_type=kind)
        told["data"]["item"]["ticket_attributes"] = {"_default_title_": "A", "_default_description_": "B"}
        assert read(told) is None


def test_a_customers_ticket_is_its_description() -> None:
    told = notification("ticket.created", type="ticket", source=None, ticket_type={"category": "Customer"})
    told["data"]["item"]["ticket_attributes"] = {"_default_title_": "A", "_default_description_": "B"}
    ticket = read(told)
    assert ticket is not None and (ticket.subject, ticket.asked[0].text) == ("A", "B")


def test_a_broken_notification_is_refused() -> None:
    for told in (
        notification("conversation.user.created", id="../7"),
        {"topic": "ticket.created"},
        {"topic": 7},
    ):
        with pytest.raises(BadPayload):
            read(told)


async def test_annotate_tags_assigns_and_notes_in_the_admins_name() -> None:
    fake = FakeIntercom()
    await intercom(fake).annotate("77", NOTE)
    tag, tagged, assigned, noted = fake.wrote
    assert tag == ("POST", "/tags", {"name": "triage"})  # the other one is there, in capitals
    assert tagged == ("POST", "/conversations/77/tags", {"id": "tag-triage", "admin_id": "42"})
    assert assigned[1] == "/conversations/77/parts" and assigned[2]["assignee_id"] == "9"
    assert noted[2]["message_type"] == "note" and noted[2]["body"].startswith("<p>Billing &lt;P2&gt;</p>")
    assert fake.requests[0].headers["intercom-version"] == "2.14"
    assert fake.requests[0].headers["authorization"] == "Bearer t"


@pytest.mark.parametrize(
    ("kind", "status", "change"),
    [
        ("conversations", TicketStatus.SOLVED, {"message_type": "close", "type": "admin", "admin_id": "42"}),
        ("conversations", TicketStatus.OPEN, None),  # as it is already
        ("conversations", None, None),
        ("tickets", TicketStatus.SOLVED, {"open": False}),
    ],
)
async def test_a_remark_closes_what_is_open_and_is_noted(
    kind: str, status: TicketStatus | None, change: dict[str, Any] | None
) -> None:
    fake = FakeIntercom(kind=kind)
    await intercom(fake).remark("77", Remark(key="remark-1", text="Ana did this.", status=status))
    *changes, noted = fake.wrote
    assert [said for _, _, said in changes] == ([change] if change else [])
    assert (noted[1], noted[2]["message_type"]) == (f"/{kind}/77/reply", "note")


async def test_what_is_closed_is_opened_again() -> None:
    fake = FakeIntercom(opened=False)
    await intercom(fake).remark("77", Remark(key="remark-1", text="Ana did this.", status=TicketStatus.OPEN))
    assert fake.wrote[0] == ("POST", "/conversations/77/parts", {"message_type": "open", "admin_id": "42"})


async def test_a_ticket_is_written_to_as_a_ticket() -> None:
    fake = FakeIntercom(kind="tickets")
    await intercom(fake).annotate("77", NOTE)
    await intercom(fake).reply("77", REPLY)
    assert [(method, path) for method, path, _ in fake.wrote[1:]] == [
        ("POST", "/tickets/77/tags"),
        ("PUT", "/tickets/77"),
        ("POST", "/tickets/77/reply"),
        ("POST", "/tickets/77/reply"),
    ]


async def test_an_unknown_team_is_left_alone() -> None:
    fake = FakeIntercom()
    await intercom(fake).annotate("77", NOTE.model_copy(update={"group": "Nobody"}))
    assert not any(path.endswith("/parts") for _, path, _ in fake.wrote)


@pytest.mark.parametrize("kind", ["conversations", "tickets"])
async def test_a_write_is_found_again_and_its_quotation_is_not(kind: str) -> None:
    fake = FakeIntercom(kind=kind)
    desk = intercom(fake)
    assert not await desk.happened("77", REPLY.key)
    await desk.reply("77", REPLY)
    assert await desk.happened("77", REPLY.key)
    assert not await desk.happened("77", NOTE.key)
    fake.parts[-1]["author"]["type"] = "user"
    assert not await desk.happened("77", REPLY.key)


async def test_complete_asks_who_the_contact_is() -> None:
    contact = {
        "id": "c1",
        "name": "Ines",
        "email": "i@c.example",
        "custom_attributes": {"plan": "gold", "x": 1},
    }
    ticket = Ticket(source="intercom", id="77", created_at=NOW, customer=Customer(id="c1"))
    done = await intercom(FakeIntercom(contact=contact)).complete(ticket)
    assert done.customer == Customer(id="c1", name="Ines", email="i@c.example", tier="gold")
    assert await intercom(FakeIntercom()).complete(ticket) == ticket
    stranger = ticket.model_copy(update={"customer": Customer(id="../1")})
    assert await intercom().complete(stranger) == stranger


async def test_failures_have_their_one_meaning() -> None:
    fake = FakeIntercom()

    def fail_writes(request: httpx.Request) -> httpx.Response:
        return fake(request) if request.method == "GET" else httpx.Response(500)

    with pytest.raises(Unknown):
        await intercom(fail_writes).reply("77", REPLY)
    with pytest.raises(Refused) as unauthorised:
        await intercom(lambda _: httpx.Response(401)).reply("77", REPLY)
    assert unauthorised.value.code == "401"
    with pytest.raises(Refused):
        await intercom().reply("../me", REPLY)
