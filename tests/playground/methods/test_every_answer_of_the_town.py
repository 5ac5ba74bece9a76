"""slack_sdk's own client calls every method of people, conversations, groups and tokens, rightly and wrongly."""

from typing import Any

import pytest
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from bot.playground.credentials import APP_TOKEN, BOT_TOKEN
from bot.playground.methods.offered import METHODS
from bot.playground.scopes import SCOPES
from bot.playground.server import Playground
from bot.playground.tokens import LIFETIME, TokenKind
from tests.playground.methods.shapes import misshapen
from tests.playground.methods.town import Town
from tests.playground.methods.town_answered import ANSWERED
from tests.playground.methods.town_refused import REFUSED
from tests.playground.running import Ticking
from tests.playground.test_contracts import reference

FAMILIES = ("api.", "apps.uninstall", "auth.", "bots.", "conversations.", "dnd.", "emoji.", "oauth.", "team.")
OURS = sorted(name for name in METHODS if name.startswith((*FAMILIES, "usergroups.", "users.")))

KNOWN_STRANGERS = ("/is_stranger", "/already_open", "/no_op", "/channel/is_user_deleted", "/channel/user", "/priority")
"""Documented beside the samples, each of which shows one answer of many."""

CONTRADICTIONS = {
    "auth.teams.list": ("'team' is a required property", "'team_id' is a required property"),
    "conversations.open": (" is valid under each of ",),
    "oauth.v2.access": ("'bot' is not one of ['granular_bot']",),
}
"""Where a schema refuses its own reference's example: a field misnamed, an alternative that is no longer one."""

ADDED = {
    "code_already_used",
    "invalid_arguments",
    "invalid_cursor",
    "invalid_limit",
    "is_archived",
    "missing_scope",
    "my_error",
    "name_already_exists",
    "no_such_subteam",
    "not_in_channel",
    "user_not_found",
}
"""Refusals that the reference does not name for every method where Slack is seen to give them."""

NOT_HERE = {
    "there is no organisation above the workspaces, and no such product": {
        "canvas_disabled_user_team",
        "channel_is_limited_access",
        "client_id_token_mismatch",
        "enterprise_is_restricted",
        "enterprise_not_found",
        "external_channel_migrating",
        "fail_to_get_teams_for_restricted_user",
        "invalid_metadata_filter_keys",
        "invitee_cant_see_channel",
        "list_record_comment_fetch_failed",
        "org_not_found",
        "org_user_not_in_team",
        "target_team_must_be_specified_in_org_context",
        "target_team_not_on_org",
        "cannot_install_an_org_installed_app",
        "invalid_team",
    },
    "every workspace is on a plan that has it, and no setting forbids it": {
        "app_cannot_join_channel",
        "cannot_create_channel",
        "cant_archive_required",
        "limit_required",
        "paid_teams_only",
        "pkce_not_allowed",
        "plan_upgrade_required",
        "preview_feature_not_available",
        "too_many_members",
        "user_email_unverified",
    },
    "no reference says from which number on": {
        "description_too_long",
        "name_too_long",
        "subteam_max_users_exceeded",
        "too_many_linked_channels",
    },
    "another code comes first": {
        "bots_not_found",
        "fetch_members_failed",
        "internal_error",
        "invalid_group_provided",
        "invalid_name",
        "missing_argument",
        "missing_user",
        "no_channel",
        "not_bearer_token",
        "oauth_authorization_url_mismatch",
        "ratelimited",
        "too_many_users",
        "unable_to_fetch_custom_emojis",
    },
}
NOT_OF = {
    "apps.uninstall": {"no_permission"},
    "auth.teams.list": {"invalid_auth"},
    "conversations.close": {"not_permitted", "user_does_not_own_channel"},
    "conversations.invite": {"no_external_invite_permission", "user_is_restricted"},
    "conversations.list": {"method_not_supported_for_channel_type"},
    "conversations.members": {"method_not_supported_for_channel_type"},
    "conversations.open": {"not_enough_users"},
    "conversations.replies": {"method_not_supported_for_channel_type"},
    "emoji.list": {"invalid_arguments"},
    "oauth.v2.access": {"no_scopes"},  # Refused on the consent page already.
    "team.info": {"user_not_found"},
    "usergroups.list": {"invalid_cursor", "users_not_found"},
    "usergroups.users.list": {"invalid_cursor"},
    "users.conversations": {"method_not_supported_for_channel_type"},
}

pytestmark = pytest.mark.filterwarnings("ignore:BasicAuth is deprecated")


async def test_every_method_answers_in_the_shape_of_its_reference(
    slack: AsyncWebClient, playground: Playground, clock: Ticking
) -> None:
    town = Town(playground, clock)
    wrong = []
    for method in OURS:
        for number, made in enumerate(ANSWERED[method]):
            for way in ("json", "own"):
                arguments = made(town)
                client = AsyncWebClient(arguments.get("token", BOT_TOKEN), base_url=slack.base_url)
                answer = await _answer(_call(client, method, way, arguments))
                found = misshapen(method, answer, KNOWN_STRANGERS)
                wrong += [f"{method} {number}: {said}" for said in found if not _contradicts(method, said)]
    assert not wrong, "\n".join(wrong)


