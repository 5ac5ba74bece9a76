"""Cases in every state that a card can show."""

from datetime import UTC, datetime, timedelta

from pipeline.analysis import Analysis
from pipeline.case import Absorbed, Actor, Case, Decision, Holding, Sending, Status, Verdict
from pipeline.classify import Band, Classification, Engine, Sentiment, Urgency
from pipeline.draft import Citation, Draft, Grade
from pipeline.escalation import Escalation, Layer, Level, Signal
from pipeline.macro import Macro
from pipeline.policy import Category, Member, Policy, Team
from pipeline.route import Route
from pipeline.ticket import Author, Customer, Message, Ticket

NOW = datetime(2026, 3, 2, 10, 0, tzinfo=UTC)
ANA = Actor(id="U0ANA", name="Ana Ribeiro")
DRAFT = "Hello Maria,\n\nYou can download it under *Billing*:\n1. Open Settings\n2. Choose Invoices\n\nAna"

_HOURS = dict.fromkeys(Urgency, 4.0)
POLICY = Policy(
    categories=tuple(
        Category(
            name=name,
            description=f"about {name} things",
            team=team,
            escalation_team="billing_lead",
            sla_hours=_HOURS,
        )
        for name, team in (
            ("billing", "billing_support"),
            ("account", "account_support"),
            ("general", "account_support"),
        )
    ),
    teams=(
        Team(
            name="billing_support",
            channel="billing-support",
            members=(Member(name="Ana Ribeiro", email="ana@playground.example"),),
            sign_off={"en": "Billing"},
            macros=(Macro(name="Thanks", text={"en": "Thank you, {customer}, for {ticket}. {agent}"}),),
        ),
        Team(name="account_support", channel="account-support"),
        Team(name="billing_lead", channel="billing-lead"),
    ),
)


def message(id: str, text: str) -> Message:
    return Message(id=id, author=Author.CUSTOMER, text=text, at=NOW)


TICKET = Ticket(
    source="zendesk",
    id="4711",
    created_at=NOW,
    subject="Where is my invoice & receipt?",
    messages=(message("m1", "Where is the invoice for March? I need it today."),),
    customer=Customer(id="7", name="Maria Silva", email="maria@client.example", tier="gold"),
    url="https://desk.example/agent/tickets/4711",
)


def classification(**more: object) -> Classification:
    usual: dict[str, object] = {
        "category": "billing",
        "secondary_category": "account",
        "subcategory": "invoice",
        "urgency": Urgency.P2,
        "sentiment": Sentiment.FRUSTRATED,
        "confidence": 0.87,
        "band": Band.HIGH,
        "needs_human_review": False,
        "summary": "Wants the invoice for March.",
        "top": (("billing", 0.87), ("account", 0.09), ("general", 0.04)),
        "engine": Engine.LOCAL,
    }
    return Classification.model_validate(usual | more)


def drafted(**more: object) -> Draft:
    usual: dict[str, object] = {
        "text": DRAFT,
        "grade": Grade.ANSWER,
        "citations": (
            Citation(number=1, resolution="r1", title="Invoices", url="https://help.example/a", score=0.82),
            Citation(number=2, resolution="r2", title="Receipts | copies", score=0.61),
        ),
    }
    return Draft.model_validate(usual | more)


def analysis(**more: object) -> Analysis:
    usual: dict[str, object] = {
        "language": "en",
        "excerpt": "Where is the invoice for March? I need it today.",
        "classification": classification(),
        "escalation": Escalation(),
        "draft": drafted(),
        "route": Route(
            team="billing_support",
            escalation_team="billing_lead",
            agent="Ana Ribeiro",
            sla_minutes=240,
            escalated=False,
            reason="billing belongs to billing_support, and Ana Ribeiro has most room.",
        ),
        "read_until": "m1",
    }
    return Analysis.model_validate(usual | more)


