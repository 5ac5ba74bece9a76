"""The four helpdesks with fixed secrets, how each one signs, and a body that each one takes."""

import base64
import hashlib
import hmac
import json
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime

import httpx

from bot.adapters.helpdesks.freshdesk import Freshdesk
from bot.adapters.helpdesks.intercom import Intercom
from bot.adapters.helpdesks.plain import Plain
from bot.adapters.helpdesks.zendesk import Zendesk
from pipeline.ports import HelpDesk

NOW = datetime(2026, 3, 2, 9, 30, tzinfo=UTC)
OLD, NEW = "the-old-secret", "the-new-secret"
BOTH = f"{NEW}, {OLD}"

Handler = Callable[[httpx.Request], httpx.Response]
Headers = dict[str, str]


def refuse_everything(request: httpx.Request) -> httpx.Response:
    """A helpdesk that nobody is expected to call."""
    raise AssertionError(f"{request.method} {request.url} was not expected")


def client(handler: Handler = refuse_everything) -> httpx.AsyncClient:
    return httpx.AsyncClient(transport=httpx.MockTransport(handler))


def zendesk(
    handler: Handler = refuse_everything,
    secret: str = BOTH,
    reply_status: str = "pending",
    monotonic: Callable[[], float] = time.monotonic,
) -> Zendesk:
    return Zendesk(
        client(handler),
        base_url="https://acme.zendesk.com/",
        email="bot@acme.example",
        api_token="token",
        secret=secret,
        reply_status=reply_status,
        monotonic=monotonic,
    )


def freshdesk(handler: Handler = refuse_everything, secret: str = BOTH) -> Freshdesk:
    return Freshdesk(client(handler), base_url="https://acme.freshdesk.com", api_key="key", secret=secret)


def intercom(handler: Handler = refuse_everything, secret: str = BOTH) -> Intercom:
    return Intercom(client(handler), base_url="https://api.intercom.io", token="t", client_secret=secret, admin_id="42")


def plain(handler: Handler = refuse_everything, secret: str = BOTH, callback_url: str | None = None) -> Plain:
    return Plain(client(handler), secret=secret, callback_url=callback_url)


def sign_zendesk(secret: str, body: bytes, at: datetime) -> Headers:
    timestamp = at.isoformat().replace("+00:00", "Z")
    signature = base64.b64encode(hmac.new(secret.encode(), timestamp.encode() + body, hashlib.sha256).digest())
    return {
        "x-zendesk-webhook-signature": signature.decode(),
        "x-zendesk-webhook-signature-timestamp": timestamp,
    }


def sign_plain(secret: str, body: bytes, at: datetime) -> Headers:
    timestamp = str(int(at.timestamp()))
    signature = hmac.new(secret.encode(), f"{timestamp}.".encode() + body, hashlib.sha256).hexdigest()
    return {"x-triage-timestamp": timestamp, "x-triage-signature": f"v1={signature}"}


def sign_freshdesk(secret: str, body: bytes, at: datetime) -> Headers:
    return {"x-triage-secret": secret}


def sign_intercom(secret: str, body: bytes, at: datetime) -> Headers:
    return {"x-hub-signature": f"sha1={hmac.new(secret.encode(), body, hashlib.sha1).hexdigest()}"}


ZENDESK_CREATED = {
    "type": "zen:event-type:ticket.created",
    "time": "2026-03-02T09:29:58.123456789Z",
    "detail": {
        "id": "77",
        "created_at": "2026-03-02T09:29:57Z",
        "subject": "Charged twice",
        "description": "I was charged twice this month.",
        "is_public": True,
        "requester_id": "501",
        "tags": ["vip"],
        "priority": "HIGH",
        "via": {"channel": "email"},
    },
    "event": {},
}
FRESHDESK_CREATED = {
    "freshdesk_webhook": {
        "ticket_id": "77",
        "triggered_event": "{ticket_action:created}",
        "ticket_subject": "Charged twice",
        "ticket_description": "<div>I was charged twice this month.</div>",
        "requester_name": "Ines Duarte",
        "requester_email": "ines@customer.example",
    }
}
INTERCOM_CREATED = {
    "type": "notification_event",
    "topic": "conversation.user.created",
    "id": "notif_1",
    "app_id": "abc",
    "data": {
        "item": {
            "type": "conversation",
            "id": "77",
            "created_at": 1772443797,
            "source": {
                "id": "1",
                "type": "email",
                "subject": "Charged twice",
                "body": "<p>I was charged twice this month.</p>",
                "author": {"type": "user", "id": "501"},
            },
            "contacts": {"contacts": [{"id": "501"}]},
            "conversation_parts": {"conversation_parts": []},
        }
    },
}
PLAIN_LINE = {
    "id": "77",
    "subject": "Charged twice",
    "text": "I was charged twice this month.",
    "channel": "email",
    "customer": {"id": "501", "name": "Ines Duarte", "email": "ines@customer.example", "tier": "gold"},
    "created_at": "2026-03-02T09:29:57Z",
    "language": "en",
}


@dataclass(frozen=True)
class Desk:
    """One adapter for the contract test."""

    name: str
    make: Callable[..., HelpDesk]
    sign: Callable[[str, bytes, datetime], Headers]
    created: dict[str, object]
    signs_time: bool

    @property
    def body(self) -> bytes:
        return json.dumps(self.created).encode()


DESKS = [
    Desk("zendesk", zendesk, sign_zendesk, ZENDESK_CREATED, signs_time=True),
    Desk("plain", plain, sign_plain, PLAIN_LINE, signs_time=True),
    Desk("freshdesk", freshdesk, sign_freshdesk, FRESHDESK_CREATED, signs_time=False),
    Desk("intercom", intercom, sign_intercom, INTERCOM_CREATED, signs_time=False),
]
