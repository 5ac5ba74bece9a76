"""The pretend Zendesk: tickets, comments, audits, conflicts, refusals, and webhooks until they are taken."""

import base64
import hashlib
import hmac
import json
from typing import Any

import httpx
import pytest
from starlette.responses import Response

from bot.playground import credentials
from bot.playground.server import Playground
from tests.playground.running import Bot, Ticking
from tests.shared import shared

LETTER = {
    "name": "Maria Jensen",
    "email": "maria@example.com",
    "tier": "business",
    "subject": "Charged twice",
    "text": "Please refund one of them.",
    "channel": "form",
}


@pytest.fixture
async def ticket(page: httpx.AsyncClient, playground: Playground) -> int:
    answer = await page.post("/playground/tickets", json=LETTER)
    assert answer.status_code == 201
    await playground.background.settle()
    return int(answer.json()["id"])


async def put(zendesk: httpx.AsyncClient, ticket: int, **asked: Any) -> httpx.Response:
    return await zendesk.put(f"/tickets/{ticket}.json", json={"ticket": asked})


async def test_a_new_ticket_is_told_by_a_signed_webhook(bot: Bot, ticket: int) -> None:
    told = bot.received[0]
    sample = json.loads(shared("data/webhooks/zendesk_event_ticket_created.json").read_text())
    event = json.loads(told.body)
    assert event.keys() == sample.keys()
    assert event["detail"].keys() == sample["detail"].keys()
    assert event["type"] == "zen:event-type:ticket.created"
    assert (event["detail"]["id"], event["detail"]["status"]) == (str(ticket), "NEW")
    assert event["detail"]["description"] == LETTER["text"]
    assert event["detail"]["via"] == {"channel": "web"}
    signed = told.headers["x-zendesk-webhook-signature-timestamp"].encode() + told.body
    digest = hmac.new(credentials.ZENDESK_WEBHOOK_SECRET.encode(), signed, hashlib.sha256).digest()
    assert told.headers["x-zendesk-webhook-signature"] == base64.b64encode(digest).decode()


async def test_a_webhook_is_sent_again_until_it_is_taken(
    page: httpx.AsyncClient, bot: Bot, playground: Playground
) -> None:
    bot.replies = [Response(status_code=503), Response(status_code=429), Response(status_code=202)]
    await page.post("/playground/tickets", json=LETTER)
    await playground.background.settle()
    assert len(bot.received) == 3
    assert len({got.headers["x-zendesk-webhook-invocation-id"] for got in bot.received}) == 1


async def test_the_customer_is_found_by_id(zendesk: httpx.AsyncClient, ticket: int) -> None:
    shown = (await zendesk.get(f"/tickets/{ticket}.json")).json()["ticket"]
    user = (await zendesk.get(f"/users/{shown['requester_id']}.json")).json()["user"]
    assert (user["name"], user["email"], user["role"]) == ("Maria Jensen", "maria@example.com", "end-user")
    assert user["user_fields"] == {"tier": "business"}
    assert (await zendesk.get("/users/me.json")).json()["user"]["email"] == credentials.ZENDESK_EMAIL


async def test_an_update_changes_the_ticket_and_leaves_an_audit(
    zendesk: httpx.AsyncClient, ticket: int, bot: Bot, playground: Playground
) -> None:
    group = (await zendesk.get("/groups")).json()["groups"][0]["id"]
    note = {"body": "Analysis", "public": False}
    custom = {"triage_key": "card-7"}
    answer = await put(
        zendesk,
        ticket,
        priority="high",
        group_id=group,
        tags=["Billing", "p2"],
        comment=note,
        metadata=custom,
    )
    assert answer.status_code == 200
    shown = answer.json()["ticket"]
    assert (shown["priority"], shown["group_id"], shown["tags"]) == ("high", group, ["billing", "p2"])
    comments = (await zendesk.get(f"/tickets/{ticket}/comments.json")).json()["comments"]
    assert [(c["body"], c["public"]) for c in comments] == [(LETTER["text"], True), ("Analysis", False)]
    audits = (await zendesk.get(f"/tickets/{ticket}/audits.json")).json()["audits"]
    assert audits[-1]["metadata"]["custom"] == custom
    assert {event.get("field_name") for event in audits[-1]["events"]} == {
        "priority",
        "group_id",
        "tags",
        None,
    }