def case(**more: object) -> Case:
    usual: dict[str, object] = {
        "id": "k7wz3m9qaaaa",
        "workspace": "T0PLAY",
        "ticket": TICKET,
        "created_at": NOW,
        "status": Status.OPEN,
        "analysis": analysis(),
        "analysed_at": NOW,
        "team": "billing_support",
        "home": "billing_support",
        "placement": 1,
        "agent": "Ana Ribeiro",
        "due_at": NOW + timedelta(hours=4),
    }
    return Case.model_validate(usual | more)


ESCALATED = case(
    home="billing_lead",
    analysis=analysis(
        classification=classification(urgency=Urgency.P1, sentiment=Sentiment.ANGRY),
        escalation=Escalation(
            level=Level.CRITICAL,
            signals=(
                Signal(
                    layer=Layer.RULE, level=Level.CRITICAL, why="A lawyer is named.", rule="legal", quote="my lawyer"
                ),
                Signal(layer=Layer.SENTIMENT, level=Level.HIGH, why="The customer is angry."),
            ),
        ),
    ),
)
STATES = {
    "reading": case(status=Status.WAITING, analysis=None, analysed_at=None, team="", due_at=None, agent=""),
    "open": case(),
    "escalated": ESCALATED,
    "escalated_by_a_person": case(chosen_escalation=True),
    "called_off": ESCALATED.but(chosen_escalation=False, home="billing_support"),
    "unsure": case(
        analysis=analysis(classification=classification(confidence=0.41, band=Band.LOW, needs_human_review=True))
    ),
    "question": case(
        analysis=analysis(
            classification=classification(confidence=0.3, band=Band.LOW, needs_human_review=True),
            draft=drafted(grade=Grade.QUESTION, citations=()),
        )
    ),
    "needs_person": case(
        analysis=analysis(
            draft=drafted(
                grade=Grade.NEEDS_PERSON,
                citations=(),
                looked_for="invoices for March",
                tags=("ai_fallback", "language_mismatch"),
            )
        )
    ),
    "acknowledged_to_customer": case(
        analysis=analysis(draft=drafted(grade=Grade.NEEDS_PERSON, citations=())),
        holdings=(Holding(by=ANA, at=NOW, text="We look into it.", asked=1, replies=0, sending=Sending.SENT),),
    ),
    "approved": case(
        status=Status.ANSWERED,
        sending=Sending.SENT,
        decision=Decision(verdict=Verdict.APPROVED, by=ANA, at=NOW, text=DRAFT),
    ),
    "dismissed": case(status=Status.CLOSED, decision=Decision(verdict=Verdict.DISMISSED, by=ANA, at=NOW)),
    "resolved": case(status=Status.CLOSED, decision=Decision(verdict=Verdict.RESOLVED, by=ANA, at=NOW)),
    "resolved_after_answer": case(
        status=Status.CLOSED,
        sending=Sending.SENT,
        decision=Decision(verdict=Verdict.APPROVED, by=ANA, at=NOW, text=DRAFT),
        closing=Decision(verdict=Verdict.RESOLVED, by=ANA, at=NOW),
    ),
    "merged": case(status=Status.CLOSED, duplicate_of="x", decision=Decision(verdict=Verdict.MERGED, by=ANA, at=NOW)),
    "absorbing": case(
        absorbed=(
            Absorbed(
                case="c2", source="zendesk", ticket="4712", subject="Again <!here>", url="", excerpt="Hello? <@U0ANA>"
            ),
        )
    ),
    "with_somebody_in_the_helpdesk": case(agent="", assignee="Marta *Ruiz* <!here>"),
    "snoozed_and_claimed": case(status=Status.SNOOZED, snoozed_until=NOW + timedelta(hours=1), claimed_by=ANA),
    "wrote_again": case(
        status=Status.WAITING,
        ticket=TICKET.model_copy(update={"messages": (*TICKET.messages, message("m2", "Hello?"))}),
    ),
    "untriaged": case(analysis=None, analysed_at=None, due_at=None, problem="It could not be read in ten tries."),
}
