"""Health checks: each looks at one thing, and says what to do about what is wrong with it."""

from collections.abc import Awaitable, Callable, Iterator, Sequence

from handlers.services import Services
from pipeline.errors import TriageError
from pipeline.policy import Member
from pipeline.roles import plain_group
from pipeline.value import Value

Looking = Callable[[Services], Awaitable[Sequence["Check"]]]


class Check(Value):
    """One thing looked at. `says` tells what was found, `fix` the next step where it is not ok. Plain text."""

    name: str
    ok: bool
    says: str
    fix: str = ""

    @property
    def told(self) -> str:
        """What to read after its name: what was found, and what to do."""
        return f"{self.says}: {self.fix}" if self.fix else self.says


async def quick(services: Services) -> tuple[Check, ...]:
    """Return what costs little to know, for a page that somebody opens: channels, user groups, people."""
    return tuple([check for look in (channels, user_groups, people) for check in await look(services)])


async def channels(services: Services) -> tuple[Check, ...]:
    """Say of each team's channel and of the fallback channel whether we are in it."""
    policy = services.policy
    named = dict.fromkeys((*(team.address for team in policy.teams), policy.fallback_channel))
    return tuple([await _channel(services, name) for name in named])


async def user_groups(services: Services) -> tuple[Check, ...]:
    """Say of each user group that the policy names whether Slack has it."""
    if not (named := services.policy.user_groups):
        return ()
    workspaces = dict.fromkeys(("", *(team.workspace for team in services.policy.teams)))
    told = [await services.chat.user_groups(workspace) for workspace in workspaces]
    if None in told:
        says = "Slack does not tell who is in which user group, so they give nobody a role"
        return (Check(name="user groups", ok=False, says=says, fix="grant the scope usergroups:read, or try again"),)
    known = frozenset[str]().union(*(groups for groups in told if groups))
    return tuple(_group(name, found=plain_group(name) in known) for name in named)


async def people(services: Services) -> tuple[Check, ...]:
    """Say who of the policy is not in the workspace, and who is not mapped to a person of the helpdesk."""
    return (await _in_slack(services), *_in_helpdesks(services))


async def _channel(services: Services, name: str) -> Check:
    shown = f"channel #{name}"
    try:
        await services.chat.channel(name)
    except TriageError as error:
        return Check(name=shown, ok=False, says=str(error))
    return Check(name=shown, ok=True, says="reachable")


def _group(name: str, *, found: bool) -> Check:
    shown = f"user group @{name.removeprefix('@')}"
    if found:
        return Check(name=shown, ok=True, says="found")
    fix = "create it in Slack under People, User groups, or correct its handle in the policy file"
    return Check(name=shown, ok=False, says="Slack has no such user group", fix=fix)


async def _in_slack(services: Services) -> Check:
    asked = dict.fromkeys(address for address, member in _addresses(services) if not member.slack)
    try:
        missing = [each for each in asked if await services.chat.user_id(each) is None]
    except TriageError as error:
        return Check(name="people", ok=False, says=str(error), fix="try again")
    if missing:
        says = f"not in this workspace, so they cannot decide: {', '.join(sorted(missing))}"
        fix = 'correct their email in the policy file, or write slack = "U…", their member id in Slack'
        return Check(name="people", ok=False, says=says, fix=fix)
    return Check(name="people", ok=True, says=f"{len(asked)} known")


def _addresses(services: Services) -> Iterator[tuple[str, Member]]:
    """Yield everybody's e-mail with the workspace in which they decide before it, unless it is the usual one."""
    policy = services.policy
    for member in (*policy.admins, *policy.leads):
        yield member.email, member
    for team in policy.teams:
        yield from ((team.there(member.email), member) for member in team.members)


def _in_helpdesks(services: Services) -> Iterator[Check]:
    """Yield, for each helpdesk in which some people have a name of their own, who has none there."""
    policy = services.policy
    names = tuple(dict.fromkeys(member.name for member in policy.everybody))
    for desk in services.helpdesks:
        unmapped = [name for name in names if not policy.identity(name, desk)]
        if not policy.maps(desk):
            continue
        if unmapped:
            says = f"nobody there, so their claims and names do not reach it: {', '.join(unmapped)}"
            fix = (
                f"write their e-mail or id there in their form under /triage policy, or in the policy file as "
                f'helpdesk = {{ {desk} = "…" }}'
            )
            yield Check(name=f"people in {desk}", ok=False, says=says, fix=fix)
        else:
            yield Check(name=f"people in {desk}", ok=True, says=f"{len(names)} mapped")