async def test_every_refusal_that_can_come_about_comes_about(
    slack: AsyncWebClient, playground: Playground, clock: Ticking
) -> None:
    town = Town(playground, clock)
    wrong = []
    for method in OURS:
        for expected, made in REFUSED[method]:
            playground.token_rotation = True
            arguments = _spelt(made(town))
            client = AsyncWebClient(arguments.pop("token", BOT_TOKEN), base_url=slack.base_url)
            answer = await _answer(client.api_call(method, data=arguments))
            if answer.get("error") != expected:
                wrong.append(f"{method} gave {answer.get('error', 'an answer')} instead of {expected}")
    assert not wrong, "\n".join(wrong)


@pytest.mark.parametrize("method", OURS)
def test_every_documented_refusal_is_tried_or_said_not_to_apply(method: str) -> None:
    documented = set(reference(method).get("errors", {}))
    tried = {error for error, _ in REFUSED[method]}
    apart = set().union(*NOT_HERE.values()) | NOT_OF.get(method, set())
    assert documented - tried - apart == set()
    assert tried - documented <= ADDED


async def test_every_method_asks_for_a_token_of_its_kind_and_for_its_scope(
    slack: AsyncWebClient, playground: Playground, clock: Ticking
) -> None:
    """All methods, whoever wrote them: each kind of bad token is refused by its own code."""
    tokens = _bad_tokens(playground, clock)
    wrong = []
    for name, method in METHODS.items():
        if not method.needs_token or method.app_level:
            continue
        for error, token in tokens.items():
            said = {"token": token, "test": "true"} if name == "auth.revoke" else {"token": token}
            answer = await _answer(AsyncWebClient(base_url=slack.base_url).api_call(name, params=said, http_verb="GET"))
            if error != "missing_scope" and answer.get("error") != error:
                wrong.append(f"{name} gave {answer.get('error', 'an answer')} instead of {error}")
            if error == "missing_scope" and method.scope:
                told = {key: answer.get(key) for key in ("error", "needed", "provided")}
                if told != {"error": error, "needed": method.scope, "provided": "emoji:read"} and name != "emoji.list":
                    wrong.append(f"{name} gave {told}")
    assert not wrong, "\n".join(wrong)


async def test_every_method_refuses_arguments_that_no_reference_names(
    slack: AsyncWebClient, playground: Playground
) -> None:
    playground.scopes = SCOPES
    wrong = []
    for name, method in METHODS.items():
        client = AsyncWebClient(APP_TOKEN if method.app_level else BOT_TOKEN, base_url=slack.base_url)
        answer = await _answer(client.api_call(name, json={"no_such_argument": "x"}))
        told = answer.get("response_metadata", {}).get("messages", [])
        if "[ERROR] unknown argument: no_such_argument" not in told:
            wrong.append(f"{name} gave {answer}")
    assert not wrong, "\n".join(wrong)


def _contradicts(method: str, complaint: str) -> bool:
    return any(known in complaint for known in CONTRADICTIONS.get(method, ()))


def _bad_tokens(playground: Playground, clock: Ticking) -> dict[str, str]:
    """By the code with which it is refused."""
    tokens, bot = playground.tokens, playground.team.bot_user
    expired = tokens.issue(TokenKind.BOT, "T0PLAY", bot, None, rotating=True)
    clock.advance(LIFETIME)
    revoked = tokens.issue(TokenKind.BOT, "T0PLAY", bot, None, rotating=False)
    tokens.revoke(revoked)
    gone = tokens.issue(TokenKind.USER, "T0PLAY", "U0DORA", None, rotating=False)
    narrow = tokens.issue(TokenKind.BOT, "T0PLAY", bot, frozenset({"emoji:read"}), rotating=False)
    return {
        "not_authed": "",
        "invalid_auth": "xoxb-made-up",
        "token_expired": expired.secret,
        "token_revoked": revoked.secret,
        "account_inactive": gone.secret,
        "not_allowed_token_type": APP_TOKEN,
        "missing_scope": narrow.secret,
    }


def _call(client: AsyncWebClient, method: str, way: str, arguments: dict[str, Any]) -> Any:
    """By its name with JSON, or by the client's own function, if it has one, in the encoding that it chose."""
    own = getattr(client, method.replace(".", "_"), None)
    if method != "oauth.v2.exchange":
        arguments.pop("token", "")
    return own(**arguments) if way == "own" and own else client.api_call(method, json=arguments)


def _spelt(arguments: dict[str, Any]) -> dict[str, Any]:
    """As a form says it."""
    return {name: str(value).lower() if isinstance(value, bool) else value for name, value in arguments.items()}


async def _answer(call: Any) -> dict[str, Any]:
    try:
        data = (await call).data
    except SlackApiError as refused:
        data = refused.response.data
    assert isinstance(data, dict)
    return data
