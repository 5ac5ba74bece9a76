"""Plain: the signed webhook for every system without an adapter of its own, and its signed call-back."""

import re
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Annotated, Literal

import httpx
from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field

from bot.adapters.helpdesks.agentless import Agentless
from bot.adapters.helpdesks.automatic import read_author
from bot.adapters.helpdesks.payloads import (
    LONGEST_LINE,
    LONGEST_TEXT,
    Moment,
    clean,
    digest,
    name_delivery,
    parse_object,
    read_as,
)
from bot.adapters.helpdesks.signatures import check, check_unix_time, read_header, sign_plain, split_secrets
from bot.adapters.helpdesks.wire import Wire, pack
from pipeline.errors import Refused
from pipeline.ports import Note, Remark, Reply
from pipeline.ticket import Arrival, Author, Channel, Customer, Message, Ticket

_ADVICE = (
    "A ticket has text, and may have id, subject, channel (email, chat, form, api, social or in_app), "
    "customer (id, name, email, tier), created_at and language."
)


def _strict_text(value: object) -> object:
    return clean(value) if isinstance(value, str) else value


def _strict_id(value: object) -> object:
    return str(value) if isinstance(value, int) and not isinstance(value, bool) else _strict_text(value)


def _not_blank(value: str) -> str:
    if not value.strip():
        raise ValueError("must not be empty")
    return value


def _printable(value: str) -> str:
    if not value.isprintable():
        raise ValueError("must be printable")
    return value.strip()


_Text = Annotated[str, BeforeValidator(_strict_text), Field(max_length=LONGEST_TEXT)]
_Line = Annotated[str, BeforeValidator(_strict_text), Field(max_length=LONGEST_LINE)]
_Id = Annotated[str, BeforeValidator(_strict_id), AfterValidator(_printable), Field(max_length=200)]


class _Strict(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class _Requester(_Strict):
    id: _Id = ""
    name: _Line | None = ""
    email: _Line | None = ""
    tier: _Line | None = ""


class _TicketLine(_Strict):
    """A ticket line; only the text is needed. Null is as good as absent."""

    id: _Id | None = None
    subject: _Line | None = None
    text: Annotated[_Text, AfterValidator(_not_blank)]
    channel: Channel | None = None
    customer: _Requester | None = None
    created_at: Moment | None = None
    language: Annotated[str, Field(pattern=r"^[A-Za-z]{2}([-_][A-Za-z]{2,4})?$")] | None = None


class Plain(Agentless):
    """A system that posts ticket lines. `secret` may name two secrets, with a comma, while one is rotated.

    What was decided goes to `callback_url`, signed with the first secret in the same way, its
    X-Triage-Delivery being the key by which the receiver knows a repetition. Without a URL the product alone
    keeps what was decided, and writing does nothing.
    """

    source = "plain"

    def __init__(self, client: httpx.AsyncClient, *, secret: str, callback_url: str | None = None) -> None:
        self._secrets = split_secrets(secret)
        self._wire = Wire(client, "The call-back", callback_url) if callback_url else None

    @property
    def voice(self) -> str:
        return "your own system, where the reply is kept on the card alone"

    def verify(self, headers: Mapping[str, str], body: bytes, now: datetime) -> None:
        """Check v1= and the hex HMAC-SHA256 of "{timestamp}.{body}", not older than five minutes."""
        claimed = read_header(headers, "x-triage-signature")
        timestamp = read_header(headers, "x-triage-timestamp")
        check(claimed, (sign_plain(secret, timestamp, body) for secret in self._secrets))
        check_unix_time(timestamp, now)

    def read(self, headers: Mapping[str, str], body: bytes, now: datetime) -> Arrival | None:
        """Read a ticket line. Another text under a known id is the customer's next message."""
        line = read_as(_TicketLine, parse_object(body), _ADVICE)
        # Without an id or a date, the day tells a second cry for help from the repetition of the first.
        day = "" if line.id or line.created_at else now.date().isoformat()
        delivery = name_delivery(headers.get("x-triage-delivery", ""), line.id or "", day, body)
        return Arrival(delivery=delivery, ticket=_ticket(line, delivery, now))

    async def complete(self, ticket: Ticket) -> Ticket:
        """There is nobody to ask: the ticket is as complete as its sender made it."""
        return ticket

    async def annotate(self, ticket_id: str, note: Note) -> None:
        told = {"text": note.text, "tags": list(note.tags), "urgency": note.urgency, "group": note.group}
        await self._tell("annotated", ticket_id, note.key, told)

    async def reply(self, ticket_id: str, reply: Reply) -> None:
        await self._tell("replied", ticket_id, reply.key, {"text": reply.text, "answers": reply.answers})

    async def remark(self, ticket_id: str, remark: Remark) -> None:
        await self._tell("noted", ticket_id, remark.key, {"text": remark.text, "status": remark.status})

    async def happened(self, ticket_id: str, key: str) -> bool:
        """A call-back cannot be asked; telling again is harmless, since its receiver knows the key."""
        return False

    async def _tell(
        self, event: Literal["annotated", "replied", "noted"], ticket_id: str, key: str, told: Mapping[str, object]
    ) -> None:
        if self._wire is None:
            return
        body = pack({"event": f"ticket.{event}", "ticket": ticket_id, "key": key, **told})
        timestamp = str(int(datetime.now(UTC).timestamp()))
        headers = {
            "x-triage-timestamp": timestamp,
            "x-triage-signature": sign_plain(self._signing_secret(), timestamp, body),
            "x-triage-delivery": name_delivery(key),
        }
        await self._wire.write("POST", "", body, headers)

    def _signing_secret(self) -> bytes:
        if not self._secrets:
            raise Refused("Set TRIAGE_WEBHOOK_SECRET: without it a call-back cannot be signed.")
        return self._secrets[0]


def _ticket(line: _TicketLine, delivery: str, now: datetime) -> Ticket:
    at = line.created_at or now
    author = read_author(Author.CUSTOMER, line.subject or "", line.text)
    when = line.created_at.isoformat() if line.created_at else ""
    message = Message(id=f"text-{digest(line.text, when, length=16)}", author=author, text=line.text, at=at)
    asker = line.customer or _Requester()
    return Ticket(
        source=Plain.source,
        id=line.id or f"t-{digest(delivery, length=16)}",
        created_at=at,
        subject=line.subject or "",
        messages=(message,),
        channel=line.channel or Channel.API,
        customer=Customer(id=asker.id, name=asker.name or "", email=asker.email or "", tier=asker.tier or ""),
        language=re.split("[-_]", line.language)[0].lower() if line.language else None,
    )
