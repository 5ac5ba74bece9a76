"""An alarm calls each step once, in order, after its wait, however often it is acknowledged and resumed."""

from datetime import datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from pipeline.alarm import Alarm, Condition, End, begun, causes_of, ending, escalation_of, owner_of, raised
from pipeline.case import Acknowledged, Holding, Sending, Status
from pipeline.chain import Chain, Occasion, Step, Whom
from pipeline.timer import Aim, Timer
from tests.fakes.clock import MORNING
from tests.pipeline.deciding import ANA, BEN, a_case, analysis

LOUD = a_case(analysis=analysis(escalated=True), home="money_lead")
MINUTE = timedelta(minutes=1)
waits = st.lists(st.integers(0, 60), min_size=1, max_size=8)


def alarm(*minutes: float, occasion: Occasion = Occasion.HIGH, due: datetime | None = None) -> Alarm:
    chain = Chain(on=(occasion,), steps=tuple(Step(call="lead", after=after) for after in minutes))
    return begun(LOUD.but(due_at=due), occasion, (chain,), id="a", by=None, owner="Ana", now=MORNING)


@given(minutes=waits, breaks=st.lists(st.tuples(st.integers(0, 40), st.integers(0, 200)), max_size=6))
def test_time_that_somebody_had_acknowledged_it_does_not_count_as_waiting(
    minutes: list[int], breaks: list[tuple[int, int]]
) -> None:
    """Breaks are (minutes of calling before, minutes of rest). A stepper walks both clocks minute by minute."""
    now, ran, calls, of = MORNING, 0, [], alarm(*minutes)
    rests = list(breaks)
    until_break = rests[0][0] if rests else None
    for _ in range(3000):
        while of.next is not None and of.next_at is not None and of.next_at <= now:
            calls.append(ran)
            of = of.advanced(now)
        if until_break == 0 and of.condition is Condition.CALLING:
            of = of.acknowledged(ANA, now)
            now += rests.pop(0)[1] * MINUTE
            of = of.resumed(now)
            until_break = rests[0][0] if rests else None
            continue
        now, ran = now + MINUTE, ran + 1
        until_break = None if until_break is None else until_break - 1
        if of.next is None:
            break
    last_resort = 15
    gaps = [0, *minutes[1:], last_resort, 0]
    assert calls == [sum(gaps[: place + 1]) for place in range(len(gaps))]


@given(minutes=st.lists(st.integers(1, 600), min_size=1, max_size=6), left=st.integers(1, 600))
def test_every_call_for_a_target_comes_before_it(minutes: list[int], left: int) -> None:
    due = MORNING + left * MINUTE
    of, now = alarm(*minutes, occasion=Occasion.DUE, due=due), MORNING
    for _ in minutes:
        assert of.next_at is not None
        assert of.next_at < due
        now = of.next_at
        of = of.advanced(now)
    assert of.next is None


def test_a_step_that_is_called_while_it_rests_is_not_called_again() -> None:
    of = alarm(0, 10).acknowledged(ANA, MORNING).advanced(MORNING)
    assert (of.step, of.condition, of.rest) == (1, Condition.ACKNOWLEDGED, 600)
    assert of.resumed(MORNING).next_at == MORNING + 10 * MINUTE


def test_it_is_raised_once_and_again_only_by_something_new() -> None:
    calm, present = a_case(), alarm(0)
    assert raised(calm, LOUD, None, None) is Occasion.CRITICAL
    assert raised(LOUD, LOUD, None, None) is None
    assert raised(calm, LOUD, present, present) is Occasion.CRITICAL  # from high on it is overtaken
    assert raised(calm, LOUD, alarm(0, occasion=Occasion.CRITICAL), present) is None
    assert raised(LOUD.but(status=Status.WAITING), LOUD.but(claimed_by=ANA), None, present) is None
    assert raised(LOUD.but(status=Status.SNOOZED), LOUD, None, present.over(End.SNOOZED, ANA, MORNING)) is not None
    assert raised(calm, LOUD.but(status=Status.SNOOZED), None, None) is None
    moved = present.over(End.MOVED, ANA, MORNING)
    assert raised(LOUD, LOUD.but(home="care"), None, moved) is not None


def test_what_a_change_means_for_an_alarm() -> None:
    of = alarm(0)
    assert ending(of, LOUD, LOUD.but(agent="Ben", acknowledged=Acknowledged(by=BEN, at=MORNING))) is None
    assert ending(of, LOUD, a_case(Status.ANSWERED)) is End.DECIDED
    assert ending(of, LOUD, LOUD.but(status=Status.SNOOZED)) is End.SNOOZED
    assert ending(of, LOUD, LOUD.but(claimed_by=ANA)) is End.CLAIMED
    assert ending(of, LOUD.but(claimed_by=ANA), LOUD.but(claimed_by=ANA)) is None
    assert ending(of, LOUD, LOUD.but(chosen_escalation=False)) is End.CALLED_OFF
    assert ending(of, LOUD, LOUD.but(analysis=analysis())) is End.CALMED
    assert ending(of, LOUD, LOUD.but(home="care")) is End.MOVED
    late = alarm(0, occasion=Occasion.OVERDUE)
    assert ending(late, LOUD, LOUD.but(home="care", analysis=analysis())) is None
    assert ending(late, LOUD, LOUD.but(team="care")) is End.MOVED


def test_who_works_on_it_and_what_raised_it() -> None:
    heard = LOUD.but(agent="Ana", acknowledged=Acknowledged(by=BEN, at=MORNING))
    assert [owner_of(case) for case in (LOUD.but(agent="Ana"), heard, heard.but(claimed_by=ANA))] == [
        "Ana",
        "Ben",
        "Ana",
    ]
    assert causes_of(LOUD, Occasion.HIGH) == ("rule",)
    assert causes_of(LOUD.but(chosen_escalation=True), Occasion.HIGH) == ("person",)
    assert causes_of(LOUD, Occasion.DUE) == ("due:money",)
    assert escalation_of(a_case(chosen_escalation=True)) is Occasion.HIGH
    assert [step.call for step in alarm(0).steps] == ["lead", Whom.DIRECT, Whom.FALLBACK]


def test_a_word_to_the_customer_ends_the_call_for_a_first_response_and_no_escalation() -> None:
    held = Holding(by=ANA, at=MORNING, text="We look.", asked=1, replies=0)
    timer = Timer(team="money", since=MORNING)
    before = LOUD.but(holdings=(held,), timer=timer)
    after = before.but(holdings=(held.model_copy(update={"sending": Sending.SENT}),))
    assert ending(alarm(0, occasion=Occasion.OVERDUE), before, after) is End.ANSWERED
    assert ending(alarm(0, occasion=Occasion.HIGH), before, after) is None
    resolving = before.but(timer=timer.model_copy(update={"aim": Aim.RESOLUTION}))
    assert ending(alarm(0, occasion=Occasion.OVERDUE), resolving, after) is None
