"""Replaying: the pure stages run again from what was kept, and every part that comes out otherwise."""

import json
from typing import Any

from pipeline.analysis import Analysis
from pipeline.conclude import Given, conclude
from pipeline.escalate import hits_among, rule_hits, try_rules
from pipeline.escalation import Layer, Signal
from pipeline.mask import Masked
from pipeline.policy import Policy
from pipeline.receipt import receipt, rules_digest, words_digest

_PARTS = ("language", "classification", "escalation", "route", "receipt")


def serialised(analysis: Analysis) -> bytes:
    """Return everything that the pure stages decided, as bytes that are the same in every process."""
    said = analysis.model_dump(mode="json", include=set(_PARTS))
    return json.dumps(said, sort_keys=True, ensure_ascii=False).encode("utf-8", "surrogatepass")


def replayed(analysis: Analysis, masked: Masked, policy: Policy, number: int) -> Analysis:
    """Come to the analysis again, under this policy, from what its receipt has. Takes milliseconds.

    The draft is not part of it: other sources may be known by now.
    """
    given, found = given_of(analysis), analysis.classification
    trials = try_rules(masked, policy)
    concluded = conclude(found, hits_among(trials), policy, given)
    kept = receipt(trials, masked, policy, number, given, concluded)
    if analysis.receipt is not None and analysis.receipt.tried is None:  # an older one, which kept no silent rules
        kept = kept.model_copy(update={"tried": None})
    parts = {name: getattr(concluded, name) for name in ("classification", "escalation", "route")}
    return analysis.model_copy(update={**parts, "receipt": kept})


def given_of(analysis: Analysis) -> Given:
    """Return what counted beside the words. Only for an analysis that has a receipt."""
    kept = analysis.receipt
    assert kept is not None
    return Given(at=kept.at, language=analysis.language, chosen=kept.chosen, roster=kept.roster)


def hits_of(analysis: Analysis, masked: Masked | None, policy: Policy) -> tuple[Signal, ...] | None:
    """Return what the rules of a policy say of the ticket: as kept where they are the same, else read anew.

    None where the words are needed and were not given.
    """
    if analysis.receipt is not None and analysis.receipt.rules == rules_digest(policy):
        return tuple(signal for signal in analysis.escalation.signals if signal.layer is Layer.RULE)
    return rule_hits(masked, policy) if masked is not None else None


def differences(before: Analysis, after: Analysis) -> dict[str, tuple[Any, Any]]:
    """Return by its path every part that is not the same, with what it was and what it is."""
    was, now = (json.loads(serialised(each)) for each in (before, after))
    return dict(_differing("", was, now))


def same_words(analysis: Analysis, masked: Masked) -> bool:
    """Whether the ticket still says what was read."""
    return analysis.receipt is not None and analysis.receipt.words == words_digest(masked)


def _differing(path: str, was: Any, now: Any) -> list[tuple[str, tuple[Any, Any]]]:
    if was == now:
        return []
    if isinstance(was, dict) and isinstance(now, dict):
        names = sorted(was.keys() | now.keys())
        return [
            each for name in names for each in _differing(f"{path}.{name}".lstrip("."), was.get(name), now.get(name))
        ]
    if isinstance(was, list) and isinstance(now, list) and len(was) == len(now):
        pairs = enumerate(zip(was, now, strict=True), start=1)
        return [each for number, (a, b) in pairs for each in _differing(f"{path}.{number}", a, b)]
    return [(path, (was, now))]
