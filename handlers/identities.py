"""Identities: who somebody of Slack is in a helpdesk, by the policy's map alone."""

from handlers.services import Services
from pipeline.authorise import member_of
from pipeline.case import AUTOPILOT, DESK, HELPDESK, Actor, Case
from pipeline.errors import Refused

_NOBODY = frozenset({DESK.id, HELPDESK.id, AUTOPILOT.id})


async def identity_of(services: Services, actor: Actor, desk: str) -> str:
    """Return a person's e-mail or id in a helpdesk, "" where the policy maps none.

    Slack is asked who they are: a name that somebody gave themselves there is nobody's identity.
    """
    policy = services.policy
    if actor.id in _NOBODY or not policy.maps(desk):
        return ""
    try:
        member = member_of(await services.chat.person(actor.id), policy)
    except Refused:
        return ""
    return policy.identity(member.name, desk) if member is not None else ""


async def owner_there(services: Services, case: Case) -> str:
    """Return the e-mail or id in its helpdesk of who works on a case, "" where nobody does or none is mapped."""
    desk = case.ticket.source
    if case.claimed_by is not None:
        return await identity_of(services, case.claimed_by, desk)
    return services.policy.identity(case.agent, desk) if case.agent else ""
