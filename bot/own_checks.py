"""What only the process itself can check: the shapes of its secrets, and one signed delivery round the loop."""

import hashlib
import hmac
import json
import re
import time

import httpx
from fastapi import FastAPI

from bot.adapters.slack_oauth import named_workspaces
from bot.settings import Settings
from bot.slack_app import installations
from handlers.health_checks import Check
from handlers.services import Services
from pipeline.errors import TriageError
from pipeline.roles import Role

_CHALLENGE = "triage-doctor"
_SECRET = re.compile(r"[0-9a-f]{32}")
_BASICS = "copy it again from Basic Information at api.slack.com/apps"


def shapes(settings: Settings) -> tuple[Check, ...]:
    """Say whether what was copied from Slack looks like it. Nothing of it is told. A stand-in for Slack has its own."""
    if not settings.slack_api_url.startswith("https://slack.com/"):
        return ()
    bot, app = settings.slack_bot_token.get_secret_value(), settings.slack_app_token.get_secret_value()
    secret = settings.slack_signing_secret.get_secret_value()
    checks = []
    if bot and not bot.startswith(("xoxb-", "xoxe.xoxb-")):
        fix = "copy the Bot User OAuth Token, from OAuth & Permissions"
        checks.append(Check(name="SLACK_BOT_TOKEN", ok=False, says="it is no bot's token, which begins xoxb-", fix=fix))
    if app and not app.startswith("xapp-"):
        says = "it is no app-level token, which begins xapp-"
        checks.append(Check(name="SLACK_APP_TOKEN", ok=False, says=says, fix=_BASICS))
    if secret and not _SECRET.fullmatch(secret):
        says = "a signing secret has 32 characters of 0-9 and a-f"
        checks.append(Check(name="SLACK_SIGNING_SECRET", ok=False, says=says, fix=_BASICS))
    return tuple(checks)


async def secret_key(settings: Settings, services: Services) -> tuple[Check, ...]:
    """Say whether the tokens of workspaces can be read, and with the newest key."""
    name = "TRIAGE_SECRET_KEY"
    if lacking := settings.lacking_to_install:
        fix = f"set {' and '.join(lacking)} (README, Several workspaces)"
        return (Check(name="installing", ok=False, says="it lacks settings", fix=fix),)
    if not settings.installs:
        return ()
    policy = services.policy
    if not (policy.admins or policy.roles.of(Role.ADMIN) or named_workspaces(policy)):
        fix = 'add [[admins]], or [roles] admin, or workspace = "T…" at the top of the policy'
        return (Check(name="installing", ok=False, says="the policy names nobody who may install", fix=fix),)
    try:
        old = await installations(settings, services.store, services.clock, services.workspace).sealed_with_older_keys()
    except TriageError as error:
        return (Check(name=name, ok=False, says=str(error)),)
    if old:
        return (Check(name=name, ok=False, says=f"{old} workspaces are sealed with an older key", fix="triage rekey"),)
    return (Check(name=name, ok=True, says="it opens what is sealed"),)


async def round_trip(settings: Settings, web: FastAPI) -> tuple[Check, ...]:
    """Send ourselves what Slack sends to try an address, signed, and see it verified."""
    secret = settings.slack_signing_secret.get_secret_value()
    if not secret:
        return ()
    try:
        async with httpx.AsyncClient(timeout=5) as http:
            answer = await _sent(http, f"http://{settings.host}:{settings.port}", secret)
            where = "by the server that runs"
    except httpx.TransportError:
        async with httpx.AsyncClient(transport=httpx.ASGITransport(web)) as http:
            answer = await _sent(http, "http://triage.invalid", secret)
            where = "in this process; triage serve does not run"
    if answer.status_code == 200 and answer.json().get("challenge") == _CHALLENGE:
        return (Check(name="signed delivery", ok=True, says=f"verified {where}"),)
    fix = "start triage serve again, so that it has the same SLACK_SIGNING_SECRET, and see what else uses its port"
    return (Check(name="signed delivery", ok=False, says=f"answered {answer.status_code} {where}", fix=fix),)


async def _sent(http: httpx.AsyncClient, base: str, secret: str) -> httpx.Response:
    body, stamp = json.dumps({"type": "url_verification", "challenge": _CHALLENGE}), str(int(time.time()))
    signature = hmac.new(secret.encode(), f"v0:{stamp}:{body}".encode(), hashlib.sha256).hexdigest()
    headers = {"x-slack-request-timestamp": stamp, "x-slack-signature": f"v0={signature}"}
    return await http.post(
        f"{base}/slack/events", content=body, headers={**headers, "content-type": "application/json"}
    )
