"""A call says what is asked, of whom, and what came of it."""

import json

import pytest
from syrupy.assertion import SnapshotAssertion

from handlers.views.call import call_card
from pipeline.alarm import Alarm, End, begun
from pipeline.chain import Occasion
from tests.handlers.views.cases import ANA, ESCALATED, NOW
from tests.handlers.views.valid import must_be_valid


def alarm(occasion: Occasion) -> Alarm:
    return begun(ESCALATED, occasion, (), id="a1", by=None, owner="Ana", now=NOW)


STATES = {
    **{occasion.value: alarm(occasion) for occasion in Occasion},
    "acknowledged": alarm(Occasion.HIGH).acknowledged(ANA, NOW),
    "resumed": alarm(Occasion.HIGH).acknowledged(ANA, NOW).resumed(NOW),
    "claimed": alarm(Occasion.HIGH).over(End.CLAIMED, ANA, NOW),
    "calmed": alarm(Occasion.HIGH).over(End.CALMED, None, NOW),
}


@pytest.mark.parametrize("state", STATES)
def test_each_state_has_its_call(state: str, snapshot: SnapshotAssertion) -> None:
    shown = call_card(ESCALATED, STATES[state], user="U0ANA", link="https://acme.slack.com/archives/C1/p1")
    must_be_valid(shown)
    assert json.dumps([shown.text, *shown.blocks], indent=1, ensure_ascii=False) == snapshot


def test_only_who_is_called_is_mentioned_and_a_channel_only_for_what_is_critical() -> None:
    for user, everybody, begins in (("U0ANA", False, "<@U0ANA> "), ("", True, "<!here> "), ("", False, "*"),
                                    ("channel> <!here", False, "*")):  # fmt: skip
        shown = call_card(ESCALATED, alarm(Occasion.CRITICAL), user=user, everybody=everybody)
        assert shown.text.startswith(f"🚨 {begins}")
        assert shown.text.count("<@") + shown.text.count("<!here") == (begins != "*")
