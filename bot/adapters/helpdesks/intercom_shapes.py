"""Intercom's shapes: the parts of its notifications and answers that we read, of both generations."""

from typing import Annotated

from pydantic import BeforeValidator, Field, StringConstraints

from bot.adapters.helpdesks.payloads import Incoming, Line, Moment, Text, clip_line

# An id is text in one generation and a number in the other.
Id = Annotated[str, BeforeValidator(clip_line), StringConstraints(pattern=r"^[A-Za-z0-9_-]{1,64}$")]


class Attributes(Incoming):
    tier: Line = ""
    plan: Line = ""


class Contact(Incoming):
    id: Line = ""
    name: Line = ""
    email: Line = ""
    custom_attributes: Attributes = Attributes()


class Contacts(Incoming):
    contacts: tuple[Contact, ...] = ()


class Writer(Incoming):
    type: Line = ""


class Tag(Incoming):
    id: Line = ""
    name: Line = ""


class TagList(Incoming):
    tags: tuple[Tag, ...] = ()

    @property
    def names(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys(tag.name[:100] for tag in self.tags if tag.name))


class Opening(Incoming):
    """How a conversation began; it has no date of its own."""

    id: Id
    type: Line = ""
    subject: Line = ""
    body: Text = ""
    author: Writer = Writer()


class Part(Opening):
    """Something that was said or done later."""

    part_type: Line = ""
    created_at: Moment

    @property
    def public(self) -> bool:
        return self.part_type not in {"note", "note_and_reopen"}


class ConversationParts(Incoming):
    conversation_parts: tuple[Part, ...] = ()


class TicketParts(Incoming):
    ticket_parts: tuple[Part, ...] = ()


class TicketAttributes(Incoming):
    title: Line = Field(default="", alias="_default_title_")
    description: Text = Field(default="", alias="_default_description_")


class TicketType(Incoming):
    category: Line = ""
    is_internal: bool = False


class Conversation(Incoming):
    """What a conversation and a ticket have in common, in a notification and in an answer."""

    tags: TagList = TagList()
    conversation_parts: ConversationParts = ConversationParts()
    ticket_parts: TicketParts = TicketParts()

    @property
    def parts(self) -> tuple[Part, ...]:
        return self.conversation_parts.conversation_parts + self.ticket_parts.ticket_parts


class Found(Conversation):
    """A conversation or a ticket as Intercom has it now."""

    open: bool = True
    admin_assignee_id: Line = ""  # a conversation's is a number or null, a ticket's is text, "0" being nobody

    @property
    def tag_names(self) -> set[str]:
        return {name.casefold() for name in self.tags.names}

    @property
    def admin(self) -> str:
        """The id of the admin whom it is assigned to, "" where it is nobody's."""
        return "" if self.admin_assignee_id == "0" else self.admin_assignee_id


class Item(Conversation):
    """What a notification is about."""

    type: Line
    id: Id
    created_at: Moment
    title: Line = ""
    channel: Line = ""
    user: Contact | None = None  # first generation
    contacts: Contacts = Contacts()  # second generation
    conversation_message: Opening | None = None  # first generation
    source: Opening | None = None  # second generation
    ticket_attributes: TicketAttributes = TicketAttributes()
    ticket_type: TicketType | None = None

    @property
    def opening(self) -> Opening | None:
        return self.source or self.conversation_message

    @property
    def opening_type(self) -> str:
        return self.opening.type if self.opening else ""

    @property
    def subject(self) -> str:
        opening = self.opening.subject if self.opening else ""
        return self.title or opening or self.ticket_attributes.title


class Data(Incoming):
    item: Item


class Notification(Incoming):
    id: Line = ""
    app_id: Line = ""
    topic: Line
    data: Data


class Team(Incoming):
    id: Line
    name: Line = ""


class Teams(Incoming):
    teams: tuple[Team, ...] = ()


class Admin(Incoming):
    id: Line
    name: Line = ""
    email: Line = ""


class Admins(Incoming):
    admins: tuple[Admin, ...] = ()
