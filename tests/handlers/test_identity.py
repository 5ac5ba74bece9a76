"""Who works on a ticket is told to the helpdesk under the name that the policy maps, and never at a note's cost."""

from handlers.decisions import act, edit
from handlers.policies import Policies
from pipeline.acts import KeepNote, Resolve
from pipeline.case import Sending
from pipeline.errors import Refused
from pipeline.ports import Note, Reply
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


async def test_a_reply_and_a_kept_note_go_out_in_the_name_of_whoever_wrote_them(store: Store) -> None:
    house = House(store, mapped=True)
    case = await house.shown()
    await act(house.services, "UANA", case.id, lambda _, by: KeepNote(by=by, text="They pay by card."))
    await edit(house.services, "ULENA", case.id, case.shown, "It is on its way back to you.")
    await house.work()
    [(_, remark)], [(_, reply)] = house.world.helpdesk.remarks, house.world.helpdesk.replies
    assert (remark.author, reply.author) == ("ana@desk.example", "lena@desk.example")
    await act(house.services, "UANA", case.id, lambda _, by: Resolve(by=by))
    await house.work()
    assert house.world.helpdesk.remarks[-1][1].author == "", "these words are ours"


async def test_a_reply_whose_author_the_helpdesk_does_not_take_goes_out_all_the_same(store: Store) -> None:
    house = House(store, mapped=True)
    case, desk = await house.shown(), house.world.helpdesk
    taken = desk.reply

    async def reply(ticket_id: str, said: Reply) -> None:
        if said.author:
            raise Refused("Zendesk said 422: it will not do this.", code="422")
        await taken(ticket_id, said)

    desk.reply = reply  # type: ignore[method-assign]
    await edit(house.services, "ULENA", case.id, case.shown, "It is on its way back to you.")
    await house.work()
    assert [said.author for _, said in desk.replies] == [""]
    assert (await house.case(case.id)).sending is Sending.SENT
