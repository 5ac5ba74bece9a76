"""Freshdesk: verify and read its automation webhooks, write what was decided."""

import base64
import binascii
import re
from collections.abc import AsyncIterator, Mapping
from datetime import datetime
from typing import TypeVar

import httpx
import structlog
from pydantic import TypeAdapter, ValidationError

from bot.adapters.helpdesks.agents import Agents
from bot.adapters.helpdesks.automatic import read_author
from bot.adapters.helpdesks.freshdesk_shapes import (
    CHANNELS,
    Delivery,
    Found,
    Group,
    Requester,
    Said,
    Stored,
    Webhook,
    WithRequester,
)
from bot.adapters.helpdesks.payloads import (
    clip_line,
    digest,
    expect,
    is_html,
    name_delivery,
    parse_object,
    read_as,
    read_moment,
)
from bot.adapters.helpdesks.reference import as_html, refer
from bot.adapters.helpdesks.signatures import check, read_header, split_secrets
from bot.adapters.helpdesks.wire import Wire, pack
from pipeline.classify import Urgency
from pipeline.errors import BadSignature, Refused, Unavailable
from pipeline.ports import Agent, Note, Remark, Reply
from pipeline.ticket import Arrival, Author, Channel, Customer, Message, Ticket, TicketStatus

_ADVICE = (
    "Let the automation send freshdesk_webhook with ticket_id, ticket_subject, ticket_description, "
    "requester_name, requester_email and triggered_event."
)
_PRIORITY = {Urgency.P1: 4, Urgency.P2: 3, Urgency.P3: 2, Urgency.P4: 1}
_STATUS = {TicketStatus.OPEN: 2, TicketStatus.SOLVED: 4}
_MOVED = re.compile(r"status:\{from:(\d+),to:(\d+)\}")
_ASSIGNED = re.compile(r"(?:responder|agent)(?:_id)?:\{")
_DONE = ("4", "5")  # resolved, closed
_PER_PAGE = 100
_MOST_PAGES = 50

Item = TypeVar("Item")


