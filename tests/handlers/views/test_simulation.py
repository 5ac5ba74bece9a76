"""A simulation is told within Slack's limits, with Apply under it wherever it can be applied."""

from hypothesis import given, settings
from hypothesis import strategies as st

from handlers.views.simulation import APPLY, replaying_view, simulation_view
from pipeline.outcomes import Compared, Outcomes
from pipeline.policy_change import PolicyChange, Step
from pipeline.simulate import Change, Example, Moved, Simulation
from tests.handlers.views.cases import ANA, NOW
from tests.handlers.views.valid import must_be_valid_view

STEP = Step(path=("thresholds", "alarm"), value=0.055, was=0.067)
PROPOSED = PolicyChange(number=3, at=NOW, by=ANA, why="They leave", steps=(STEP,))


def found(name: str = "Where is my invoice?", team: str = "billing_support", times: int = 1) -> Simulation:
    examples = (Example(id="c1", subject=name, url="https://desk.example/4711"),) * 3
    return Simulation(
        tickets=200,
        moved=(Moved(before=team, after="billing_lead", count=12, examples=examples),) * times,
        teams={f"{team}{n}": Change(before=100, after=88 - n) for n in range(times)},
        agents={f"{name}{n}": Change(before=20, after=19) for n in range(times)} | {"": Change(before=0, after=1)},
        raised=12,
        raised_examples=examples,
        calmed=0,
        reassigned=1,
        asked=Change(before=30, after=30),
        answers=Change(before=90, after=95),
        sooner=10,
        sooner_minutes=720,
        later=1,
        later_minutes=15,
        escalated={f"{team}{n}": Change(before=3, after=5) for n in range(times)},
        targets={
            f"{team}{n}": Compared(before=Outcomes(met=90, missed=5), after=Outcomes(met=80, missed=14, none=1))
            for n in range(times)
        },
        missed=9,
        missed_examples=examples,
        kept=1,
        kept_examples=examples,
    )


def test_it_can_be_applied_or_discarded() -> None:
    view = simulation_view(found(), PROPOSED)
    must_be_valid_view(view)
    assert (view["submit"]["text"], view["close"]["text"], view["callback_id"]) == ("Apply", "Discard", APPLY)


def test_what_changes_nothing_says_so() -> None:
    same, none = Change(before=1, after=1), {"billing_support": Change(before=9, after=9)}
    nothing = Simulation(tickets=9, teams=none, agents={}, raised=0, calmed=0, reassigned=0, asked=same, answers=same,
                         sooner=0, later=0)  # fmt: skip
    assert "*none* would have been treated otherwise" in str(simulation_view(nothing, PROPOSED)["blocks"])


def test_how_far_it_is() -> None:
    for view in (replaying_view(0, 0), replaying_view(1200, 2000)):
        must_be_valid_view(view)
    assert "1,200 of 2,000" in str(replaying_view(1200, 2000))


def test_one_that_is_too_long_to_be_kept_is_saved_in_the_form() -> None:
    long = PROPOSED.model_copy(update={"steps": (STEP.model_copy(update={"value": "x" * 3000}),)})
    view = simulation_view(found(), long)
    must_be_valid_view(view)
    assert "submit" not in view
    assert "press Save" in str(view["blocks"])


@settings(max_examples=20)
@given(st.text(min_size=1, max_size=300), st.sampled_from(["&", "<!channel>", "😀"]))
def test_whatever_it_names_it_is_valid_and_dead(said: str, sign: str) -> None:
    view = simulation_view(found(sign * 60 + said, said, times=30), PROPOSED)
    must_be_valid_view(view)
    assert "<!channel>" not in str(view["blocks"])
