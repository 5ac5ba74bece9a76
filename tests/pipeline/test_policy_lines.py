"""What a lead types line by line says what the policy says, and the other way round."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.chain import Chain, Occasion, Step
from pipeline.policy_lines import Mistyped, chain_of, chains_typed, cover_lines, covers_typed, step_lines
from pipeline.rotation import Cover, Rotation

NOON = datetime(2026, 10, 20, 12, tzinfo=UTC)
CALLS = st.sampled_from(["on-call", "lead", "Ana Ribeiro", "#help", "After Hours", "Ann after 5"])
STEPS = st.lists(st.builds(Step, call=CALLS, after=st.floats(0, 10_080)), min_size=1, max_size=12).map(tuple)


@given(st.dictionaries(st.sampled_from(Occasion), STEPS))
def test_chains_that_are_typed_as_they_are_shown_stay_and_say_the_same_alone(
    steps: dict[Occasion, tuple[Step]],
) -> None:
    chains = tuple(Chain(on=(occasion,), steps=each) for occasion, each in steps.items())
    shown = {each: step_lines(chain.steps) for each in Occasion if (chain := chain_of(chains, each))}
    assert [Chain.model_validate(each) for each in chains_typed(shown, {}, chains)] == list(chains)
    anew = [Chain.model_validate(each) for each in chains_typed(shown, {}, ())]
    assert {chain.on[0]: step_lines(chain.steps) for chain in anew} == shown


def test_a_chain_for_several_occasions_is_parted_only_where_one_of_them_changes() -> None:
    both = (Chain(on=(Occasion.DUE, Occasion.HIGH), steps=(Step(call="lead", after=0),), last_resort=7),)
    shown = {Occasion.HIGH: "lead after 0", Occasion.DUE: "lead after 0"}
    assert chains_typed(shown, {Occasion.HIGH: 7}, both) == [both[0].model_dump(mode="json")]
    parted = [Chain.model_validate(each) for each in chains_typed({**shown, Occasion.DUE: "on-call"}, {}, both)]
    assert [(chain.on, chain.steps[0].call, chain.last_resort) for chain in parted] == [
        ((Occasion.HIGH,), "lead", 7),
        ((Occasion.DUE,), "on-call", 7),
    ]


def test_who_writes_no_minutes_calls_the_first_at_once() -> None:
    [chain] = chains_typed({Occasion.HIGH: "on-call\n\nlead after 2,5 minutes\n#help"}, {}, ())
    assert [step.after for step in Chain.model_validate(chain).steps] == [0, 2.5, 10]


@given(
    st.lists(st.tuples(st.integers(0, 60 * 24 * 400), st.integers(1, 5000)), max_size=5),
    st.sampled_from(["UTC", "Europe/Berlin", "Asia/Kolkata", "America/New_York"]),
)
def test_covers_that_are_typed_as_they_are_shown_stay(minutes: list[tuple[int, int]], zone: str) -> None:
    covers = tuple(
        Cover(member="Ana", begins=NOON + timedelta(minutes=at), ends=NOON + timedelta(minutes=at + long))
        for at, long in minutes
    )
    rotation = Rotation(members=("Ana",), zone=zone, covers=covers)
    assert [Cover.model_validate(each) for each in covers_typed(cover_lines(rotation), zone, rotation)] == list(covers)


@pytest.mark.parametrize("line", ["Ana", "2026-12-24 09:00 Ana", "2026-13-24 09:00 to 2026-12-26 09:00 Ana"])
def test_a_line_that_says_something_else_is_refused_with_how_to_write_it(line: str) -> None:
    with pytest.raises(Mistyped, match="write it like 2026-12-24 09:00"):
        covers_typed(line, "UTC", None)
