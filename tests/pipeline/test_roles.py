"""Roles come from the policy or from Slack's user groups; what Slack does not tell gives nobody anything."""

import pytest

from pipeline.authorise import NotAllowed, may_decide, must_have, role_of, teams_of
from pipeline.policy import Member
from pipeline.ports import Person
from pipeline.roles import RIGHTS, Right, Role, RoleGroups
from tests.pipeline.deciding import a_case
from tests.pipeline.people import ANA, LEA, OUT, POLICY

CASE = a_case()  # of the team "money", whose escalation team is "money_lead"
ZOE = Person(id="U-zoe", name="Zoe", email="zoe@team.example", stranger=False)  # nobody in the policy
GROUPED = POLICY.model_copy(
    update={
        "roles": RoleGroups(agent=("support",), lead=("@Support-Leads",), admin=("S0ADMIN",)),
        "teams": tuple(
            team.model_copy(update={"user_group": "money-team"}) if team.name == "money" else team
            for team in POLICY.teams
        ),
        "admins": (Member(name="Ada", email="ada@team.example"),),
    }
)


def grouped(*groups: str, person: Person = ZOE) -> Person:
    return person.model_copy(update={"groups": frozenset(groups)})


def test_each_role_may_do_what_the_ones_before_it_may_and_more() -> None:
    assert RIGHTS[Role.AGENT] < RIGHTS[Role.LEAD] < RIGHTS[Role.ADMIN] == frozenset(Right)


def test_only_admins_install_erase_and_change_roles() -> None:
    assert RIGHTS[Role.ADMIN] - RIGHTS[Role.LEAD] == {Right.ROLES, Right.INSTALLING, Right.ERASING}


@pytest.mark.parametrize(
    ("person", "role"),
    [
        (ZOE, None),
        (ANA, Role.AGENT),
        (LEA, Role.LEAD),
        (grouped("support"), Role.AGENT),
        (grouped("money-team"), Role.AGENT),
        (grouped("support-leads"), Role.LEAD),
        (grouped("s0admin"), Role.ADMIN),
        (grouped("support", "s0admin", person=ANA), Role.ADMIN),
        (Person(id="U-ada", name="Ada", email="ada@team.example", stranger=False), Role.ADMIN),
        (grouped("somebody-elses"), None),
    ],
)
def test_the_highest_role_counts_wherever_it_comes_from(person: Person, role: Role | None) -> None:
    assert role_of(person, GROUPED) == role


def test_a_guest_has_no_role_in_whatever_group() -> None:
    guest = grouped("s0admin").model_copy(update={"stranger": True})
    assert role_of(guest, GROUPED) is None
    with pytest.raises(NotAllowed, match="Guests"):
        must_have(Right.ERASING, guest, GROUPED)


def test_a_teams_user_group_decides_on_its_tickets_and_no_others() -> None:
    assert may_decide(grouped("money-team"), CASE, GROUPED).name == "Zoe"
    assert teams_of(grouped("money-team"), GROUPED) == ("money",)
    with pytest.raises(NotAllowed):
        may_decide(grouped("money-team"), CASE.but(team="care", home="care"), GROUPED)


def test_a_group_of_agents_works_in_every_team() -> None:
    for team in ("money", "care", "nobody"):
        assert may_decide(grouped("support"), CASE.but(team=team, home=team), GROUPED).id == ZOE.id


def test_where_slack_does_not_tell_only_the_policy_counts() -> None:
    unknown = {"groups": None}
    assert role_of(ZOE.model_copy(update=unknown), GROUPED) is None
    assert role_of(LEA.model_copy(update=unknown), GROUPED) is Role.LEAD
    with pytest.raises(NotAllowed, match="Slack did not tell me just now"):
        may_decide(ZOE.model_copy(update=unknown), CASE, GROUPED)
    with pytest.raises(NotAllowed) as without_groups:
        may_decide(OUT.model_copy(update=unknown), CASE, POLICY)
    assert "Slack" not in str(without_groups.value)


def test_a_refusal_names_who_can_help_which_group_and_where_in_the_policy() -> None:
    with pytest.raises(NotAllowed) as refused:
        must_have(Right.INSTALLING, LEA, GROUPED)
    assert str(refused.value) == (
        "Only admins can install the app and look into its set-up. Ask Ada or somebody of @S0ADMIN. "
        "Whoever shall be one is added to [[admins]] in the policy file or the user group @S0ADMIN."
    )
    with pytest.raises(NotAllowed, match="Ask Lea or somebody of @Support-Leads") as refused:
        may_decide(OUT, CASE, GROUPED)
    assert "members of [[teams]] in the policy file or the user group @money-team" in str(refused.value)


def test_a_policy_without_admins_says_so() -> None:
    with pytest.raises(NotAllowed, match=r"The policy names no admin yet\."):
        must_have(Right.ERASING, LEA, POLICY)


def test_who_clicks_in_a_further_workspace_decides_only_on_cards_there() -> None:
    elsewhere = LEA.model_copy(update={"workspaces": frozenset({"T0HARBOR"})})
    with pytest.raises(NotAllowed, match="stands in another workspace"):
        may_decide(elsewhere, CASE, POLICY)
    harbour = tuple(
        team.model_copy(update={"workspace": "T0HARBOR"}) if team.name == "money" else team for team in POLICY.teams
    )
    there = POLICY.model_copy(update={"teams": harbour})
    assert may_decide(elsewhere, CASE, there).name == "Lea"
    assert may_decide(LEA, CASE, there).name == "Lea", "a card that cannot be shown there stands in the usual workspace"
