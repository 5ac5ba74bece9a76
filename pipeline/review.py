"""Review: what leads are told once a week of how the reading went, with proposals that they answer."""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime, timedelta
from enum import StrEnum

from pydantic import AwareDatetime, Field

from pipeline.case import Actor
from pipeline.confusion import Confusion, confusions
from pipeline.drift import drifted
from pipeline.feedback import Feedback, Standing
from pipeline.intent_doubts import Doubt
from pipeline.value import Value

LOOKED_AT = timedelta(weeks=4)  # corrections of these weeks make a pattern
MOST_WAITING = 10  # corrections in quarantine that are listed
EXCERPT = 160  # characters of a ticket


class Answer(StrEnum):
    """What leads made of a proposal."""

    OPEN = "open"
    ACCEPTED = "accepted"
    DECLINED = "declined"


class Proposal(Value):
    """Corrections of one kind, which leads may accept or decline. `excerpt` is of the one that waits alone.

    Where a `cause` is named, it is no correction: so many of the alarms that it raised were noise. Where a `doubt`
    is, it is about an intent of that name (`shown`) and another one like it (`chosen`), with so many tickets.
    """

    cause: str = ""
    doubt: Doubt | None = None
    shown: str = ""
    chosen: str = ""
    phrase: str = ""
    hits: int
    total: int
    entries: tuple[int, ...] = Field(default=(), description="their numbers in the feedback log")
    people: Mapping[str, int] = {}
    excerpt: str = ""
    number: int = Field(default=0, description="given when it is stored")
    answer: Answer = Answer.OPEN
    by: Actor | None = None
    at: AwareDatetime | None = None

    @property
    def waits_alone(self) -> bool:
        """Whether it is one correction in quarantine rather than a pattern."""
        return not self.total


class Drifted(Value):
    """A category that is corrected more often than before: tickets corrected and judged, this week and before."""

    category: str
    corrected: int
    judged: int
    corrected_before: int
    judged_before: int


class Review(Value):
    """One week's review. `judged` and `corrected` count the week's tickets."""

    slot: str
    at: AwareDatetime
    judged: int
    corrected: int
    drifted: tuple[Drifted, ...] = ()
    proposals: tuple[Proposal, ...] = ()


def look_back(
    slot: str, said: Sequence[Feedback], texts: Mapping[str, str], answered: Collection[int], now: datetime
) -> Review:
    """Return the review of the week that ends now.

    `said` are last words on categories of the last weeks, counted or in quarantine; `texts` the tickets' words
    by case, masked; `answered` the entries that leads have decided on, of which they are not asked again.
    """
    asked = [each for each in said if each.at >= now - LOOKED_AT and each.number not in answered]
    patterns = confusions(asked, texts)
    named = {entry for pattern in patterns for entry in pattern.entries}
    waiting = [each for each in asked if each.standing is Standing.QUARANTINED and each.number not in named]
    week = [each for each in said if now - timedelta(days=7) <= each.at < now]
    return Review(
        slot=slot,
        at=now,
        judged=len(week),
        corrected=sum(each.corrects for each in week),
        drifted=tuple(
            Drifted(
                category=each.category,
                corrected=each.now.hits,
                judged=each.now.total,
                corrected_before=each.before.hits,
                judged_before=each.before.total,
            )
            for each in drifted(said, now)
        ),
        proposals=(*map(_pattern, patterns), *(_alone(each, texts) for each in waiting[-MOST_WAITING:])),
    )


def _pattern(found: Confusion) -> Proposal:
    return Proposal(
        shown=found.shown,
        chosen=found.chosen,
        phrase=found.phrase,
        hits=found.rate.hits,
        total=found.rate.total,
        entries=found.entries,
        people=found.people,
    )


def _alone(said: Feedback, texts: Mapping[str, str]) -> Proposal:
    return Proposal(
        shown=said.shown,
        chosen=said.chosen,
        hits=0,
        total=0,
        entries=(said.number,),
        people={said.by.name: 1},
        excerpt=texts.get(said.case_id, "")[:EXCERPT],
    )
