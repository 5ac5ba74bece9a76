"""Intercom: verify and read its webhooks of both generations, write what was decided."""

import hashlib
import hmac
import re
from collections.abc import Mapping
from datetime import datetime
from typing import NamedTuple

import httpx
import structlog

from bot.adapters.helpdesks.agents import Agents
from bot.adapters.helpdesks.automatic import read_author
from bot.adapters.helpdesks.intercom_shapes import (
    Admins,
    Contact,
    Found,
    Item,
    Notification,
    Opening,
    Tag,
    Teams,
    TicketType,
)
from bot.adapters.helpdesks.payloads import expect, is_html, name_delivery, parse_object, read_as
from bot.adapters.helpdesks.reference import as_html, refer
from bot.adapters.helpdesks.signatures import check, read_header, split_secrets
from bot.adapters.helpdesks.wire import Wire, pack
from pipeline.errors import BadPayload, Refused
from pipeline.ports import Agent, Note, Remark, Reply
from pipeline.ticket import Arrival, Author, Channel, Customer, Message, Ticket, TicketStatus

API_VERSION = "2.14"
_ADVICE = "This is not a notification as Intercom sends it: check the app's webhook topics."
_CUSTOMERS_SIDE = {
    "conversation.user.created",
    "conversation.user.replied",
    "conversation.contact.created",
    "conversation.contact.replied",
    "ticket.created",
    "ticket.contact.replied",
}
_OUR_SIDE = {
    "conversation.admin.replied",
    "conversation.admin.noted",
    "ticket.admin.replied",
    "ticket.note.created",
}
_STATUS = {
    "conversation.admin.closed": TicketStatus.SOLVED,
    "conversation.admin.opened": TicketStatus.OPEN,
    "ticket.closed": TicketStatus.SOLVED,
}
_ASSIGNED = {"conversation.admin.assigned", "conversation.admin.open.assigned", "ticket.admin.assigned"}
_NOBODY = "0"  # how Intercom writes that nobody is assigned
_AUTHORS = {
    "user": Author.CUSTOMER,
    "lead": Author.CUSTOMER,
    "contact": Author.CUSTOMER,
    "admin": Author.AGENT,
    "team": Author.AGENT,
}
_CHANNELS = {
    "email": Channel.EMAIL,
    "messenger": Channel.CHAT,
    "conversation": Channel.CHAT,
    "twitter": Channel.SOCIAL,
    "facebook": Channel.SOCIAL,
    "instagram": Channel.SOCIAL,
    "whatsapp": Channel.SOCIAL,
}


class _Place(NamedTuple):
    """Where a ticket is: the path of the conversation or of the ticket, and what it says now."""

    path: str
    is_ticket: bool
    found: Found


