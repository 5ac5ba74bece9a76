"""Simulation: tickets that were read run through the pure stages again, under two policies, and what differs."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from heapq import heappop, heappush
from statistics import median

from pydantic import Field

from pipeline.calendar import after as due_after
from pipeline.conclude import Concluded, conclude
from pipeline.draft import Draft, Grade
from pipeline.escalation import Signal
from pipeline.outcomes import Compared, Outcome, by_team, outcome_of
from pipeline.past import Hits, Past
from pipeline.policy import Policy, Thresholds
from pipeline.replay import given_of
from pipeline.route import Roster
from pipeline.value import Value

MOST_EXAMPLES = 3


class Example(Value):
    """A ticket that a simulation names."""

    id: str
    subject: str
    url: str


class Moved(Value):
    """Tickets whose card would stand with another team."""

    before: str
    after: str
    count: int
    examples: tuple[Example, ...]


class Change(Value):
    """A number before and after."""

    before: int
    after: int


class Simulation(Value):
    """What a changed policy would have made of the same tickets."""

    tickets: int
    moved: tuple[Moved, ...] = ()
    teams: dict[str, Change]
    agents: dict[str, Change]
    raised: int
    raised_examples: tuple[Example, ...] = ()
    calmed: int
    calmed_examples: tuple[Example, ...] = ()
    reassigned: int
    asked: Change
    answers: Change
    sooner: int
    sooner_minutes: int = 0
    later: int
    later_minutes: int = 0
    escalated: dict[str, Change] = Field(default_factory=dict, description="escalations that each team gets")
    targets: dict[str, Compared] = Field(default_factory=dict, description="first responses by the team that owes them")
    missed: int = Field(default=0, description="targets that would be missed, and were not")
    missed_examples: tuple[Example, ...] = ()
    kept: int = Field(default=0, description="targets that were missed, and would not be")
    kept_examples: tuple[Example, ...] = ()


def simulate(
    pasts: Sequence[Past], found: Sequence[Hits], before: Policy, after: Policy, present: datetime
) -> Simulation:
    """Compare what two policies make of the same tickets. The same input always gives the same result.

    Responses are taken to have come when they really did, whoever would have had the ticket.
    """
    was = _run(pasts, [each.before for each in found], before)
    now = _run(pasts, [each.after for each in found], after)
    rows = list(zip(pasts, was, now, strict=True))
    raised = [past for past, a, b in rows if b.route.escalated and not a.route.escalated]
    calmed = [past for past, a, b in rows if a.route.escalated and not b.route.escalated]
    dues = [(_due(past, a, before), _due(past, b, after)) for past, a, b in rows]
    minutes = [
        _minutes(past, due, b) - _minutes(past, old, a) for (past, a, b), (old, due) in zip(rows, dues, strict=True)
    ]
    ends = [
        tuple(outcome_of(due, past.responded, present, owed=past.owed) for due in pair)
        for past, pair in zip(pasts, dues, strict=True)
    ]
    missed = [past for past, end in zip(pasts, ends, strict=True) if end[1] is Outcome.MISSED is not end[0]]
    kept = [past for past, end in zip(pasts, ends, strict=True) if end[0] is Outcome.MISSED is not end[1]]
    sooner, later = [-each for each in minutes if each < 0], [each for each in minutes if each > 0]
    return Simulation(
        tickets=len(rows),
        moved=_moved(rows),
        teams=_counts(map(_home, was), map(_home, now)),
        agents=_counts((each.route.agent or "" for each in was), (each.route.agent or "" for each in now)),
        raised=len(raised),
        raised_examples=_examples(raised),
        calmed=len(calmed),
        calmed_examples=_examples(calmed),
        reassigned=sum(a.route.agent != b.route.agent for _, a, b in rows),
        asked=Change(before=sum(map(_asks, was)), after=sum(map(_asks, now))),
        answers=Change(before=_answers(pasts, before.thresholds), after=_answers(pasts, after.thresholds)),
        sooner=len(sooner),
        sooner_minutes=round(median(sooner)) if sooner else 0,
        later=len(later),
        later_minutes=round(median(later)) if later else 0,
        escalated=_counts(_escalated(was), _escalated(now)),
        targets=by_team(
            ((each.route.team, end[0]) for each, end in zip(was, ends, strict=True)),
            ((each.route.team, end[1]) for each, end in zip(now, ends, strict=True)),
        ),
        missed=len(missed),
        missed_examples=_examples(missed),
        kept=len(kept),
        kept_examples=_examples(kept),
    )


def _due(past: Past, concluded: Concluded, policy: Policy) -> datetime | None:
    """Return when a ticket's first response is due, by the hours of its team; None in years that nobody sees."""
    hours = policy.known_team(concluded.route.team).hours
    return due_after(hours, past.began, timedelta(minutes=concluded.route.sla_minutes))


