"""A case in each status, as a person may find it."""

from datetime import timedelta

from pipeline.analysis import Analysis
from pipeline.case import Actor, Case, Decision, Sending, Status, Verdict
from pipeline.draft import Draft, Grade
from pipeline.escalation import Escalation, Layer, Level, Signal
from pipeline.route import Route
from tests.fakes.clock import MORNING
from tests.fakes.house import told
from tests.pipeline.drafting import classified

ANA, BEN = Actor(id="U-ana", name="Ana"), Actor(id="U-ben", name="Ben")
LOUD = Escalation(level=Level.CRITICAL, signals=(Signal(layer=Layer.RULE, level=Level.CRITICAL, why="threat"),))
SENT = Decision(verdict=Verdict.APPROVED, by=BEN, at=MORNING, text="Done.")
DISMISSED = Decision(verdict=Verdict.DISMISSED, by=BEN, at=MORNING)
DRAFT = "We refund the second charge."


def analysis(draft: str = DRAFT, *, escalated: bool = False, read_until: str = "m1", team: str = "money") -> Analysis:
    return Analysis(
        language="en",
        excerpt="charged twice",
        classification=classified(),
        escalation=LOUD if escalated else Escalation(),
        draft=Draft(text=draft, grade=Grade.ANSWER),
        route=Route(
            team=team, escalation_team="money_lead", agent="Ana", sla_minutes=60, escalated=escalated, reason="billing"
        ),
        read_until=read_until,
    )


def a_case(status: Status = Status.OPEN, **more: object) -> Case:
    """Return a case that was analysed in the morning, and since then has come to `status`."""
    open_ = Case(
        id="case1",
        workspace="w",
        ticket=told(),
        created_at=MORNING,
        status=status,
        analysis=analysis(),
        analysed_at=MORNING,
        team="money",
        home="money",
        placement=1,
    )
    since: dict[Status, dict[str, object]] = {
        Status.WAITING: {"analysis": None, "analysed_at": None},
        Status.OPEN: {},
        Status.SNOOZED: {"snoozed_until": MORNING + timedelta(hours=4)},
        Status.ANSWERED: {"decision": SENT, "sending": Sending.QUEUED, "replies": 1},
        Status.CLOSED: {"decision": DISMISSED},
    }
    return open_.but(**since[status] | more)
