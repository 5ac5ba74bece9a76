"""Turning: the smallest change with which a decision would have been another, found by trying."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import partial
from itertools import combinations
from math import floor

from pipeline.candidates import considered
from pipeline.classify import Classification, Sentiment, Urgency
from pipeline.conclude import Concluded, Given, conclude
from pipeline.escalation import Signal
from pipeline.policy import Member, Policy
from pipeline.preferences import as_chosen
from pipeline.route import wanted_skills
from pipeline.shift import at_work
from pipeline.value import Value

MOST_TRIED = 6  # things that can be otherwise in one question: every set of them is tried
_PLACES = (3, 4)  # decimals of a threshold


class Turn(Value):
    """Had it been so, this would have come of it."""

    had: str
    then: str


@dataclass(frozen=True, slots=True)
class _Smallest:
    """A turn, and how many things it needs to be otherwise."""

    size: int
    turn: Turn


@dataclass(frozen=True, slots=True)
class _World:
    """Everything that the pure stages are given."""

    found: Classification
    hits: tuple[Signal, ...]
    policy: Policy
    given: Given

    def outcome(self) -> Concluded:
        return conclude(self.found, self.hits, self.policy, self.given)


@dataclass(frozen=True, slots=True)
class _Other:
    """One thing that could have been otherwise, in words and in deed."""

    had: str
    make: Callable[[_World], _World]


def turns(hits: Sequence[Signal], policy: Policy, given: Given, was: Concluded) -> tuple[Turn, ...]:
    """Return for review, escalation and agent the smallest change that would have turned it, where there is one."""
    world = _World(was.classification, tuple(hits), policy, given)
    found = (_review(world, was), _escalation(world, was), _agent(world, was))
    return tuple(smallest.turn for smallest in found if smallest)


def _review(world: _World, was: Concluded) -> _Smallest | None:
    if world.given.chosen:
        return None
    asked = was.classification.needs_human_review
    then = (
        "nobody would have been asked for the category" if asked else "a person would have been asked for the category"
    )
    others = _limit(world, "medium", was.classification.confidence, lower=asked, beside="high")
    return _smallest(world, others, then, lambda now: now.classification.needs_human_review != asked)


def _escalation(world: _World, was: Concluded) -> _Smallest | None:
    raised = was.escalation.escalated
    then = "it would not have been escalated" if raised else "it would have been escalated"
    others = _calming(world, was) if raised else _alarming(world)
    return _smallest(world, others, then, lambda now: now.escalation.escalated != raised)


def _calming(world: _World, was: Concluded) -> Iterator[_Other]:
    for rule in dict.fromkeys(hit.rule for hit in world.hits if hit.level.escalates):
        yield _Other(f"rule {rule} been off", partial(_without, rule=rule))
    complaint = world.found.scores.complaint if world.found.scores else None
    if complaint is not None and was.classification.risk and was.classification.risk_level.escalates:
        yield from _limit(world, "alarm", complaint, lower=False)
    elif complaint is None and was.classification.risk:
        yield _Other("no risk been read in it", lambda it: _read(it, risk=""))
    if was.classification.urgency is Urgency.P1:
        yield _Other("it been read as P2", lambda it: _read(it, urgency=Urgency.P2))
    if was.classification.sentiment is Sentiment.ANGRY:
        yield _Other(
            "the customer sounded frustrated and not angry", lambda it: _read(it, sentiment=Sentiment.FRUSTRATED)
        )


def _alarming(world: _World) -> Iterator[_Other]:
    if world.found.scores and world.found.scores.complaint:
        yield from _limit(world, "alarm", world.found.scores.complaint, lower=True, beside="notice")


def _agent(world: _World, was: Concluded) -> _Smallest | None:
    """Of everybody who could have got it, whoever it would have taken least."""
    team = world.policy.team(was.route.team)
    others = (member for member in considered(team, world.policy) if member.name != was.route.agent)
    found = (_theirs(world, was, member) for member in others)
    return min((each for each in found if each), key=lambda each: each.size, default=None)


def _theirs(world: _World, was: Concluded, member: Member) -> _Smallest | None:
    then = f"it would have been {member.name}'s"
    return _smallest(world, _helping(world, was, member), then, lambda now: now.route.agent == member.name)


def _helping(world: _World, was: Concluded, member: Member) -> Iterator[_Other]:
    """What could have been otherwise with a member, the likeliest first."""
    name, given = member.name, world.given
    yield from _emptier(world, member, given.roster.load.get(name, 0))
    if name in given.roster.away:
        yield _Other(f"{name} been here", lambda it: _present(it, name))
    if not at_work(as_chosen(member, given.roster.chosen), given.at):
        yield _Other(f"{name} been at work", lambda it: _at_work(it, name))
    for skill in wanted_skills(was.classification, world.policy, given.language):
        if skill and skill not in member.skills:
            yield _Other(f"{name} known {skill}", partial(_skilled, name=name, skill=skill))
            break


def _emptier(world: _World, member: Member, load: int) -> Iterator[_Other]:
    """As many open tickets as would have done, the most of them; for one who is full a free place at least."""
    name, most = member.name, min(load, member.capacity) - 1
    enough = next((n for n in range(most, -1, -1) if _gets(_loaded(world, name=name, load=n), name)), most)
    if enough >= 0:
        free = load >= member.capacity and enough == most
        had = f"{name} had a free place" if free else f"{name} had {enough} open and not {load}"
        yield _Other(had, partial(_loaded, name=name, load=enough))


def _gets(world: _World, name: str) -> bool:
    return world.outcome().route.agent == name


def _smallest(
    world: _World, others: Iterable[_Other], then: str, turned: Callable[[Concluded], bool]
) -> _Smallest | None:
    """Try every set of things that could have been otherwise, the smallest first."""
    tried = tuple(others)[:MOST_TRIED]
    for size in range(1, len(tried) + 1):
        for chosen in combinations(tried, size):
            after = world
            for other in chosen:
                after = other.make(after)
            if turned(after.outcome()):
                return _Smallest(size, Turn(had=" and ".join(other.had for other in chosen), then=then))
    return None


def _limit(world: _World, name: str, score: float, *, lower: bool, beside: str = "") -> tuple[_Other, ...]:
    """A threshold just on the other side of a score, with the one `beside` it that would be passed on the way."""
    now = getattr(world.policy.thresholds, name)
    for places in _PLACES:
        scale = 10**places
        limit = floor(score * scale) / scale if lower else (floor(score * scale) + 1) / scale
        if 0 < limit < now if lower else now < limit <= 1:
            held = getattr(world.policy.thresholds, beside) if beside else limit
            passed = limit < held <= now if lower else now <= held < limit
            return (_moved((name, beside) if passed else (name,), limit),)
    return ()


def _moved(names: tuple[str, ...], limit: float) -> _Other:
    said = f"threshold{'s' if len(names) > 1 else ''} {' and '.join(names)}"
    return _Other(f"{said} been {limit:g}", partial(_judged_by, names=names, limit=limit))


def _judged_by(world: _World, *, names: tuple[str, ...], limit: float) -> _World:
    thresholds = world.policy.thresholds.model_copy(update=dict.fromkeys(names, limit))
    return replace(world, policy=world.policy.model_copy(update={"thresholds": thresholds}))


def _without(world: _World, *, rule: str | None) -> _World:
    return replace(world, hits=tuple(hit for hit in world.hits if hit.rule != rule))


def _read(world: _World, **said: object) -> _World:
    return replace(world, found=world.found.model_copy(update=said))


def _loaded(world: _World, *, name: str, load: int) -> _World:
    roster = world.given.roster.model_copy(update={"load": {**world.given.roster.load, name: load}})
    return replace(world, given=world.given.model_copy(update={"roster": roster}))


def _present(world: _World, name: str) -> _World:
    roster = world.given.roster.model_copy(update={"away": world.given.roster.away - {name}})
    return replace(world, given=world.given.model_copy(update={"roster": roster}))


def _at_work(world: _World, name: str) -> _World:
    roster = world.given.roster
    chosen = {each: wish for each, wish in roster.chosen.items() if each != name}
    given = world.given.model_copy(update={"roster": roster.model_copy(update={"chosen": chosen})})
    return _changed(replace(world, given=given), name, hours="")


def _skilled(world: _World, *, name: str, skill: str) -> _World:
    member = next(member for member in world.policy.everybody if member.name == name)
    return _changed(world, name, skills=(*member.skills, skill))


def _changed(world: _World, name: str, **said: object) -> _World:
    """Return the world with a person's entries saying something else, in teams and among the leads."""

    def each(members: tuple[Member, ...]) -> tuple[Member, ...]:
        return tuple(one.model_copy(update=said) if one.name == name else one for one in members)

    teams = tuple(team.model_copy(update={"members": each(team.members)}) for team in world.policy.teams)
    policy = world.policy.model_copy(update={"teams": teams, "leads": each(world.policy.leads)})
    return replace(world, policy=policy)
