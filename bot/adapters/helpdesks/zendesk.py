"""Zendesk: verify and read its webhooks, write what was decided."""

import base64
import hashlib
import hmac
import time
from collections.abc import AsyncIterator, Callable, Mapping
from datetime import datetime
from urllib.parse import parse_qsl, urlsplit

import httpx
import structlog

from bot.adapters.helpdesks.agents import Agents
from bot.adapters.helpdesks.automatic import read_author
from bot.adapters.helpdesks.free_form import read_trigger
from bot.adapters.helpdesks.payloads import Parsed, expect, name_delivery, parse_object, read_as, read_moment
from bot.adapters.helpdesks.signatures import check, check_time, read_header, split_secrets
from bot.adapters.helpdesks.wire import Wire, pack
from bot.adapters.helpdesks.zendesk_shapes import (
    CHANNELS,
    Detail,
    Event,
    Page,
    Stored,
    StoredAnswer,
    UserAnswer,
    Users,
)
from pipeline.classify import Urgency
from pipeline.errors import BadSignature, Refused, Unavailable
from pipeline.ports import Agent, Note, Remark, Reply
from pipeline.ticket import Arrival, Author, Channel, Customer, Message, Ticket, TicketStatus

_EVENTS = "zen:event-type:"
_CREATED = "ticket.created"
_READ = {_CREATED, "ticket.comment_added"}
_REDACTED = "ticket.comment_redacted"
_STATUS = "ticket.status_changed"
_ASSIGNED = "ticket.agent_assignment_changed"
_ENDINGS = {
    "ticket.soft_deleted": TicketStatus.DELETED,
    "ticket.permanently_deleted": TicketStatus.DELETED,
    "ticket.marked_as_spam": TicketStatus.DELETED,
    "ticket.undeleted": TicketStatus.OPEN,
}
_DONE = {"SOLVED", "CLOSED"}
_ADVICE = "This is not an event as Zendesk sends it: check the webhook's event subscription."
_COLLISIONS = 3  # attempts at a change that somebody else's change keeps overtaking
_GROUPS_LAST = 600.0  # seconds for which the list of groups is believed
_MOST_PAGES = 100  # Zendesk itself serves no more
_PRIORITY = {Urgency.P1: "urgent", Urgency.P2: "high", Urgency.P3: "normal", Urgency.P4: "low"}
Change = Callable[[Stored], dict[str, object]]


