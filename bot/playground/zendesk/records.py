"""What the helpdesk remembers: users, groups, tickets, comments, audits."""

from dataclasses import dataclass, field
from enum import StrEnum

from bot.playground.credentials import ZENDESK_EMAIL
from bot.playground.wire import Object


class Role(StrEnum):
    CUSTOMER = "customer"
    AGENT = "agent"
    BOT = "bot"


@dataclass(frozen=True)
class User:
    id: int
    name: str
    email: str
    role: Role
    tier: str = ""


@dataclass(frozen=True)
class Group:
    id: int
    name: str


@dataclass(frozen=True)
class Comment:
    id: int
    author: User
    body: str
    public: bool
    created_at: str
    audit_id: int
    at: float


@dataclass(frozen=True)
class Audit:
    id: int
    author: User
    created_at: str
    events: tuple[Object, ...]
    custom: Object
    at: float


@dataclass
class Ticket:
    id: int
    subject: str
    requester: User
    channel: str
    created_at: str
    updated_at: str
    status: str = "new"
    priority: str | None = None
    type: str | None = None
    external_id: str | None = None
    group: Group | None = None
    assignee_id: int | None = None
    tags: list[str] = field(default_factory=list)
    custom_fields: list[Object] = field(default_factory=list)
    comments: list[Comment] = field(default_factory=list)
    audits: list[Audit] = field(default_factory=list)


BOT_AGENT = User(9000, "Triage Desk", ZENDESK_EMAIL, Role.BOT)

AGENTS = tuple(
    User(9000 + number, name, f"{name.split()[0].lower()}@playground.example", Role.AGENT)
    for number, name in enumerate(
        ("Ana Ribeiro", "Ben Adeyemi", "Chloe Martin", "Dev Patel", "Eva Novak", "Lena Fischer", "Marta Ruiz"), start=1
    )
)
"""Who has a seat in the helpdesk; the last of them is not in Slack."""

GROUPS = tuple(
    Group(500 + number, name)
    for number, name in enumerate(
        (
            "Billing Support",
            "Tech Support",
            "Account Support",
            "Product Feedback",
            "General Support",
            "Billing Lead",
            "Engineering Oncall",
            "Account Manager",
            "Product Manager",
            "Support Lead",
        ),
        start=1,
    )
)
"""One group per team; lower-cased and with underscores they are the teams of the default policy."""
