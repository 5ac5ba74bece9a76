"""A policy, a ticket's classification and passages to draft from."""

from pipeline.classify import Band, Classification, Engine, Sentiment, Urgency
from pipeline.passage import Passage, Resolution
from pipeline.policy import Category, Policy, Team

_HOURS = dict.fromkeys(Urgency, 24.0)
TEAM = Team(name="care", channel="care", sign_off="Your care team\nhttps://care.example")
POLICY = Policy(
    categories=tuple(
        Category(name=name, description=f"about {name}", team="care", escalation_team="care", sla_hours=_HOURS)
        for name in ("general", "billing", "technical")
    ),
    teams=(TEAM,),
    allowed_urls=("https://help.example/",),
)


def classified(**more: object) -> Classification:
    usual: dict[str, object] = {
        "category": "billing",
        "urgency": Urgency.P3,
        "sentiment": Sentiment.NEUTRAL,
        "confidence": 0.9,
        "band": Band.HIGH,
        "needs_human_review": False,
        "summary": "Wants an invoice.",
        "top": (("billing", 0.9),),
        "engine": Engine.LOCAL,
    }
    return Classification.model_validate(usual | more)


def passage(answer: str, score: float = 0.8, **more: object) -> Passage:
    usual: dict[str, object] = {
        "id": "r1",
        "question": "Where?",
        "title": "Invoices",
        "language": "en",
    }
    return Passage(resolution=Resolution.model_validate(usual | {"answer": answer} | more), score=score)
