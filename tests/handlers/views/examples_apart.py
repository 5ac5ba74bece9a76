"""The views that show no case: the policy, figures, people on call, reviews, help and what went wrong."""

from collections.abc import Iterator
from datetime import date, timedelta
from functools import partial

from handlers.views import (
    answer,
    answers,
    asked,
    call,
    charts,
    doctor,
    help,
    home,
    modals,
    note,
    on_call,
    policy,
    policy_forms,
    policy_house_forms,
    policy_team_forms,
    preferences,
    presence,
    remedy,
    review,
    simulation,
    stats,
    thread,
    working,
)
from pipeline.alarm import begun
from pipeline.chain import Chain, Occasion
from pipeline.chain import Step as Call
from pipeline.escalation import Level
from pipeline.figures import Day, Figures
from pipeline.hours import Hours
from pipeline.macro import Macro
from pipeline.outcomes import Compared, Outcomes
from pipeline.policy import Member, Rule, Savings
from pipeline.policy_change import Misfit, PolicyChange, Step
from pipeline.preferences import Mentions
from pipeline.review import Answer, Drifted, Proposal, Review
from pipeline.rotation import Cover, Rotation, Turn
from pipeline.savings import Saved
from pipeline.simulate import Change, Moved, Simulation
from pipeline.simulate import Example as Shown
from storage.cases import Event
from tests.handlers.views.cases import ANA, DRAFT, ESCALATED, NOW, POLICY, STATES
from tests.handlers.views.examples import LINK, Example

RULES = (
    Rule(id="legal", pattern="lawyer", why="A lawyer is named.", level=Level.CRITICAL, positive=("my lawyer",),
         negative=("a layer",)),
    Rule(id="churn", pattern="cancel", why="They leave.", level=Level.HIGH, positive=("we cancel",),
         negative=("cancel a booking",), off=True),
)  # fmt: skip
OWN = POLICY.teams[0].model_copy(
    update={
        "macros": (
            Macro(name="Sorry", text={"en": "We are sorry, {customer}.", "de": "Es tut uns leid."}, when="Late"),
        ),
        "chains": (Chain(on=(Occasion.HIGH,), steps=(Call(call="on-call", after=0), Call(call="#help", after=2.5))),),
        "on_call": Rotation(
            members=("Ana Ribeiro", "Ben Adeyemi"),
            zone="Europe/Berlin",
            covers=(Cover(member="Ben Adeyemi", begins=NOW, ends=NOW + timedelta(days=2)),),
        ),
        "hours": Hours(
            zone="Europe/Berlin", monday=("09:00-12:00", "13:00-17:00"), holidays=("DE-BE",), closed=(NOW.date(),)
        ),
    }
)
RULED = POLICY.model_copy(update={"rules": RULES})
CHANGE = PolicyChange(
    number=3,
    at=NOW,
    by=ANA,
    why="Too many suggestions",
    steps=(
        Step(path=("thresholds", "answer"), value=0.55, was=0.6),
        Step(path=("teams", "billing_support", "members", "Bo"), gone=True, was={"name": "Bo"}),
    ),
)
FIGURES = Figures(
    arrived=40,
    answered=30,
    escalated=3,
    first_response=0.4,
    first_response_p90=6.5,
    in_time=0.9,
    waiting=5,
    oldest=12,
    ages={"under 4 h": 2, "4 to 24 h": 3, "1 to 3 days": 0, "over 3 days": 0},
    triaged=38,
    by_category={"billing": 40},
    resolved=20,
    resolution=50,
    handled=30,
    filed_anew=3,
    reassigned=2,
    called_off=1,
    as_it_was=18,
    edited=9,
    rejected=3,
    changed=0.12,
    tokens_in=12_000,
    tokens_out=900,
    cost=1.25,
)
BEFORE = FIGURES.model_copy(update={"arrived": 33, "in_time": 0.7, "filed_anew": 6})
NOTHING = Figures()
WEEK = stats.Stats(
    asked="7d",
    period="Last 7 days",
    team="",
    whole=FIGURES,
    teams={"billing_support": FIGURES, "account_support": NOTHING},
    days=tuple(
        Day(day=date(2026, 5, 4) + timedelta(n), arrived=4 + n, answered=3 + n, judged=3, in_time=n % 4)
        for n in range(7)
    ),
    before=BEFORE,
    saved=Saved(triaged=38, approved=18, edited=9, hours=3.1, money=107),
    saved_by={"billing_support": 3.1},
    assumed=Savings(triage_minutes=2, approved_minutes=5, edited_minutes=2, cost_per_hour=35),
)
QUIET_WEEK = WEEK.model_copy(
    update={
        "whole": NOTHING,
        "before": None,
        "teams": {},
        "saved": Saved(triaged=0, approved=0, edited=0, hours=0, money=0),
    }
)
PATTERN = Proposal(number=7, shown="billing", chosen="technical", phrase="payment error", hits=14, total=17,
                   entries=tuple(range(14)), people={"Ana Ribeiro": 12, "Ben Adeyemi": 2})  # fmt: skip