async def test_our_own_comment_comes_back_as_a_webhook_of_staff(
    zendesk: httpx.AsyncClient, ticket: int, bot: Bot, playground: Playground
) -> None:
    await put(zendesk, ticket, comment={"body": "Refunded."}, status="solved")
    await playground.background.settle()
    sample = json.loads(shared("data/webhooks/zendesk_event_ticket_comment_added.json").read_text())
    event = json.loads(bot.received[1].body)
    assert event["type"] == "zen:event-type:ticket.comment_added"
    assert event["event"]["comment"].keys() == sample["event"]["comment"].keys()
    assert event["event"]["comment"]["author"]["is_staff"]
    assert event["event"]["comment"]["is_public"]


async def test_the_customer_writes_again_and_the_ticket_opens(
    page: httpx.AsyncClient, zendesk: httpx.AsyncClient, ticket: int, bot: Bot, playground: Playground
) -> None:
    await put(zendesk, ticket, status="solved")
    answer = await page.post(f"/playground/tickets/{ticket}/comments", json={"text": "Still twice."})
    assert answer.status_code == 201
    await playground.background.settle()
    told = {event["type"].rpartition(".")[2]: event["event"] for event in (json.loads(r.body) for r in bot.received)}
    assert told["status_changed"] == {"current": "SOLVED", "previous": "NEW"}
    comment = told["comment_added"]["comment"]
    assert (comment["body"], comment["author"]["is_staff"]) == ("Still twice.", False)
    assert (await page.get(f"/playground/tickets/{ticket}")).json()["status"] == "open"


async def test_what_an_agent_makes_of_a_ticket_is_told(
    page: httpx.AsyncClient, ticket: int, bot: Bot, playground: Playground
) -> None:
    for status in ("solved", "solved", "open", "deleted"):
        answer = await page.post(f"/playground/tickets/{ticket}/status", json={"status": status})
        assert answer.json() == {"ok": True}
        await playground.background.settle()
    told = [json.loads(request.body) for request in bot.received][1:]
    assert [(event["type"].rpartition(".")[2], event["event"].get("current")) for event in told] == [
        ("status_changed", "SOLVED"),
        ("status_changed", "OPEN"),
        ("soft_deleted", None),
    ]
    assert (await page.post("/playground/tickets/99/status", json={"status": "open"})).status_code == 404


async def test_a_safe_update_with_an_old_stamp_conflicts(
    zendesk: httpx.AsyncClient, ticket: int, clock: Ticking
) -> None:
    stamp = (await zendesk.get(f"/tickets/{ticket}.json")).json()["ticket"]["updated_at"]
    clock.advance(2)
    first = await put(zendesk, ticket, priority="low", safe_update=True, updated_stamp=stamp)
    assert first.status_code == 200
    second = await put(zendesk, ticket, priority="high", safe_update=True, updated_stamp=stamp)
    assert (second.status_code, second.json()["error"]) == (409, "UpdateConflict")
    assert (await zendesk.get(f"/tickets/{ticket}.json")).json()["ticket"]["priority"] == "low"


@pytest.mark.parametrize(
    ("asked", "field"),
    [
        ({"priority": "P1"}, "priority"),
        ({"status": "done"}, "status"),
        ({"type": "wish"}, "type"),
        ({"group_id": 1}, "group_id"),
        ({"tags": "one two"}, "tags"),
        ({"comment": {"body": "  "}}, "comment"),
        ({"comment": {"body": "x", "internal": True}}, "comment"),
        ({"metadata": {"k": "x" * 1100}}, "metadata"),
        ({"metadata": "k"}, "metadata"),
        ({"safe_update": True, "priority": "low"}, "safe_update"),
        ({"additional_tags": ["x"]}, "additional_tags"),
    ],
)
async def test_an_invalid_update_changes_nothing(
    zendesk: httpx.AsyncClient, ticket: int, asked: dict[str, Any], field: str
) -> None:
    answer = await put(zendesk, ticket, **asked)
    assert (answer.status_code, answer.json()["error"]) == (422, "RecordInvalid")
    assert answer.json()["details"].keys() == {field}
    assert len((await zendesk.get(f"/tickets/{ticket}/audits")).json()["audits"]) == 1


async def test_a_closed_ticket_takes_nothing(zendesk: httpx.AsyncClient, ticket: int) -> None:
    await put(zendesk, ticket, status="closed")
    assert (await put(zendesk, ticket, priority="low")).status_code == 422