class Intercom:
    """Intercom. `client_secret` may name two secrets, with a comma, while one is rotated.

    Notes, tags and replies are written in the name of the admin with `admin_id`.
    """

    source = "intercom"

    def __init__(
        self, client: httpx.AsyncClient, *, base_url: str, token: str, client_secret: str, admin_id: str
    ) -> None:
        headers = {"authorization": f"Bearer {token}", "intercom-version": API_VERSION}
        self._wire = Wire(client, "Intercom", base_url, headers=headers)
        self._secrets = split_secrets(client_secret)
        self._admin = admin_id
        self._agents = Agents("Intercom", self._look_for_agent)

    @property
    def voice(self) -> str:
        return f"admin {self._admin}, by Intercom"

    def verify(self, headers: Mapping[str, str], body: bytes, now: datetime) -> None:
        """Check sha1= and the hex HMAC-SHA1 of the body; Intercom signs no time."""
        claimed = read_header(headers, "x-hub-signature")
        check(claimed, (f"sha1={hmac.new(each, body, hashlib.sha1).hexdigest()}" for each in self._secrets))

    def read(self, headers: Mapping[str, str], body: bytes, now: datetime) -> Arrival | None:
        """Read what was said in a conversation or on a customer's ticket."""
        payload = parse_object(body)
        topic = payload.get("topic")
        if not isinstance(topic, str):
            raise BadPayload(f"The notification has no topic. {_ADVICE}")
        if topic not in _CUSTOMERS_SIDE | _OUR_SIDE | _ASSIGNED | _STATUS.keys():
            return None
        told = read_as(Notification, payload, _ADVICE)
        ticket, status, assigned = self._ticket(told), _STATUS.get(topic), topic in _ASSIGNED
        if status is not None or assigned:
            ticket = ticket.model_copy(update={"messages": ()})
        elif not ticket.messages:
            return None
        return Arrival(delivery=name_delivery(told.id, body), ticket=ticket, status=status, assigned=assigned)

    async def complete(self, ticket: Ticket) -> Ticket:
        """Ask who the contact is where the notification gave only an id."""
        customer = ticket.customer
        if (customer.name and customer.email) or not _is_id(customer.id):
            return ticket
        try:
            found = await self._wire.read(f"/contacts/{customer.id}")
        except Refused as error:
            structlog.get_logger().warning("requester.unknown", ticket=ticket.id, code=error.code)
            return ticket
        contact = expect(Contact, found, "Intercom")
        known = Customer(
            id=customer.id,
            name=customer.name or contact.name,
            email=customer.email or contact.email,
            tier=customer.tier or contact.custom_attributes.tier or contact.custom_attributes.plan,
        )
        return ticket.model_copy(update={"customer": known})

    async def annotate(self, ticket_id: str, note: Note) -> None:
        """Tag and assign, which may happen twice without harm, and then add the note, which may not.

        Intercom has no priority that an app may set: the urgency stands in the note.
        """
        place = await self._find(ticket_id)
        for tag in dict.fromkeys(note.tags):
            if tag.casefold() not in place.found.tag_names:
                await self._add_tag(place, tag)
        if note.group:
            await self._assign_team(place, note.group)
        if note.assignee and not place.found.admin:  # whom somebody there chose stays
            await self._assign(place, "admin", await self._agents.id_of(note.assignee))
        await self._say(place, "note", note.text, note.key)

    async def reply(self, ticket_id: str, reply: Reply) -> None:
        """Send the answer. Intercom keeps no metadata: a short reference stands at its end."""
        author = await self._agents.id_of(reply.author) if reply.author else ""
        await self._say(await self._find(ticket_id), "comment", reply.text, reply.key, author)

    async def remark(self, ticket_id: str, remark: Remark) -> None:
        """Close or open it unless it is so already, and then add the note."""
        place = await self._find(ticket_id)
        opened = remark.status is TicketStatus.OPEN
        if remark.status is not None and opened is not place.found.open:
            await self._set_open(place, opened)
        author = await self._agents.id_of(remark.author) if remark.author else ""
        await self._say(place, "note", remark.text, remark.key, author)

    async def assign(self, ticket_id: str, who: str, key: str) -> None:
        agent = await self._agents.id_of(who) if who else _NOBODY
        await self._assign(await self._find(ticket_id), "admin", agent)

    async def assigned(self, ticket_id: str, who: str) -> bool:
        return await self._agents.is_theirs(await self.assignee(ticket_id), who)

    async def assignee(self, ticket_id: str) -> Agent | None:
        admin = (await self._find(ticket_id)).found.admin
        return await self.agent(admin) or Agent(id=admin) if admin else None

    async def agent(self, who: str) -> Agent | None:
        return await self._agents.find(who)

    async def happened(self, ticket_id: str, key: str) -> bool:
        """Look for the key's reference in the parts that admins wrote."""
        reference = refer(key)
        parts = (await self._find(ticket_id)).found.parts
        return any(reference in part.body and _AUTHORS.get(part.author.type) is Author.AGENT for part in parts)

    def _ticket(self, told: Notification) -> Ticket:
        item = told.data.item
        messages = {message.id: message for message in _messages(told) if message.text.strip()}
        contact = item.user or next(iter(item.contacts.contacts), Contact())
        return Ticket(
            source=self.source,
            id=item.id,
            created_at=item.created_at,
            subject=item.subject,
            messages=tuple(sorted(messages.values(), key=lambda message: message.at)),
            channel=_CHANNELS.get(item.channel or item.opening_type, Channel.CHAT),
            customer=Customer(id=contact.id, name=contact.name, email=contact.email),
            url=_url(told.app_id, item.id),
            tags=item.tags.names,
        )

    async def _find(self, ticket_id: str) -> _Place:
        """Ask whether the id is a conversation's or a ticket's: they share one space of numbers."""
        if not _is_id(ticket_id):
            raise Refused("This is not the id of an Intercom conversation.", code="404")
        path = f"/conversations/{ticket_id}"
        try:
            return _Place(path, False, expect(Found, await self._wire.read(path), "Intercom"))
        except Refused as error:
            if error.code != "404":
                raise
        path = f"/tickets/{ticket_id}"
        return _Place(path, True, expect(Found, await self._wire.read(path), "Intercom"))

    async def _look_for_agent(self, who: str) -> Agent | None:
        admins = expect(Admins, await self._wire.read("/admins"), "Intercom").admins
        agents = (Agent(id=each.id, name=each.name, email=each.email) for each in admins)
        return next((agent for agent in agents if agent.goes_by(who)), None)

    async def _say(self, place: _Place, kind: str, text: str, key: str, author: str = "") -> None:
        by = author or self._admin
        body = {"message_type": kind, "type": "admin", "admin_id": by, "body": as_html(text, key)}
        await self._wire.write("POST", f"{place.path}/reply", pack(body))

    async def _set_open(self, place: _Place, opened: bool) -> None:
        if place.is_ticket:
            await self._wire.write("PUT", place.path, pack({"open": opened}))
            return
        body = {"message_type": "open" if opened else "close", "admin_id": self._admin}
        await self._wire.write("POST", f"{place.path}/parts", pack(body if opened else {**body, "type": "admin"}))

    async def _add_tag(self, place: _Place, name: str) -> None:
        made = expect(Tag, await self._wire.write("POST", "/tags", pack({"name": name})), "Intercom")
        body = {"id": made.id, "admin_id": self._admin}
        await self._wire.write("POST", f"{place.path}/tags", pack(body))

    async def _assign_team(self, place: _Place, name: str) -> None:
        teams = expect(Teams, await self._wire.read("/teams"), "Intercom").teams
        team = next((team.id for team in teams if team.name.casefold() == name.casefold()), None)
        if team is None:
            structlog.get_logger().warning("group.unknown", helpdesk=self.source, group=name)
        else:
            await self._assign(place, "team", team)

    async def _assign(self, place: _Place, kind: str, assignee: str) -> None:
        if place.is_ticket:
            await self._wire.write("PUT", place.path, pack({"assignee_id": assignee}))
            return
        body = {"message_type": "assignment", "type": kind, "admin_id": self._admin, "assignee_id": assignee}
        await self._wire.write("POST", f"{place.path}/parts", pack(body))


