"""triage doctor: looks at every door, and says what to do about what is wrong."""

import json
import sys
from collections.abc import Awaitable, Callable

import httpx

from bot.adapters.slack_errors import ours
from bot.app import build_web
from bot.database import NoFolder, bring_up, make_folder
from bot.metrics import Metrics
from bot.own_checks import round_trip, secret_key, shapes
from bot.policy_file import policy_from
from bot.settings import Settings, load_settings
from bot.slack_app import slack_app, slack_client
from bot.wiring import wire_services
from handlers.agent_checks import agents
from handlers.door_checks import helpdesks, index, model, scopes, workspaces
from handlers.health_checks import Check, quick
from handlers.services import Services
from pipeline.errors import PolicyError, TriageError
from pipeline.policy import Policy
from storage import policy_log

_BEFORE_ANY_DOOR: dict[type[TriageError], str] = {PolicyError: "policy", NoFolder: "data folder"}


async def examine() -> tuple[Check, ...]:
    """Look at everything that is configured, and at nothing else."""
    try:
        settings = load_settings()
        policy = policy_from(settings.policy)
        make_folder(settings.data_dir)
    except TriageError as error:
        return (Check(name=_BEFORE_ANY_DOOR.get(type(error), "settings"), ok=False, says=str(error)),)
    return await _examine_doors(settings, policy)


def show(checks: tuple[Check, ...], *, as_json: bool) -> None:
    """Print a line per check, or one JSON object."""
    if as_json:
        sys.stdout.write(json.dumps({"checks": [check.model_dump() for check in checks]}) + "\n")
        return
    for check in checks:
        sys.stdout.write(f"{'ok  ' if check.ok else 'MEND'}  {check.name}: {check.told}\n")


async def _examine_doors(settings: Settings, policy: Policy) -> tuple[Check, ...]:
    async with httpx.AsyncClient(timeout=10) as http:
        services, engines = wire_services(settings, policy, http, Metrics())
        try:
            checks = [
                Check(name="policy", ok=True, says=f"{len(policy.categories)} categories, {len(policy.rules)} rules"),
                await _checked("database", services.store.dialect, lambda: bring_up(services.store)),
            ]
            if stored := checks[-1].ok:
                checks.append(await policy_changes(services))
                checks += await secret_key(settings, services)
            checks += shapes(settings)
            checks.append(await _checked("local engine", "loads and answers", engines.local.warm))
            checks += await model(services)
            checks.append(await _slack(settings))
            if checks[-1].ok and stored:
                web = build_web(settings, services, Metrics(), slack_app(settings, services))
                checks += await round_trip(settings, web)
                for look in (index, workspaces, scopes, quick):
                    checks += await look(services)
            checks += await helpdesks(services)
            checks += await agents(services)
            return tuple(checks)
        finally:
            await services.store.close()


async def policy_changes(services: Services) -> Check:
    """Look whether what leads changed still fits the file, and is as they wrote it."""
    await services.policies.catch_up(services.store, services.workspace)
    async with services.store.reader() as connection:
        altered = await policy_log.tampered(connection, services.workspace)
    name, now = "policy changes", services.policies.now
    if altered:
        return Check(name=name, ok=False, says="altered in the database", fix="compare triage policy list")
    if now.misfits:
        said = "; ".join(f"change {misfit.change.number}: {misfit.say}" for misfit in now.misfits)
        return Check(
            name=name, ok=False, says=f"the file has no place for {said}", fix="mend the file, or change it anew"
        )
    return Check(name=name, ok=True, says=f"{now.number} over the file")


async def _checked(what: str, found: str, look: Callable[[], Awaitable[object]]) -> Check:
    try:
        await look()
    except TriageError as error:
        return Check(name=what, ok=False, says=str(error))
    return Check(name=what, ok=True, says=found)


async def _slack(settings: Settings) -> Check:
    if settings.installs:
        return Check(name="slack", ok=True, says=f"workspaces install it at {settings.public_url}/slack/install")
    if not settings.slack_bot_token.get_secret_value():
        return Check(name="slack", ok=False, says="no token", fix="set SLACK_BOT_TOKEN (README, Connecting Slack)")
    if not (settings.slack_app_token.get_secret_value() or settings.slack_signing_secret.get_secret_value()):
        fix = "set SLACK_APP_TOKEN or SLACK_SIGNING_SECRET (README)"
        return Check(name="slack", ok=False, says="it cannot hear clicks", fix=fix)
    try:
        with ours(writes=False):
            answer = await slack_client(settings).auth_test()
            return Check(name="slack", ok=True, says=f"{answer['user']} in {answer['team']}")
    except TriageError as error:
        return Check(name="slack", ok=False, says=f"{settings.slack_api_url}: {error}")
