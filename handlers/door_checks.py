"""Health of every door: each is asked for something small and harmless."""

from handlers.agent_checks import agents
from handlers.app_scopes import app_scopes
from handlers.health_checks import Check, Looking, quick
from handlers.house_checks import house
from handlers.services import Services
from pipeline.errors import Refused, TriageError
from pipeline.mask import mask_text
from pipeline.ports import HelpDesk
from pipeline.prompt import Prompt
from pipeline.ticket import SLACK, WORKFLOW
from pipeline.value import Value
from storage.installations import listed
from storage.migrate import is_current
from storage.store import DATABASE_ERRORS

_NO_TICKET = "1"  # whether there is such a ticket does not matter: the question is whether we are let in
_INSTALL = "an admin opens /slack/install of this server"


class _Here(Value):
    """What a language model is asked to say."""

    ok: bool


async def thorough(services: Services) -> tuple[Check, ...]:
    """Look at everything: some calls to Slack, one to each helpdesk, one to the language model."""
    looks: tuple[Looking, ...] = (database, index, model, helpdesks, workspaces, scopes, quick, agents, house)
    return tuple([check for look in looks for check in await look(services)])


async def database(services: Services) -> tuple[Check, ...]:
    """Say whether the database answers, and has the shape that this version wants."""
    try:
        current = await is_current(services.store)
    except DATABASE_ERRORS as error:
        fix = "check TRIAGE_DATABASE_URL"
        return (Check(name="database", ok=False, says=f"it does not answer ({type(error).__name__})", fix=fix),)
    if current:
        return (Check(name="database", ok=True, says=services.store.dialect),)
    return (Check(name="database", ok=False, says="it has another version's shape", fix="run triage migrate"),)


async def index(services: Services) -> tuple[Check, ...]:
    """Say whether the knowledge base can be searched."""
    try:
        await services.index.search(mask_text("hello"), k=1)
    except TriageError as error:
        return (Check(name="index", ok=False, says=str(error), fix="run triage reindex --all if this stays"),)
    return (Check(name="index", ok=True, says="it can be searched"),)


async def model(services: Services) -> tuple[Check, ...]:
    """Say whether the language model answers, where there is one."""
    if services.model is None:
        return ()
    try:
        await services.model.ask(Prompt(system='Say {"ok": true}.', data=""), _Here)
    except TriageError as error:
        fix = "check OPENAI_API_KEY, OPENAI_BASE_URL and TRIAGE_MODEL; the local engine reads meanwhile"
        return (Check(name="model", ok=False, says=str(error), fix=fix),)
    return (Check(name="model", ok=True, says="it answers"),)


async def helpdesks(services: Services) -> tuple[Check, ...]:
    """Say of each helpdesk whether it lets us in."""
    desks = {source: desk for source, desk in services.helpdesks.items() if source not in (SLACK, WORKFLOW)}
    if not desks:
        fix = "set ZENDESK_BASE_URL or TRIAGE_WEBHOOK_SECRET"
        return (Check(name="helpdesks", ok=False, says="none", fix=fix),)
    return tuple([await _helpdesk(source, desk) for source, desk in sorted(desks.items())])


async def workspaces(services: Services) -> tuple[Check, ...]:
    """Say of each workspace that installed the app whether it is there, and its token will be renewed."""
    async with services.store.reader() as connection:
        known = await listed(connection, services.workspace)
    checks = []
    for each in known:
        ok = each.active and not each.problem
        says = "installed" if ok else each.problem
        checks.append(Check(name=f"workspace {each.name}", ok=ok, says=says, fix="" if ok else _INSTALL))
    if sum(each.active for each in known) > 1 and not services.policy.workspace:
        fix = 'write workspace = "T…" of the usual one at the top of the policy: people are known by their e-mail there'
        checks.append(Check(name="usual workspace", ok=False, says="the policy does not name it", fix=fix))
    missing = {team.workspace for team in services.policy.teams if team.workspace} - {each.team for each in known}
    for team in sorted(missing) if known else ():
        checks.append(Check(name=f"workspace {team}", ok=False, says="named in the policy only", fix=_INSTALL))
    return tuple(checks)


async def scopes(services: Services) -> tuple[Check, ...]:
    """Say which scopes we use and were not granted, in each workspace."""
    named = dict.fromkeys(("", *(team.workspace for team in services.policy.teams)))
    return tuple([await _scopes(services, workspace) for workspace in named])


async def _scopes(services: Services, workspace: str) -> Check:
    name = f"scopes in {workspace}" if workspace else "scopes"
    try:
        granted = await services.chat.scopes(workspace)
    except TriageError as error:
        return Check(name=name, ok=False, says=str(error))
    if lacking := [scope for scope in app_scopes() if scope not in granted]:
        fix = "add them under OAuth & Permissions, or paste manifests/slack.yaml anew, then install the app again"
        return Check(name=name, ok=False, says=f"not granted: {', '.join(lacking)}", fix=fix)
    return Check(name=name, ok=True, says=f"all {len(app_scopes())} granted")


async def _helpdesk(source: str, desk: HelpDesk) -> Check:
    name = f"helpdesk {source}"
    try:
        await desk.happened(_NO_TICKET, "triage-desk-looks-in")
    except Refused as refusal:
        if refusal.code != "404":
            fix = f"check the settings that begin with {source.upper()}"
            return Check(name=name, ok=False, says=str(refusal), fix=fix)
    except TriageError as error:
        return Check(name=name, ok=False, says=str(error), fix="try again, and check its address")
    return Check(name=name, ok=True, says="it lets us in")
