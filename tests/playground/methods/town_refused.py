"""For every method of people, conversations, groups and tokens: calls that are refused, by Slack's error code."""

from collections.abc import Callable, Iterable

from tests.playground.methods.town import CLIENT, NOWHERE, PUBLIC, TECH, Arguments, Town

Case = tuple[str, Callable[[Town], Arguments]]

HARBOR_ALL = "C1ALL"


def places(**more: object) -> Iterable[Case]:
    """Conversations that the caller does not know of."""
    yield "channel_not_found", lambda t: {"channel": NOWHERE, **more}
    yield "channel_not_found", lambda t: {"channel": t.secret(), **more}
    yield "channel_not_found", lambda t: {"channel": t.strange_direct, **more}
    yield "channel_not_found", lambda t: {"channel": "C1OPS", **more}
    yield "channel_not_found", lambda t: {"channel": TECH, "token": t.person("U0GINA"), **more}


def pages(**more: object) -> Iterable[Case]:
    yield "invalid_cursor", lambda t: {"cursor": "%%%", **more}
    yield "invalid_cursor", lambda t: {"cursor": "YWJj", **more}
    yield "invalid_limit", lambda t: {"limit": 0, **more}
    yield "invalid_limit", lambda t: {"limit": 1001, **more}


def listings() -> Iterable[Case]:
    yield from pages()
    yield "invalid_types", lambda t: {"types": "secret"}
    yield "missing_scope", lambda t: {"types": "im", "token": t.narrow("channels:read")}


def names(**more: object) -> Iterable[Case]:
    """What no channel may be called."""
    yield "invalid_name_required", lambda t: {"name": "", **_made(t, more)}
    yield "invalid_name_maxlength", lambda t: {"name": "x" * 81, **_made(t, more)}
    yield "invalid_name_punctuation", lambda t: {"name": "--__--", **_made(t, more)}
    yield "invalid_name_specials", lambda t: {"name": "Upper", **_made(t, more)}
    yield "invalid_name_specials", lambda t: {"name": "two words", **_made(t, more)}
    yield "invalid_name_specials", lambda t: {"name": "a.b", **_made(t, more)}
    yield "name_taken", lambda t: {"name": "random", **_made(t, more)}


def _made(town: Town, more: dict[str, object]) -> Arguments:
    return {name: value(town) if callable(value) else value for name, value in more.items()}


def between() -> Iterable[Case]:
    yield "invalid_ts_oldest", lambda t: {"channel": TECH, "oldest": "soon", "ts": t.said()}
    yield "invalid_ts_latest", lambda t: {"channel": TECH, "latest": "late", "ts": t.said()}
    yield "invalid_cursor", lambda t: {"channel": TECH, "cursor": "%%%", "ts": t.said()}
    yield "invalid_limit", lambda t: {"channel": TECH, "limit": 1001, "ts": t.said()}
    yield "not_in_channel", lambda t: {"channel": PUBLIC, "ts": t.said(PUBLIC)}


def descriptions(field: str) -> tuple[Case, ...]:
    more = {field: "x"}
    return (
        *places(**more),
        ("is_archived", lambda t: {"channel": t.archived(), **more}),
        ("method_not_supported_for_channel_type", lambda t: {"channel": t.direct, **more}),
        ("missing_scope", lambda t: {"channel": TECH, **more, "token": t.narrow("groups:write.topic")}),
        ("not_in_channel", lambda t: {"channel": PUBLIC, **more}),
        ("too_long", lambda t: {"channel": TECH, field: "x" * 251}),
        ("user_is_restricted", lambda t: {"channel": "C0GENERAL", **more, "token": t.person("U0GINA")}),
    )


def groups() -> Iterable[Case]:
    yield "permission_denied", lambda t: {"usergroup": t.usergroup(), "name": "x", "users": "U0BEN", "token": t.guest()}
    yield "no_such_subteam", lambda t: {"usergroup": "S0NONE", "users": "U0BEN"}


def clients(**more: object) -> Iterable[Case]:
    yield "invalid_client_id", lambda t: {**CLIENT, "client_id": "1.2", **_made(t, more)}
    yield "bad_client_secret", lambda t: {**CLIENT, "client_secret": "guess", **_made(t, more)}


