"""The app comes to a workspace and leaves it: its user, its tokens, and what it is told."""

from dataclasses import dataclass

from bot.playground.credentials import APP_NAME, BOT_NAME
from bot.playground.events import announce_revoked, announce_uninstalled
from bot.playground.oauth import Grant
from bot.playground.people import Person, Role
from bot.playground.playground import Playground
from bot.playground.tokens import Token, TokenKind


@dataclass(frozen=True)
class Issued:
    bot: Token | None
    user: Token | None


def install(playground: Playground, grant: Grant) -> Issued:
    """Bring the app to the workspace that the playground is seen from."""
    team, rotating = playground.team, playground.token_rotation
    bot = user = None
    if grant.scopes:
        playground.workspace.reactivate(Person(team.bot_user, BOT_NAME, APP_NAME, "App", Role.BOT, team=team.id))
        bot = playground.tokens.issue(TokenKind.BOT, team.id, team.bot_user, grant.scopes, rotating=rotating)
    if grant.user_scopes:
        user = playground.tokens.issue(TokenKind.USER, team.id, grant.user, grant.user_scopes, rotating=rotating)
    return Issued(bot, user)


def uninstall(playground: Playground) -> None:
    """The app is told, then it is gone: its user is deactivated, all tokens are void."""
    tokens = playground.tokens.of(playground.team_id)
    announce_uninstalled(playground)
    revoke(playground, tokens)
    playground.workspace.deactivate(playground.team.bot_user)


def revoke(playground: Playground, tokens: list[Token]) -> None:
    bots = sorted({token.user for token in tokens if token.kind is TokenKind.BOT})
    people = sorted({token.user for token in tokens if token.kind is TokenKind.USER})
    announce_revoked(playground, bots, people)
    for token in tokens:
        playground.tokens.revoke(token)