def _messages(told: Notification) -> list[Message]:
    """What was said. The customer's first words come with every delivery but those of our own side."""
    item = told.data.item
    if _internal(item.ticket_type):
        return []
    said = [_message(part, part.created_at, public=part.public) for part in item.parts]
    if told.topic in _OUR_SIDE:
        return said
    if item.type == "ticket":
        return [_description(item), *said]
    return [_message(item.opening, item.created_at, public=True), *said] if item.opening else said


def _message(said: Opening, at: datetime, *, public: bool) -> Message:
    author = _AUTHORS.get(said.author.type, Author.SYSTEM)
    return Message(
        id=said.id,
        author=read_author(author, said.subject, said.body),
        text=said.body,
        at=at,
        public=public,
        html=is_html(said.body),
    )


def _description(item: Item) -> Message:
    text = item.ticket_attributes.description or item.ticket_attributes.title
    author = read_author(Author.CUSTOMER, item.ticket_attributes.title, text)
    return Message(id="description", author=author, text=text, at=item.created_at, html=is_html(text))


def _internal(kind: TicketType | None) -> bool:
    """Back-office and tracker tickets are talk among colleagues."""
    return kind is not None and (kind.is_internal or kind.category.casefold() not in {"", "customer"})


def _url(app_id: str, item_id: str) -> str:
    known = re.fullmatch(r"[A-Za-z0-9_-]{1,64}", app_id)
    return f"https://app.intercom.com/a/inbox/{app_id}/inbox/conversation/{item_id}" if known else ""


def _is_id(text: str) -> bool:
    return re.fullmatch(r"[A-Za-z0-9_-]{1,64}", text, re.ASCII) is not None
