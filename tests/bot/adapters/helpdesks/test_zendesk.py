"""Zendesk: its events and triggers, and writing back without losing anybody's change."""

import json
from datetime import UTC, datetime

import httpx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.classify import Urgency
from pipeline.errors import BadPayload, BadSignature, Refused, Unavailable, Unknown
from pipeline.ports import Note, Remark, Reply
from pipeline.ticket import Author, Channel, Customer, Ticket, TicketStatus
from tests.bot.adapters.helpdesks.desks import NEW, NOW, ZENDESK_CREATED, sign_zendesk, zendesk
from tests.bot.adapters.helpdesks.fake_zendesk import FakeZendesk

NOTE = Note(key="note-1", text="Billing, P2.", tags=("triage", "vip"), urgency=Urgency.P2, group="billing")
REPLY = Reply(key="reply-1", text="We have refunded the second charge.")


def commented(
    text: str = "Any news?", *, staff: bool | None = False, writer: str = "501", public: bool = True
) -> bytes:
    comment = {"id": "900", "body": text, "is_public": public, "author": {"id": writer, "is_staff": staff}}
    return json.dumps(
        ZENDESK_CREATED
        | {
            "type": "zen:event-type:ticket.comment_added",
            "time": "2026-03-02T10:00:00Z",
            "event": {"comment": comment},
        }
    ).encode()


def read(body: bytes | dict[str, object], **headers: str) -> Ticket:
    raw = body if isinstance(body, bytes) else json.dumps(body).encode()
    arrival = zendesk().read(headers, raw, NOW)
    assert arrival is not None
    return arrival.ticket


@pytest.mark.parametrize("timestamp", ["2026-03-02T09:30:00Z", "2026-03-02T09:30:00.123456789Z", "2026-03-02T09:30:00"])
def test_the_timestamp_may_have_a_fraction_and_a_zone(timestamp: str) -> None:
    class Stamp(datetime):
        def isoformat(self, *_: object) -> str:
            return timestamp

    zendesk().verify(sign_zendesk(NEW, b"{}", Stamp.now(UTC)), b"{}", NOW)


def test_a_signed_time_that_is_no_time_is_a_bad_signature() -> None:
    class Stamp(datetime):
        def isoformat(self, *_: object) -> str:
            return "9999-12-31T23:59:59-23:59"

    with pytest.raises(BadSignature):
        zendesk().verify(sign_zendesk(NEW, b"{}", Stamp.now(UTC)), b"{}", NOW)


def test_a_created_event_brings_the_ticket() -> None:
    ticket = read(json.dumps(ZENDESK_CREATED).encode())
    assert ticket.created_at == datetime(2026, 3, 2, 9, 29, 57, tzinfo=UTC)
    assert (ticket.channel, ticket.tags, ticket.customer.id) == (Channel.EMAIL, ("vip",), "501")
    assert ticket.url == "https://acme.zendesk.com/agent/tickets/77"
    assert ticket.messages[0].id == "description"


def test_the_invocation_id_names_the_delivery() -> None:
    body = json.dumps(ZENDESK_CREATED).encode()
    named = zendesk().read({"x-zendesk-webhook-invocation-id": "01HX"}, body, NOW)
    long = zendesk().read({"x-zendesk-webhook-invocation-id": "x" * 5000}, body, NOW)
    assert named is not None and named.delivery == "01HX"
    assert long is not None and len(long.delivery) < 100


def test_a_customers_comment_brings_the_description_along() -> None:
    """The event of the creation may be late or lost; then the case opens with this one."""
    ticket = read(commented())
    assert [(m.id, m.author) for m in ticket.messages] == [
        ("description", Author.CUSTOMER),
        ("900", Author.CUSTOMER),
    ]
    assert ticket.last_asked == "900"


@pytest.mark.parametrize("public", [True, False])
def test_our_own_writes_come_back_as_an_agents(public: bool) -> None:
    ticket = read(commented("We have refunded it.", staff=True, writer="1", public=public))
    assert [(m.id, m.author, m.public) for m in ticket.messages] == [("900", Author.AGENT, public)]
    assert ticket.asked == ()


