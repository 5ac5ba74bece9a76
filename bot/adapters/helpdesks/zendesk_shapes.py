"""Zendesk's shapes: the parts of its payloads and answers that we read."""

from bot.adapters.helpdesks.payloads import Digits, Incoming, Line, Moment, Tags, Text
from pipeline.ports import Agent
from pipeline.ticket import Channel

CHANNELS = {
    "email": Channel.EMAIL,
    "web": Channel.FORM,
    "web_form": Channel.FORM,
    "web_widget": Channel.FORM,
    "help_center": Channel.FORM,
    "web_service": Channel.API,
    "api": Channel.API,
    "chat": Channel.CHAT,
    "native_messaging": Channel.CHAT,
    "messaging": Channel.CHAT,
    "mobile": Channel.IN_APP,
    "mobile_sdk": Channel.IN_APP,
    "in_app": Channel.IN_APP,
    "twitter": Channel.SOCIAL,
    "facebook": Channel.SOCIAL,
    "instagram_dm": Channel.SOCIAL,
    "whatsapp": Channel.SOCIAL,
    "social": Channel.SOCIAL,
}


class Via(Incoming):
    channel: Line = ""


class Detail(Incoming):
    id: Digits
    created_at: Moment
    subject: Line = ""
    description: Text = ""
    is_public: bool = True
    requester_id: Line = ""
    assignee_id: Line = ""
    tags: Tags = ()
    via: Via | None = None


class Writer(Incoming):
    id: Line = ""
    is_staff: bool | None = None


class Comment(Incoming):
    id: Digits
    body: Text = ""
    is_public: bool = False
    author: Writer = Writer()


class Happening(Incoming):
    comment: Comment | None = None
    current: Line = ""  # of a change, such as the status
    previous: Line = ""


class Event(Incoming):
    type: Line
    time: Moment
    detail: Detail
    event: Happening = Happening()


class Stored(Incoming):
    """The ticket as Zendesk has it now."""

    tags: Tags = ()
    updated_at: Line
    assignee_id: int | None = None


class StoredAnswer(Incoming):
    ticket: Stored


class Group(Incoming):
    id: int
    name: Line
    deleted: bool = False


class Metadata(Incoming):
    custom: dict[str, object] | None = None


class Audit(Incoming):
    metadata: Metadata | None = None


class Page(Incoming):
    next_page: str | None = None
    groups: tuple[Group, ...] = ()
    audits: tuple[Audit, ...] = ()


class UserFields(Incoming):
    tier: Line = ""


class User(Incoming):
    id: Line = ""
    name: Line = ""
    email: Line = ""
    role: Line = ""
    user_fields: UserFields | None = None

    @property
    def agent(self) -> Agent | None:
        """Who this is among those who work there; None for a customer."""
        works = bool(self.id) and self.role in {"agent", "admin"}
        return Agent(id=self.id, name=self.name, email=self.email) if works else None


class UserAnswer(Incoming):
    user: User


class Users(Incoming):
    users: tuple[User, ...] = ()
