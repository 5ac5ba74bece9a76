"""The policy is shown whole within Slack's limits, and offers its changes to leads alone."""

from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from handlers.views.policy import Shown, changes_card, policy_card, rules_card, simulate_card, team_card
from handlers.views.policy_forms import (
    hours_form,
    member_form,
    notice_view,
    rule_form,
    rules_form,
    saved_view,
    team_form,
    thresholds_form,
)
from pipeline.escalation import Level
from pipeline.policy import Member, Policy, Rule, Team
from pipeline.policy_change import Misfit, PolicyChange, Step
from tests.fakes.desk import policy
from tests.handlers.views.cases import ANA, NOW, POLICY
from tests.handlers.views.valid import must_be_valid, must_be_valid_view

CHANGE = PolicyChange(
    number=3,
    at=NOW,
    by=ANA,
    why="Too many <suggestions>",
    steps=(
        Step(path=("thresholds", "answer"), value=0.55, was=0.6),
        Step(path=("teams", "billing_support", "members", "Kai"), value={"name": "Kai", "email": "kai@x.example"}),
        Step(path=("teams", "billing_support", "members", "Bo"), gone=True, was={"name": "Bo"}),
        Step(path=("rules", "churn", "off"), value=True, was=False),
    ),
)
BACK = PolicyChange(number=4, at=NOW, by=ANA, undoes=2)
MISFIT = Misfit(change=CHANGE, say="lead 'Kai' is nobody of this team")


def shown(of: Policy = POLICY, **more: Any) -> Shown:
    usual: dict[str, Any] = {
        "number": 4,
        "changes": (BACK, CHANGE),
        "stands": 3,
        "leads": True,
        "desks": ("zendesk", "intercom"),
    }
    return Shown(policy=of, **(usual | more))


def test_a_simulation_asks_what_to_change_and_no_rules_need_no_switches() -> None:
    assert "rules:" not in str(policy_card(shown()).blocks), "there is none to switch off"
    must_be_valid(simulate_card(shown(last=50)))


def test_who_does_not_lead_gets_no_way_to_change_it() -> None:
    card = policy_card(shown(leads=False))
    must_be_valid(card)
    assert "policy.change" not in str(card.blocks)
    assert "policy.undo" not in str(card.blocks)


def large(sign: str) -> Policy:
    members = tuple(
        Member(name=sign * 140 + str(n), email=f"{n}@x.example", skills=(sign * 90, "de", sign * 200))
        for n in range(60)
    )
    teams = tuple(Team(name=sign * 60 + str(n), channel=sign * 90, members=members) for n in range(40))
    rules = tuple(
        Rule(id=sign * 90 + str(n), pattern="x", why=sign * 400, level=Level.HIGH, positive=("x",), negative=("y",),
             off=n % 2 == 0)
        for n in range(130)
    )  # fmt: skip
    categories = tuple(
        POLICY.categories[0].model_copy(update={"name": sign * 40 + str(n), "team": teams[0].name}) for n in range(40)
    )
    more = {"teams": (*teams, *POLICY.teams), "rules": rules, "categories": categories}
    return POLICY.model_copy(update={**more, "fallback_category": categories[0].name})


FORMS: dict[str, Callable[[Shown], Any]] = {
    "team": lambda it: team_form(it, it.policy.teams[0]),
    "member": lambda it: member_form(it, it.policy.teams[0], it.policy.teams[0].members[0]),
    "new": lambda it: member_form(it, it.policy.teams[0], None),
    "thresholds": thresholds_form,
    "hours": lambda it: hours_form(it, it.policy.categories[0].name),
    "rules": rules_form,
    "rule": rule_form,
    "saved": lambda it: saved_view(it.changes[-1]),
    "notice": lambda it: notice_view("Not yet", "No."),
}


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("of", [policy(), large("x"), large("&"), large("😀")], ids=["shipped", "x", "amp", "emoji"])
def test_every_form_is_one_that_slack_opens(form: str, of: Policy) -> None:
    if form != "rules" or of.rules:
        must_be_valid_view(FORMS[form](shown(of)))


@settings(max_examples=12)
@given(st.sampled_from(["x", "&", "<!channel>", "😀", "`*_~"]), st.text(min_size=1, max_size=300))
def test_whatever_it_holds_its_cards_are_valid_and_dead(sign: str, said: str) -> None:
    step = Step(path=("teams", said, "channel"), value=said * 3, was=said)
    change = CHANGE.model_copy(update={"why": said, "steps": (step,) * 9})
    it = shown(large(sign), changes=(change,) * 20, misfits=(Misfit(change=change, say=said),) * 20)
    for card in (
        policy_card(it),
        changes_card(it),
        rules_card(it.policy),
        team_card(it.policy.teams[0]),
    ):
        must_be_valid(card)
        assert "<!channel>" not in str(card.blocks)