def test_where_zendesk_does_not_say_only_the_requester_is_the_customer() -> None:
    assert read(commented(staff=None)).last_asked == "900"
    assert read(commented(staff=None, writer="1")).asked == ()


def test_the_first_comment_is_the_description_again() -> None:
    ticket = read(commented("I was charged twice this month. "))
    assert [m.id for m in ticket.messages] == ["description"]


def test_an_internal_ticket_asks_nothing() -> None:
    detail = {**ZENDESK_CREATED["detail"], "is_public": False}  # type: ignore[dict-item]
    assert read(ZENDESK_CREATED | {"detail": detail}).asked == ()


@pytest.mark.parametrize(
    "text",
    ["Auto-Submitted: auto-replied\n\nI am away.", "Precedence: bulk\nOn leave.", "X-Autoreply: yes\n\nAway"],
)
def test_an_automatic_answer_asks_nothing(text: str) -> None:
    assert [m.author for m in read(commented(text)).messages] == [Author.SYSTEM]


@pytest.mark.parametrize(
    ("subject", "asks"),
    [
        ("Automatic reply: your ticket", False),
        ("Out of Office: back on Monday", False),
        ("Abwesenheitsnotiz: Urlaub", False),
        ("Undeliverable: Re: invoice", False),
        ("Out of office button does nothing", True),
        ("Automatic renewal charged twice", True),
        ("Undeliverable parcel", True),
    ],
)
def test_an_automatic_subject_is_told_from_one_about_automation(subject: str, asks: bool) -> None:
    detail = {**ZENDESK_CREATED["detail"], "subject": subject}  # type: ignore[dict-item]
    assert bool(read(ZENDESK_CREATED | {"detail": detail}).asked) is asks


@pytest.mark.parametrize("kind", ["ticket.priority_changed", "ticket.subject_changed", "user.created"])
def test_other_events_are_nothing_for_us(kind: str) -> None:
    body = json.dumps({"type": f"zen:event-type:{kind}", "detail": {"id": "77"}}).encode()
    assert zendesk().read({}, body, NOW) is None


@pytest.mark.parametrize(
    ("kind", "change", "status"),
    [
        ("status_changed", {"current": "SOLVED", "previous": "OPEN"}, TicketStatus.SOLVED),
        ("status_changed", {"current": "OPEN", "previous": "SOLVED"}, TicketStatus.OPEN),
        ("status_changed", {"current": "CLOSED", "previous": "SOLVED"}, None),
        ("status_changed", {"current": "PENDING", "previous": "OPEN"}, None),
        ("soft_deleted", {}, TicketStatus.DELETED),
        ("undeleted", {}, TicketStatus.OPEN),
    ],
)
def test_what_becomes_of_a_ticket_is_told_without_words(
    kind: str, change: dict[str, str], status: TicketStatus | None
) -> None:
    body = ZENDESK_CREATED | {"type": f"zen:event-type:ticket.{kind}", "event": change}
    arrival = zendesk().read({}, json.dumps(body).encode(), NOW)
    assert (arrival.status if arrival else None) is status
    assert arrival is None or (arrival.ticket.id, arrival.ticket.messages) == ("77", ())


def test_a_redacted_comment_is_an_edited_one() -> None:
    body = ZENDESK_CREATED | {"type": "zen:event-type:ticket.comment_redacted", "event": {"comment": {"id": "5"}}}
    [message] = read(body).messages
    assert (message.id, message.text, message.edited) == ("5", "(redacted)", True)


def test_a_broken_event_names_the_field() -> None:
    with pytest.raises(BadPayload, match=r"'detail.id'"):
        read(ZENDESK_CREATED | {"detail": {"id": "seven", "created_at": "2026-03-02T09:29:57Z"}})


async def test_annotate_merges_tags_and_sets_priority_and_group() -> None:
    fake = FakeZendesk()
    await zendesk(fake).annotate("77", NOTE)
    assert fake.changes == [
        {
            "tags": ["vip", "triage"],
            "priority": "high",
            "group_id": 3,
            "comment": {"body": "Billing, P2.", "public": False},
            "metadata": {"triage_key": "note-1"},
            "safe_update": True,
            "updated_stamp": "2026-03-02T09:01:00Z",
        }
    ]
    assert fake.requests[0].headers["authorization"].startswith("Basic ")


