"""The page on which a person lets the app into a workspace, as OAuth v2 begins on Slack."""

from dataclasses import dataclass
from html import escape
from urllib.parse import parse_qsl, urlencode, urlsplit

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response

from bot.playground.credentials import APP_NAME, CLIENT_ID
from bot.playground.gate import is_loopback
from bot.playground.oauth import Grant
from bot.playground.people import Person, Role
from bot.playground.playground import Playground
from bot.playground.scopes import SCOPES
from bot.playground.wire import Refusal

PATH = "/oauth/v2/authorize"
RETURN = "/slack/oauth_redirect"
"""Where an app that names no redirect_uri gets its code."""


@dataclass(frozen=True)
class Ask:
    """What the app asks for, as its link says it."""

    scopes: frozenset[str]
    user_scopes: frozenset[str]
    redirect_uri: str
    state: str
    team: str
    challenge: str


def consent_page(playground: Playground) -> APIRouter:
    """`/oauth/v2/authorize`: asked with GET, answered with POST to the same address."""
    router = APIRouter()

    @router.get(PATH, include_in_schema=False)
    async def ask(request: Request) -> Response:
        try:
            asked = read_ask(dict(request.query_params))
        except Refusal as refusal:
            return HTMLResponse(_refused(refusal), 400)
        return HTMLResponse(_page(playground, asked))

    @router.post(PATH, include_in_schema=False)
    async def answer(request: Request) -> Response:
        try:
            asked = read_ask(dict(request.query_params))
            said = dict(parse_qsl((await request.body()).decode(errors="replace")))
            return RedirectResponse(_decide(playground, asked, said), 302)
        except Refusal as refusal:
            return HTMLResponse(_refused(refusal), 400)

    return router


def read_ask(query: dict[str, str]) -> Ask:
    if query.get("client_id") != CLIENT_ID:
        raise Refusal("invalid_client_id")
    ask = Ask(
        _scopes(query.get("scope", "")),
        _scopes(query.get("user_scope", "")),
        query.get("redirect_uri", ""),
        query.get("state", ""),
        query.get("team", ""),
        query.get("code_challenge", ""),
    )
    if not ask.scopes | ask.user_scopes:
        raise Refusal("no_scopes")
    if not ask.scopes | ask.user_scopes <= SCOPES:
        raise Refusal("invalid_scope")
    if ask.redirect_uri and not is_loopback(urlsplit(ask.redirect_uri).hostname or ""):
        raise Refusal("bad_redirect_uri")
    if ask.challenge and query.get("code_challenge_method") != "S256":
        raise Refusal("invalid_code_challenge_method")
    return ask


def _scopes(text: str) -> frozenset[str]:
    return frozenset(filter(None, text.replace(" ", ",").split(",")))


def _decide(playground: Playground, ask: Ask, said: dict[str, str]) -> str:
    """Where the browser goes with the answer."""
    base = ask.redirect_uri or playground.bot_url.rstrip("/") + RETURN
    state = {"state": ask.state} if ask.state else {}
    if said.get("decision") != "allow":
        return _with_query(base, {"error": "access_denied", **state})
    person = next((p for p in _installers(playground, ask) if p.id == said.get("user")), None)
    if person is None:
        raise Refusal("user_not_found")
    grant = Grant(person.team, person.id, ask.scopes, ask.user_scopes)
    return _with_query(base, {"code": playground.codes.give(grant, ask.redirect_uri, ask.challenge), **state})


def _with_query(base: str, added: dict[str, str]) -> str:
    return f"{base}{'&' if urlsplit(base).query else '?'}{urlencode(added)}"


def _installers(playground: Playground, ask: Ask) -> list[Person]:
    """Members may install an app; guests may not."""
    return [
        person
        for workspace in playground.workspaces.values()
        for person in workspace.people
        if person.team == workspace.team.id
        and ask.team in {"", person.team}
        and person.role not in {Role.BOT, Role.GUEST}
        and not person.deleted
    ]


def _page(playground: Playground, ask: Ask) -> str:
    names = {team_id: workspace.team.name for team_id, workspace in playground.workspaces.items()}
    people = "".join(
        f'<option value="{escape(p.id)}">{escape(p.real_name)}, {escape(names[p.team])}</option>'
        for p in _installers(playground, ask)
    )
    asks = _listed("As itself", ask.scopes) + _listed("As you", ask.user_scopes)
    return _framed(
        f"""<h1>{APP_NAME} asks to come into a workspace</h1>
{asks}
<form method="post">
<label>You are <select name="user">{people}</select></label>
<p><button name="decision" value="allow">Allow</button> <button name="decision" value="deny">Cancel</button></p>
</form>"""
    )


def _listed(whose: str, scopes: frozenset[str]) -> str:
    items = "".join(f"<li><code>{escape(scope)}</code></li>" for scope in sorted(scopes))
    return f"<h2>{whose} it wants</h2><ul>{items}</ul>" if items else ""


def _refused(refusal: Refusal) -> str:
    return _framed(f"<h1>This link does not work</h1><p>Slack would say: <code>{escape(refusal.error)}</code></p>")


def _framed(body: str) -> str:
    return f"""<!doctype html>
<html lang="en"><head><meta charset="utf-8"><title>Install {APP_NAME}</title>
<meta name="viewport" content="width=device-width"><meta name="color-scheme" content="light dark">
<style>body {{ font: 16px/1.5 system-ui, sans-serif; max-width: 34rem; margin: 3rem auto; padding: 0 1rem }}</style>
</head><body><main>{body}</main></body></html>"""
