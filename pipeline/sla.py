"""SLA: a case's clock in step with the case: by when it wants its first response, its answer or its resolution."""

from datetime import datetime

from pipeline.case import Case, Sending, Status, is_holding
from pipeline.hours import Hours
from pipeline.policy import Policy
from pipeline.ticket import Author
from pipeline.timer import AT_RISK, WARN_AT, Aim, Phase, Timer


def timed(case: Case, policy: Policy, now: datetime, *, replied: bool = False, held: bool = False) -> Case:
    """Return the case with its clock as the case is now, and the moments of its present target.

    The clock starts with the ticket, stops while we wait for the customer or the case is closed, and goes on when the
    customer writes or somebody reopens it. `replied`: a reply has just reached the customer; `held`: a word
    has that answers nothing yet, which is a first response and no more.
    """
    if case.analysis is None:
        return case
    timer = case.timer or Timer(team=case.team, since=case.ticket.created_at)
    timer = _aimed(case, timer, policy)
    first_due_at = _first_due(timer, _hours(timer, policy), case.first_due_at)
    timer = _heard(case, timer, now, _hours(timer, policy))
    timer = timer.moved(case.team, now, _hours(timer, policy))
    timer = timer.turned(_phase(case, timer), now, _hours(timer, policy))
    if replied and timer.responded_at is None:
        timer = timer.model_copy(update={"responded_at": now})
    if held:
        timer = timer.held(now, _hours(timer, policy))
    timer = _aimed(case, timer, policy)
    hours = _hours(timer, policy)
    return case.but(
        timer=timer,
        first_due_at=_first_due(timer, hours, first_due_at),
        due_at=timer.reaches(1, hours),
        at_risk_at=timer.reaches(AT_RISK, hours),
        warn_at=next((timer.reaches(share, hours) for share in WARN_AT if share > timer.told), None),
    )


def share_used(case: Case, policy: Policy, now: datetime) -> float | None:
    """Return the share of the present target that is gone; None while no time counts."""
    if (timer := case.timer) is None or timer.phase is not Phase.RUNS:
        return None
    return timer.share(now, _hours(timer, policy))


def share_reached(case: Case, policy: Policy, now: datetime) -> float:
    """Return the highest share of the target, of those that people are told of, that has been used; 0 for none."""
    if (timer := case.timer) is None:
        return 0
    moments = {share: timer.reaches(share, _hours(timer, policy)) for share in WARN_AT}
    return max((share for share, moment in moments.items() if moment is not None and moment <= now), default=0)


def _hours(timer: Timer, policy: Policy) -> Hours | None:
    return policy.known_team(timer.team).hours


def _aimed(case: Case, timer: Timer, policy: Policy) -> Timer:
    assert case.analysis is not None
    category, urgency = policy.known(case.category), case.analysis.classification.urgency
    if timer.responded_at is None:
        return timer.aimed(Aim.FIRST, category.target(urgency))
    if (resolution := category.resolution(urgency)) is not None:
        return timer.aimed(Aim.RESOLUTION, resolution)
    return timer.aimed(Aim.ANSWER, category.target(urgency))


def _first_due(timer: Timer, hours: Hours | None, known: datetime | None) -> datetime | None:
    return known if timer.responded_at is not None else timer.reaches(1, hours) or known


def _heard(case: Case, timer: Timer, now: datetime, hours: Hours | None) -> Timer:
    """Take turns as the messages since then did: an agent's answer in the helpdesk, the customer's next words."""
    if not (case.open or case.sending is Sending.QUEUED):
        return timer
    for message in case.ticket.messages:
        if message.public and message.at > timer.since:
            if message.author is Author.AGENT and timer.phase is Phase.RUNS and not is_holding(case, message.text):
                timer = timer.turned(Phase.ANSWERED_THERE, min(message.at, now), hours)
            elif message.author is Author.CUSTOMER and timer.phase.waits:
                timer = timer.turned(Phase.RUNS, min(message.at, now), hours)
    return timer


def _phase(case: Case, timer: Timer) -> Phase:
    if case.status is Status.CLOSED:
        return Phase.STOPPED
    if case.status is Status.ANSWERED:
        return timer.phase if case.sending is Sending.QUEUED else Phase.ANSWERED
    return timer.phase if timer.phase is Phase.ANSWERED_THERE else Phase.RUNS