@pytest.mark.parametrize(
    ("urgency", "priority"),
    [(Urgency.P1, "urgent"), (Urgency.P2, "high"), (Urgency.P3, "normal"), (Urgency.P4, "low")],
)
async def test_each_urgency_has_its_priority(urgency: Urgency, priority: str) -> None:
    fake = FakeZendesk()
    await zendesk(fake).annotate("77", NOTE.model_copy(update={"urgency": urgency, "group": ""}))
    assert fake.changes[0]["priority"] == priority
    assert "group_id" not in fake.changes[0]


async def test_an_unknown_group_is_left_alone() -> None:
    fake = FakeZendesk()
    await zendesk(fake).annotate("77", NOTE.model_copy(update={"group": "Nobody"}))
    assert "group_id" not in fake.changes[0]


@pytest.mark.parametrize(
    ("who", "told"), [("814", {"assignee_id": 814}), ("ana@desk.example", {"assignee_email": "ana@desk.example"})]
)
async def test_a_ticket_that_nobody_has_goes_to_whom_the_policy_maps(who: str, told: dict[str, object]) -> None:
    fake = FakeZendesk()
    await zendesk(fake).annotate("77", NOTE.model_copy(update={"assignee": who}))
    assert told.items() <= fake.changes[0].items()
    taken = FakeZendesk(assignee=3)
    await zendesk(taken).annotate("77", NOTE.model_copy(update={"assignee": who}))
    assert not told.keys() & taken.changes[0].keys()


async def test_the_groups_are_asked_for_once_in_ten_minutes() -> None:
    fake, seconds = FakeZendesk(), [0.0]
    desk = zendesk(fake, monotonic=lambda: seconds[0])
    for moment, asked in ((0.0, 2), (599.0, 2), (601.0, 4)):  # two pages each time
        seconds[0] = moment
        await desk.annotate("77", NOTE)
        assert sum(each.url.path == "/api/v2/groups.json" for each in fake.requests) == asked


async def test_reply_is_public_and_leaves_the_ticket_pending() -> None:
    fake = FakeZendesk()
    await zendesk(fake).reply("77", REPLY)
    await zendesk(fake, reply_status="").reply("77", REPLY)
    await zendesk(fake).reply("77", REPLY.model_copy(update={"answers": False}))
    first, second, acknowledged = fake.changes
    assert acknowledged["comment"] == first["comment"] and "status" not in acknowledged
    assert first["comment"] == {"body": REPLY.text, "public": True}
    assert (first["status"], "status" in second) == ("pending", False)
    assert "tags" not in first and fake.tags == ["vip"]


@pytest.mark.parametrize("status", [TicketStatus.SOLVED, TicketStatus.OPEN, None])
async def test_a_remark_is_an_internal_note_with_its_status_in_one_change(status: TicketStatus | None) -> None:
    fake = FakeZendesk()
    await zendesk(fake).remark("77", Remark(key="remark-1", text="Ana resolved this.", status=status))
    [change] = fake.changes
    assert change["comment"] == {"body": "Ana resolved this.", "public": False}
    assert (change.get("status"), change["metadata"]) == (status, {"triage_key": "remark-1"})


async def test_a_collision_is_fetched_merged_and_tried_again() -> None:
    fake, left = FakeZendesk(), [2]

    def collide(_: httpx.Request) -> None:
        if left[0]:
            left[0] -= 1
            fake.move_on()

    fake.before_write = collide
    await zendesk(fake).annotate("77", NOTE)
    assert len(fake.changes) == 1 and len(fake.writes()) == 3
    assert fake.tags == ["vip", "change-2", "change-3", "triage"]


async def test_a_ticket_that_never_rests_is_tried_later() -> None:
    fake = FakeZendesk()

    def collide(_: httpx.Request) -> None:
        fake.move_on()

    fake.before_write = collide
    with pytest.raises(Unavailable) as later:
        await zendesk(fake).reply("77", REPLY)
    assert not isinstance(later.value, Unknown)
    assert fake.changes == [] and len(fake.writes()) == 3


