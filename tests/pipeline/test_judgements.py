"""What people said of a ticket counts by their last word, and every draft that became a reply counts."""

from pipeline.feedback import Aspect
from pipeline.judgements import Judged, Word, judged

ESCALATION = Aspect.ESCALATION


def test_nothing_said_is_nothing_judged() -> None:
    assert judged(()) == Judged()


def test_the_last_word_on_a_category_counts() -> None:
    anew, stood = Word(Aspect.CATEGORY, True), Word(Aspect.CATEGORY, False)
    assert judged([stood, anew]) == Judged(filed=True, filed_anew=True)
    assert judged([anew, stood]) == Judged(filed=True)


def test_escalations_are_called_off_raised_or_let_stand() -> None:
    off, raised = Word(ESCALATION, True, "false"), Word(ESCALATION, True, "true")
    stood = Word(ESCALATION, False, "true")
    assert (judged([off]).called_off, judged([off]).raised) == (True, False)
    assert (judged([raised]).called_off, judged([raised]).raised) == (False, True)
    assert judged([off, stood]) == Judged()


def test_every_draft_counts_and_the_last_edit_tells_how_much_was_changed() -> None:
    drafts = [Word(Aspect.DRAFT, bool(share), distance=share) for share in (0.0, 0.2, 0.5, 0.9)]
    moved = Word(Aspect.TEAM, True)
    assert judged([*drafts, moved]) == Judged(as_it_was=1, edited=2, rejected=1, changed=0.5, reassigned=True)
