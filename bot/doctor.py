"""triage doctor: looks at every door, and says what to do about what is wrong."""

import json
import sys
from collections.abc import Awaitable, Callable
from functools import partial

import httpx

from bot.adapters.slack_errors import ours
from bot.database import NoFolder, bring_up, make_folder
from bot.metrics import Metrics
from bot.policy_file import policy_from
from bot.settings import Settings, load_settings
from bot.wiring import slack_client, wire_services
from handlers.services import Services
from pipeline.errors import PolicyError, TriageError
from pipeline.policy import Policy
from pipeline.value import Value

_BEFORE_ANY_DOOR: dict[type[TriageError], str] = {PolicyError: "policy", NoFolder: "data folder"}


class Finding(Value):
    """One thing looked at. `advice` says what to do when it is not ok, and what was found when it is."""

    what: str
    ok: bool
    advice: str


async def examine() -> tuple[Finding, ...]:
    """Look at everything that is configured, and at nothing else."""
    try:
        settings = load_settings()
        policy = policy_from(settings.policy)
        make_folder(settings.data_dir)
    except TriageError as error:
        return (Finding(what=_BEFORE_ANY_DOOR.get(type(error), "settings"), ok=False, advice=str(error)),)
    return await _examine_doors(settings, policy)


def show(findings: tuple[Finding, ...], *, as_json: bool) -> None:
    """Print a line per finding, or one JSON object."""
    if as_json:
        sys.stdout.write(json.dumps({"findings": [finding.model_dump() for finding in findings]}) + "\n")
        return
    for finding in findings:
        sys.stdout.write(f"{'ok  ' if finding.ok else 'MEND'}  {finding.what}: {finding.advice}\n")


async def _examine_doors(settings: Settings, policy: Policy) -> tuple[Finding, ...]:
    async with httpx.AsyncClient(timeout=10) as http:
        services, engines = wire_services(settings, policy, http, Metrics())
        try:
            findings = [
                Finding(
                    what="policy", ok=True, advice=f"{len(policy.categories)} categories, {len(policy.rules)} rules"
                ),
                await _checked("database", services.store.dialect, lambda: bring_up(services.store)),
                await _checked("local engine", "loads and answers", engines.local.warm),
                await _slack(settings),
            ]
            if findings[-1].ok:
                findings += await _channels(services)
                findings.append(await _people(services))
            findings.append(_helpdesks(services))
            return tuple(findings)
        finally:
            await services.store.close()


async def _checked(what: str, found: str, look: Callable[[], Awaitable[object]]) -> Finding:
    try:
        await look()
    except TriageError as error:
        return Finding(what=what, ok=False, advice=str(error))
    return Finding(what=what, ok=True, advice=found)


async def _slack(settings: Settings) -> Finding:
    if not settings.slack_bot_token.get_secret_value():
        return Finding(what="slack", ok=False, advice="set SLACK_BOT_TOKEN (README, Connecting Slack)")
    if not (settings.slack_app_token.get_secret_value() or settings.slack_signing_secret.get_secret_value()):
        return Finding(what="slack", ok=False, advice="set SLACK_APP_TOKEN or SLACK_SIGNING_SECRET (README)")
    try:
        with ours(writes=False):
            answer = await slack_client(settings).auth_test()
            return Finding(what="slack", ok=True, advice=f"{answer['user']} in {answer['team']}")
    except TriageError as error:
        return Finding(what="slack", ok=False, advice=f"{settings.slack_api_url}: {error}")


async def _channels(services: Services) -> list[Finding]:
    names = dict.fromkeys((*(team.channel for team in services.policy.teams), services.policy.fallback_channel))
    return [await _checked(f"channel #{name}", "reachable", partial(services.chat.channel, name)) for name in names]


async def _people(services: Services) -> Finding:
    policy = services.policy
    everybody = (*policy.leads, *(member for team in policy.teams for member in team.members))
    people = {member.email for member in everybody if not member.slack}
    try:
        missing = [email for email in sorted(people) if await services.chat.user_id(email) is None]
    except TriageError as error:
        return Finding(what="people", ok=False, advice=str(error))
    if missing:
        advice = f"not in this workspace, so they cannot decide: {', '.join(missing)}. Correct them in the policy file."
        return Finding(what="people", ok=False, advice=advice)
    return Finding(what="people", ok=True, advice=f"{len(people)} known")


def _helpdesks(services: Services) -> Finding:
    if not services.helpdesks:
        return Finding(what="helpdesks", ok=False, advice="none: set ZENDESK_BASE_URL or TRIAGE_WEBHOOK_SECRET")
    return Finding(what="helpdesks", ok=True, advice=", ".join(sorted(services.helpdesks)))
