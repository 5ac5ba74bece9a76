"""The whole pretend workspace and helpdesk in one value: settings, and the state they begin with."""

import random
import time
from collections.abc import Callable
from copy import copy
from dataclasses import dataclass, field

from bot.playground.background import Background
from bot.playground.clock import Clock
from bot.playground.credentials import APP_TOKEN, BOT_SCOPES, BOT_TOKEN
from bot.playground.deliveries import Line
from bot.playground.executions import Executions
from bot.playground.faults import Faults
from bot.playground.files import Files
from bot.playground.flexpanes import Flexpanes
from bot.playground.identifiers import Identifiers
from bot.playground.manifest import Manifest, shipped
from bot.playground.messages import Messages
from bot.playground.oauth import Codes
from bot.playground.pins import Pins
from bot.playground.rates import Rates
from bot.playground.response_urls import ResponseUrls
from bot.playground.restrictions import Restrictions
from bot.playground.schedule import Schedule
from bot.playground.sessions import Sessions
from bot.playground.sockets import Sockets
from bot.playground.statuses import Statuses
from bot.playground.stream import Stream
from bot.playground.team import HOME, TEAMS, Team
from bot.playground.tokens import Token, TokenKind, Tokens
from bot.playground.triggers import Triggers
from bot.playground.unfurls import Unfurls
from bot.playground.views import Views
from bot.playground.wire import Refusal
from bot.playground.wire_log import WireLog
from bot.playground.workspace import Town, Workspace
from bot.playground.zendesk.desk import Desk

EVENTS = frozenset(
    {
        "app_home_opened",
        "app_mention",
        "app_uninstalled",
        "assistant_thread_context_changed",
        "assistant_thread_started",
        "channel_archive",
        "channel_created",
        "channel_rename",
        "channel_unarchive",
        "function_executed",
        "group_archive",
        "group_rename",
        "group_unarchive",
        "link_shared",
        "member_joined_channel",
        "member_left_channel",
        "message",
        "reaction_added",
        "reaction_removed",
        "subteam_members_changed",
        "team_join",
        "tokens_revoked",
        "user_change",
    }
)
FIRST_TOKENS = (
    Token(BOT_TOKEN, TokenKind.BOT, HOME.id, HOME.bot_user, None),
    Token(APP_TOKEN, TokenKind.APP, "", "", frozenset({"connections:write"})),
)
"""The app is at home from the start; other workspaces install it."""


