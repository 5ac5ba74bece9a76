"""users.*: who is here, what they look like, whether they are there."""

from bot.playground.methods.call import Call, Method
from bot.playground.methods.pages import page
from bot.playground.people import Person
from bot.playground.shown import show_person
from bot.playground.wire import Object, Refusal


def user_info(call: Call) -> Object:
    return {"user": _show(call, _visible(call, call.arguments.text("user")))}


def list_users(call: Call) -> Object:
    workspace = call.playground.workspace
    known = [p for p in workspace.people if p.team == workspace.team.id or workspace.sees(call.actor, p.id)]
    shown, cursor = page(call, known, 100, 1000)
    members = [_show(call, person) for person in shown]
    now = int(call.playground.clock.now())
    return {"members": members, "cache_ts": now, "response_metadata": {"next_cursor": cursor}}


def look_up_by_email(call: Call) -> Object:
    return {"user": _show(call, call.playground.workspace.by_email(call.arguments.text("email")))}


def profile(call: Call) -> Object:
    person = _visible(call, call.arguments.text("user", call.actor))
    return {"profile": _show(call, person)["profile"]}


def presence(call: Call) -> Object:
    """Everybody is there who did not say otherwise; more is told of the caller."""
    person = _visible(call, call.arguments.text("user", call.actor))
    away = person.id in call.playground.workspace.away or person.deleted
    shown: Object = {"presence": "away" if away else "active"}
    if person.id != call.actor:
        return shown
    now = int(call.playground.clock.now())
    own = {"online": not away, "auto_away": False, "manual_away": away, "connection_count": 0, "last_activity": now}
    return {**shown, **own}


def set_presence(call: Call) -> Object:
    match call.arguments.text("presence"):
        case "away":
            call.playground.workspace.away.add(call.actor)
        case "auto":
            call.playground.workspace.away.discard(call.actor)
        case _:
            raise Refusal("invalid_presence")
    return {}


def do_not_disturb(call: Call) -> Object:
    """Nobody has switched notifications off here."""
    person = _visible(call, call.arguments.text("user", call.actor))
    own = {"snooze_enabled": False, "snooze_endtime": 0, "snooze_remaining": 0, "snooze_is_indefinite": False}
    return {**_UNDISTURBED, **own} if person.id == call.actor else dict(_UNDISTURBED)


def team_do_not_disturb(call: Call) -> Object:
    users = [user.strip() for user in call.arguments.text("users").split(",") if user.strip()]
    if not users:
        raise Refusal("no_users_provided")
    return {"users": {_visible(call, user).id: dict(_UNDISTURBED) for user in users}}


_UNDISTURBED: Object = {"dnd_enabled": False, "next_dnd_start_ts": 1, "next_dnd_end_ts": 1}


def _visible(call: Call, user: str) -> Person:
    """A guest sees only those with whom they share a channel."""
    workspace = call.playground.workspace
    person = workspace.person(user)
    if workspace.person(call.actor).is_guest and not workspace.sees(call.actor, person.id):
        raise Refusal("user_not_visible")
    return person


def _show(call: Call, person: Person) -> Object:
    """A stranger is somebody of another workspace with whom the caller shares no channel."""
    workspace = call.playground.workspace
    shown = show_person(person, workspace.team, with_email="users:read.email" in call.scopes)
    if person.team != workspace.team.id and not workspace.sees(call.actor, person.id):
        shown["is_stranger"] = True
    return {**shown, "locale": "en-GB"} if call.arguments.boolean("include_locale") else shown


METHODS = (
    Method("users.info", user_info, ("user",), ("include_locale",), "users:read", 4),
    Method("users.list", list_users, (), ("cursor", "include_locale", "limit"), "users:read", 2),
    Method("users.lookupByEmail", look_up_by_email, ("email",), (), "users:read.email"),
    Method("users.profile.get", profile, (), ("include_labels", "user"), "users.profile:read", 4),
    Method("users.getPresence", presence, (), ("user",), "users:read"),
    Method("users.setPresence", set_presence, ("presence",), (), "users:write", 2),
    Method("dnd.info", do_not_disturb, (), ("user",), "dnd:read"),
    Method("dnd.teamInfo", team_do_not_disturb, ("users",), (), "dnd:read", 2),
)
