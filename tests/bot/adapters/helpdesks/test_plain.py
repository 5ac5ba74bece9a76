"""The plain webhook: strict about what it takes, and a call-back signed in the same way."""

import json
from datetime import UTC, datetime, timedelta

import httpx
import pytest

from bot.adapters.helpdesks.plain import Plain
from pipeline.classify import Urgency
from pipeline.errors import BadPayload, Refused
from pipeline.ports import Note, Reply
from pipeline.ticket import Arrival, Author, Channel, Customer
from tests.bot.adapters.helpdesks.desks import NOW, PLAIN_LINE, client, plain

NOTE = Note(key="note-1", text="Billing.", tags=("a", "b"), urgency=Urgency.P2, group="Billing")


def read(line: dict[str, object], now: datetime = NOW, **headers: str) -> Arrival:
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    arrival = plain().read(named, json.dumps(line).encode(), now)
    assert arrival is not None
    return arrival


def test_a_whole_line_is_read() -> None:
    ticket = read(PLAIN_LINE).ticket
    assert ticket.customer == Customer(id="501", name="Ines Duarte", email="ines@customer.example", tier="gold")
    assert (ticket.channel, ticket.language) == (Channel.EMAIL, "en")
    assert ticket.created_at == ticket.messages[0].at == datetime(2026, 3, 2, 9, 29, 57, tzinfo=UTC)


def test_only_the_text_is_needed() -> None:
    ticket = read({"text": "Help"}).ticket
    assert ticket.id and ticket.asked[0].text == "Help"
    assert (ticket.created_at, ticket.channel, ticket.subject) == (NOW, Channel.API, "")


def test_null_is_as_good_as_absent() -> None:
    nulls = dict.fromkeys(("id", "subject", "channel", "customer", "created_at", "language"))
    assert read({"text": "Help"} | nulls).ticket.asked[0].text == "Help"


def test_the_senders_delivery_id_is_the_delivery() -> None:
    assert read(PLAIN_LINE, x_triage_delivery="d-1").delivery == "d-1"
    one, two = (read({"text": "Help"}, x_triage_delivery=each) for each in ("d-1", "d-2"))
    assert one.ticket.id != two.ticket.id
    assert len(read(PLAIN_LINE, x_triage_delivery="é" * 4000).delivery) < 100


def test_the_same_line_is_the_same_delivery_whenever_it_comes() -> None:
    assert read(PLAIN_LINE).delivery == read(PLAIN_LINE, NOW + timedelta(days=9)).delivery
    assert read(PLAIN_LINE).delivery != read(PLAIN_LINE | {"text": "Other"}).delivery


def test_a_cry_without_an_id_is_a_repetition_today_and_a_new_ticket_another_day() -> None:
    first, again = read({"text": "Help"}), read({"text": "Help"}, NOW + timedelta(hours=3))
    later = read({"text": "Help"}, NOW + timedelta(days=30))
    assert first.delivery == again.delivery and first.ticket.id == again.ticket.id
    assert first.ticket.id != later.ticket.id


def test_another_text_under_a_known_id_is_the_customers_next_message() -> None:
    first, next_ = read(PLAIN_LINE).ticket, read({"id": "77", "text": "Any news?"}, NOW + timedelta(1)).ticket
    joined = first.joined_by(next_)
    assert [message.text for message in joined.asked] == [PLAIN_LINE["text"], "Any news?"]
    assert joined.joined_by(read({"id": "77", "text": "Any news?"}).ticket) == joined


def test_an_automatic_answer_asks_nothing() -> None:
    ticket = read({"text": "I am away.", "subject": "Automatic reply: Re: invoice"}).ticket
    assert ticket.messages[0].author is Author.SYSTEM


@pytest.mark.parametrize(
    ("line", "named"),
    [
        ({"text": "x", "colour": "red"}, "colour"),
        ({"text": "x", "customer": {"nmae": "Ines"}}, "customer.nmae"),
        ({"text": "x", "category": "billing"}, "category"),
        ({"subject": "x"}, "text"),
        ({"text": " \n"}, "text"),
        ({"text": 7}, "text"),
        ({"text": "x", "channel": "pigeon"}, "channel"),
        ({"text": "x", "created_at": "yesterday"}, "created_at"),
        ({"text": "x", "created_at": "9999-12-31T23:59:59Z"}, "created_at"),
        ({"text": "x", "language": "English"}, "language"),
        ({"text": "x", "id": "a\nb"}, "id"),
        ({"text": "x", "id": True}, "id"),
        ({"text": "x" * 100_001}, "text"),
        ({"text": "x", "subject": "x" * 1001}, "subject"),
        ({"text": "x", "customer": "Ines"}, "customer"),
    ],
)
def test_what_is_wrong_is_named_with_what_would_be_right(line: dict[str, object], named: str) -> None:
    with pytest.raises(BadPayload, match=f"'{named}'") as refused:
        read(line)
    assert refused.value.status == 422 and "A ticket has text" in str(refused.value)


def test_a_refusal_never_repeats_the_customers_words() -> None:
    with pytest.raises(BadPayload) as refused:
        read({"text": "my password is hunter2", "subject": ["hunter2"], "customer": {"email": 12345}})
    assert "hunter2" not in str(refused.value) and "12345" not in str(refused.value)


async def test_without_a_url_nothing_is_sent() -> None:
    desk = plain()
    await desk.annotate("77", NOTE)
    await desk.reply("77", Reply(key="r", text="Done"))
    assert await desk.happened("77", "r") is False
    ticket = read(PLAIN_LINE).ticket
    assert await desk.complete(ticket) is ticket


async def test_the_call_back_is_signed_so_that_we_would_accept_it_ourselves() -> None:
    sent: list[httpx.Request] = []

    def receive(request: httpx.Request) -> httpx.Response:
        sent.append(request)
        return httpx.Response(200)

    desk = plain(receive, callback_url="https://shop.example/triage")
    await desk.annotate("77", NOTE)
    await desk.reply("77", Reply(key="reply-1", text="Done €"))
    noted, replied = sent
    for request in sent:
        plain().verify(dict(request.headers), request.content, datetime.now(UTC))
    assert str(replied.url) == "https://shop.example/triage"
    assert replied.headers["x-triage-delivery"] == "reply-1"
    assert json.loads(replied.content) == {
        "event": "ticket.replied",
        "ticket": "77",
        "key": "reply-1",
        "text": "Done €",
        "answers": True,
    }
    assert json.loads(noted.content)["tags"] == ["a", "b"]
    assert (json.loads(noted.content)["urgency"], json.loads(noted.content)["group"]) == ("P2", "Billing")


async def test_a_call_back_is_never_sent_unsigned() -> None:
    desk = Plain(client(), secret=" ", callback_url="https://shop.example/triage")
    with pytest.raises(Refused, match="TRIAGE_WEBHOOK_SECRET"):
        await desk.reply("77", Reply(key="r", text="Done"))
