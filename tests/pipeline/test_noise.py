"""A cause is called noise only when, surely, more than half of what it raised was for nothing."""

from datetime import timedelta

from hypothesis import given
from hypothesis import strategies as st

from pipeline.alarm import Alarm, Condition, End, is_quiet
from pipeline.chain import Occasion, Step
from pipeline.noise import LEAST, WITHIN, Made, noisy, worthwhile
from tests.fakes.clock import MORNING

NOW = MORNING + timedelta(days=3)
MINUTE = timedelta(minutes=1)


def alarm(*causes: str, occasion: Occasion = Occasion.HIGH, end: End | None = End.DECIDED, **more: object) -> Alarm:
    usual = {
        "id": "a",
        "workspace": "w",
        "case_id": "c",
        "occasion": occasion,
        "team": "t",
        "causes": causes,
        "steps": (Step(call="lead"),),
        "started_at": MORNING,
        "condition": Condition.OVER if end else Condition.CALLING,
        "end": end,
    }
    return Alarm.model_validate(usual | more)


ACTED = [Made(MORNING, MORNING + 5 * MINUTE, End.CLAIMED)]
LATE = [Made(MORNING, MORNING + WITHIN + MINUTE, End.DECIDED)]
CALLED_OFF = [Made(MORNING, MORNING + MINUTE, End.CALLED_OFF)]
NOBODY = [Made(MORNING)]


def test_acting_in_time_on_any_call_shows_that_it_was_worth_it() -> None:
    assert [worthwhile(made) for made in (ACTED, LATE, CALLED_OFF, NOBODY)] == [True, False, False, False]
    assert worthwhile([*NOBODY, Made(MORNING + WITHIN, MORNING + WITHIN + MINUTE, End.ACKNOWLEDGED)])


def test_what_nobody_acts_on_is_told_loudest_first_and_what_is_quiet_already_is_not() -> None:
    told = [(alarm("rule:a"), NOBODY)] * 12 + [(alarm("rule:b"), CALLED_OFF)] * 11 + [(alarm("rule:b"), ACTED)]
    found = noisy(told, NOW)
    assert [(each.cause, each.rate) for each in found] == [("rule:a", (12, 12)), ("rule:b", (11, 12))]
    assert [each.cause for each in noisy(told, NOW, {"rule:a"})] == ["rule:b"]


def test_few_alarms_critical_ones_and_those_that_nobody_was_called_for_say_nothing() -> None:
    assert noisy([(alarm("x"), NOBODY)] * (LEAST - 1), NOW) == ()
    assert noisy([(alarm("x", occasion=Occasion.CRITICAL), NOBODY)] * 50, NOW) == ()
    assert noisy([(alarm("x"), [])] * 50, NOW) == ()
    assert noisy([(alarm("x", end=End.OVERTAKEN), NOBODY)] * 50, NOW) == ()
    young = [(alarm("x", end=None), NOBODY)] * 50
    assert noisy(young, MORNING + WITHIN) == ()
    assert len(noisy(young, MORNING + WITHIN + MINUTE)) == 1


@given(noise=st.integers(0, 60), worth=st.integers(0, 60))
def test_noise_is_never_told_of_what_is_not_surely_more_than_half(noise: int, worth: int) -> None:
    found = noisy([(alarm("x"), NOBODY)] * noise + [(alarm("x"), ACTED)] * worth, NOW)
    if found:
        assert noise + worth >= LEAST
        assert noise > worth
    if worth == 0 and noise >= LEAST:
        assert found


def test_a_quiet_alarm_has_only_quiet_causes_and_is_neither_critical_nor_a_p1() -> None:
    assert is_quiet(alarm("a", "b"), {"a", "b", "c"})
    assert not is_quiet(alarm("a", "b"), {"a"})
    assert not is_quiet(alarm(), {"a"})
    assert not is_quiet(alarm("a", occasion=Occasion.CRITICAL), {"a"})
    assert not is_quiet(alarm("a", pressing=True), {"a"})