REFUSED: dict[str, tuple[Case, ...]] = {
    "api.test": (("my_error", lambda t: {"error": "my_error"}),),
    "apps.uninstall": tuple(clients()),
    "auth.revoke": (),
    "auth.teams.list": tuple(pages()),
    "auth.test": (("invalid_auth", lambda t: {"token": "xoxb-made-up"}),),
    "bots.info": (
        ("bot_not_found", lambda t: {"bot": "B0NONE"}),
        ("team_not_found", lambda t: {"bot": "B0TRIAGE", "team_id": "T0OTHER"}),
    ),
    "conversations.archive": (
        *places(),
        ("already_archived", lambda t: {"channel": t.archived()}),
        ("cant_archive_general", lambda t: {"channel": HARBOR_ALL, "token": t.in_harbor(HARBOR_ALL)}),
        ("method_not_supported_for_channel_type", lambda t: {"channel": t.direct}),
        ("method_not_supported_for_channel_type", lambda t: {"channel": t.group()}),
        ("missing_scope", lambda t: {"channel": TECH, "token": t.narrow("groups:write")}),
        ("not_in_channel", lambda t: {"channel": PUBLIC}),
        ("restricted_action", lambda t: {"channel": "C0GENERAL", "token": t.person("U0GINA")}),
    ),
    "conversations.close": (
        *places(),
        ("method_not_supported_for_channel_type", lambda t: {"channel": TECH}),
        ("missing_scope", lambda t: {"channel": t.direct, "token": t.narrow("mpim:write")}),
    ),
    "conversations.create": (
        *names(),
        ("missing_scope", lambda t: {"name": "x", "token": t.narrow("groups:write")}),
        ("missing_scope", lambda t: {"name": "x", "is_private": True, "token": t.narrow("channels:manage")}),
        ("restricted_action", lambda t: {"name": "x", "token": t.guest()}),
    ),
    "conversations.history": (
        *places(),
        *((error, lambda t, made=made: _without(made(t), "ts")) for error, made in between()),  # type: ignore[misc]
        ("missing_scope", lambda t: {"channel": TECH, "token": t.narrow("groups:history")}),
    ),
    "conversations.info": (
        *places(),
        ("missing_scope", lambda t: {"channel": TECH, "token": t.narrow("groups:read")}),
        ("missing_scope", lambda t: {"channel": t.direct, "token": t.narrow("channels:read")}),
    ),
    "conversations.invite": (
        *places(users="U0ANA"),
        ("already_in_channel", lambda t: {"channel": TECH, "users": "U0ANA"}),
        ("cant_invite", lambda t: {"channel": t.channel(), "users": "U0DORA"}),
        ("cant_invite", lambda t: {"channel": t.channel(), "users": "U1NORA"}),
        ("cant_invite_self", lambda t: {"channel": t.channel(), "users": "U0TRIAGE"}),
        ("is_archived", lambda t: {"channel": t.archived(), "users": "U0ANA"}),
        ("method_not_supported_for_channel_type", lambda t: {"channel": t.direct, "users": "U0ANA"}),
        ("missing_scope", lambda t: {"channel": TECH, "users": "U0GINA", "token": t.narrow("groups:write.invites")}),
        ("no_permission", lambda t: {"channel": "C0GENERAL", "users": t.newcomer(), "token": t.guest()}),
        ("no_user", lambda t: {"channel": TECH, "users": ","}),
        ("not_in_channel", lambda t: {"channel": PUBLIC, "users": "U0ANA"}),
        ("ura_max_channels", lambda t: {"channel": t.channel(), "users": "U0SAM"}),
        ("user_not_found", lambda t: {"channel": t.channel(), "users": "U0NOBODY"}),
        ("user_not_found", lambda t: {"channel": t.channel(), "users": "U0NOBODY,U0ANA"}),
    ),
    "conversations.join": (
        *places(),
        ("is_archived", lambda t: {"channel": t.channel(is_archived=True)}),
        ("method_not_supported_for_channel_type", lambda t: {"channel": t.direct}),
        ("method_not_supported_for_channel_type", lambda t: {"channel": t.channel(is_private=True)}),
        ("missing_scope", lambda t: {"channel": PUBLIC, "token": t.narrow("channels:read")}),
    ),
    "conversations.leave": (
        *places(),
        ("cant_leave_general", lambda t: {"channel": HARBOR_ALL, "token": t.in_harbor(HARBOR_ALL)}),
        ("is_archived", lambda t: {"channel": t.archived()}),
        ("last_member", lambda t: {"channel": t.channel(is_private=True)}),
        ("method_not_supported_for_channel_type", lambda t: {"channel": t.direct}),
        ("missing_scope", lambda t: {"channel": TECH, "token": t.narrow("groups:write")}),
        ("user_is_restricted", lambda t: {"channel": "C0GENERAL", "token": t.guest()}),
    ),
    "conversations.list": tuple(listings()),
    "conversations.mark": (
        *places(ts="1.000001"),
        ("invalid_timestamp", lambda t: {"channel": TECH, "ts": "soon"}),
        ("missing_scope", lambda t: {"channel": TECH, "ts": "1.000001", "token": t.narrow("groups:write")}),
        ("not_in_channel", lambda t: {"channel": PUBLIC, "ts": "1.000001"}),
    ),
    "conversations.members": (
        *places(),
        *pages(channel=TECH),
        ("missing_scope", lambda t: {"channel": TECH, "token": t.narrow("groups:read")}),
    ),
    "conversations.open": (
        ("channel_not_found", lambda t: {"channel": NOWHERE}),
        ("channel_not_found", lambda t: {"channel": t.strange_direct}),
        ("channel_not_found", lambda t: {"users": "U0CHLOE,U0DEV,U0OMAR", "prevent_creation": True}),
        ("invalid_user_combination", lambda t: {"users": "U1IDA"}),
        ("invalid_user_combination", lambda t: {"users": "U0ANA,U1IDA"}),
        ("method_not_supported_for_channel_type", lambda t: {"channel": TECH}),
        ("missing_scope", lambda t: {"users": "U0BEN", "token": t.narrow("mpim:write")}),
        ("missing_scope", lambda t: {"users": "U0ANA,U0BEN", "token": t.narrow("im:write")}),
        ("too_many_users", lambda t: {"users": ",".join(f"U{n}" for n in range(9))}),
        ("user_disabled", lambda t: {"users": "U0DORA"}),
        ("user_not_found", lambda t: {"users": "U0NOBODY"}),
        ("user_not_found", lambda t: {"users": "U1PAUL"}),
        ("user_not_visible", lambda t: {"users": t.newcomer(), "token": t.guest()}),
        ("users_list_not_supplied", lambda t: {}),
    ),
    "conversations.rename": (
        *places(name="x"),
        *names(channel=lambda t: t.channel()),
        ("is_archived", lambda t: {"channel": t.archived(), "name": "x"}),
        ("method_not_supported_for_channel_type", lambda t: {"channel": t.direct, "name": "x"}),
        ("missing_scope", lambda t: {"channel": TECH, "name": "x", "token": t.narrow("groups:write")}),
        ("not_authorized", lambda t: {"channel": TECH, "name": "x"}),
        ("not_in_channel", lambda t: {"channel": PUBLIC, "name": "x"}),
    ),
    "conversations.replies": (
        *places(ts="1.000001"),
        *between(),
        ("missing_scope", lambda t: {"channel": TECH, "ts": "1.000001", "token": t.narrow("groups:history")}),
        ("thread_not_found", lambda t: {"channel": TECH, "ts": "1.000001"}),
    ),
    "conversations.setPurpose": descriptions("purpose"),
    "conversations.setTopic": descriptions("topic"),
    "conversations.unarchive": (
        *places(),
        ("method_not_supported_for_channel_type", lambda t: {"channel": t.direct}),
        ("missing_scope", lambda t: {"channel": TECH, "token": t.narrow("groups:write")}),
        ("not_archived", lambda t: {"channel": TECH}),
    ),
    "dnd.info": (
        ("user_not_found", lambda t: {"user": "U0NOBODY"}),
        ("user_not_visible", lambda t: {"user": t.newcomer(), "token": t.guest()}),
    ),
    "dnd.teamInfo": (
        ("no_users_provided", lambda t: {"users": ","}),
        ("user_not_visible", lambda t: {"users": t.newcomer(), "token": t.guest()}),
    ),
    "emoji.list": (("invalid_arguments", lambda t: {"colour": "red"}),),
    "oauth.v2.access": (
        *clients(code=lambda t: t.code()),
        ("bad_redirect_uri", lambda t: {**CLIENT, "code": t.code("http://127.0.0.1/a"), "redirect_uri": "http://b"}),
        ("code_already_used", lambda t: {**CLIENT, "code": t.used_code()}),
        ("invalid_code", lambda t: {**CLIENT, "code": "1.2.3"}),
        ("invalid_code_verifier", lambda t: {**CLIENT, "code": t.code("", "challenge"), "code_verifier": "x"}),
        ("invalid_grant_type", lambda t: {**CLIENT, "grant_type": "password"}),
        ("invalid_refresh_token", lambda t: {**CLIENT, "grant_type": "refresh_token", "refresh_token": "xoxe-1-no"}),
    ),
    "oauth.v2.exchange": (
        *clients(token=lambda t: t.lasting()),
        ("authorization_not_found", lambda t: {**CLIENT, "token": t.ended()}),
        ("invalid_token", lambda t: {**CLIENT, "token": "xoxb-made-up"}),
        ("token_already_exchanged", lambda t: {**CLIENT, "token": t.exchanged()}),
        ("token_rotation_not_enabled", lambda t: t.without_rotation(**CLIENT, token=t.lasting())),
    ),
    "team.info": (
        ("team_not_found", lambda t: {"team": "T0OTHER"}),
        ("team_not_on_enterprise", lambda t: {"domain": "playground"}),
    ),
    "usergroups.create": (
        ("bad_handle", lambda t: {"name": "x", "handle": "Two Words"}),
        ("forbidden_handle", lambda t: {"name": "x", "handle": "here"}),
        ("handle_already_exists", lambda t: {"name": "x", "handle": "tech-team"}),
        ("handle_already_exists", lambda t: {"name": "x", "handle": "ben"}),
        ("invalid_channel_provided", lambda t: {"name": "x", "channels": f"{TECH},{NOWHERE}"}),
        ("missing_subteam_name", lambda t: {"name": ""}),
        ("name_already_exists", lambda t: {"name": "technical team"}),
        ("permission_denied", lambda t: {"name": "x", "token": t.guest()}),
    ),
    "usergroups.disable": tuple((error, lambda t, made=made: _only(made(t), "usergroup")) for error, made in groups()),  # type: ignore[misc]
    "usergroups.enable": tuple((error, lambda t, made=made: _only(made(t), "usergroup")) for error, made in groups()),  # type: ignore[misc]
    "usergroups.list": (),
    "usergroups.update": (
        *((error, lambda t, made=made: _without(made(t), "users")) for error, made in groups()),  # type: ignore[misc]
        ("name_already_exists", lambda t: {"usergroup": t.usergroup(), "name": "Billing team"}),
    ),
    "usergroups.users.list": (("no_such_subteam", lambda t: {"usergroup": "S0NONE"}),),
    "usergroups.users.update": (
        *((error, lambda t, made=made: _without(made(t), "name")) for error, made in groups()),  # type: ignore[misc]
        ("failed_for_some_users", lambda t: {"usergroup": t.usergroup(), "users": "U0BEN,U1NORA"}),
        ("invalid_users", lambda t: {"usergroup": t.usergroup(), "users": "U0BEN,U0NOBODY"}),
        ("invalid_users", lambda t: {"usergroup": t.usergroup(), "users": "U0DORA"}),
        ("no_users_provided", lambda t: {"usergroup": t.usergroup(), "users": ","}),
    ),
    "users.conversations": (*listings(), ("user_not_found", lambda t: {"user": "U0NOBODY"})),
    "users.getPresence": (("user_not_found", lambda t: {"user": "U0NOBODY"}),),
    "users.info": (
        ("user_not_found", lambda t: {"user": "U0NOBODY"}),
        ("user_not_found", lambda t: {"user": "U1PAUL"}),
        ("user_not_visible", lambda t: {"user": t.newcomer(), "token": t.guest()}),
    ),
    "users.list": tuple(pages()),
    "users.lookupByEmail": (
        ("users_not_found", lambda t: {"email": "nobody@playground.example"}),
        ("users_not_found", lambda t: {"email": "dora@playground.example"}),
        ("users_not_found", lambda t: {"email": "paul@harbor.example"}),
    ),
    "users.profile.get": (
        ("user_not_found", lambda t: {"user": "U0NOBODY"}),
        ("token_revoked", lambda t: {"token": t.ended()}),
    ),
    "users.setPresence": (("invalid_presence", lambda t: {"presence": "asleep"}),),
}


def _without(arguments: Arguments, name: str) -> Arguments:
    return {key: value for key, value in arguments.items() if key != name}


def _only(arguments: Arguments, name: str) -> Arguments:
    return {key: value for key, value in arguments.items() if key in {name, "token"}}
