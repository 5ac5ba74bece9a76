"""Past: a ticket as it was read, and what the rules of two policies say of it."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from pipeline.analysis import Analysis
from pipeline.escalate import rule_hits
from pipeline.escalation import Layer, Signal
from pipeline.mask import Masked
from pipeline.policy import Policy
from pipeline.receipt import rules_digest
from pipeline.replay import given_of


@dataclass(frozen=True, slots=True)
class Past:
    """A ticket as it was read. `until`: when it was decided on; `words` gives its masked text, which takes a while.

    Its clock began when it was `created`, else when it was read; `responded` is when the customer had a first response.
    """

    id: str
    subject: str
    url: str
    analysis: Analysis
    until: datetime | None
    words: Callable[[], Masked]
    created: datetime | None = None
    responded: datetime | None = None
    owed: bool = False

    @property
    def began(self) -> datetime:
        """When its clock began."""
        return self.created or given_of(self.analysis).at


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
