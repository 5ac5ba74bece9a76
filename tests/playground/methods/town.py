"""Workspaces with every kind of conversation, person and token in them."""

from dataclasses import dataclass, replace
from typing import Any

from bot.playground.credentials import CLIENT_ID, CLIENT_SECRET
from bot.playground.installations import install
from bot.playground.oauth import Grant
from bot.playground.people import Channel, Person, Role
from bot.playground.playground import Playground
from bot.playground.scopes import SCOPES
from bot.playground.team import HARBOR
from bot.playground.tokens import TokenKind
from tests.playground.running import Ticking

Arguments = dict[str, Any]
CLIENT: Arguments = {"client_id": CLIENT_ID, "client_secret": CLIENT_SECRET}
TECH, PUBLIC, NOWHERE = "C0TECH", "C0RANDOM", "C0NOWHERE"


@dataclass
class Town:
    playground: Playground
    clock: Ticking
    made: int = 0

    def __post_init__(self) -> None:
        self.playground.scopes = SCOPES
        self.playground.token_rotation = True
        self.playground.events = frozenset()
        self.direct = self.playground.workspace.direct("U0BEN").id
        self.strange_direct = self.playground.workspace.between("U0ANA", "U0BEN").id

    def number(self) -> int:
        self.made += 1
        return self.made

    def channel(self, *members: str, team: str = "", **more: Any) -> str:
        """A new channel of the app's, with it in it."""
        number, seen = self.number(), self.playground.of(team or self.playground.team_id)
        bot = seen.team.bot_user
        made = Channel(
            f"C9X{number}", f"made-{number}", "", frozenset({bot, *members}), teams=(seen.team_id,), creator=bot
        )
        return seen.workspace.keep(replace(made, **more)).id

    def shared(self, *members: str) -> str:
        """With the other workspace."""
        return self.channel(*members, teams=(self.playground.team_id, HARBOR.id))

    def acquaintance(self) -> str:
        """Somebody of the other workspace, known from a shared channel."""
        self.shared("U1PAUL")
        return "U1PAUL"

    def archived(self) -> str:
        return self.channel("U0BEN", is_archived=True)

    def secret(self) -> str:
        """A private channel without the app."""
        return self.channel(members=frozenset({"U0ANA"}), is_private=True)

    def group(self) -> str:
        """A conversation of several with the app."""
        return self.channel("U0ANA", "U0BEN", is_private=True, is_mpim=True)

    def closed(self) -> str:
        workspace = self.playground.workspace
        return workspace.keep(replace(workspace.direct("U0EVA"), is_closed=True)).id

    def said(self, channel: str = TECH, **more: str) -> str:
        return str(self.playground.messages.post(channel, {"user": "U0BEN", "text": "Said", **more})["ts"])

    def thread(self) -> str:
        ts = self.said()
        self.said(thread_ts=ts)
        return ts

    def person(self, user: str, *, team: str = "") -> str:
        """The token with which the app acts as this person."""
        team = team or self.playground.team_id
        return self.playground.tokens.issue(TokenKind.USER, team, user, SCOPES, rotating=False).secret

    def guest(self) -> str:
        return self.person("U0GINA")

    def newcomer(self) -> str:
        """Somebody who is in no channel yet."""
        person = Person(f"U9X{self.number()}", f"new{self.made}", "New Person", "New", Role.AGENT)
        self.playground.workspace.admit(person)
        return person.id

    def narrow(self, *scopes: str) -> str:
        """A token of the bot's that may do only this."""
        bot = self.playground.team.bot_user
        return self.playground.tokens.issue(TokenKind.BOT, "T0PLAY", bot, frozenset(scopes), rotating=False).secret

    def in_harbor(self, channel: str) -> str:
        """The bot's token there, once it is in this channel."""
        secret = self.harbor()
        self.playground.of(HARBOR.id).workspace.join(channel, HARBOR.bot_user)
        return secret

    def harbor(self) -> str:
        """The token of the app's bot in the other workspace."""
        issued = install(self.playground.of(HARBOR.id), Grant(HARBOR.id, "U1NORA", SCOPES, frozenset()))
        assert issued.bot is not None
        return issued.bot.secret

    def lasting(self) -> str:
        """A token of the time before rotation."""
        user = self.playground.team.bot_user
        return self.playground.tokens.issue(TokenKind.BOT, "T0PLAY", user, SCOPES, rotating=False).secret

    def exchanged(self) -> str:
        secret = self.lasting()
        self.playground.tokens.exchange(secret)
        return secret

    def ended(self) -> str:
        secret = self.lasting()
        self.playground.tokens.revoke(self.playground.tokens.find(secret))
        return secret

    def code(self, redirect_uri: str = "", challenge: str = "", user_scopes: frozenset[str] = frozenset()) -> str:
        grant = Grant(HARBOR.id, "U1NORA", frozenset({"chat:write"}), user_scopes)
        return self.playground.codes.give(grant, redirect_uri, challenge)

    def refresh_token(self) -> str:
        user = self.playground.team.bot_user
        return self.playground.tokens.issue(TokenKind.BOT, "T0PLAY", user, SCOPES, rotating=True).refresh_token

    def used_code(self) -> str:
        code = self.code()
        self.playground.codes.redeem(code, "", "")
        return code

    def without_rotation(self, **arguments: object) -> Arguments:
        self.playground.token_rotation = False
        return arguments

    def usergroup(self, **more: Any) -> str:
        number = self.number()
        groups = self.playground.workspace
        made = replace(groups.group("S0TECH"), id=f"S9X{number}", handle=f"group-{number}", name=f"Group {number}")
        return groups.keep_group(replace(made, **more)).id
