"""oauth.v2.*: from a code to tokens, from an old token to the next."""

from bot.playground.credentials import APP_ID, CLIENT_ID, CLIENT_SECRET
from bot.playground.installations import install
from bot.playground.methods.call import Call, Method
from bot.playground.playground import Playground
from bot.playground.tokens import LIFETIME, Token, TokenKind
from bot.playground.wire import Object, Refusal


def access(call: Call) -> Object:
    check_client(call)
    match call.arguments.text("grant_type", "authorization_code"):
        case "authorization_code":
            return _first_tokens(call)
        case "refresh_token":
            token = call.playground.tokens.refresh(call.arguments.text("refresh_token"))
            return _one_token(call.playground.of(token.team), token)
        case _:
            raise Refusal("invalid_grant_type")


def exchange(call: Call) -> Object:
    """A token that lives for ever becomes one that is rotated."""
    check_client(call)
    if not call.playground.token_rotation:
        raise Refusal("token_rotation_not_enabled")
    token = call.playground.tokens.exchange(call.arguments.text("token"))
    return _one_token(call.playground.of(token.team), token)


def check_client(call: Call) -> None:
    """That the app itself asks, by form fields or HTTP Basic."""
    if call.arguments.text("client_id") != CLIENT_ID:
        raise Refusal("invalid_client_id")
    if call.arguments.text("client_secret") != CLIENT_SECRET:
        raise Refusal("bad_client_secret")


def _first_tokens(call: Call) -> Object:
    asked = call.arguments
    grant = call.playground.codes.redeem(asked.text("code"), asked.text("redirect_uri"), asked.text("code_verifier"))
    seen = call.playground.of(grant.team)
    issued = install(seen, grant)
    bot: Object = {"bot_user_id": seen.team.bot_user, **_shown(seen, issued.bot)} if issued.bot else {}
    user = _shown(seen, issued.user) if issued.user else {}
    return {**_installation(seen), **bot, "authed_user": {"id": grant.user, **user}}


def _one_token(playground: Playground, token: Token) -> Object:
    whose = "bot_user_id" if token.kind is TokenKind.BOT else "user_id"
    return {**_place(playground), **_shown(playground, token), whose: token.user}


def _installation(playground: Playground) -> Object:
    return {**_place(playground), "is_enterprise_install": False}


def _place(playground: Playground) -> Object:
    return {"app_id": APP_ID, "team": {"id": playground.team.id, "name": playground.team.name}, "enterprise": None}


def _shown(playground: Playground, token: Token) -> Object:
    granted = playground.scopes if token.scopes is None else token.scopes
    shown: Object = {
        "access_token": token.secret,
        "token_type": token.kind.value,
        "scope": ",".join(sorted(granted)),
    }
    return {**shown, "expires_in": LIFETIME, "refresh_token": token.refresh_token} if token.refresh_token else shown


_CLIENT = ("client_id", "client_secret")

METHODS = (
    Method(
        "oauth.v2.access",
        access,
        (),
        (*_CLIENT, "code", "code_verifier", "grant_type", "redirect_uri", "refresh_token"),
        tier=5,
        needs_token=False,
    ),
    Method("oauth.v2.exchange", exchange, _CLIENT, needs_token=False),
)
