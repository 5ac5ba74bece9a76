"""One call of a Web API method, and what a method declares about itself."""

from collections.abc import Callable
from dataclasses import dataclass

from bot.playground.arguments import Arguments
from bot.playground.people import Channel
from bot.playground.playground import Playground
from bot.playground.tokens import Token, TokenKind
from bot.playground.wire import Object, Refusal

ALWAYS_WELCOME = frozenset({"token", "team_id", "pretty"})
"""Arguments that any method takes; Bolt adds `team_id` to every call."""


@dataclass(frozen=True)
class Call:
    """`playground` is seen from the workspace of the token; without a token, from home."""

    playground: Playground
    what: str
    arguments: Arguments
    token: Token | None = None

    @property
    def actor(self) -> str:
        """The user who does it: the app's own, or the person whose token it is."""
        return self.token.user if self.token and self.token.user else self.playground.team.bot_user

    @property
    def by_person(self) -> bool:
        return self.token is not None and self.token.kind is TokenKind.USER

    @property
    def scopes(self) -> frozenset[str]:
        granted = self.token.scopes if self.token else None
        return self.playground.scopes if granted is None else granted

    def require_scope(self, *scopes: str) -> None:
        """Any one of these will do."""
        if not self.scopes & set(scopes):
            provided = ",".join(sorted(self.scopes))
            raise Refusal("missing_scope", needed=",".join(scopes), provided=provided)

    def channel(self, name: str = "channel") -> Channel:
        """The channel named by this argument, if the caller may know of it."""
        channel = self.playground.workspace.channel(self.arguments.text(name))
        if not self.may_see(channel):
            raise Refusal("channel_not_found")
        return channel

    def may_see(self, channel: Channel) -> bool:
        """Everybody sees public channels, but guests only those that they are in."""
        if self.actor in channel.members:
            return True
        return not channel.is_private and not self.playground.workspace.person(self.actor).is_guest

    def joined_channel(self) -> Channel:
        channel = self.channel()
        if self.actor not in channel.members:
            raise Refusal("not_in_channel")
        return channel


@dataclass(frozen=True)
class Method:
    """`run` gives the fields of the answer beside `ok`."""

    name: str
    run: Callable[[Call], Object]
    required: tuple[str, ...] = ()
    optional: tuple[str, ...] = ()
    scope: str = ""
    tier: int = 3
    app_level: bool = False
    """Called with the app's own token, and not with that of an installation."""
    needs_token: bool = True

    @property
    def known(self) -> frozenset[str]:
        return ALWAYS_WELCOME | {*self.required, *self.optional}


def scope_for(channel: Channel, ending: str) -> str:
    """`channels:read`, `im:history`, …: the kind of conversation decides."""
    if channel.is_direct or channel.is_mpim:
        return f"{'mpim' if channel.is_mpim else 'im'}:{ending}"
    return f"{'groups' if channel.is_private else 'channels'}:{ending}"


def write_scopes(call: Call, channel: Channel, ending: str = "") -> tuple[str, ...]:
    """Any of these changes such a conversation; `ending` names the narrower scope that does too."""
    family = scope_for(channel, "").removesuffix(":")
    whole = "channels:manage" if family == "channels" and not call.by_person else f"{family}:write"
    return (f"{family}:write.{ending}", whole) if ending else (whole,)
