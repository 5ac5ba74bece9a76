"""Tried: every rule of escalation and routing that was held against a ticket, whether it matched or stayed silent."""

from collections.abc import Iterator, Sequence
from enum import StrEnum

from pydantic import Field

from pipeline.classify import Classification, Sentiment, Urgency
from pipeline.conclude import Concluded, Given
from pipeline.escalate import Trial
from pipeline.escalation import Level
from pipeline.policy import Policy
from pipeline.value import Value


class Asks(StrEnum):
    """What a rule asks of a ticket."""

    WORDS = "words"  # of an escalation rule, at least once where they count
    URGENCY = "urgency"
    SENTIMENT = "sentiment"
    COMPLAINT = "complaint"  # how likely one is
    RISK = "risk"  # one that was said in words
    CATEGORY = "category"  # to be the one that was read, or chosen
    REVIEW = "review"  # a confidence so low that a person chooses the category
    LEVEL = "level"  # to go to the escalation team

    @property
    def routes(self) -> bool:
        """Whether it decides where a ticket goes."""
        return self in (Asks.CATEGORY, Asks.REVIEW, Asks.LEVEL)


class State(StrEnum):
    """Why a rule's words did not count, where it is not that they are missing."""

    OFF = "off"
    DENIED = "denied"  # they stand there, denied or reported
    SLOW = "slow"  # it ran out of time, and was taken as a match


class Tried(Value):
    """One rule, what the ticket had, and what it needed. `to` is the team or the level that it leads to."""

    asks: Asks
    rule: str
    to: str = ""
    matched: bool
    had: float | str | None = Field(default=None, description="None where nothing was read of it")
    needed: float | str | None = None
    state: State | None = None


def tried(trials: Sequence[Trial], policy: Policy, given: Given, concluded: Concluded) -> tuple[Tried, ...]:
    """Return every rule in the order in which they count: of escalation, then of routing."""
    read = concluded.classification
    return (
        *map(_words, trials),
        *_reading(read, policy),
        *_categories(read, policy, given.chosen),
        _review(read, policy, given.chosen),
        _level(concluded),
    )


def _words(trial: Trial) -> Tried:
    rule, state = trial.rule, None
    if rule.off:
        state = State.OFF
    elif trial.slow:
        state = State.SLOW
    elif trial.signal is None and trial.denied:
        state = State.DENIED
    found = trial.denied + (trial.signal is not None and not trial.slow)
    return Tried(
        asks=Asks.WORDS,
        rule=rule.id,
        to=rule.level.value,
        matched=trial.signal is not None,
        had=None if state in (State.OFF, State.SLOW) else found,
        needed=1,
        state=state,
    )


def _reading(read: Classification, policy: Policy) -> Iterator[Tried]:
    urgent, angry = read.urgency is Urgency.P1, read.sentiment is Sentiment.ANGRY
    yield _held(Asks.URGENCY, "urgency", Level.CRITICAL, urgent, read.urgency.value, Urgency.P1.value)
    yield _held(Asks.SENTIMENT, "sentiment", Level.HIGH, angry, read.sentiment.value, Sentiment.ANGRY.value)
    if (chance := read.scores.complaint if read.scores else None) is None:
        yield Tried(asks=Asks.RISK, rule="risk", to=read.risk_level.value, matched=bool(read.risk))
        return
    limits = policy.thresholds
    for name, limit, level in (("alarm", limits.alarm, Level.HIGH), ("notice", limits.notice, Level.MEDIUM)):
        yield _held(Asks.COMPLAINT, name, level, chance >= limit, chance, limit)


def _held(asks: Asks, rule: str, level: Level, matched: bool, had: float | str, needed: float | str) -> Tried:
    return Tried(asks=asks, rule=rule, to=level.value, matched=matched, had=had, needed=needed)


def _categories(read: Classification, policy: Policy, chosen: str) -> Iterator[Tried]:
    """Yield who owns what; where a person chose the category, chances count for nothing."""
    chances = {} if chosen else dict(read.top)
    taken = policy.known(read.category).name
    best = max((chance for name, chance in chances.items() if name != taken), default=None)
    for category in policy.categories:
        mine = category.name == taken
        needed = chosen or (best if mine else chances.get(taken))
        yield Tried(
            asks=Asks.CATEGORY,
            rule=category.name,
            to=category.team,
            matched=mine,
            had=chances.get(category.name),
            needed=needed,
        )


def _review(read: Classification, policy: Policy, chosen: str) -> Tried:
    had = None if chosen else read.confidence
    asked = read.needs_human_review
    return Tried(asks=Asks.REVIEW, rule="medium", matched=asked, had=had, needed=policy.thresholds.medium)


def _level(concluded: Concluded) -> Tried:
    had, needed = concluded.escalation.level.value, Level.HIGH.value
    return Tried(
        asks=Asks.LEVEL,
        rule="level",
        to=concluded.route.escalation_team,
        matched=concluded.escalation.escalated,
        had=had,
        needed=needed,
    )