LOUD = Proposal(number=8, shown="", chosen="", hits=9, total=12, entries=(), people={}, cause="rule:churn")
REVIEW = Review(
    slot="2026-W10",
    at=NOW,
    judged=57,
    corrected=16,
    drifted=(Drifted(category="billing", corrected=14, judged=20, corrected_before=10, judged_before=100),),
    proposals=(PATTERN, LOUD, PATTERN.model_copy(update={"number": 9, "answer": Answer.ACCEPTED, "by": ANA})),
)
SIMULATED = Simulation(
    tickets=200,
    moved=(
        Moved(
            before="billing_support",
            after="billing_lead",
            count=12,
            examples=(Shown(id="c1", subject="Where is my invoice?", url="https://desk.example/4711"),),
        ),
    ),
    teams={"billing_support": Change(before=100, after=88)},
    agents={"Ana Ribeiro": Change(before=20, after=19), "": Change(before=0, after=1)},
    raised=12,
    raised_examples=(Shown(id="c1", subject="Where is my invoice?", url="https://desk.example/4711"),),
    escalated={"billing_lead": Change(before=3, after=15)},
    targets={"billing_support": Compared(before=Outcomes(met=90, missed=5), after=Outcomes(met=80, missed=8, none=7))},
    missed=4,
    missed_examples=(Shown(id="c1", subject="Where is my invoice?", url="https://desk.example/4711"),),
    calmed=0,
    reassigned=1,
    asked=Change(before=30, after=30),
    answers=Change(before=90, after=95),
    sooner=10,
    sooner_minutes=720,
    later=0,
)


def apart() -> Iterator[Example]:
    """Everything that shows no case."""
    yield from _policy()
    yield from _people()
    yield from _figures()
    critical = begun(ESCALATED, Occasion.CRITICAL, (), id="a1", by=None, owner="Ana", now=NOW)
    yield "everybody", partial(call.call_card, ESCALATED, critical, everybody=True)
    absorbed = Event(kind="case.absorbed", actor=ANA, detail={"other": "c2"}, number=3, at=NOW)
    yield "with the other's words", partial(thread.thread_line, absorbed, STATES["absorbing"])
    yield "in the helpdesk", partial(note.note_text, ESCALATED, DRAFT, LINK)
    yield "nothing typed", partial(help.help_card)
    yield "a typo", partial(help.help_card, "queu")
    yield "unlike any", partial(help.help_card, "pizza")
    yield "on its way", partial(asked.asked_card, "")
    yield "there", partial(asked.asked_card, LINK)
    yield "in the thread", partial(answer.answer_card, DRAFT)
    yield "examples", partial(answers.unsure, ("What is burning?", "How many came in today?"))
    yield "a missing text", partial(answers.ask_for, "Tickets like what?", "tickets like “charged twice”")
    yield "a fallback", partial(remedy.remedy_card, "billing-support", "Invite me: /invite @Triage Desk.", "general")
    yield "no fallback", partial(remedy.remedy_card, "billing-support", "Invite me: /invite @Triage Desk.", "")
    yield "no agent", partial(home.closed_home, "Only agents and leads of a team see tickets here.")
    yield "no longer", partial(modals.closed_modal, "Edit reply", "It was approved by Ana Ribeiro.")
    yield "opening", partial(working.working_view, "Edit reply")
    yield "late", partial(working.done_view, "Edit reply")
    bad = doctor.Looked(name="Slack channels", ok=False, told="Invite me to #billing-support.")
    well = doctor.Looked(name="Database", ok=True, told="")
    yield "one is wrong", partial(doctor.doctor_card, [well, bad])
    yield "all is well", partial(doctor.doctor_card, [well])


