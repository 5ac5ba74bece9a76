"""Rotations and chains in a policy: what is there is found, and a mistake is named with its line."""

from pathlib import Path

import pytest

from bot.policy_file import default_policy, load_policy
from pipeline.chain import Occasion, Step, Whom, steps_for
from pipeline.errors import PolicyError
from pipeline.rotation import Length

POLICY = """\
fallback_category = "all"
rules = []
[[categories]]
name = "all"
description = "Everything that people ask."
team = "front"
escalation_team = "front"
sla_hours = { P1 = 1, P2 = 2, P3 = 3, P4 = 4 }

[[teams]]
name = "front"
channel = "front"
lead = "Ann"
members = [{ name = "Ann", email = "ann@example.com" }, { name = "Bob", email = "bob@example.com" }]

[teams.on_call]
members = ["Ann", "Bob"]
shift = "day"
at = "08:30"
zone = "Europe/Berlin"

[[teams.chains]]
on = ["critical"]
steps = [{ call = "Bob", after = 0 }, { call = "#front" }]
last_resort = 3
"""


def load(tmp_path: Path, text: str) -> str:
    path = tmp_path / "policy.toml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(PolicyError) as refusal:
        load_policy(path)
    return str(refusal.value).replace(str(path), "policy.toml")


def test_a_policy_says_who_is_on_call_and_who_is_called(tmp_path: Path) -> None:
    path = tmp_path / "policy.toml"
    path.write_text(POLICY, encoding="utf-8")
    team = load_policy(path).team("front")
    assert team.on_call is not None
    assert team.on_call.shift is Length.DAY
    last = (Step(call=Whom.DIRECT, after=3), Step(call=Whom.FALLBACK, after=0))
    assert steps_for(team.chains, Occasion.CRITICAL) == (Step(call="Bob", after=0), Step(call="#front"), *last)
    assert [step.call for step in steps_for(team.chains, Occasion.DUE)] == ["owner", "on-call", "lead"]


@pytest.mark.parametrize(
    ("right", "wrong", "said"),
    [
        ('members = ["Ann", "Bob"]', 'members = ["Ann", "Bop"]', "17: 'Bop' is nobody of this team"),
        ('members = ["Ann", "Bob"]', 'members = ["Ann", "Ann"]', "17: 'Ann' has two turns"),
        ('zone = "Europe/Berlin"', 'zone = "Europe/Bärlin"', "20: zone 'Europe/Bärlin' is not known"),
        ('shift = "day"', 'shift = "day"\nweekday = "Mon"', "19: weekday 'Mon' does not exist"),
        ('at = "08:30"', 'at = "24:30"', "19: teams.1.on_call.at is '24:30': write the hour"),
        ('call = "Bob"', 'call = "Boob"', "24: call = 'Boob' is nobody: write"),
        ('call = "#front"', 'call = "on call"', "such as 'on-call'"),
        (
            "last_resort = 3",
            'last_resort = 3\n[[teams.chains]]\non = ["critical"]\nsteps = [{ call = "lead" }]',
            "27: ",
        ),
        ('lead = "Ann"\n', "", "needs no such word"),
    ],
)
def test_a_mistake_is_named_with_its_line(tmp_path: Path, right: str, wrong: str, said: str) -> None:
    text = POLICY.replace(right, wrong)
    if said == "needs no such word":
        text, said = text.replace('call = "Bob"', 'call = "lead"'), "but the team has no lead"
    assert text != POLICY
    assert said in load(tmp_path, text)


@pytest.mark.parametrize("occasion", Occasion)
def test_every_team_has_a_chain_for_every_occasion_and_an_escalation_a_last_resort(occasion: Occasion) -> None:
    for team in default_policy().teams:
        calls = [step.call for step in steps_for(team.chains, occasion)]
        assert calls
        assert (calls[-2:] == [Whom.DIRECT, Whom.FALLBACK]) is occasion.escalates
