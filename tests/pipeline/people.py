"""A small policy with two teams, and the people of its workspace."""

from pipeline.classify import Urgency
from pipeline.policy import Category, Member, Policy, Team
from pipeline.ports import Person

_HOURS = {Urgency.P1: 1.0, Urgency.P2: 4.0, Urgency.P3: 24.0, Urgency.P4: 72.0}
ANA = Person(id="U-ana", name="Ana", email="ana@team.example", stranger=False)
BEN = Person(id="U-ben", name="Ben", email="ben@team.example", stranger=False)
EVA = Person(id="U-eva", name="Eva", email="eva@team.example", stranger=False)  # of the escalation team
LEA = Person(id="U-lea", name="Lea", email="lea@team.example", stranger=False)  # a lead
OUT = Person(id="U-out", name="Otto", email="otto@team.example", stranger=False)  # of no team that owns it
PEOPLE = (ANA, BEN, EVA, LEA, OUT)


def _member(person: Person, *skills: str) -> Member:
    return Member(name=person.name, email=person.email, skills=skills)


POLICY = Policy(
    categories=(
        Category(
            name="billing",
            description="invoices and payments",
            team="money",
            escalation_team="money_lead",
            sla_hours=_HOURS,
        ),
        Category(
            name="general",
            description="whatever fits nowhere",
            team="care",
            escalation_team="money_lead",
            sla_hours=_HOURS,
        ),
    ),
    teams=(
        Team(name="money", channel="money", members=(_member(ANA, "billing"), _member(BEN))),
        Team(name="money_lead", channel="money-lead", lead="Eva", members=(_member(EVA),)),
        Team(name="care", channel="care", members=(_member(OUT),)),
        Team(name="nobody", channel="nobody"),
    ),
    leads=(_member(LEA),),
    fallback_channel="care",
)
