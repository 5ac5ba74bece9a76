"""Zendesk's event webhooks: signed, and sent again until the bot has taken them."""

import asyncio
import base64
import hashlib
import hmac
import json
import time
from datetime import UTC, datetime
from itertools import chain, repeat
from uuid import UUID

import httpx

from bot.playground.credentials import ZENDESK_WEBHOOK_SECRET
from bot.playground.faults import FaultKind
from bot.playground.playground import Playground
from bot.playground.wire import Object
from bot.playground.zendesk.records import BOT_AGENT, Comment, Role, Ticket

PATH = "/webhooks/zendesk"
ACCOUNT = 24_601
TIMEOUT = 12.0


async def tell_created(playground: Playground, ticket: Ticket) -> None:
    await _tell(playground, ticket, "created", ticket.requester.id, {})


async def tell_comment(playground: Playground, ticket: Ticket, comment: Comment) -> None:
    author = comment.author
    event = {
        "comment": {
            "id": str(comment.id),
            "body": comment.body,
            "is_public": comment.public,
            "author": {
                "id": str(author.id),
                "is_staff": author.role is not Role.CUSTOMER,
                "name": author.name,
            },
        }
    }
    await _tell(playground, ticket, "comment_added", author.id, event)


async def tell_status(playground: Playground, ticket: Ticket, previous: str) -> None:
    """An agent, or the bot, set another status."""
    event = {"current": ticket.status.upper(), "previous": previous.upper()}
    await _tell(playground, ticket, "status_changed", BOT_AGENT.id, event)


async def tell_assigned(playground: Playground, ticket: Ticket, previous: int | None) -> None:
    """An agent, or the bot, put somebody else on it."""
    event = {"current": _text(ticket.assignee_id), "previous": _text(previous)}
    await _tell(playground, ticket, "agent_assignment_changed", BOT_AGENT.id, event)


def _text(user_id: int | None) -> str | None:
    return None if user_id is None else str(user_id)


async def tell_deleted(playground: Playground, ticket: Ticket) -> None:
    await _tell(playground, ticket, "soft_deleted", BOT_AGENT.id, {})


async def _tell(playground: Playground, ticket: Ticket, happened: str, actor: int, event: Object) -> None:
    """Until a 2xx comes back: one invocation id, a fresh signature for each attempt."""
    body = json.dumps(_envelope(playground, ticket, happened, actor, event)).encode()
    invocation = playground.identifiers.make("01", 24)
    what = f"webhook ticket.{happened} {ticket.id}"
    for pause in chain(playground.webhook_pauses, repeat(playground.webhook_pauses[-1])):
        if await _deliver(playground, what, body, invocation):
            return
        await asyncio.sleep(pause)


async def _deliver(playground: Playground, what: str, body: bytes, invocation: str) -> bool:
    """Once, or as the fault plan says; whether the bot is known to have taken it."""
    fault = playground.faults.draw(what)
    if fault and fault.kind in {FaultKind.DROP, FaultKind.RESET}:
        playground.log.record("to_bot", what, json.loads(body), {"fault": fault.kind}, 0, time.perf_counter())
        return False
    if fault and fault.kind is FaultKind.SLOW:
        await asyncio.sleep(fault.seconds)
    if fault and fault.kind is FaultKind.REDELIVERY:
        await _post(playground, what, body, invocation)
    taken = await _post(playground, what, body, invocation)
    return taken and not (fault and fault.kind is FaultKind.EXECUTE_THEN_TIMEOUT)


async def _post(playground: Playground, what: str, body: bytes, invocation: str) -> bool:
    started = time.perf_counter()
    timestamp = _moment(playground.clock.now())
    headers = {
        "Content-Type": "application/json; charset=utf-8",
        "User-Agent": "Zendesk Webhook",
        "X-Zendesk-Account-Id": str(ACCOUNT),
        "X-Zendesk-Webhook-Id": "01PLAYGROUND",
        "X-Zendesk-Webhook-Invocation-Id": invocation,
        "X-Zendesk-Webhook-Signature-Timestamp": timestamp,
        "X-Zendesk-Webhook-Signature": sign(timestamp, body),
    }
    url = playground.bot_url.rstrip("/") + PATH
    try:
        async with playground.line.slots:
            answer = await playground.line.client.post(url, content=body, headers=headers, timeout=TIMEOUT)
    except httpx.HTTPError as error:
        playground.log.record("to_bot", what, json.loads(body), type(error).__name__, 0, started)
        return False
    playground.log.record("to_bot", what, json.loads(body), answer.text[:2_000], answer.status_code, started)
    return answer.is_success


def sign(timestamp: str, body: bytes) -> str:
    digest = hmac.new(ZENDESK_WEBHOOK_SECRET.encode(), timestamp.encode() + body, hashlib.sha256)
    return base64.b64encode(digest.digest()).decode()


def _envelope(playground: Playground, ticket: Ticket, happened: str, actor: int, event: Object) -> Object:
    noise = hashlib.sha256(playground.identifiers.make("").encode()).hexdigest()[:32]
    return {
        "account_id": ACCOUNT,
        "detail": _detail(ticket, actor),
        "event": event,
        "id": str(UUID(noise)),
        "subject": f"zen:ticket:{ticket.id}",
        "time": _moment(playground.clock.now()),
        "type": f"zen:event-type:ticket.{happened}",
        "zendesk_event_version": "2022-11-06",
    }


def _detail(ticket: Ticket, actor: int) -> Object:
    """Enums in upper case and ids as text: the event's way, not the API's."""
    return {
        "actor_id": str(actor),
        "assignee_id": str(ticket.assignee_id) if ticket.assignee_id else None,
        "brand_id": "700",
        "created_at": ticket.created_at,
        "custom_status": "800",
        "description": ticket.comments[0].body,
        "external_id": ticket.external_id,
        "form_id": "900",
        "group_id": str(ticket.group.id) if ticket.group else None,
        "id": str(ticket.id),
        "is_public": True,
        "organization_id": None,
        "priority": ticket.priority.upper() if ticket.priority else None,
        "requester_id": str(ticket.requester.id),
        "status": ticket.status.upper(),
        "subject": ticket.subject,
        "submitter_id": str(ticket.requester.id),
        "tags": list(ticket.tags),
        "type": ticket.type.upper() if ticket.type else None,
        "updated_at": ticket.updated_at,
        "via": {"channel": ticket.channel},
    }


def _moment(at: float) -> str:
    return datetime.fromtimestamp(at, UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")