async def test_a_write_is_found_again_on_whichever_page_it_is() -> None:
    fake = FakeZendesk()
    fake.audits = [{"id": 1, "metadata": None}, {"id": 2}, {"id": 3, "metadata": {"custom": None}}]
    desk = zendesk(fake)
    assert not await desk.happened("77", "note-1")
    await desk.annotate("77", NOTE)
    await desk.reply("77", REPLY)
    assert await desk.happened("77", "note-1")
    assert await desk.happened("77", "reply-1")
    assert not await desk.happened("77", "reply-2")
    assert {each.url.host for each in fake.requests} == {"acme.zendesk.com"}


async def test_a_write_whose_answer_was_lost_is_unknown_and_then_found() -> None:
    fake = FakeZendesk()

    def drop(request: httpx.Request) -> httpx.Response:
        raise httpx.ReadError("dropped", request=request)

    fake.after_write = drop
    with pytest.raises(Unknown):
        await zendesk(fake).reply("77", REPLY)
    assert await zendesk(fake).happened("77", REPLY.key)


async def test_an_id_that_is_no_number_never_reaches_a_url() -> None:
    for odd in ("../users/1", "7/7", "", "٧", "1" * 30):
        with pytest.raises(Refused):
            await zendesk().reply(odd, REPLY)
        with pytest.raises(Refused):
            await zendesk().happened(odd, "key")


def _ticket(**customer: str) -> Ticket:
    return Ticket(source="zendesk", id="77", created_at=NOW, customer=Customer(**customer))


async def test_complete_asks_who_the_requester_is() -> None:
    fake = FakeZendesk()
    fake.users[501] = {
        "name": "Ines",
        "email": "i@c.example",
        "user_fields": {"tier": "gold"},
        "role": "end-user",
    }
    done = await zendesk(fake).complete(_ticket(id="501"))
    assert done.customer == Customer(id="501", name="Ines", email="i@c.example", tier="gold")


async def test_complete_asks_nothing_that_is_known_or_cannot_be_asked() -> None:
    for known in (_ticket(id="501", name="Ines", email="i@c.example"), _ticket(), _ticket(id="../1")):
        assert await zendesk().complete(known) == known


async def test_a_deleted_requester_stays_nameless() -> None:
    assert await zendesk(FakeZendesk()).complete(_ticket(id="404")) == _ticket(id="404")


async def test_a_requester_who_cannot_be_asked_now_is_asked_later() -> None:
    with pytest.raises(Unavailable):
        await zendesk(lambda _: httpx.Response(503)).complete(_ticket(id="501"))
    with pytest.raises(Unavailable):
        await zendesk(lambda _: httpx.Response(200, json={"user": None})).complete(_ticket(id="501"))


TRIGGER = {
    "ticket_id": "7",
    "ticket_title": "Hello",
    "ticket_description": "----------\n\nPerson A, Feb 3, 2025, 19:59\n\nI need help.",
    "requester_full_name": "Person A",
    "requester_email": "a@c.example",
    "created_at": "February 3, 2025",
    "tags": "change_address help order",
}


def test_a_trigger_keeps_its_description_as_text() -> None:
    ticket = read(TRIGGER)
    assert ticket.messages[0].text == TRIGGER["ticket_description"]
    assert (ticket.id, ticket.subject, ticket.tags) == ("7", "Hello", ("change_address", "help", "order"))
    assert ticket.created_at == datetime(2025, 2, 3, tzinfo=UTC)
    assert ticket.url == "https://acme.zendesk.com/agent/tickets/7"


@pytest.mark.parametrize(
    "body",
    [
        {"ticket": {"id": 7, "subject": "S", "description": "D", "requester": {"name": "N", "email": "e@c"}}},
        {
            "ticketId": 7,
            "ticketSubject": "S",
            "ticketDescription": "D",
            "requesterName": "N",
            "requesterEmail": "e@c",
        },
        {"Ticket ID": "#7", "Subject": "S", "Body": "D", "customer_name": "N", "from_email": "e@c"},
        {"id": "7", "title": "S", "message": "D", "requester": "N", "email": "e@c"},
    ],
)
def test_a_trigger_may_name_and_nest_its_fields_as_it_likes(body: dict[str, object]) -> None:
    ticket = read(body)
    assert (ticket.id, ticket.subject, ticket.messages[0].text) == ("7", "S", "D")
    assert (ticket.customer.name, ticket.customer.email) == ("N", "e@c")