class Freshdesk:
    """Freshdesk. Its webhooks carry no signature, so a secret that we choose comes with each of them."""

    source = "freshdesk"

    def __init__(self, client: httpx.AsyncClient, *, base_url: str, api_key: str, secret: str) -> None:
        self._wire = Wire(client, "Freshdesk", base_url, auth=httpx.BasicAuth(api_key, "X"))
        self._base = base_url.rstrip("/")
        self._secrets = split_secrets(secret)
        self._agents = Agents("Freshdesk", self._look_for_agent)

    @property
    def voice(self) -> str:
        return "the agent whose API key is used, by Freshdesk"

    def verify(self, headers: Mapping[str, str], body: bytes, now: datetime) -> None:
        """Compare the header X-Triage-Secret, or the password of basic authentication, with our secret."""
        given = _read_secret(headers)
        # Digests are compared, so that not even the secret's length shows in the time that it takes.
        check(digest(given, length=64), (digest(secret, length=64) for secret in self._secrets))

    def read(self, headers: Mapping[str, str], body: bytes, now: datetime) -> Arrival | None:
        """Read a new ticket or a public comment; other changes say nothing new about the customer."""
        told = read_as(Delivery, parse_object(body), _ADVICE).freshdesk_webhook
        messages, status, assigned = _messages(told, now), _moved_to(told), _is_assigned(told)
        if not messages and status is None and not assigned:
            return None
        ticket = Ticket(
            source=self.source,
            id=told.ticket_id,
            created_at=_created(told, now),
            subject=told.ticket_subject,
            messages=messages,
            channel=CHANNELS.get(told.ticket_source.casefold(), Channel.EMAIL),
            customer=Customer(name=told.requester_name, email=told.requester_email),
            url=f"{self._base}/a/tickets/{told.ticket_id}",
            tags=told.ticket_tags,
        )
        return Arrival(delivery=name_delivery("", body), ticket=ticket, status=status, assigned=assigned)

    async def complete(self, ticket: Ticket) -> Ticket:
        """Ask who the requester is where the automation did not tell."""
        customer = ticket.customer
        if customer.name and customer.email:
            return ticket
        path = f"/api/v2/tickets/{_number(ticket.id)}"
        try:
            found = await self._wire.read(path, {"include": "requester"})
        except Refused as error:
            structlog.get_logger().warning("requester.unknown", ticket=ticket.id, code=error.code)
            return ticket
        asker = expect(WithRequester, found, "Freshdesk").requester or Requester()
        known = Customer(
            id=customer.id or str(asker.id or ""),
            name=customer.name or asker.name,
            email=customer.email or asker.email,
            tier=customer.tier,
        )
        return ticket.model_copy(update={"customer": known})

    async def annotate(self, ticket_id: str, note: Note) -> None:
        """Change the fields, which may happen twice without harm, and then add the note, which may not."""
        path = f"/api/v2/tickets/{_number(ticket_id)}"
        stored = expect(Stored, await self._wire.read(path), "Freshdesk")
        fields: dict[str, object] = {
            "tags": list(dict.fromkeys((*stored.tags, *note.tags))),
            "priority": _PRIORITY[note.urgency],
        }
        if note.assignee and stored.responder_id is None:  # whom somebody there chose stays
            fields["responder_id"] = int(await self._agents.id_of(note.assignee))
        group = await self._group(note.group) if note.group else None
        await self._wire.write("PUT", path, pack(fields | ({"group_id": group} if group else {})))
        body = {"body": as_html(note.text, note.key), "private": True}
        await self._wire.write("POST", f"{path}/notes", pack(body))

    async def reply(self, ticket_id: str, reply: Reply) -> None:
        """Send the answer. Freshdesk keeps no metadata: a short reference stands at its end."""
        path = f"/api/v2/tickets/{_number(ticket_id)}/reply"
        body = {"body": as_html(reply.text, reply.key), **await self._by(reply.author)}
        await self._wire.write("POST", path, pack(body))

    async def remark(self, ticket_id: str, remark: Remark) -> None:
        """Set the status, which may happen twice without harm, and then add the note, which may not."""
        path = f"/api/v2/tickets/{_number(ticket_id)}"
        if remark.status in _STATUS:
            await self._wire.write("PUT", path, pack({"status": _STATUS[remark.status]}))
        body = {"body": as_html(remark.text, remark.key), "private": True, **await self._by(remark.author)}
        await self._wire.write("POST", f"{path}/notes", pack(body))

    async def assign(self, ticket_id: str, who: str, key: str) -> None:
        agent = int(await self._agents.id_of(who)) if who else None
        await self._wire.write("PUT", f"/api/v2/tickets/{_number(ticket_id)}", pack({"responder_id": agent}))

    async def assigned(self, ticket_id: str, who: str) -> bool:
        return await self._agents.is_theirs(await self.assignee(ticket_id), who)

    async def assignee(self, ticket_id: str) -> Agent | None:
        found = await self._wire.read(f"/api/v2/tickets/{_number(ticket_id)}")
        has_it = expect(Stored, found, "Freshdesk").responder_id
        return None if has_it is None else await self.agent(str(has_it)) or Agent(id=str(has_it))

    async def agent(self, who: str) -> Agent | None:
        return await self._agents.find(who)

    async def happened(self, ticket_id: str, key: str) -> bool:
        """Look for the key's reference in what was said on our side of the conversation."""
        reference = refer(key)
        async for said in self._all(f"/api/v2/tickets/{_number(ticket_id)}/conversations", Said):
            if reference in said.body and not said.incoming:
                return True
        return False

    async def _by(self, author: str) -> dict[str, object]:
        return {"user_id": int(await self._agents.id_of(author))} if author else {}

    async def _look_for_agent(self, who: str) -> Agent | None:
        if not who.isdecimal():
            named = _items(await self._wire.read("/api/v2/agents", {"email": who}), Found)
            return next((_agent(each) for each in named if _agent(each).goes_by(who)), None)
        try:
            return _agent(expect(Found, await self._wire.read(f"/api/v2/agents/{who}"), "Freshdesk"))
        except Refused as error:
            if error.code != "404":
                raise
            return None

    async def _group(self, name: str) -> int | None:
        async for group in self._all("/api/v2/groups", Group):
            if group.name.casefold() == name.casefold():
                return group.id
        structlog.get_logger().warning("group.unknown", helpdesk=self.source, group=name)
        return None

    async def _all(self, path: str, kind: type[Item]) -> AsyncIterator[Item]:
        """Yield the items of all pages; the last page is the one that is not full."""
        for number in range(1, _MOST_PAGES + 1):
            query = {"page": str(number), "per_page": str(_PER_PAGE)}
            items = _items(await self._wire.read(path, query), kind)
            for item in items:
                yield item
            if len(items) < _PER_PAGE:
                return
        raise Refused("Freshdesk lists more than can be read: look at the ticket yourself.")


