"""Simulation: tickets that were read run through the pure stages again, under two policies, and what differs."""

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from heapq import heappop, heappush
from statistics import median

from pipeline.analysis import Analysis
from pipeline.calendar import after as due_after
from pipeline.conclude import Concluded, conclude
from pipeline.draft import Draft, Grade
from pipeline.escalate import rule_hits
from pipeline.escalation import Layer, Signal
from pipeline.mask import Masked
from pipeline.policy import Policy, Thresholds
from pipeline.receipt import rules_digest
from pipeline.replay import given_of
from pipeline.route import Roster
from pipeline.value import Value

MOST_EXAMPLES = 3


@dataclass(frozen=True, slots=True)
class Past:
    """A ticket as it was read. `until`: when it was decided on; `words` gives its masked text, which takes a while."""

    id: str
    subject: str
    url: str
    analysis: Analysis
    until: datetime | None
    words: Callable[[], Masked]


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


@dataclass(frozen=True, slots=True)
class Hits:
    """What the rules say of one ticket under the present policy, and under the changed one."""

    before: tuple[Signal, ...]
    after: tuple[Signal, ...]


@dataclass(frozen=True, slots=True)
class Rules:
    """Two policies' rules, compared once: only what differs is tried on words again."""

    before: Policy
    after: Policy
    digest: str
    fresh: Policy  # the changed policy with only the rules that are new or say something else
    same: frozenset[str]  # rules that say the same in both


def compare_rules(before: Policy, after: Policy) -> Rules:
    """Find which rules differ."""
    known = {rule.id: rule for rule in before.rules}
    same = frozenset(rule.id for rule in after.rules if known.get(rule.id) == rule)
    fresh = tuple(rule for rule in after.rules if rule.id not in same)
    return Rules(before, after, rules_digest(before), after.model_copy(update={"rules": fresh}), same)


def hits(past: Past, rules: Rules) -> Hits:
    """Return what both policies' rules say of a ticket, from what was kept wherever that is the same."""
    kept = past.analysis.receipt
    if kept is not None and kept.rules == rules.digest:
        before = tuple(signal for signal in past.analysis.escalation.signals if signal.layer is Layer.RULE)
    else:
        before = rule_hits(past.words(), rules.before)
    stay = tuple(hit for hit in before if hit.rule in rules.same)
    anew = rule_hits(past.words(), rules.fresh) if any(not rule.off for rule in rules.fresh.rules) else ()
    return Hits(before, (*stay, *anew))


def simulate(pasts: Sequence[Past], found: Sequence[Hits], before: Policy, after: Policy) -> Simulation:
    """Compare what two policies make of the same tickets. The same input always gives the same result."""
    was = _run(pasts, [each.before for each in found], before)
    now = _run(pasts, [each.after for each in found], after)
    rows = list(zip(pasts, was, now, strict=True))
    raised = [past for past, a, b in rows if b.route.escalated and not a.route.escalated]
    calmed = [past for past, a, b in rows if a.route.escalated and not b.route.escalated]
    minutes = [_due(past, b, after) - _due(past, a, before) for past, a, b in rows]
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
    )


def _due(past: Past, concluded: Concluded, policy: Policy) -> int:
    """Return the minutes from a ticket's reading to its target, by the hours of its team; a wall clock's."""
    hours, at = policy.known_team(concluded.route.team).hours, given_of(past.analysis).at
    moment = due_after(hours, at, timedelta(minutes=concluded.route.sla_minutes))
    return round((moment - at).total_seconds() / 60) if moment else concluded.route.sla_minutes


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
