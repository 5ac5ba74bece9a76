"""Who calls: the token that a request carries, and whether it opens this method."""

from bot.playground.methods.call import Call, Method
from bot.playground.playground import Playground
from bot.playground.tokens import Token, TokenKind
from bot.playground.wire import Refusal, refuse_arguments


def find_caller(playground: Playground, method: Method, secret: str) -> Token | None:
    """The valid token; None for a method that takes none."""
    if not method.needs_token:
        return None
    if method.app_level and not secret:
        raise Refusal("missing_args")
    token = playground.tokens.find(secret)
    if token.team and _is_gone(playground.of(token.team), token):
        raise Refusal("account_inactive")
    playground.tokens.check(token)
    if (token.kind is TokenKind.APP) is not method.app_level:
        raise Refusal("not_allowed_token_type")
    return token


def admit(call: Call, method: Method) -> None:
    """Let this call in, if its rate, scopes and arguments allow it."""
    if wait := call.playground.rates.wait_for_method(call.playground.team_id, method.name, method.tier):
        raise Refusal("ratelimited", retry_after=wait)
    if method.scope:
        call.require_scope(method.scope)
    missing = [f"missing required field: {field}" for field in method.required if field not in call.arguments]
    unknown = sorted(call.arguments.values.keys() - method.known) if call.playground.strict else []
    if missing or unknown:
        raise refuse_arguments(*missing, *(f"unknown argument: {field}" for field in unknown))


def _is_gone(playground: Playground, token: Token) -> bool:
    """The person was deactivated, or the app removed."""
    return playground.workspace.person(token.user).deleted