def _read_secret(headers: Mapping[str, str]) -> str:
    if "x-triage-secret" in headers:
        return read_header(headers, "x-triage-secret")
    scheme, _, encoded = read_header(headers, "authorization").partition(" ")
    try:
        given = base64.b64decode(encoded.strip(), validate=True).decode()
    except (binascii.Error, UnicodeDecodeError) as error:
        raise BadSignature from error
    if scheme.lower() != "basic" or ":" not in given:
        raise BadSignature
    return given.partition(":")[2]


def _messages(told: Webhook, now: datetime) -> tuple[Message, ...]:
    """The description is the customer's, but only its creation tells it; a private note never is."""
    event = re.sub(r"[^a-z_:]", "", told.triggered_event.lower())
    created = (_description(told, now),) if "ticket_action:created" in event else ()
    comment = told.ticket_latest_public_comment
    if created or not comment.strip() or "note_type:private" in event or _is_assigned(told):
        return created
    author = _writer(told, event)
    if author is None:
        return ()
    return (
        Message(
            id=f"comment-{digest(comment, length=16)}",
            author=read_author(author, "", comment),
            text=comment,
            at=now,
            html=is_html(comment),
        ),
    )


def _moved_to(told: Webhook) -> TicketStatus | None:
    """Whether the ticket was done or taken up again, as an automation on its status tells."""
    moved = _MOVED.search(told.triggered_event.replace(" ", "").lower())
    if moved is None or (moved[1] in _DONE) == (moved[2] in _DONE):
        return None
    return TicketStatus.SOLVED if moved[2] in _DONE else TicketStatus.OPEN


def _is_assigned(told: Webhook) -> bool:
    """Whether somebody was put on the ticket, or taken off, as an automation on its agent tells."""
    return _ASSIGNED.search(told.triggered_event.replace(" ", "").replace('"', "").lower()) is not None


def _agent(found: Found) -> Agent:
    return Agent(id=str(found.id), name=found.contact.name, email=found.contact.email)


def _writer(told: Webhook, event: str) -> Author | None:
    """Who wrote the comment; None where the automation does not say, since it may be our own reply."""
    writer = told.comment_author.casefold()
    if "reply_sent" in event or "note_type" in event or writer in {"agent", "staff"}:
        return Author.AGENT
    known = {"customer", "requester", told.requester_name.casefold(), told.requester_email.casefold()}
    if not writer:
        return None
    return Author.CUSTOMER if writer in known else Author.AGENT


def _description(told: Webhook, now: datetime) -> Message:
    text = told.ticket_description or told.ticket_subject
    author = read_author(Author.CUSTOMER, told.ticket_subject, text)
    return Message(id="description", author=author, text=text, at=_created(told, now), html=is_html(text))


def _created(told: Webhook, now: datetime) -> datetime:
    try:
        return read_moment(told.ticket_created_at)
    except ValueError:
        return now


def _items(answer: object, kind: type[Item]) -> list[Item]:
    try:
        return TypeAdapter(list[kind]).validate_python(answer)  # type: ignore[valid-type]
    except ValidationError as error:
        raise Unavailable("Freshdesk answered in an unexpected way.") from error


def _number(ticket_id: str) -> str:
    if not (ticket_id.isascii() and ticket_id.isdigit() and len(ticket_id) <= 20):
        raise Refused(f"{clip_line(ticket_id)[:40]!r} is not the number of a Freshdesk ticket.", code="404")
    return ticket_id
