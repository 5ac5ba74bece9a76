"""Ticket, Customer, Message: what came in, as the helpdesk told it."""

import hashlib
from enum import StrEnum
from typing import Self

from pydantic import AwareDatetime, Field

from pipeline.classify import Urgency
from pipeline.value import Value

SLACK = "slack"  # the source of tickets that were made of a message in Slack
WORKFLOW = "workflow"  # the source of tickets that a workflow in Slack created


class Channel(StrEnum):
    """Where the customer wrote."""

    EMAIL = "email"
    CHAT = "chat"
    FORM = "form"
    API = "api"
    SOCIAL = "social"
    IN_APP = "in_app"


class Author(StrEnum):
    """Who wrote a message. SYSTEM is the helpdesk or a bot, this one included."""

    CUSTOMER = "customer"
    AGENT = "agent"
    SYSTEM = "system"


class TicketStatus(StrEnum):
    """How the helpdesk has a ticket, as far as we care."""

    OPEN = "open"
    SOLVED = "solved"
    DELETED = "deleted"


class Customer(Value):
    """The person who asks. Every field may be empty: a helpdesk does not always tell."""

    id: str = ""
    name: str = ""
    email: str = ""
    tier: str = ""


class Message(Value):
    """One message of the conversation. `id` is unique within its ticket."""

    id: str
    author: Author
    text: str
    at: AwareDatetime
    public: bool = True
    html: bool = False
    edited: bool = Field(default=False, description="its text is another than it was at first")
    edited_at: AwareDatetime | None = Field(default=None, description="when, where that is told")

    @property
    def mark(self) -> str:
        """Name this message as it reads now: an edit makes it another one to whoever had read it."""
        if not self.edited:
            return self.id
        return f"{self.id}~{hashlib.sha256(self.text.encode()).hexdigest()[:12]}"

    def reworded(self, later: Self) -> Self:
        """This message with the text of an edit, unless a newer edit was told before it."""
        if self.edited_at and later.edited_at and later.edited_at < self.edited_at:
            return self
        return self.model_copy(update={"text": later.text, "edited": True, "edited_at": later.edited_at})

    @property
    def asks(self) -> bool:
        """Whether the customer says this to us, so that it deserves to be read and answered."""
        return self.author is Author.CUSTOMER and self.public


class Ticket(Value):
    """A customer's request with its conversation, oldest message first."""

    source: str = Field(description="the helpdesk's name, such as zendesk or plain")
    id: str = Field(description="the helpdesk's own id")
    created_at: AwareDatetime
    subject: str = ""
    messages: tuple[Message, ...] = ()
    deleted: tuple[str, ...] = Field(default=(), description="ids of messages that were taken back, and do not return")
    channel: Channel = Channel.EMAIL
    customer: Customer = Customer()
    language: str | None = Field(default=None, description="ISO 639-1, when the helpdesk knows it")
    url: str = Field(default="", description="where an agent opens it in the helpdesk")
    tags: tuple[str, ...] = ()
    urgency: Urgency | None = Field(default=None, description="what whoever filed it says; it is read as no less")
    answer_to: str = Field(default="", description="a Slack channel or user that gets the reply of a workflow's ticket")

    @property
    def asked(self) -> tuple[Message, ...]:
        """The customer's own public messages, oldest first."""
        return tuple(message for message in self.messages if message.asks)

    @property
    def last_asked(self) -> str:
        """The mark of the customer's last message; an approval is bound to it."""
        asked = self.asked
        return asked[-1].mark if asked else ""

    @property
    def heard(self) -> frozenset[str]:
        """The marks of everything that the customer said to us."""
        return frozenset(message.mark for message in self.asked)

    def joined_by(self, later: Self) -> Self:
        """This ticket with whatever `later` adds: messages by id, and fields that it knows.

        Deliveries arrive twice and out of order, so a message is added once and placed by its time. Its text is
        replaced only by one that is told as edited: helpdesks set the same words anew in different deliveries. What was
        deleted stays away.
        """
        deleted = tuple(dict.fromkeys((*self.deleted, *later.deleted)))
        known = {message.id for message in self.messages}
        edits = {message.id: message for message in later.messages if message.edited}
        kept = (message.reworded(edits[message.id]) if message.id in edits else message for message in self.messages)
        new = (message for message in later.messages if message.id not in known)
        there = (message for message in (*kept, *new) if message.id not in deleted)
        return self.model_copy(
            update={
                "subject": self.subject or later.subject,
                "messages": tuple(sorted(there, key=lambda message: message.at)),
                "deleted": deleted,
                "customer": _fuller(self.customer, later.customer),
                "language": self.language or later.language,
                "url": self.url or later.url,
                "tags": tuple(dict.fromkeys((*self.tags, *later.tags))),
            }
        )


class Arrival(Value):
    """One verified delivery of a helpdesk: its unique id, and what it tells of a ticket."""

    delivery: str = Field(min_length=1, max_length=255)
    ticket: Ticket
    status: TicketStatus | None = Field(default=None, description="what the ticket has become there, if that is told")
    assigned: bool = Field(default=False, description="somebody was put on it there, or taken off: look who has it")


def _fuller(known: Customer, told: Customer) -> Customer:
    return Customer(
        id=known.id or told.id,
        name=known.name or told.name,
        email=known.email or told.email,
        tier=told.tier or known.tier,
    )