def _minutes(past: Past, due: datetime | None, concluded: Concluded) -> int:
    """Return the minutes of a wall clock from a ticket's beginning to its target."""
    return round((due - past.began).total_seconds() / 60) if due else concluded.route.sla_minutes


def _escalated(concluded: Iterable[Concluded]) -> Iterator[str]:
    return (each.route.escalation_team for each in concluded if each.route.escalated)


@dataclass(slots=True)
class _Desk:
    """Who holds how many more tickets, or fewer, than they did in truth."""

    more: Counter[str] = field(default_factory=Counter)
    ends: list[tuple[datetime, int, str, str]] = field(default_factory=list)

    def roster(self, kept: Roster, at: datetime) -> Roster:
        """Return the load at a moment: as it was, with what would have gone to others."""
        while self.ends and self.ends[0][0] <= at:
            _, _, was, now = heappop(self.ends)
            self._pass(now, was)
        load = {name: max(0, kept.load.get(name, 0) + self.more[name]) for name in kept.load.keys() | self.more.keys()}
        return kept.model_copy(update={"load": load})

    def give(self, past: Past, now: str, order: int) -> None:
        """Note who gets a ticket instead of who got it, until it is decided on."""
        if (was := past.analysis.route.agent or "") != now:
            self._pass(was, now)
            if past.until is not None:
                heappush(self.ends, (past.until, order, was, now))

    def _pass(self, giver: str, taker: str) -> None:
        self.more[giver] -= 1
        self.more[taker] += 1


def _run(pasts: Sequence[Past], rules: Sequence[tuple[Signal, ...]], policy: Policy) -> list[Concluded]:
    """Conclude each ticket in the order in which they came, each with the load that the ones before leave."""
    desk, done = _Desk(), []
    for order, (past, said) in enumerate(zip(pasts, rules, strict=True)):
        given = given_of(past.analysis)
        given = given.model_copy(update={"roster": desk.roster(given.roster, given.at)})
        concluded = conclude(past.analysis.classification, said, policy, given)
        desk.give(past, concluded.route.agent or "", order)
        done.append(concluded)
    return done


def _home(concluded: Concluded) -> str:
    """Return the team in whose channel the card would stand."""
    route = concluded.route
    return route.escalation_team if route.escalated else route.team


def _moved(rows: Sequence[tuple[Past, Concluded, Concluded]]) -> tuple[Moved, ...]:
    ways: dict[tuple[str, str], list[Past]] = {}
    for past, was, now in rows:
        if (way := (_home(was), _home(now)))[0] != way[1]:
            ways.setdefault(way, []).append(past)
    ordered = sorted(ways.items(), key=lambda item: (-len(item[1]), item[0]))
    return tuple(Moved(before=a, after=b, count=len(them), examples=_examples(them)) for (a, b), them in ordered)


def _counts(was: Iterable[str], now: Iterable[str]) -> dict[str, Change]:
    before, after = Counter(was), Counter(now)
    return {name: Change(before=before[name], after=after[name]) for name in sorted(before.keys() | after.keys())}


def _examples(pasts: Sequence[Past]) -> tuple[Example, ...]:
    """Name a few, the newest."""
    return tuple(Example(id=each.id, subject=each.subject, url=each.url) for each in pasts[::-1][:MOST_EXAMPLES])


def _asks(concluded: Concluded) -> bool:
    return concluded.classification.needs_human_review


def _answers(pasts: Iterable[Past], limits: Thresholds) -> int:
    return sum(_is_answer(past.analysis.draft, limits) for past in pasts)


def _is_answer(draft: Draft, limits: Thresholds) -> bool:
    """Whether a draft's kept evidence carries an answer; what else makes it a suggestion stays."""
    graded = draft.grade in (Grade.ANSWER, Grade.SUGGESTION) and not (draft.tags or draft.doubts)
    return graded and bool(draft.citations) and all(each.score >= limits.answer for each in draft.citations)
