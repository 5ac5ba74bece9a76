"""Acted: what an act is called in a case's history, and what is kept of it there."""

from pipeline.acts import (
    Acknowledge,
    Act,
    Approve,
    CallOff,
    Choose,
    Claim,
    Dismiss,
    Edit,
    Escalate,
    FollowUp,
    Keep,
    KeepNote,
    MarkDuplicate,
    Merge,
    Rate,
    Reassign,
    Regenerate,
    Reopen,
    Resolve,
    SendHolding,
    Snooze,
    Unacknowledge,
)
from pipeline.case import Actor, Case
from storage.cases import Event

_KINDS: dict[type[Act], str] = {
    Approve: "case.approved",
    SendHolding: "case.holding",
    Edit: "case.edited",
    FollowUp: "case.followed_up",
    KeepNote: "note.kept",
    Reassign: "case.reassigned",
    Choose: "case.category_chosen",
    Claim: "case.claimed",
    Dismiss: "case.dismissed",
    MarkDuplicate: "case.marked_duplicate",
    Resolve: "case.resolved",
    Merge: "case.merged",
    Snooze: "case.snoozed",
    Reopen: "case.reopened",
    Escalate: "case.escalated",
    CallOff: "case.called_off",
    Acknowledge: "case.acknowledged",
    Unacknowledge: "case.unacknowledged",
    Rate: "draft.rated",
    Keep: "answer.kept",
    Regenerate: "draft.asked_anew",
}


def acted(made: Act, actor: Actor, before: Case, after: Case) -> Event:
    """Return the event that an act leaves behind."""
    released = isinstance(made, Claim) and after.claimed_by is None
    return Event(kind="case.released" if released else _KINDS[type(made)], actor=actor, detail=_detail(made, before))


def _detail(made: Act, before: Case) -> dict[str, str]:
    match made:
        case Reassign(team=team, agent=agent, reason=reason):
            return {"team": team, "agent": agent, "reason": reason}
        case Choose(category=category):
            return {"category": category}
        case MarkDuplicate(of=of):
            return {"of": of}
        case Merge(into=into):
            return {"into": into}
        case Snooze(until=until):
            return {"until": until.isoformat()}
        case Rate(good=good):
            return {"rating": "up" if good else "down"}
        case Regenerate(instruction=instruction):
            return {"instruction": instruction}
        case KeepNote(text=text):
            return {"text": text}
        case Keep(worth=worth):
            return {"worth": worth.value}
        case Reopen():
            closed = before.closing or before.decision
            return {"was": closed.verdict.value} if closed else {}
        case _:
            return {}
