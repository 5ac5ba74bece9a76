"""Masked + Classification -> Escalation: three layers, of which any one suffices."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from pipeline.classify import Classification, Sentiment, Urgency
from pipeline.escalation import Escalation, Layer, Level, Signal
from pipeline.mask import Masked
from pipeline.policy import Policy, Rule
from pipeline.readable import readable
from pipeline.rules import TooSlow, check_rule, find_words, search_words

_QUOTE = 200  # characters of a signal's quote, ellipses included
_HEARD = 3000  # characters of a ticket in which an alarm is listened for before it is read
_AROUND = 60  # characters of context on each side of the words that fired


@dataclass(frozen=True, slots=True)
class Trial:
    """What came of one rule. `denied`: how often its words stand there without counting."""

    rule: Rule
    signal: Signal | None = None
    denied: int = 0
    slow: bool = False


def check_rules(policy: Policy) -> None:
    """Try every rule on its own examples. Raises PolicyError with the first that does not hold."""
    for rule in policy.rules:
        check_rule(rule)


def detect_escalation(masked: Masked, classification: Classification, policy: Policy) -> Escalation:
    """Return the highest level of all signals, so that no layer can lower what another raised.

    Takes milliseconds on a long ticket: call it in a thread.
    """
    return escalation_of(rule_hits(masked, policy), classification)


def rule_hits(masked: Masked, policy: Policy) -> tuple[Signal, ...]:
    """Return what the rules say of a text, in their order. Takes milliseconds on a long ticket."""
    return hits_among(try_rules(masked, policy))


def try_rules(masked: Masked, policy: Policy) -> tuple[Trial, ...]:
    """Return what every rule says of a text, those that stay silent too. Takes milliseconds on a long ticket."""
    text = readable(masked.whole)
    return tuple(_tried(rule, text) for rule in policy.rules)


def hits_among(trials: Sequence[Trial]) -> tuple[Signal, ...]:
    """Return the signals of the rules that fired."""
    return tuple(trial.signal for trial in trials if trial.signal is not None)


def escalation_of(hits: Sequence[Signal], classification: Classification) -> Escalation:
    """Return what rules and reading say together."""
    signals = (*hits, *_from_model(classification), *_from_sentiment(classification))
    ordered = tuple(sorted(signals, key=lambda signal: -signal.level.rank))
    return Escalation(level=ordered[0].level if ordered else Level.LOW, signals=ordered)


def sounds_alarming(text: str, policy: Policy) -> bool:
    """Whether a rule of a high level fires on a text as it came, so that it should be read before others.

    Takes milliseconds: call it in a thread.
    """
    heard = readable(text[:_HEARD])
    return any(_fires(rule, heard) for rule in policy.rules if not rule.off and rule.level.rank >= Level.HIGH.rank)


def _fires(rule: Rule, text: str) -> bool:
    try:
        return find_words(rule, text) is not None
    except TooSlow:
        return True


def _tried(rule: Rule, text: str) -> Trial:
    if rule.off:
        return Trial(rule)
    try:
        words, denied = search_words(rule, text)
    except TooSlow:
        return Trial(rule, _unread(rule), slow=True)
    if words is None:
        return Trial(rule, denied=denied)
    quote = _quote(text, *words)
    return Trial(rule, Signal(layer=Layer.RULE, level=rule.level, why=rule.why, rule=rule.id, quote=quote), denied)


def _unread(rule: Rule) -> Signal:
    """A rule that could not be tried is shown rather than passed over in silence."""
    why = "This rule ran out of time on the text, so a person should read it."
    return Signal(layer=Layer.RULE, level=Level.MEDIUM, why=why, rule=rule.id)


def _from_model(classification: Classification) -> Iterator[Signal]:
    said = classification.evidence
    if classification.urgency is Urgency.P1:
        why = "It is a P1: outage, data loss, breach, or the product cannot be used."
        yield Signal(layer=Layer.MODEL, level=Level.CRITICAL, why=why, quote=said.urgency or None)
    if classification.risk:
        level, why = classification.risk_level, classification.risk
        yield Signal(layer=Layer.MODEL, level=level, why=why, quote=said.risk or None)


def _from_sentiment(classification: Classification) -> Iterator[Signal]:
    if classification.sentiment is Sentiment.ANGRY:
        quote = classification.evidence.sentiment or None
        yield Signal(layer=Layer.SENTIMENT, level=Level.HIGH, why="The customer sounds angry.", quote=quote)


def _quote(text: str, start: int, end: int) -> str:
    """Cut the words that fired with a little context, at the ends of words."""
    end = min(end, start + _QUOTE - 2 * _AROUND - 4)
    left, right = max(0, start - _AROUND), min(len(text), end + _AROUND)
    before, after = text[left:start], text[end:right]
    if left > 0:
        before = "… " + before.partition(" ")[2]
    if right < len(text):
        after = after.rpartition(" ")[0] + " …"
    return f"{before}{text[start:end]}{after}".replace("\n", " ")