@dataclass
class Playground:
    """Settings first; what follows is made from them. `strict` refuses arguments that no contract names.

    It is seen from one workspace, `team`; `of` gives the same playground as seen from another. People, views, triggers
    and channels belong to workspaces; all else (messages, the log, the stream, the desk …) is there once.
    """

    bot_url: str
    seed: int = 0
    strict: bool = True
    rate_limits: bool = False
    url: str = ""
    """Where the playground itself is reached; learnt from the first request when left empty."""
    scopes: frozenset[str] = BOT_SCOPES
    """What this workspace granted the app."""
    token_rotation: bool = False
    """Whether tokens from new installations expire."""
    events: frozenset[str] = EVENTS
    """What the app is subscribed to."""
    link_domains: frozenset[str] = frozenset({"desk.playground.example"})
    """Whose links the app is told of."""
    ack_seconds: float = 3.0
    event_pauses: tuple[float, ...] = (0.0, 2.0, 10.0)
    """Before each redelivery of an event; Slack's own are at once, a minute, five minutes."""
    webhook_pauses: tuple[float, ...] = (0.2, 0.5, 1.0, 2.0, 5.0, 10.0)
    """Before each redelivery of a webhook; the last one repeats."""
    now: Callable[[], float] = time.time
    manifest: Manifest = field(default_factory=shipped)
    """What the app offers to people: its commands and shortcuts."""

    preparing: str = field(init=False, default="")
    """What the app still does before it can answer, where somebody tells."""

    team: Team = field(init=False, default=HOME)
    _home: "Playground | None" = field(init=False, default=None, repr=False)
    workspaces: dict[str, Workspace] = field(init=False)
    stream: Stream = field(init=False)
    log: WireLog = field(init=False)
    messages: Messages = field(init=False)
    restrictions: Restrictions = field(init=False)
    schedule: Schedule = field(init=False)
    statuses: Statuses = field(init=False)
    sessions: Sessions = field(init=False)
    files: Files = field(init=False)
    pins: Pins = field(init=False)
    unfurls: Unfurls = field(init=False)
    executions: Executions = field(init=False)
    flexpanes: Flexpanes = field(init=False)
    all_views: dict[str, Views] = field(init=False)
    """By workspace."""
    tokens: Tokens = field(init=False)
    codes: Codes = field(init=False)
    all_triggers: dict[str, Triggers] = field(init=False)
    """By workspace."""
    response_urls: ResponseUrls = field(init=False)
    faults: Faults = field(init=False)
    rates: Rates = field(init=False)
    sockets: Sockets = field(init=False)
    line: Line = field(init=False)
    desk: Desk = field(init=False)
    background: Background = field(init=False)
    clock: Clock = field(init=False)
    identifiers: Identifiers = field(init=False)

    def __post_init__(self) -> None:
        rng = random.Random(self.seed)
        self.clock = Clock(self.now)
        self.stream = Stream()
        self.background = Background()
        self.log = WireLog(self.clock, self.stream)
        self.identifiers = Identifiers(rng)
        town = Town(self.stream)
        self.workspaces = {team.id: Workspace(team, town) for team in TEAMS.values()}
        self.messages = Messages(self.clock, self.stream)
        self.restrictions = Restrictions()
        self.schedule = Schedule(self.identifiers)
        self.statuses = Statuses(self.clock, self.stream)
        self.sessions = Sessions(self.stream)
        self.files = Files(self.clock, self.identifiers)
        self.pins = Pins()
        self.unfurls = Unfurls(self.identifiers)
        self.executions = Executions(self.identifiers, self.stream)
        self.flexpanes = Flexpanes(self.identifiers, self.stream)
        self.all_views = {team.id: Views(self.clock, self.stream, self.identifiers, team) for team in TEAMS.values()}
        self.tokens = Tokens(self.clock, rng, FIRST_TOKENS)
        self.codes = Codes(self.clock, rng)
        self.all_triggers = {team.id: Triggers(self.clock, rng) for team in TEAMS.values()}
        self.response_urls = ResponseUrls(self.clock, rng)
        self.faults = Faults(self.seed)
        self.rates = Rates(self.clock, self.rate_limits)
        self.sockets = Sockets(self.clock, self.stream)
        self.line = Line(self.bot_url, self.ack_seconds, self.clock, self.log, self.stream, self.faults, self.sockets)
        self.desk = Desk(self.clock, self.stream)

    @property
    def team_id(self) -> str:
        return self.team.id

    @property
    def workspace(self) -> Workspace:
        return self.workspaces[self.team.id]

    @property
    def views(self) -> Views:
        return self.all_views[self.team.id]

    @property
    def triggers(self) -> Triggers:
        return self.all_triggers[self.team.id]

    def of(self, team_id: str) -> "Playground":
        """The same playground as seen from this workspace, with the settings of now: take it per request."""
        if team_id not in self.workspaces:
            raise Refusal("team_not_found")
        home = self._home or self
        if team_id == home.team_id:
            return home
        seen = copy(home)
        seen.team, seen.scopes, seen._home = self.workspaces[team_id].team, self.tokens.granted(team_id), home
        return seen

    def prepare(self, doing: str) -> None:
        """Show on the page what the app still does; nothing, when it can answer."""
        self.preparing = doing
        self.stream.publish("preparing", doing=doing)

    async def close(self) -> None:
        self.stream.close()
        await self.background.close()
        await self.line.close()
