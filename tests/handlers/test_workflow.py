"""A workflow's ticket is triaged like every other; its step ends once, and the reply goes where the workflow said."""

from dataclasses import replace

import pytest

from bot.adapters.helpdesks.workflow import WorkflowDesk
from handlers.decisions import approve
from handlers.jobs import GIVING_UP
from handlers.triage_job import NOTE_WAITS
from handlers.workflow import Step, create_ticket
from pipeline.case import Case, Sending, Status
from pipeline.errors import Unknown
from pipeline.ticket import WORKFLOW
from storage.cases import by_ticket
from storage.jobs import Kind
from storage.store import Store
from tests.fakes.house import House
from tests.handlers.views.valid import must_be_valid

TEXT = "Our card was charged twice for March."


@pytest.fixture
def house(store: Store) -> House:
    house = House(store)
    desk = WorkflowDesk(house.world.chat, store, house.services.workspace)
    house.services = replace(house.services, helpdesks={**house.services.helpdesks, WORKFLOW: desk})
    return house


async def run(house: House, **inputs: object) -> None:
    await create_ticket(house.services, Step(execution="Fx1", inputs={"text": TEXT, **inputs}))


async def ticket(house: House) -> Case:
    async with house.store.reader() as connection:
        found = await by_ticket(connection, house.services.workspace, WORKFLOW, "Fx1")
    assert found is not None
    return found


async def test_the_step_ends_with_what_triage_found(house: House) -> None:
    await run(house, subject="Charged\ntwice", customer_email="kim@client.example", urgency="p2")
    await house.work()
    case = await ticket(house)
    link = house.world.chat.ended["Fx1"]["card_link"]  # type: ignore[index]
    assert link.startswith("https://slack.example/archives/C-billing-support/")
    assert house.world.chat.ended == {
        "Fx1": {
            "ticket_id": case.id,
            "card_link": link,
            "category": "billing",
            "urgency": "P2",
            "team": "Billing Support",
        }
    }
    assert (case.ticket.subject, case.ticket.customer.email) == ("Charged twice", "kim@client.example")


async def test_a_hint_never_makes_a_ticket_less_urgent(house: House) -> None:
    await create_ticket(house.services, Step(execution="Fx1", inputs={"text": f"urgent: {TEXT}", "urgency": "P4"}))
    await house.work()
    assert house.world.chat.ended["Fx1"]["urgency"] == "P2"  # type: ignore[index]


async def test_a_step_that_is_told_again_makes_one_ticket_and_ends_once(house: House) -> None:
    for _ in range(3):
        await run(house)
        await house.work()
    assert len(house.world.chat.ended) == 1
    assert len([post for post in house.world.chat.posts if post.key.startswith("card:")]) == 1


@pytest.mark.parametrize("point", [1, 2])
async def test_an_end_that_is_in_doubt_is_tried_again_and_holds(house: House, point: int) -> None:
    await run(house)
    for kind in (Kind.TRIAGE, Kind.SHOW_CARD):
        [job] = await house.due(kind)
        await house.do(job)
    [job] = await house.due(Kind.WRITE_NOTE)
    house.world.fuse.arm(point, lambda _: Unknown(), commits=False)
    with pytest.raises(Unknown):
        await house.do(job)
    house.world.clock.advance(31)
    await house.work()
    assert list(house.world.chat.ended) == ["Fx1"]


async def test_a_ticket_that_could_not_be_read_ends_the_step_with_a_sentence(house: House) -> None:
    await run(house)
    [job] = await house.due(Kind.TRIAGE)
    await GIVING_UP[Kind.TRIAGE](house.services, job, "too often")
    house.world.clock.advance(NOTE_WAITS)
    await house.work()
    assert "could not be read automatically. https://slack.example/" in str(house.world.chat.ended["Fx1"])


@pytest.mark.parametrize(
    ("inputs", "channel"), [({"answer_channel": "C0ASKED"}, "C0ASKED"), ({"answer_user": "U0KIM"}, "D-U0KIM")]
)
async def test_an_approved_reply_goes_where_the_workflow_said(
    house: House, inputs: dict[str, object], channel: str
) -> None:
    await run(house, **inputs)
    await house.work()
    case = await ticket(house)
    assert f"{next(iter(inputs.values()))}>" in str(house.world.chat.posts[0].card.blocks[1])
    await approve(house.services, "ULENA", case.id, case.shown)
    await house.work()
    [answer] = [post for post in house.world.chat.posts if post.channel == channel]
    must_be_valid(answer.card)
    assert "five working days" in str(answer.card.blocks)
    assert (await ticket(house)).sending is Sending.SENT


async def test_without_a_place_the_reply_is_refused_and_the_card_says_so(house: House) -> None:
    await run(house)
    await house.work()
    case = await ticket(house)
    await approve(house.services, "ULENA", case.id, case.shown)
    await house.work()
    case = await ticket(house)
    assert (case.status, case.sending) == (Status.OPEN, Sending.FAILED)
    assert "names no place" in case.problem


@pytest.mark.parametrize(
    ("inputs", "wrong"),
    [
        ({"text": "  "}, "text"),
        ({"urgency": "now"}, "P1, P2, P3 or P4"),
        ({"customer_email": "kim"}, "e-mail"),
        ({"answer_channel": "<!here>"}, "channel or a person"),
    ],
)
async def test_inputs_that_cannot_be_end_the_step_with_a_sentence(
    house: House, inputs: dict[str, object], wrong: str
) -> None:
    for _ in range(2):
        await run(house, **inputs)
    assert wrong in str(house.world.chat.ended["Fx1"])
    assert await house.due() == ()
