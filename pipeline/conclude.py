"""What was read of a ticket -> what follows by the policy: the pure stages, which can be run again at any time."""

from collections.abc import Sequence

from pydantic import AwareDatetime

from pipeline.classify import Band, Classification
from pipeline.escalate import escalation_of
from pipeline.escalation import Escalation, Signal
from pipeline.judge import judged
from pipeline.policy import Policy
from pipeline.route import Roster, Route, choose_route
from pipeline.value import Value


class Given(Value):
    """What counts beside the ticket's words: when, in which language, what a person chose, and who was there."""

    at: AwareDatetime
    language: str
    chosen: str = ""
    roster: Roster


class Concluded(Value):
    """What follows."""

    classification: Classification
    escalation: Escalation
    route: Route


def conclude(found: Classification, hits: Sequence[Signal], policy: Policy, given: Given) -> Concluded:
    """Judge, escalate and route. The same input always gives the same result, whoever asks and when."""
    classification = settled(judged(found, policy.thresholds), given.chosen)
    escalation = escalation_of(hits, classification)
    at, language = given.at, given.language
    route = choose_route(classification, escalation, policy, given.roster, language=language, now=at)
    return Concluded(classification=classification, escalation=escalation, route=route)


def settled(classification: Classification, chosen: str) -> Classification:
    """Return the classification with the category that a person chose, which nobody doubts."""
    if not chosen:
        return classification
    certain = {"category": chosen, "confidence": 1.0, "band": Band.HIGH, "needs_human_review": False}
    return classification.model_copy(update=certain)