class Zendesk:
    """Zendesk Support. `secret` may name two secrets, with a comma, while one is rotated.

    `reply_status` is the ticket's status after a reply; empty leaves it as it is.
    """

    source = "zendesk"

    def __init__(
        self,
        client: httpx.AsyncClient,
        *,
        base_url: str,
        email: str,
        api_token: str,
        secret: str,
        reply_status: str = "pending",
        monotonic: Callable[[], float] = time.monotonic,
    ) -> None:
        self._wire = Wire(client, "Zendesk", base_url, auth=httpx.BasicAuth(f"{email}/token", api_token))
        self._email = email
        self._base = base_url.rstrip("/")
        self._secrets = split_secrets(secret)
        self._reply_status = reply_status
        self._monotonic = monotonic
        self._groups: dict[str, int] = {}
        self._groups_until = float("-inf")
        self._agents = Agents("Zendesk", self._look_for_agent, monotonic)

    @property
    def voice(self) -> str:
        return f"{self._email}, by Zendesk"

    def verify(self, headers: Mapping[str, str], body: bytes, now: datetime) -> None:
        """Check base64(HMAC-SHA256(timestamp + body)), and that it is not older than five minutes."""
        claimed = read_header(headers, "x-zendesk-webhook-signature")
        timestamp = read_header(headers, "x-zendesk-webhook-signature-timestamp")
        signed = timestamp.encode() + body
        digests = (hmac.new(secret, signed, hashlib.sha256).digest() for secret in self._secrets)
        check(claimed, [base64.b64encode(each).decode() for each in digests])
        try:
            check_time(read_moment(timestamp), now)
        except ValueError as error:
            raise BadSignature from error

    def read(self, headers: Mapping[str, str], body: bytes, now: datetime) -> Arrival | None:
        """Read an event of the event subscription, or the free-form body of a trigger."""
        payload = parse_object(body)
        delivery = name_delivery(headers.get("x-zendesk-webhook-invocation-id", ""), body)
        kind = payload.get("type")
        if not (isinstance(kind, str) and kind.startswith(_EVENTS)):
            ticket = read_trigger(payload, self._base, now)
            return Arrival(delivery=delivery, ticket=ticket)
        kind = kind.removeprefix(_EVENTS)
        if kind not in _READ | {_REDACTED, _STATUS, _ASSIGNED, *_ENDINGS}:
            return None
        event = read_as(Event, payload, _ADVICE)
        if kind in _READ:
            has_one = kind == _CREATED and bool(event.detail.assignee_id)
            return Arrival(delivery=delivery, ticket=self._read_event(event, _messages(event)), assigned=has_one)
        if kind == _ASSIGNED:
            return Arrival(delivery=delivery, ticket=self._read_event(event, ()), assigned=True)
        if kind == _REDACTED:
            return Arrival(delivery=delivery, ticket=self._read_event(event, _redacted(event)))
        status = _ENDINGS.get(kind) or _moved_to(event)
        return Arrival(delivery=delivery, ticket=self._read_event(event, ()), status=status) if status else None

    async def complete(self, ticket: Ticket) -> Ticket:
        """Ask who the requester is where the webhook gave only an id. A deleted one stays nameless."""
        customer = ticket.customer
        if (customer.name and customer.email) or not customer.id.isdecimal():
            return ticket
        try:
            found = await self._wire.read(f"/api/v2/users/{customer.id}.json")
        except Refused as error:
            structlog.get_logger().warning("requester.unknown", ticket=ticket.id, code=error.code)
            return ticket
        user = _expect(UserAnswer, found).user
        tier = user.user_fields.tier if user.user_fields else ""
        known = Customer(
            id=customer.id,
            name=customer.name or user.name,
            email=customer.email or user.email,
            tier=customer.tier or tier,
        )
        return ticket.model_copy(update={"customer": known})

    async def annotate(self, ticket_id: str, note: Note) -> None:
        group = await self._group(note.group) if note.group else None

        def change(stored: Stored) -> dict[str, object]:
            merged = list(dict.fromkeys((*stored.tags, *note.tags)))
            fields: dict[str, object] = {"tags": merged, "priority": _PRIORITY[note.urgency]}
            if note.assignee and stored.assignee_id is None:  # whom somebody there chose stays
                fields |= _assignee(note.assignee)
            return fields | ({"group_id": group} if group is not None else {})

        await self._update(ticket_id, note.key, change, {"body": note.text, "public": False})

    async def reply(self, ticket_id: str, reply: Reply) -> None:
        def change(_: Stored) -> dict[str, object]:
            return {"status": self._reply_status} if self._reply_status and reply.answers else {}

        await self._update(ticket_id, reply.key, change, await self._comment(reply, public=True))

    async def remark(self, ticket_id: str, remark: Remark) -> None:
        def change(_: Stored) -> dict[str, object]:
            return {"status": remark.status.value} if remark.status else {}

        await self._update(ticket_id, remark.key, change, await self._comment(remark, public=False))

    async def assign(self, ticket_id: str, who: str, key: str) -> None:
        def change(_: Stored) -> dict[str, object]:
            return _assignee(who) if who else {"assignee_id": None}

        await self._update(ticket_id, key, change)

    async def assigned(self, ticket_id: str, who: str) -> bool:
        return await self._agents.is_theirs(await self.assignee(ticket_id), who)

    async def assignee(self, ticket_id: str) -> Agent | None:
        path = f"/api/v2/tickets/{_number(ticket_id)}.json"
        stored = _expect(StoredAnswer, await self._wire.read(path)).ticket
        if stored.assignee_id is None:
            return None
        return await self.agent(str(stored.assignee_id)) or Agent(id=str(stored.assignee_id))

    async def agent(self, who: str) -> Agent | None:
        return await self._agents.find(who)

    async def happened(self, ticket_id: str, key: str) -> bool:
        """Look for the key in the metadata of the ticket's audits, through all of their pages."""
        async for page in self._pages(f"/api/v2/tickets/{_number(ticket_id)}/audits.json"):
            for audit in page.audits:
                custom = audit.metadata.custom if audit.metadata else None
                if custom and custom.get("triage_key") == key:
                    return True
        return False

    def _read_event(self, event: Event, messages: tuple[Message, ...]) -> Ticket:
        detail = event.detail
        return Ticket(
            source=self.source,
            id=detail.id,
            created_at=detail.created_at,
            subject=detail.subject,
            messages=messages,
            channel=CHANNELS.get(detail.via.channel.lower() if detail.via else "", Channel.EMAIL),
            customer=Customer(id=detail.requester_id),
            url=f"{self._base}/agent/tickets/{detail.id}",
            tags=detail.tags,
        )

    async def _comment(self, said: Reply | Remark, *, public: bool) -> dict[str, object]:
        by = {"author_id": int(await self._agents.id_of(said.author))} if said.author else {}
        return {"body": said.text, "public": public, **by}

    async def _look_for_agent(self, who: str) -> Agent | None:
        if not who.isdecimal():
            found = _expect(Users, await self._wire.read("/api/v2/users/search.json", {"query": f'email:"{who}"'}))
            return next((user.agent for user in found.users if user.agent and user.agent.goes_by(who)), None)
        try:
            return _expect(UserAnswer, await self._wire.read(f"/api/v2/users/{who}.json")).user.agent
        except Refused as error:
            if error.code != "404":
                raise
            return None

    async def _update(
        self, ticket_id: str, key: str, change: Change, comment: Mapping[str, object] | None = None
    ) -> None:
        """Change the ticket as it is now; when somebody else was faster, look again and repeat."""
        path = f"/api/v2/tickets/{_number(ticket_id)}.json"
        for _ in range(_COLLISIONS):
            stored = _expect(StoredAnswer, await self._wire.read(path)).ticket
            fields = change(stored) | {
                **({"comment": comment} if comment else {}),
                "metadata": {"triage_key": key},  # comes back as metadata.custom of the audit
                "safe_update": True,
                "updated_stamp": stored.updated_at,
            }
            try:
                await self._wire.write("PUT", path, pack({"ticket": fields}))
                return
            except Refused as error:
                if error.code != "409":
                    raise
        raise Unavailable("The ticket kept changing in Zendesk while we tried to change it.")

    async def _group(self, name: str) -> int | None:
        if self._monotonic() >= self._groups_until:
            self._groups = await self._read_groups()
            self._groups_until = self._monotonic() + _GROUPS_LAST
        group = self._groups.get(name.casefold())
        if group is None:
            structlog.get_logger().warning("group.unknown", helpdesk=self.source, group=name)
        return group

    async def _read_groups(self) -> dict[str, int]:
        return {
            group.name.casefold(): group.id
            async for page in self._pages("/api/v2/groups.json")
            for group in page.groups
            if not group.deleted
        }

    async def _pages(self, path: str) -> AsyncIterator[Page]:
        query: Mapping[str, str] | None = None
        for _ in range(_MOST_PAGES):
            page = _expect(Page, await self._wire.read(path, query))
            yield page
            if not page.next_page:
                return
            # Only its query is taken: where our credentials go is not for an answer to say.
            query = dict(parse_qsl(urlsplit(page.next_page).query))
        raise Refused("Zendesk lists more than can be read: look at the ticket yourself.")


