"""api.test, auth.*, apps.uninstall: who calls, and the end of it."""

from bot.playground.credentials import APP_ID, APP_NAME
from bot.playground.installations import revoke, uninstall
from bot.playground.methods.call import Call, Method
from bot.playground.methods.oauth import check_client
from bot.playground.methods.pages import page
from bot.playground.wire import Object, Refusal


def api_test(call: Call) -> Object:
    said = {k: v for k, v in call.arguments.values.items() if k != "token"}
    if "error" in said:
        raise Refusal(str(said["error"]), args=said)
    return {"args": said}


def auth_test(call: Call) -> Object:
    team = call.playground.team
    bot = {} if call.by_person else {"bot_id": team.bot_id}
    expires = call.token.expires_at if call.token else None
    return {
        "url": team.url,
        "team": team.name,
        "user": call.playground.workspace.person(call.actor).name,
        "team_id": team.id,
        "user_id": call.actor,
        **bot,
        "app_id": APP_ID,
        "app_name": APP_NAME,
        "is_enterprise_install": False,
        **({"expires_in": int(expires - call.playground.clock.now())} if expires else {}),
    }


def revoke_token(call: Call) -> Object:
    """With its last token the app is gone from the workspace."""
    if call.arguments.boolean("test"):
        return {"revoked": False}
    if call.token:
        others = [token for token in call.playground.tokens.of(call.playground.team_id) if token != call.token]
        if others:
            revoke(call.playground, [call.token])
        else:
            uninstall(call.playground)
    return {"revoked": True}


def list_teams(call: Call) -> Object:
    """The workspaces that this token opens: one, as the app is not installed for an organisation."""
    team = call.playground.team
    shown, cursor = page(call, [{"id": team.id, "name": team.name}], 100, 1000)
    return {"teams": shown, "response_metadata": {"next_cursor": cursor}}


def uninstall_app(call: Call) -> Object:
    check_client(call)
    uninstall(call.playground)
    return {"uninstalled": True}


METHODS = (
    Method("api.test", api_test, (), ("error", "foo"), tier=4, needs_token=False),
    Method("auth.test", auth_test, tier=5),
    Method("auth.revoke", revoke_token, (), ("test",)),
    Method("auth.teams.list", list_teams, (), ("cursor", "include_icon", "limit"), tier=2),
    Method("apps.uninstall", uninstall_app, ("client_id", "client_secret"), tier=1),
)
