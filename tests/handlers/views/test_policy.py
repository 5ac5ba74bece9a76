"""The policy is shown whole within Slack's limits, and offers its changes to leads alone."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from handlers.views.policy import Shown, changes_card, policy_card, rules_card, simulate_card, team_card
from handlers.views.policy_forms import (
    MOST_INPUT,
    hours_form,
    member_form,
    notice_view,
    rule_form,
    rules_form,
    saved_view,
    team_form,
    thresholds_form,
)
from handlers.views.policy_house_forms import roles_form, savings_form
from handlers.views.policy_team_forms import chains_form, macro_form, open_form, rota_form
from pipeline.chain import Chain, Occasion
from pipeline.chain import Step as Call
from pipeline.escalation import Level
from pipeline.hours import Hours
from pipeline.macro import Macro
from pipeline.policy import Member, Policy, Rule, Team
from pipeline.policy_change import Misfit, PolicyChange, Step
from pipeline.roles import RoleGroups
from pipeline.rotation import Cover, Rotation
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
    teams = tuple(
        Team(
            name=sign * 60 + str(n),
            channel=sign * 90,
            members=members,
            macros=tuple(
                Macro(
                    name=(sign * 30)[:60] + str(k),
                    text={"en": sign * 700, "de": "Hallo {customer}"},
                    when=(sign * 140)[:250],
                )
                for k in range(99)
            ),
            chains=(Chain(on=tuple(Occasion), steps=tuple(Call(call=sign * 90) for _ in range(12))),),
            on_call=Rotation(
                members=tuple(sign * 140 + str(k) for k in range(60)),
                covers=(Cover(member=sign * 140, begins=NOW, ends=NOW + timedelta(days=1)),) * 60,
            ),
            hours=Hours(monday=("09:00-12:00",) * 80, holidays=(sign * 40,) * 9, closed=(NOW.date(),) * 400),
        )
        for n in range(3 if sign == "😀" else 40)
    )
    rules = tuple(
        Rule(id=sign * 90 + str(n), pattern="x", why=sign * 400, level=Level.HIGH, positive=("x",), negative=("y",),
             off=n % 2 == 0)
        for n in range(130)
    )  # fmt: skip
    categories = tuple(
        POLICY.categories[0].model_copy(update={"name": sign * 40 + str(n), "team": teams[0].name}) for n in range(40)
    )
    people = {"leads": members, "admins": members[:50], "roles": RoleGroups(lead=(sign * 70,) * 90)}
    more = {**people, "teams": (*teams, *POLICY.teams), "rules": rules, "categories": categories}
    return POLICY.model_copy(update={**more, "fallback_category": categories[0].name})


FORMS: dict[str, Callable[[Shown], Any]] = {
    "team": lambda it: team_form(it, it.policy.teams[0]),
    "member": lambda it: member_form(it, it.policy.teams[0], it.policy.teams[0].members[0]),
    "new": lambda it: member_form(it, it.policy.teams[0], None),
    "thresholds": thresholds_form,
    "hours": lambda it: hours_form(it, it.policy.categories[0].name),
    "rules": rules_form,
    "rule": rule_form,
    "known rule": lambda it: rule_form(it, it.policy.rules[0] if it.policy.rules else None),
    "chains": lambda it: chains_form(it, it.policy.teams[0]),
    "rota": lambda it: rota_form(it, it.policy.teams[0]),
    "open": lambda it: open_form(it, it.policy.teams[0]),
    "macro": lambda it: macro_form(it, it.policy.teams[0], next(iter(it.policy.teams[0].macros), None)),
    "new macro": lambda it: macro_form(it, it.policy.teams[0], None),
    "roles": roles_form,
    "savings": savings_form,
    "saved": lambda it: saved_view(it.changes[-1]),
    "notice": lambda it: notice_view("Not yet", "No."),
}


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("of", [policy(), large("x"), large("&"), large("😀")], ids=["shipped", "x", "amp", "emoji"])
def test_every_form_is_one_that_slack_opens(form: str, of: Policy) -> None:
    if form != "rules" or of.rules:
        must_be_valid_view(FORMS[form](shown(of)))


@pytest.mark.parametrize("rule", [each.id for each in policy().rules])
def test_a_rule_that_ships_is_shown_whole(rule: str) -> None:
    """Nothing of it is cut, or saving the form would lose it."""
    [known] = [each for each in policy().rules if each.id == rule]
    form = rule_form(shown(policy()), known)
    must_be_valid_view(form)
    said = {block["block_id"]: block["element"].get("initial_value", "") for block in form["blocks"][:-1]}
    words = [said[name] for name in said if name.startswith("pattern")]
    assert "\n".join(words) == known.pattern.strip()
    assert said["positive"].splitlines() == list(known.positive)


def test_what_is_too_long_for_an_input_is_no_input() -> None:
    shown_ = shown(large("x"))
    for form in (rota_form(shown_, shown_.policy.teams[0]), open_form(shown_, shown_.policy.teams[0])):
        assert "too long to be changed here, so it stays" in str(form["blocks"])
        typed = [block["element"].get("initial_value", "") for block in form["blocks"] if block["type"] == "input"]
        assert all(len(each) < MOST_INPUT and "…" not in each for each in typed)


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
