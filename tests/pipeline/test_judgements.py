"""What people said of tickets counts once for each, by the last word."""

from datetime import UTC, datetime

from pipeline.case import Actor
from pipeline.feedback import Aspect, Feedback, Standing
from pipeline.judgements import judgements

ANA = Actor(id="U1", name="Ana")


def said(case: str, aspect: Aspect, shown: str, chosen: str, standing: Standing = Standing.COUNTED) -> Feedback:
    at = datetime(2026, 5, 4, tzinfo=UTC)
    return Feedback(case_id=case, aspect=aspect, by=ANA, at=at, shown=shown, chosen=chosen, standing=standing)


def test_the_last_word_on_a_category_tells_whether_it_was_filed_anew() -> None:
    found = judgements(
        [
            said("a", Aspect.CATEGORY, "billing", "billing"),
            said("b", Aspect.CATEGORY, "billing", "account"),
            said("c", Aspect.CATEGORY, "billing", "account"),
            said("c", Aspect.CATEGORY, "billing", "billing"),
            said("d", Aspect.CATEGORY, "billing", "account", Standing.UNDONE),
        ]
    )
    assert (found.handled, found.filed_anew) == (3, 1)


def test_alarms_are_wrong_in_either_way() -> None:
    found = judgements(
        [
            said("a", Aspect.ESCALATION, "true", "false"),
            said("b", Aspect.ESCALATION, "false", "true"),
            said("c", Aspect.ESCALATION, "true", "true"),
            said("a", Aspect.TEAM, "money", "tech"),
        ]
    )
    assert (found.called_off, found.raised, found.reassigned) == (1, 1, 1)
    assert found.handled == 0
