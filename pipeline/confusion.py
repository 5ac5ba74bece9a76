"""Confusions: what we read as one category and people file under another, named by what those tickets share."""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import log

from pipeline.feedback import Feedback
from pipeline.rate import Rate
from pipeline.words import folded

FEWEST = 5  # corrections of a kind that make a pattern
LEAST = 0.4  # of tickets of that kind are surely corrected, by the lower end of Wilson's interval: 5 of 6, or 14 of 20
MOST = 10  # confusions that a person is told of at once
SHORTEST = 4  # letters of a word that can name a pattern alone


@dataclass(frozen=True, slots=True)
class Confusion:
    """Tickets read as `shown` that people file under `chosen`, out of all with that phrase that were read so."""

    shown: str
    chosen: str
    phrase: str  # what they share; "" when most of the category is meant
    rate: Rate
    entries: tuple[int, ...]  # the corrections, by their number in the log
    people: Mapping[str, int]  # by name, who made so many of them


def confusions(judged: Sequence[Feedback], texts: Mapping[str, str]) -> tuple[Confusion, ...]:
    """Return the systematic confusions, the most frequent first.

    `judged` are last words on what tickets were read as, confirmed or corrected; `texts` are the tickets' words
    by their case, masked. Among tickets that were read alike, the phrase is the one that tells best which of
    them were moved (T. Dunning's log-likelihood ratio, 1993). Each correction is in one confusion only.
    """
    found = [
        confusion
        for shown, rows in _by_shown(judged).items()
        for confusion in _of_category(shown, rows, {row.number: _phrases(texts.get(row.case_id, "")) for row in rows})
    ]
    return tuple(sorted(found, key=lambda each: (-each.rate.hits, each.shown, each.chosen, each.phrase))[:MOST])


def _by_shown(judged: Sequence[Feedback]) -> dict[str, list[Feedback]]:
    rows: dict[str, list[Feedback]] = defaultdict(list)
    for each in judged:
        rows[each.shown].append(each)
    return rows


def _of_category(shown: str, rows: Sequence[Feedback], said: Mapping[int, Collection[str]]) -> Iterator[Confusion]:
    """Yield phrase after phrase, each among the tickets that those before leave, then whole pairs of categories."""
    for chosen in sorted({row.chosen for row in rows if row.corrects}):
        left = list(rows)
        while (phrase := _most_telling(left, chosen, said)) is not None:
            having = [row for row in left if not phrase or phrase in said[row.number]]
            yield _confusion(shown, chosen, phrase, having)
            left = [row for row in left if row not in having]


def _most_telling(rows: Sequence[Feedback], chosen: str, said: Mapping[int, Collection[str]]) -> str | None:
    """Return the phrase that names a pattern best; "" when all the rows are one; None when there is none."""
    moved = Counter(phrase for row in rows if row.chosen == chosen for phrase in said[row.number])
    having = Counter(phrase for row in rows for phrase in said[row.number])
    whole = Rate(sum(row.chosen == chosen for row in rows), len(rows))
    if _is_pattern(whole):
        return ""
    tell = {
        phrase: _surprise(Rate(hits, having[phrase]), whole)
        for phrase, hits in moved.items()
        if _is_pattern(Rate(hits, having[phrase]))
    }
    return min(tell, key=lambda phrase: (-tell[phrase], -len(phrase), phrase), default=None)


def _is_pattern(rate: Rate) -> bool:
    return rate.hits >= FEWEST and rate.interval()[0] >= LEAST


def _confusion(shown: str, chosen: str, phrase: str, having: Sequence[Feedback]) -> Confusion:
    moved = [row for row in having if row.chosen == chosen]
    people = Counter(row.by.name for row in moved)
    rate = Rate(len(moved), len(having))
    return Confusion(shown, chosen, phrase, rate, tuple(row.number for row in moved), dict(people.most_common()))


def _phrases(text: str) -> frozenset[str]:
    words = folded(text).split()
    alone = {word for word in words if len(word) >= SHORTEST}
    return frozenset(alone | {f"{one} {other}" for one, other in pairwise(words) if {one, other} & alone})


def _surprise(having: Rate, whole: Rate) -> float:
    """Return the log-likelihood ratio of rows with and without a phrase being moved at different rates."""
    lacking = Rate(whole.hits - having.hits, whole.total - having.total)
    return 2 * (_likelihood(having, having) + _likelihood(lacking, lacking) - _likelihood(whole, whole))


def _likelihood(seen: Rate, rate: Rate) -> float:
    misses = seen.total - seen.hits
    hit = seen.hits * log(rate.share) if seen.hits else 0.0
    return hit + (misses * log(1 - rate.share) if misses else 0.0)
