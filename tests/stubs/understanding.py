"""A small policy, tickets and passages, for tests of what a model is asked and answers."""

from dataclasses import replace

from pipeline.classify import Band, Classification, Engine, Evidence, Sentiment, Urgency
from pipeline.errors import TriageError
from pipeline.evidence import one_for_all
from pipeline.mask import Masked, mask_text
from pipeline.passage import Passage, Resolution
from pipeline.policy import Category, Policy, Subcategory, Team

_NOTHING = mask_text("")
HOURS = {Urgency.P1: 1.0, Urgency.P2: 4.0, Urgency.P3: 24.0, Urgency.P4: 72.0}


def policy() -> Policy:
    return Policy(
        categories=(
            _category("billing", "invoices, charges, refunds and payments", ("refund", "invoice")),
            _category("technical", "errors, crashes, slowness and outages", ("outage",)),
            _category("account", "login, passwords, users and permissions"),
            _category("general", "whatever is not about the others"),
        ),
        teams=(Team(name="support", channel="support", sign_off="Your support team"),),
    )


def _category(name: str, description: str, subcategories: tuple[str, ...] = ()) -> Category:
    return Category(
        name=name,
        description=description,
        team="support",
        escalation_team="support",
        sla_hours=HOURS,
        subcategories=tuple(Subcategory(name=sub, description=f"about {sub}") for sub in subcategories),
    )


def masked(text: str, subject: str = "Help") -> Masked:
    """The text as if masking had found nothing in it, so that hostile texts arrive unchanged."""
    return replace(_NOTHING, subject=subject, text=text)


def passage(number: int = 1, score: float = 0.8, answer: str = "Open Billing and press Refund.") -> Passage:
    resolution = Resolution(
        id=f"r{number}",
        question="How do I get a refund?",
        answer=answer,
        title=f"Refunds {number}",
        url=f"https://help.example/{number}",
        category="billing",
    )
    return Passage(resolution=resolution, score=score)


def classification(category: str = "billing", engine: Engine = Engine.LOCAL) -> Classification:
    return Classification(
        category=category,
        urgency=Urgency.P3,
        sentiment=Sentiment.NEUTRAL,
        confidence=0.6,
        band=Band.MEDIUM,
        needs_human_review=False,
        summary="The customer asks for a refund.",
        top=((category, 0.6),),
        engine=engine,
    )


class LocalEngine:
    """Stands in for the local classifier, and counts."""

    def __init__(self, error: TriageError | None = None) -> None:
        self.calls = 0
        self._error = error

    async def classify(self, masked: Masked, policy: Policy) -> Classification:
        self.calls += 1
        if self._error:
            raise self._error
        return classification(policy.fallback_category).model_copy(update={"tags": ("from_rules",)})

    async def evidence(self, masked: Masked, found: Classification) -> Evidence:
        return one_for_all(found, "as the local engine quotes it")
