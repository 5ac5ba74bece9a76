"""What people, conversations and user groups are."""

from dataclasses import dataclass
from enum import StrEnum

from bot.playground.team import HARBOR, HOME

DOMAINS = {HOME.id: "playground.example", HARBOR.id: "harbor.example"}
"""Of each workspace's e-mail addresses."""
OPENED = 1_767_225_600
"""When the workspaces were made: the first second of 2026."""


class Role(StrEnum):
    AGENT = "agent"
    LEAD = "lead"
    ADMIN = "admin"
    """Owns the workspace."""
    OUTSIDER = "outsider"
    GUEST = "guest"
    BOT = "bot"


@dataclass(frozen=True)
class Person:
    id: str
    name: str
    real_name: str
    title: str
    role: Role
    deleted: bool = False
    team: str = HOME.id
    is_single_channel: bool = False
    """A guest who may be in one channel only."""

    @property
    def is_bot(self) -> bool:
        return self.role is Role.BOT

    @property
    def is_guest(self) -> bool:
        return self.role is Role.GUEST

    @property
    def is_admin(self) -> bool:
        return self.role in {Role.LEAD, Role.ADMIN}

    @property
    def email(self) -> str:
        return f"{self.name}@{DOMAINS[self.team]}"


@dataclass(frozen=True)
class Channel:
    """Any conversation: a channel, a direct message (`partner`), a group of up to nine (`is_mpim`)."""

    id: str
    name: str
    topic: str
    members: frozenset[str]
    is_private: bool = False
    is_archived: bool = False
    partner: str = ""
    """The other person, when this is a direct message."""
    teams: tuple[str, ...] = (HOME.id,)
    """The workspaces that see it: more than one for a channel shared through Slack Connect."""
    purpose: str = ""
    creator: str = "U0LENA"
    created: int = OPENED
    is_mpim: bool = False
    is_general: bool = False
    """The one channel that everybody is in, which nobody leaves or archives."""
    is_closed: bool = False
    """A direct message that the app put away; the next message opens it again."""
    previous_names: tuple[str, ...] = ()

    @property
    def is_direct(self) -> bool:
        return bool(self.partner)

    @property
    def is_shared(self) -> bool:
        return len(self.teams) > 1


@dataclass(frozen=True)
class UserGroup:
    id: str
    handle: str
    name: str
    members: tuple[str, ...]
    team: str = HOME.id
    description: str = ""
    channels: tuple[str, ...] = ()
    """Those that its members are put into."""
    creator: str = "U0LENA"
    changed_by: str = "U0LENA"
    created: int = OPENED
    changed: int = OPENED
    disabled: int = 0
    """When it was switched off; 0 while it is on."""
