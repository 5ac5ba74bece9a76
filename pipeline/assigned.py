"""Assigned: who works on a case, seen from the helpdesk."""

from collections.abc import Mapping
from typing import Final, Protocol

from pipeline.case import Case
from pipeline.policy import Policy
from pipeline.ports import Agent

THERE = "case.assigned_there"
LONGEST_NAME = 200
_TURNS: Final = ("case.claimed", "case.released", "case.reassigned")


class Happened(Protocol):
    """An event of a case, as it is kept."""

    @property
    def kind(self) -> str: ...
    @property
    def detail(self) -> Mapping[str, str]: ...


def is_turn(event: Happened) -> bool:
    """Whether an event gave the case to somebody here, or took it from them: the helpdesk has to hear of it."""
    return event.kind in _TURNS or (event.kind == "case.reanalysed" and "agent" in event.detail)


def known_there(there: Agent, desk: str, policy: Policy) -> str:
    """Return the name of the member who is that agent of a helpdesk, "" where the policy knows none."""
    mapped = ((member.name, member.helpdesk.get(desk, "")) for member in policy.everybody)
    return next((name for name, who in mapped if there.goes_by(who)), "")


def assigned_there(case: Case, there: Agent | None, owner: str, policy: Policy) -> Case:
    """Return the case as the helpdesk has it: `there` works on it, None: nobody.

    `owner` is the e-mail or id in the helpdesk of the case's present owner, "" where it has no word for them: of
    such a person the helpdesk never heard, so it can take nothing from them unless it names somebody we know.
    What we wrote ourselves changes nothing.
    """
    if there is None:
        return case.but(claimed_by=None, agent="", assignee="") if owner else case.but(assignee="")
    name = known_there(there, case.ticket.source, policy)
    unheard = case.claimed_by is not None and not owner
    if there.goes_by(owner) or (unheard and name and name == case.agent):
        return case.but(assignee="")
    if name:
        return case.but(agent=name, claimed_by=None, acknowledged=None, assignee="")
    called = (there.name or there.email or there.id)[:LONGEST_NAME]
    return case.but(agent="", claimed_by=case.claimed_by if unheard else None, assignee=called)