@pytest.mark.parametrize(
    ("said", "meant"),
    [
        ("2026-02-01T10:00:00+02:00", datetime(2026, 2, 1, 8, tzinfo=UTC)),
        ("Feb 3, 2025, 19:59", datetime(2025, 2, 3, 19, 59, tzinfo=UTC)),
        ("February 3, 2025 at 07:59 PM", datetime(2025, 2, 3, 19, 59, tzinfo=UTC)),
        ("3 February 2025", datetime(2025, 2, 3, tzinfo=UTC)),
        ("March 2, 2026", NOW),
        ("March 1, 2026", NOW),
        ("3 février 2025", NOW),
        ("", NOW),
        ("January 1, 0001", NOW),
    ],
)
def test_a_triggers_dates_are_read(said: str, meant: datetime) -> None:
    """A bare day near now means now: read as midnight, its clock would have started hours ago."""
    assert read(TRIGGER | {"created_at": said}).created_at == meant


@pytest.mark.parametrize(
    ("body", "advice"),
    [
        ({"title": "x"}, "ticket_id"),
        ({"ticket_id": "{{ticket.id}}", "title": "x"}, "ticket_id"),
        ({"ticket_id": "7"}, "ticket_description"),
        (TRIGGER | {"latest_comment": "And another thing"}, "comment_author_email"),
    ],
)
def test_a_trigger_that_tells_too_little_is_told_what_to_add(body: dict[str, object], advice: str) -> None:
    with pytest.raises(BadPayload, match=advice):
        read(body)


@pytest.mark.parametrize(
    ("writer", "author"),
    [
        ({"comment_author_email": "A@c.example"}, Author.CUSTOMER),
        ({"comment_author_name": "Person A"}, Author.CUSTOMER),
        ({"comment_author_email": "bot@acme.example"}, Author.AGENT),
        ({"latest_comment_author_is_staff": True}, Author.AGENT),
        ({"author_is_staff": "false"}, Author.CUSTOMER),
        ({"current_user_role": "Agent"}, Author.AGENT),
        ({"latest_comment_author_role": "end-user"}, Author.CUSTOMER),
    ],
)
def test_a_triggers_comment_is_the_writers(writer: dict[str, object], author: Author) -> None:
    ticket = read(TRIGGER | {"latest_comment": "And another thing"} | writer)
    assert ticket.messages[-1].author is author
    assert len(ticket.messages) == (2 if author is Author.CUSTOMER else 1)


def test_a_triggers_first_comment_is_the_description_again() -> None:
    ticket = read(TRIGGER | {"latest_comment": "I need help."})
    assert [message.id for message in ticket.messages] == ["description"]


@pytest.mark.parametrize("tags", [True, 7, None, {}, [[], 7, None]])
def test_a_triggers_odd_tags_are_no_tags(tags: object) -> None:
    assert read(TRIGGER | {"tags": tags}).tags == ()


leaves = st.one_of(st.none(), st.booleans(), st.integers(), st.floats(allow_nan=False), st.text(max_size=30))
trees = st.recursive(
    leaves, lambda each: st.lists(each, max_size=3) | st.dictionaries(st.text(max_size=8), each, max_size=3)
)


@settings(max_examples=500, deadline=None)
@given(st.dictionaries(st.sampled_from([*TRIGGER, "ticket", "latest_comment", "author_role", "type"]), trees))
def test_a_malformed_trigger_is_read_or_refused_and_never_anything_else(change: dict[str, object]) -> None:
    try:
        arrival = zendesk().read({}, json.dumps(TRIGGER | change).encode(), NOW)
    except BadPayload:
        return
    assert arrival is None or arrival.ticket.model_dump_json()
