"""Acceptance counts each reply once, where it belongs, and forgets what was undone."""

from datetime import UTC, datetime, timedelta

from pipeline.acceptance import acceptance
from pipeline.case import Actor
from pipeline.feedback import Aspect, Feedback, Standing

WEDNESDAY = datetime(2026, 5, 6, 9, tzinfo=UTC)
ANA = Actor(id="U1", name="Ana")


def reply(distance: float | None, **more: object) -> Feedback:
    usual: dict[str, object] = {
        "case_id": "c1",
        "aspect": Aspect.DRAFT,
        "by": ANA,
        "at": WEDNESDAY,
        "shown": "a draft",
        "chosen": "a draft",
        "distance": distance,
        "category": "billing",
        "team": "money",
        "grade": "answer",
    }
    return Feedback.model_validate(usual | more)


def thumb(chosen: str) -> Feedback:
    return reply(None, aspect=Aspect.RATING, chosen=chosen)


def test_each_draft_was_sent_as_it_was_or_edited_or_rejected() -> None:
    found = acceptance([reply(0), reply(0.1), reply(0.3), reply(0.9), thumb("up"), thumb("down"), thumb("up")]).whole
    assert (found.drafts, found.as_it_was, found.edited, found.rejected) == (4, 0.25, 0.5, 0.25)
    assert found.changed == 0.2
    assert (found.up, found.down) == (2, 1)


def test_parts_are_by_category_team_grade_and_week() -> None:
    later = WEDNESDAY + timedelta(days=5)
    found = acceptance([reply(0), reply(1, category="technical", team="tech", grade="suggestion", at=later)])
    assert {name: part.as_it_was for name, part in found.by_category.items()} == {"billing": 1, "technical": 0}
    assert list(found.by_team) == ["money", "tech"]
    assert list(found.by_grade) == ["answer", "suggestion"]
    assert {week: part.rejected for week, part in found.by_week.items()} == {"2026-05-04": 0, "2026-05-11": 1}


def test_what_was_undone_and_what_is_of_another_kind_is_no_figure() -> None:
    found = acceptance([reply(0, standing=Standing.UNDONE), reply(None, aspect=Aspect.CATEGORY)])
    assert found.whole.drafts == 0
    assert found.whole.as_it_was == found.whole.changed == 0
    assert found.by_week == {}