def _policy() -> Iterator[Example]:
    it = policy.Shown(policy=RULED, number=4, changes=(CHANGE,), stands=3, leads=True)
    waits = it.model_copy(update={"misfits": (Misfit(change=CHANGE, say="lead 'Kai' is nobody of this team"),)})
    yield "a lead's", partial(policy.policy_card, waits)
    yield "an agent's", partial(policy.policy_card, it.model_copy(update={"leads": False}))
    yield "a lead's", partial(policy.simulate_card, it)
    yield "one", partial(policy.team_card, POLICY.teams[0])
    yield "some", partial(policy.rules_card, RULED)
    yield "none", partial(policy.rules_card, POLICY)
    yield "some", partial(policy.changes_card, it)
    yield "none", partial(policy.changes_card, policy.Shown(policy=POLICY, number=0))
    team = POLICY.teams[0]
    yield "known", partial(policy_forms.team_form, it, team)
    there = it.model_copy(update={"desks": ("zendesk", "intercom")})
    known = team.members[0].model_copy(update={"helpdesk": {"zendesk": "9001"}})
    yield "known", partial(policy_forms.member_form, it, team, team.members[0])
    yield "known in a helpdesk", partial(policy_forms.member_form, there, team, known)
    yield "new", partial(policy_forms.member_form, there, team, None)
    yield "all", partial(policy_forms.thresholds_form, it)
    yield "billing", partial(policy_forms.hours_form, it, "billing")
    yield "one off", partial(policy_forms.rules_form, it)
    yield "new", partial(policy_forms.rule_form, it)
    yield "known", partial(policy_forms.rule_form, it, RULES[0])
    yield "usual", partial(policy_team_forms.chains_form, it, team)
    yield "its own", partial(policy_team_forms.chains_form, it, OWN)
    yield "none", partial(policy_team_forms.rota_form, it, team)
    yield "its own", partial(policy_team_forms.rota_form, it, OWN)
    yield "always", partial(policy_team_forms.open_form, it, team)
    yield "its own", partial(policy_team_forms.open_form, it, OWN)
    yield "new", partial(policy_team_forms.macro_form, it, OWN, None)
    yield "known", partial(policy_team_forms.macro_form, it, OWN, OWN.macros[0])
    yield "all", partial(policy_house_forms.roles_form, it)
    yield "all", partial(policy_house_forms.savings_form, it)
    yield "a change", partial(policy_forms.saved_view, CHANGE)
    yield "anything", partial(policy_forms.notice_view, "Not yet", "Somebody changed the policy meanwhile.")
    yield "begun", partial(simulation.replaying_view, 0, 0)
    yield "half way", partial(simulation.replaying_view, 1200, 2000)
    yield "something moves", partial(simulation.simulation_view, SIMULATED, CHANGE)


def _people() -> Iterator[Example]:
    turn = Turn(member="Ana Ribeiro", in_turn="Ana Ribeiro", begins=NOW, ends=NOW + timedelta(days=7))
    later = Turn(member="Kai", in_turn="Ben", begins=turn.ends, ends=turn.ends + timedelta(days=7))
    duties = [on_call.Duty(team="billing_support", now=turn, later=later), on_call.Duty(team="general", lead="Lena")]
    yield "a rotation and none", partial(on_call.on_call_card, duties)
    yield "back", partial(presence.back_card, was_away=True)
    yield "never away", partial(presence.back_card, was_away=False)
    member = Member(name="Ana", email="ana@acme.example", hours="09:00-17:00", zone="Europe/Berlin")
    yield "filled", partial(preferences.preferences_modal, member, Mentions.MINE)
    yield "a pattern, a loud rule, an answered one", partial(review.review_card, REVIEW)
    yield (
        "nothing drifted",
        partial(review.review_card, REVIEW.model_copy(update={"drifted": (), "proposals": (), "corrected": 0})),
    )


def _figures() -> Iterator[Example]:
    yield "a week", partial(stats.stats_card, WEEK)
    yield "shared", partial(stats.stats_card, WEEK.model_copy(update={"teams": {}}), shared=True)
    yield "a quiet week", partial(stats.stats_card, QUIET_WEEK)
    yield "in words", partial(charts.without_charts, stats.stats_card(WEEK))
