"""Two people press at once, the clock jumps and the process dies: one decision, one reply, nothing lost.

A part of what `python -m tests.crash.interleave` tries: every place of the jump and of the crash is among it.
"""

from pathlib import Path

import pytest

from tests.crash.interleave import CUTS, PAIRS, interleave, schedules

STRIDE = 397  # a prime, so that the part does not keep to one place


@pytest.mark.parametrize("name", PAIRS)
async def test_however_two_presses_meet_one_decision_stands_and_its_reply_goes_out_once(
    tmp_path: Path, name: str
) -> None:
    meeting = await interleave(name, tmp_path, STRIDE)
    assert meeting.tried > 10
    assert meeting.ends > 1, "they did not always end alike, so they really met"


def test_there_are_more_than_56_000_ways_to_meet() -> None:
    every = list(schedules())
    assert len(set(every)) == len(every)
    assert len(every) * len(PAIRS) > 56_000
    places = set(range(2 * CUTS + 1))
    assert {one.jump for one in every[::STRIDE]} == {one.crash for one in every[::STRIDE]} == places
