"""The gate keeps everybody waiting as long as Slack asked, and lets them through one by one afterwards."""

import pytest

from bot.adapters.slack_gate import GENTLE, Gate
from pipeline.errors import Refused, Unavailable, Unknown

POST = "chat.postMessage"


class At:
    """A moment that moves when told to."""

    def __init__(self) -> None:
        self.now = 100.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def at() -> At:
    return At()


@pytest.fixture
def gate(at: At) -> Gate:
    return Gate(at)


def waits(gate: Gate, channel: str = "C1", pace: float = 1.0) -> float:
    """How long the gate asks to wait; 0 when it lets this call through."""
    try:
        with gate.through(POST, channel, pace=pace):
            return 0.0
    except Unavailable as asked:
        return asked.retry_after or -1.0


def refused_for(gate: Gate, seconds: float, channel: str = "C1") -> None:
    with pytest.raises(Unavailable), gate.through(POST, channel, pace=1.0):
        raise Unavailable("Slack asked us to wait.", retry_after=seconds)


def test_nobody_waits_before_slack_asks_for_it(gate: Gate) -> None:
    assert [waits(gate) for _ in range(50)] == [0.0] * 50


def test_all_wait_as_long_as_slack_asked_and_other_channels_do_not(gate: Gate, at: At) -> None:
    refused_for(gate, 7)
    assert waits(gate) == 7
    at.now += 5
    assert (waits(gate), waits(gate, "C2")) == (2, 0)


def test_those_who_waited_go_one_by_one(gate: Gate, at: At) -> None:
    refused_for(gate, 7)
    at.now += 7
    assert [waits(gate) for _ in range(3)] == [0, 1, 1]
    at.now += 1
    assert [waits(gate) for _ in range(2)] == [0, 1]


def test_a_look_up_of_several_pages_is_not_slowed_down(gate: Gate, at: At) -> None:
    refused_for(gate, 7)
    at.now += 7
    assert [waits(gate, pace=0) for _ in range(3)] == [0, 0, 0]


def test_after_a_while_they_go_as_before(gate: Gate, at: At) -> None:
    refused_for(gate, 7)
    at.now += 7 + GENTLE
    assert [waits(gate) for _ in range(3)] == [0, 0, 0]


def test_what_replaces_a_refused_message_need_not_wait(gate: Gate, at: At) -> None:
    refused_for(gate, 7)
    at.now += 7
    with pytest.raises(Refused), gate.through(POST, "C1", pace=1.0):
        raise Refused("invalid_blocks", code="invalid_blocks")
    assert waits(gate) == 0


@pytest.mark.parametrize("error", [Unavailable("away"), Unknown("lost")])
def test_an_error_without_a_time_closes_nothing(gate: Gate, error: Unavailable) -> None:
    with pytest.raises(Unavailable), gate.through(POST, "C1", pace=1.0):
        raise error
    assert waits(gate) == 0
