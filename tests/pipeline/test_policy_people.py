"""What a policy says of people is checked when it is read: groups, workspaces, who is who in the helpdesk."""

import pytest

from pipeline.policy import Member, Policy
from pipeline.policy_people import people_problems
from pipeline.roles import RoleGroups
from tests.pipeline.people import POLICY

ANA = Member(name="Ana", email="ana@team.example", helpdesk={"zendesk": "ana@desk.example", "intercom": "814"})


def said(**changes: object) -> list[str]:
    policy: Policy = POLICY.model_copy(update=changes)
    return [problem.say for problem in people_problems(policy)]


def other(**there: str) -> Member:
    return Member(name="Ben", slack="U-ben", helpdesk=there)


def test_a_person_may_be_named_twice_with_the_same_identity() -> None:
    assert said(leads=(ANA, ANA), admins=(ANA,)) == []


def test_two_people_cannot_be_one_in_the_helpdesk() -> None:
    [problem] = said(leads=(ANA, other(zendesk="ANA@desk.example")))
    assert problem == "'ANA@desk.example' in zendesk is 'Ana' already: each of them has one person here"
    assert said(leads=(ANA, other(freshdesk="814"))) == [], "ids of two helpdesks have nothing in common"


def test_one_person_cannot_be_two_in_the_helpdesk() -> None:
    [problem] = said(leads=(ANA,), admins=(Member(name="Ana", slack="U-1", helpdesk={"intercom": "815"}),))
    assert problem == "'Ana' is '815' in intercom elsewhere in this file: write the same here"


@pytest.mark.parametrize(
    ("there", "told"),
    [({"zendesc": "1"}, "'zendesc' is not known: write zendesk, freshdesk, intercom"), ({"zendesk": " "}, "nobody")],
)
def test_a_helpdesk_that_we_do_not_know_or_an_empty_name_is_refused(there: dict[str, str], told: str) -> None:
    [problem] = said(leads=(other(**there),))
    assert told in problem


def test_an_id_may_be_a_number_and_what_is_neither_that_nor_an_e_mail_is_refused() -> None:
    assert Member.model_validate({"name": "Ben", "slack": "U-ben", "helpdesk": {"zendesk": 9001}}).helpdesk == {
        "zendesk": "9001"
    }
    for strange in ("ben", "Ben <ben@desk.example>", 'a"b@desk.example', "9001 "):
        assert any("neither an e-mail nor an id" in problem for problem in said(leads=(other(zendesk=strange),)))


@pytest.mark.parametrize("group", ["support leads", "@", "", "<!channel>"])
def test_what_cannot_be_a_user_group_is_refused(group: str) -> None:
    [problem] = said(roles=RoleGroups(lead=("support-leads", "@Support.Leads", "S0ADMIN", group)))
    assert "is no user group" in problem


def test_a_workspace_is_named_by_its_id() -> None:
    assert said(workspace="T0PLAY") == []
    assert said(workspace="lumen") == [
        "workspace 'lumen' is no workspace's id: write the one that begins with T in its address"
    ]


def test_who_names_the_workspace_of_a_team_names_the_usual_one_too() -> None:
    """Else a stranger's workspace could be taken for it, in which anybody has any e-mail."""
    there = tuple(team.model_copy(update={"workspace": "T0HARBOR"}) for team in POLICY.teams[:1])
    teams = (*there, *POLICY.teams[1:])
    assert said(teams=teams) == [
        'with several workspaces, name the usual one, too: workspace = "T…" at the top of the file'
    ]
    assert said(teams=teams, workspace="T0PLAY") == []
