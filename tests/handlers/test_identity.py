"""Who works on a ticket is told to the helpdesk under the name that the policy maps, and never at a note's cost."""

from handlers.policies import Policies
from pipeline.errors import Refused
from pipeline.ports import Note
from storage.store import Store
from tests.fakes.desk import policy
from tests.fakes.house import House

THERE = "ana@desk.example"


def mapped() -> Policies:
    """The policy with Ana mapped, and nobody else."""
    teams = tuple(
        team.model_copy(
            update={
                "members": tuple(
                    member.model_copy(update={"helpdesk": {"zendesk": THERE}})
                    if member.name == "Ana Ribeiro"
                    else member
                    for member in team.members
                )
            }
        )
        for team in policy().teams
    )
    return Policies(policy().model_copy(update={"teams": teams}))


async def test_who_is_mapped_is_told_and_who_is_not_is_left_out(store: Store) -> None:
    house = House(store)
    await house.shown()
    [(_, note)] = house.world.helpdesk.notes
    assert note.assignee == ""
    assert mapped().now.policy.identity("Ana Ribeiro", "zendesk") == THERE
    assert mapped().now.policy.identity("Ana Ribeiro", "intercom") == ""
    assert mapped().now.policy.identity("Nobody", "zendesk") == ""


async def test_an_assignee_that_the_helpdesk_does_not_take_costs_no_note(store: Store) -> None:
    house = House(store)
    house.services.policies.now = mapped().now
    desk, taken = house.world.helpdesk, house.world.helpdesk.annotate

    async def annotate(ticket_id: str, note: Note) -> None:
        if note.assignee:
            raise Refused("Zendesk said 422: it will not do this.", code="422")
        await taken(ticket_id, note)

    desk.annotate = annotate  # type: ignore[method-assign]
    await house.shown()
    assert [note.assignee for _, note in desk.notes] == [""]


async def test_the_agent_of_a_case_becomes_the_assignee(store: Store) -> None:
    house = House(store)
    house.services.policies.now = mapped().now
    case = await house.shown()
    assert case.agent == "Ana Ribeiro"
    assert [note.assignee for _, note in house.world.helpdesk.notes] == [THERE]