def _messages(event: Event) -> tuple[Message, ...]:
    """What was said. A customer's comment brings the description too, should its own event be lost."""
    comment = event.event.comment
    if comment is None or comment.body.strip() == event.detail.description.strip():
        return (_description(event.detail),)
    writer = comment.author
    customer = writer.id == event.detail.requester_id if writer.is_staff is None else not writer.is_staff
    author = Author.CUSTOMER if customer else Author.AGENT
    message = Message(
        id=comment.id,
        author=read_author(author, "", comment.body),
        text=comment.body,
        at=event.time,
        public=comment.is_public,
    )
    return (_description(event.detail), message) if message.asks else (message,)


def _redacted(event: Event) -> tuple[Message, ...]:
    """What somebody took out of a comment; Zendesk does not say what is left of it."""
    if event.event.comment is None:
        return ()
    comment = event.event.comment
    return (Message(id=comment.id, author=Author.SYSTEM, text="(redacted)", at=event.time, public=False, edited=True),)


def _moved_to(event: Event) -> TicketStatus | None:
    """Whether the ticket was done or taken up again; other statuses are between people of the helpdesk."""
    before, now = event.event.previous in _DONE, event.event.current in _DONE
    if before == now:
        return None
    return TicketStatus.SOLVED if now else TicketStatus.OPEN


def _description(detail: Detail) -> Message:
    author = Author.CUSTOMER if detail.is_public else Author.AGENT
    text = detail.description or detail.subject
    return Message(
        id="description",
        author=read_author(author, detail.subject, text),
        text=text,
        at=detail.created_at,
        public=detail.is_public,
    )


def _number(ticket_id: str) -> str:
    if not (ticket_id.isascii() and ticket_id.isdigit() and len(ticket_id) <= 20):
        raise Refused("This is not the number of a Zendesk ticket.", code="404")
    return ticket_id


def _expect(model: type[Parsed], found: object) -> Parsed:
    return expect(model, found, "Zendesk")


def _assignee(who: str) -> dict[str, object]:
    return {"assignee_id": int(who)} if who.isascii() and who.isdecimal() else {"assignee_email": who}
