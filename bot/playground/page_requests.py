"""What the page may ask of the playground."""

from typing import Annotated, Any, Literal

from pydantic import AfterValidator, BaseModel, ConfigDict, Field

from bot.playground.team import HOME, TEAMS


def _known(team: str) -> str:
    if team not in TEAMS:
        raise ValueError("there is no such workspace")
    return team


TeamId = Annotated[str, AfterValidator(_known)]


class PageRequest(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Act(PageRequest):
    """What a person does, in the workspace that they look at."""

    team: TeamId = HOME.id


class Click(Act):
    """On a message (channel and ts) or inside a view; `values` is what the other elements there hold."""

    user: str
    action: dict[str, Any]
    channel: str = ""
    ts: str = ""
    view_id: str = ""
    values: dict[str, Any] = {}


class Ask(Act):
    """For the options of an external select, on a message or inside a view."""

    user: str
    block_id: str
    action_id: str
    value: str
    channel: str = ""
    ts: str = ""
    view_id: str = ""


class Submit(Act):
    user: str
    view_id: str
    values: dict[str, dict[str, dict[str, Any]]] = {}


class Close(Act):
    """The view's own button, or (`everything`) the window's: then the whole stack goes."""

    user: str
    view_id: str
    everything: bool = False


class Command(Act):
    user: str
    channel: str
    command: str
    text: str = ""


class Say(Act):
    user: str
    channel: str
    text: str = Field(min_length=1, max_length=40_000)
    thread_ts: str | None = None
    broadcast: bool = False
    """Shown in the channel as well, where it is a reply."""


class OnMessage(Act):
    user: str
    channel: str
    ts: str


class Edit(OnMessage):
    text: str = Field(min_length=1, max_length=40_000)


class React(Act):
    user: str
    channel: str
    ts: str
    name: str
    remove: bool = False


class Shortcut(Act):
    user: str
    channel: str
    ts: str
    callback_id: str


class GlobalShortcut(Act):
    user: str
    callback_id: str


class Direct(Act):
    """The conversation between this person and another."""

    user: str
    partner: str


class OpenHome(Act):
    user: str
    tab: Literal["home", "messages"] = "home"


class Join(Act):
    user: str
    channel: str


class NewTicket(PageRequest):
    name: str = Field(min_length=1, max_length=200)
    email: str = Field(min_length=3, max_length=320)
    subject: str = Field(default="", max_length=1_000)
    text: str = Field(min_length=1, max_length=65_535)
    tier: str | None = None
    channel: str | None = None


class MoreFromCustomer(PageRequest):
    text: str = Field(min_length=1, max_length=65_535)


class MoveOn(PageRequest):
    """What an agent makes of a ticket in the helpdesk itself."""

    status: Literal["open", "pending", "solved", "deleted"]


class Give(PageRequest):
    """Which agent of the helpdesk gets a ticket there; nobody where it is empty."""

    email: str = ""


class Control(PageRequest):
    seed: int | None = None
    rate_limits: bool | None = None
    faults: list[dict[str, Any]] | None = None
