"""Judgements: what people said of one ticket, folded into what it counts for in the figures."""

from collections.abc import Iterable
from typing import NamedTuple

from pydantic import Field

from pipeline.feedback import Aspect, Fate, fate_of
from pipeline.value import Value


class Word(NamedTuple):
    """One entry of the feedback log that was not undone, without its texts."""

    aspect: Aspect
    corrects: bool
    chosen: str = ""  # of an escalation: "true" or "false"
    distance: float | None = None  # of a draft


class Judged(Value):
    """What people said of a ticket: by the last word, but every draft that became a reply counts."""

    filed: bool = Field(default=False, description="its category passed a person: confirmed, or let stand by deciding")
    filed_anew: bool = False
    reassigned: bool = False
    called_off: bool = Field(default=False, description="a person says that its escalation was none")
    raised: bool = Field(default=False, description="a person escalated it and we had not")
    as_it_was: int = Field(default=0, description="drafts sent as they were")
    edited: int = 0
    rejected: int = Field(default=0, description="drafts that a person wrote anew")
    changed: float | None = Field(default=None, description="share of the text changed in the draft edited last")


def judged(words: Iterable[Word]) -> Judged:
    """Fold what was said of one ticket, oldest first."""
    last: dict[Aspect, Word] = {}
    drafts: list[Word] = []
    for word in words:
        last[word.aspect] = word
        if word.aspect is Aspect.DRAFT:
            drafts.append(word)
    fates = [fate_of(word.distance) for word in drafts]
    edits = [word.distance for word, fate in zip(drafts, fates, strict=True) if fate is Fate.EDITED]
    category, alarm = last.get(Aspect.CATEGORY), last.get(Aspect.ESCALATION)
    return Judged(
        filed=category is not None,
        filed_anew=category is not None and category.corrects,
        reassigned=Aspect.TEAM in last,
        called_off=alarm is not None and alarm.corrects and alarm.chosen == "false",
        raised=alarm is not None and alarm.corrects and alarm.chosen == "true",
        as_it_was=fates.count(Fate.AS_IT_WAS),
        edited=len(edits),
        rejected=fates.count(Fate.REJECTED),
        changed=edits[-1] if edits else None,
    )
