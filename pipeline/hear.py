"""Hear: what a person's act says of what they had been shown."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from pipeline.acts import (
    Act,
    Approve,
    CallOff,
    Choose,
    Dismiss,
    Edit,
    Escalate,
    Keep,
    Merge,
    Rate,
    Reassign,
    Reopen,
    Resolve,
)
from pipeline.case import Case, Verdict
from pipeline.feedback import LONGEST, Aspect, Feedback
from pipeline.policy import Policy

YES, NO = "true", "false"


@dataclass(frozen=True, slots=True)
class Sent:
    """What was sent instead of a draft: masked, and how far from it (0..1)."""

    masked: str
    distance: float


def hear(case: Case, act: Act, policy: Policy, now: datetime, sent: Sent | None = None) -> tuple[Feedback, ...]:
    """Return what `act` says of the case as it stood before, one entry for each aspect; nothing for most acts.

    `sent` is needed for an edited draft. Who answers or resolves a ticket where it was filed confirms its category,
    and who moves it to the team that alone owns another category, or merges it into a ticket that a person filed
    under another, corrects it. An acknowledgement says nothing yet: the answer is still to come.
    """
    read = case.analysis
    about = {
        "case_id": case.id,
        "by": act.by,
        "at": now,
        "category": case.category,
        "team": case.team,
        "grade": read.draft.grade.value if read else "",
        "language": read.language if read else "",
        "engine": read.draft.engine.value if read else "",
    }
    return tuple(
        Feedback.model_validate({**about, "aspect": aspect, "shown": shown, "chosen": chosen, "distance": distance})
        for aspect, shown, chosen, distance in _said(case, act, policy, sent)
    )


_Said = tuple[Aspect, str, str, float | None]


def _said(case: Case, act: Act, policy: Policy, sent: Sent | None) -> Iterator[_Said]:
    match act:
        case Approve() | Edit():
            yield from _answered(case, sent)
        case Choose(category=category):
            yield Aspect.CATEGORY, _read_as(case), category, None
        case Reassign(team=team):
            yield from _moved(case, team, policy.owned_by(team))
        case Resolve():
            yield from _confirmed(case)
        case Merge(category=category) if category and category != case.category:
            yield Aspect.CATEGORY, _read_as(case), category, None
        case Dismiss():
            yield Aspect.REQUEST, YES, NO, None
        case Reopen() if case.decision is not None and case.decision.verdict is Verdict.DISMISSED:
            yield Aspect.REQUEST, YES, YES, None
        case Escalate() | CallOff():
            yield Aspect.ESCALATION, _word(case.escalated), _word(isinstance(act, Escalate)), None
        case Rate(good=good):
            yield Aspect.RATING, _draft(case), "up" if good else "down", None
        case Keep(worth=worth):
            yield Aspect.GOLD, case.worth.value, worth.value, None


def _answered(case: Case, sent: Sent | None) -> Iterator[_Said]:
    if draft := _draft(case):
        chosen, distance = (sent.masked[:LONGEST], sent.distance) if sent else (draft, 0.0)
        yield Aspect.DRAFT, draft, chosen, distance
    yield from _confirmed(case)


def _confirmed(case: Case) -> Iterator[_Said]:
    if case.decision is None and case.category and not case.chosen_category and not case.chosen_team:
        yield Aspect.CATEGORY, case.category, case.category, None


def _moved(case: Case, team: str, category: str) -> Iterator[_Said]:
    if team != case.team:
        yield Aspect.TEAM, case.team, team, None
    if category and category != case.category:
        yield Aspect.CATEGORY, _read_as(case), category, None


def _read_as(case: Case) -> str:
    return case.read_as or case.category


def _draft(case: Case) -> str:
    return case.analysis.draft.text[:LONGEST] if case.analysis else ""


def _word(truth: bool) -> str:
    return YES if truth else NO
