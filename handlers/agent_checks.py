"""Agents of the helpdesks: whether the people whom the policy maps to them are there, each once."""

from collections.abc import Iterator, Sequence

from handlers.health_checks import Check
from handlers.services import Services
from pipeline.errors import TriageError

_MOST_ASKED = 100  # people whose agents are looked up; a helpdesk takes a call for each
_FORM = "/triage policy, Change, their team, the person"


async def agents(services: Services) -> tuple[Check, ...]:
    """Say whom the policy maps to an agent that a helpdesk does not have, and which agent is two people."""
    policy, checks = services.policy, []
    names = tuple(dict.fromkeys(member.name for member in policy.everybody))
    for source, desk in services.helpdesks.items():
        mapped = [(name, who) for name in names if (who := policy.identity(name, source))]
        try:
            found = [(name, who, await desk.agent(who)) for name, who in mapped[:_MOST_ASKED]]
        except TriageError as error:
            checks.append(Check(name=f"agents of {source}", ok=False, says=str(error), fix="try again"))
            continue
        checks += [_no_agent(source, name, who) for name, who, agent in found if agent is None]
        checks += _two_in_one(source, [(name, agent.id) for name, _, agent in found if agent is not None])
    return tuple(checks)


def _no_agent(source: str, name: str, who: str) -> Check:
    says = f"{name} is {who} in the policy, and {source} has no such agent"
    return Check(name=f"agents of {source}", ok=False, says=says, fix=f"correct it in the form of {name}: {_FORM}")


def _two_in_one(source: str, known: Sequence[tuple[str, str]]) -> Iterator[Check]:
    """An e-mail and an id may name one agent, which no look at the policy alone can tell."""
    by_id: dict[str, str] = {}
    for name, agent in known:
        if (other := by_id.setdefault(agent, name)) != name:
            says = f"{other} and {name} are one agent of {source}, {agent}"
            yield Check(name=f"agents of {source}", ok=False, says=says, fix=f"correct one of them: {_FORM}")