async def test_strangers_and_missing_records_are_refused(zendesk: httpx.AsyncClient, page: httpx.AsyncClient) -> None:
    assert (await page.get("/api/v2/groups.json")).status_code == 401
    assert (await page.get("/api/v2/groups", auth=("bot@playground.example", "wrong"))).status_code == 401
    for path in ("/tickets/99.json", "/tickets/x.json", "/tickets/99/comments", "/users/99.json"):
        assert (await zendesk.get(path)).status_code == 404, path
    assert (await page.get("/playground/tickets/99")).status_code == 404


async def test_unreadable_bodies_are_refused(zendesk: httpx.AsyncClient, ticket: int) -> None:
    headers = {"Content-Type": "application/json"}
    answer = await zendesk.put(f"/tickets/{ticket}", content=b"{", headers=headers)
    assert answer.status_code == 422
    assert (await zendesk.put(f"/tickets/{ticket}", json={"priority": "low"})).status_code == 400


async def test_audits_come_in_pages(zendesk: httpx.AsyncClient, ticket: int) -> None:
    for priority in ("low", "high", "urgent"):
        await put(zendesk, ticket, priority=priority)
    first = (await zendesk.get(f"/tickets/{ticket}/audits", params={"per_page": 3})).json()
    assert (len(first["audits"]), first["count"]) == (3, 4)
    assert first["next_page"]
    last = (await zendesk.get(f"/tickets/{ticket}/audits", params={"per_page": 3, "page": 2})).json()
    assert (len(last["audits"]), last["next_page"]) == (1, None)
    by_cursor = (await zendesk.get(f"/tickets/{ticket}/audits", params={"page[size]": 2})).json()
    assert by_cursor["meta"]["has_more"]


async def test_too_many_requests_wait(zendesk: httpx.AsyncClient, playground: Playground) -> None:
    playground.faults.follow([{"method": "zendesk PUT tickets", "kind": "ratelimited", "seconds": 4}])
    answer = await zendesk.put("/tickets/1.json", json={"ticket": {}})
    assert (answer.status_code, answer.headers["Retry-After"]) == (429, "4")


async def test_an_agent_gets_a_ticket_there_and_the_bot_hears_of_it(
    page: httpx.AsyncClient, zendesk: httpx.AsyncClient, ticket: int, bot: Bot, playground: Playground
) -> None:
    for asked in ({"assignee_id": 9001}, {"assignee_email": "ben@playground.example"}, {"assignee_id": None}):
        assert (await put(zendesk, ticket, **asked)).status_code == 200
        await playground.background.settle()
    given = await page.post(f"/playground/tickets/{ticket}/assignee", json={"email": "ana@playground.example"})
    assert given.json() == {"ok": True}
    assert (await page.get(f"/playground/tickets/{ticket}")).json()["assignee"] == "Ana Ribeiro"
    await playground.background.settle()
    told = [json.loads(got.body) for got in bot.received]
    moved = [each["event"] for each in told if each["type"] == "zen:event-type:ticket.agent_assignment_changed"]
    assert [(each["previous"], each["current"]) for each in moved] == [
        (None, "9001"),
        ("9001", "9002"),
        ("9002", None),
        (None, "9001"),
    ]


async def test_only_agents_get_tickets_and_words_are_whose_they_are(
    page: httpx.AsyncClient, zendesk: httpx.AsyncClient, ticket: int
) -> None:
    customer = (await zendesk.get(f"/tickets/{ticket}.json")).json()["ticket"]["requester_id"]
    for asked in (
        {"assignee_id": customer},
        {"assignee_id": 1},
        {"assignee_email": "maria@example.com"},
        {"comment": {"body": "Hello", "author_id": 1}},
    ):
        assert (await put(zendesk, ticket, **asked)).status_code == 422
    assert (await page.post(f"/playground/tickets/{ticket}/assignee", json={"email": "x@y.z"})).status_code == 404
    await put(zendesk, ticket, comment={"body": "Hello", "author_id": 9001})
    assert (await page.get(f"/playground/tickets/{ticket}")).json()["comments"][-1]["author"] == "Ana Ribeiro"
    found = (await zendesk.get("/users/search.json", params={"query": 'email:"ana@playground.example"'})).json()
    assert [(user["id"], user["role"]) for user in found["users"]] == [(9001, "agent")]
