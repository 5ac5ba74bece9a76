"""A call says what is asked, of whom, and what came of it."""

from handlers.views.call import call_card
from pipeline.alarm import Alarm, begun
from pipeline.chain import Occasion
from tests.handlers.views.cases import ESCALATED, NOW


def alarm(occasion: Occasion) -> Alarm:
    return begun(ESCALATED, occasion, (), id="a1", by=None, owner="Ana", now=NOW)


def test_only_who_is_called_is_mentioned_and_a_channel_only_for_what_is_critical() -> None:
    for user, everybody, begins in (("U0ANA", False, "<@U0ANA> "), ("", True, "<!here> "), ("", False, "*"),
                                    ("channel> <!here", False, "*")):  # fmt: skip
        shown = call_card(ESCALATED, alarm(Occasion.CRITICAL), user=user, everybody=everybody)
        assert shown.text.startswith(f"🚨 {begins}")
        assert shown.text.count("<@") + shown.text.count("<!here") == (begins != "*")
