"""Only a ticket's team, its escalation team and leads decide; whoever cannot be placed does not."""

import pytest

from pipeline.authorise import NotAllowed, may_decide, member_of, must_lead, zone_of
from pipeline.case import Actor, Status
from pipeline.policy import Member, Team
from pipeline.ports import Person
from tests.pipeline.deciding import a_case
from tests.pipeline.people import ANA, BEN, EVA, LEA, OUT, POLICY

CASE = a_case()  # of the team "money", whose escalation team is "money_lead"


@pytest.mark.parametrize("person", [ANA, BEN, EVA, LEA], ids=["team", "colleague", "escalation team", "lead"])
def test_members_of_the_team_of_its_escalation_team_and_leads_may_decide(person: Person) -> None:
    assert may_decide(person, CASE, POLICY) == Actor(id=person.id, name=person.name)


def test_everybody_else_is_told_who_can() -> None:
    with pytest.raises(NotAllowed, match="Only money or money_lead and leads can decide on this ticket"):
        may_decide(OUT, CASE, POLICY)


@pytest.mark.parametrize("person", [ANA, LEA])
def test_a_guest_may_not_even_under_the_name_of_a_member(person: Person) -> None:
    with pytest.raises(NotAllowed, match="Guests"):
        may_decide(person.model_copy(update={"stranger": True}), CASE, POLICY)


def test_a_person_of_whom_nothing_is_known_counts_as_a_stranger() -> None:
    with pytest.raises(NotAllowed):
        may_decide(Person(id=ANA.id, name="Ana", email=ANA.email), CASE, POLICY)


def test_where_the_card_stands_decides_too_when_the_case_was_moved() -> None:
    moved = CASE.but(team="care", home="care")
    assert may_decide(OUT, moved, POLICY).name == "Otto"
    with pytest.raises(NotAllowed):
        may_decide(ANA, moved, POLICY)


@pytest.mark.parametrize("team", ["nobody", "", "deleted since"])
def test_a_team_without_members_leaves_it_to_leads(team: str) -> None:
    case = a_case(Status.WAITING, team=team, home=team)
    assert may_decide(LEA, case, POLICY).name == "Lea"
    for person in (ANA, EVA, OUT):
        with pytest.raises(NotAllowed):
            may_decide(person, case, POLICY)


def test_an_unknown_e_mail_matches_nobody() -> None:
    by_id = POLICY.model_copy(update={"leads": (Member(name="Lea", slack="U-lea"),)})
    with pytest.raises(NotAllowed):
        may_decide(Person(id="U-x", name="X", email="", stranger=False), CASE, by_id)
    assert may_decide(Person(id="U-lea", name="L", stranger=False), CASE, by_id).name == "Lea"


def test_a_member_with_a_user_id_is_not_found_by_e_mail() -> None:
    """Whoever can change their own e-mail must not become somebody else by it."""
    member = Member(name="Lea", slack="U-lea", email=OUT.email)
    with pytest.raises(NotAllowed):
        may_decide(OUT, CASE, POLICY.model_copy(update={"leads": (member,)}))


def test_a_zone_is_the_policys_else_slacks_else_utc() -> None:
    tokyo = ANA.model_copy(update={"zone": "Asia/Tokyo"})
    assert [zone_of(person, POLICY).key for person in (ANA, tokyo)] == ["UTC", "Asia/Tokyo"]
    lead = Member(name="Ana", email=ANA.email, zone="Europe/Berlin")
    assert zone_of(tokyo, POLICY.model_copy(update={"admins": (lead,)})).key == "Europe/Berlin"
    assert zone_of(OUT.model_copy(update={"zone": "Asia/Tokyo"}), POLICY).key == "Asia/Tokyo"


def test_e_mails_are_compared_without_their_case() -> None:
    shouted = ANA.model_copy(update={"email": ANA.email.upper()})
    assert may_decide(shouted, CASE, POLICY).name == "Ana"
    found = member_of(shouted, POLICY)
    assert found is not None
    assert found.name == "Ana"


def test_leads_of_all_and_of_a_team_lead_and_nobody_else() -> None:
    mia, tom = Member(name="Mia", slack="U1"), Member(name="Tom", slack="U2")
    team = Team(name="billing_support", channel="billing", lead="Mia", members=(mia, tom))
    policy = POLICY.model_copy(update={"teams": (*POLICY.teams, team), "leads": (Member(name="Lena", slack="U3"),)})
    people = {name: Person(id=name, name=name, stranger=False) for name in ("U1", "U2", "U3")}
    assert [must_lead(people[name], policy).name for name in ("U1", "U3")] == ["Mia", "Lena"]
    for who in (people["U2"], Person(id="U3", name="U3", stranger=True)):
        with pytest.raises(NotAllowed, match="Only leads"):
            must_lead(who, policy)
