"""For every method of people, conversations, groups and tokens: calls that are answered."""

from collections.abc import Callable

from tests.playground.methods.town import CLIENT, PUBLIC, TECH, Arguments, Town

Made = Callable[[Town], Arguments]

ANSWERED: dict[str, list[Made]] = {
    "api.test": [lambda t: {"foo": "bar"}],
    "apps.uninstall": [lambda t: {**CLIENT, "token": t.harbor()}],
    "auth.revoke": [
        lambda t: {"token": t.person("U0BEN")},
        lambda t: {"token": t.person("U0BEN"), "test": True},
    ],
    "auth.teams.list": [lambda t: {}, lambda t: {"limit": 1, "include_icon": True}],
    "auth.test": [lambda t: {}, lambda t: {"token": t.person("U0BEN")}, lambda t: {"token": t.harbor()}],
    "bots.info": [lambda t: {"bot": "B0TRIAGE"}, lambda t: {}],
    "conversations.archive": [lambda t: {"channel": t.channel()}],
    "conversations.close": [lambda t: {"channel": t.closed()}, lambda t: {"channel": t.group()}],
    "conversations.create": [
        lambda t: {"name": f"new-{t.number()}"},
        lambda t: {"name": f"neu-größe-{t.number()}", "is_private": True},
        lambda t: {"name": f"new-{t.number()}", "token": t.person("U0BEN")},
    ],
    "conversations.history": [
        lambda t: {"channel": TECH, "limit": 1, "oldest": t.said(), "inclusive": True, "include_all_metadata": True},
        lambda t: {"channel": t.direct},
        lambda t: {"channel": t.group()},
        lambda t: {"channel": t.archived()},
    ],
    "conversations.info": [
        lambda t: {"channel": TECH, "include_num_members": True, "include_locale": True},
        lambda t: {"channel": "C0HARBOR"},
        lambda t: {"channel": t.direct},
        lambda t: {"channel": t.group()},
        lambda t: {"channel": PUBLIC},
    ],
    "conversations.invite": [
        lambda t: {"channel": t.channel(), "users": "U0ANA,U0GINA"},
        lambda t: {"channel": t.channel(), "users": "U0ANA,U0NOBODY", "force": True},
        lambda t: {"channel": t.channel(is_private=True), "users": "U0ANA"},
        lambda t: {"channel": t.shared(), "users": t.acquaintance()},
    ],
    "conversations.join": [
        lambda t: {"channel": t.channel(members=frozenset({"U0ANA"}))},
        lambda t: {"channel": TECH},
        lambda t: {"channel": t.channel(), "token": t.person("U0BEN")},
    ],
    "conversations.leave": [lambda t: {"channel": t.channel("U0ANA")}, lambda t: {"channel": PUBLIC}],
    "conversations.list": [
        lambda t: {},
        lambda t: {"types": "public_channel,private_channel,mpim,im", "exclude_archived": True, "limit": 1000},
        lambda t: {"token": t.person("U0GINA")},
    ],
    "conversations.mark": [
        lambda t: {"channel": TECH, "ts": t.said()},
        lambda t: {"channel": t.direct, "ts": "1.000001"},
    ],
    "conversations.members": [lambda t: {"channel": TECH}, lambda t: {"channel": t.group(), "limit": 1}],
    "conversations.open": [
        lambda t: {"users": "U0BEN"},
        lambda t: {"users": "U0BEN", "return_im": True},
        lambda t: {"users": "U0ANA,U0BEN,U0EVA"},
        lambda t: {"channel": t.closed()},
        lambda t: {"channel": t.direct, "prevent_creation": True},
        lambda t: {"users": "U1NORA"},
        lambda t: {"users": "U0ANA", "token": t.person("U0BEN")},
    ],
    "conversations.rename": [
        lambda t: {"channel": t.channel(), "name": f"renamed-{t.number()}"},
        lambda t: {"channel": t.channel("U0LENA"), "name": f"renamed-{t.number()}", "token": t.person("U0LENA")},
    ],
    "conversations.replies": [
        lambda t: {"channel": TECH, "ts": t.thread()},
        lambda t: {"channel": TECH, "ts": t.thread(), "limit": 1, "oldest": "0", "include_all_metadata": True},
    ],
    "conversations.setPurpose": [
        lambda t: {"channel": TECH, "purpose": "Why we are here"},
        lambda t: {"channel": t.group(), "purpose": "x" * 250},
    ],
    "conversations.setTopic": [
        lambda t: {"channel": TECH, "topic": "Errors"},
        lambda t: {"channel": TECH, "topic": ""},
    ],
    "conversations.unarchive": [lambda t: {"channel": t.archived()}],
    "dnd.info": [lambda t: {"user": "U0BEN"}, lambda t: {}],
    "dnd.teamInfo": [lambda t: {"users": "U0ANA,U0BEN"}],
    "emoji.list": [lambda t: {}, lambda t: {"include_categories": True}],
    "oauth.v2.access": [
        lambda t: {**CLIENT, "code": t.code()},
        lambda t: {**CLIENT, "code": t.code(user_scopes=frozenset({"users:read"}))},
        lambda t: {**CLIENT, "grant_type": "refresh_token", "refresh_token": t.refresh_token()},
    ],
    "oauth.v2.exchange": [lambda t: {**CLIENT, "token": t.lasting()}],
    "team.info": [lambda t: {}, lambda t: {"team": "T0HARBOR"}],
    "usergroups.create": [
        lambda t: {"name": f"Night {t.number()}"},
        lambda t: {
            "name": f"Day {t.number()}",
            "handle": f"day-{t.made}",
            "description": "By day",
            "channels": TECH,
            "include_count": True,
        },
    ],
    "usergroups.disable": [lambda t: {"usergroup": t.usergroup()}],
    "usergroups.enable": [lambda t: {"usergroup": t.usergroup(disabled=1)}],
    "usergroups.list": [
        lambda t: {},
        lambda t: {"include_users": True, "include_count": True, "include_disabled": True},
    ],
    "usergroups.update": [lambda t: {"usergroup": t.usergroup(), "name": f"Other {t.number()}"}],
    "usergroups.users.list": [
        lambda t: {"usergroup": "S0TECH"},
        lambda t: {"usergroup": t.usergroup(disabled=1), "include_disabled": True},
    ],
    "usergroups.users.update": [lambda t: {"usergroup": t.usergroup(), "users": "U0ANA,U0BEN"}],
    "users.conversations": [
        lambda t: {},
        lambda t: {"user": "U0BEN", "types": "public_channel,im", "exclude_archived": True},
    ],
    "users.getPresence": [lambda t: {"user": "U0BEN"}, lambda t: {"user": "U0TRIAGE"}],
    "users.info": [
        lambda t: {"user": "U0BEN", "include_locale": True},
        lambda t: {"user": "U0DORA"},
        lambda t: {"user": "U0SAM"},
        lambda t: {"user": "U1NORA"},
        lambda t: {"user": "U1IDA"},
        lambda t: {"user": "U0TRIAGE"},
    ],
    "users.list": [lambda t: {}, lambda t: {"limit": 2, "include_locale": True}],
    "users.lookupByEmail": [
        lambda t: {"email": "ben@playground.example"},
        lambda t: {"email": "nora@harbor.example"},
    ],
    "users.profile.get": [lambda t: {"user": "U0BEN"}, lambda t: {"include_labels": True}],
    "users.setPresence": [lambda t: {"presence": "away"}, lambda t: {"presence": "auto"}],
}
