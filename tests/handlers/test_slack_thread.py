"""A ticket made in Slack follows its thread: what is said, edited and taken back there, each once and in any order."""

from datetime import timedelta

import pytest

from handlers.decisions import approve, edit
from handlers.slack_thread import Heard, hear
from handlers.slack_ticket import ask_for_ticket
from pipeline.case import Case, Status
from pipeline.ports import Person, Spoken
from pipeline.ticket import Author
from storage.cases import newest
from storage.store import Store
from tests.fakes.house import House
from tests.fakes.settle import settle
from tests.handlers.test_decisions import AGENT, LEAD
from tests.handlers.test_slack_ticket import ASKED, KIM, asked

BYSTANDER = Person(id="UJIM", name="Jim Doe", email="jim@client.example")


@pytest.fixture
async def house(store: Store) -> House:
    house = House(store)
    house.world.chat.lag = house.world.helpdesk.lag = timedelta(0)
    house.world.chat.join(KIM)
    house.world.chat.join(BYSTANDER)
    return house


def later(ts: str, seconds: int) -> str:
    return f"{float(ts) + seconds:.6f}"


async def says(house: House, root: str, text: str, *, user: str = KIM.id, seconds: int = 60, **more: object) -> None:
    """Somebody writes in the thread, so many seconds after it began; `more` says what became of it."""
    spoken = Spoken(ts=later(root, seconds) if seconds else root, thread=root, user=user, text=text)
    await hear(house.services, Heard.model_validate({"channel": "C1", "said": spoken, **more}))


async def now(house: House, case: Case) -> Case:
    await settle(house.services, house.world.clock)
    return await house.case(case.id)


def texts(case: Case) -> list[str]:
    return [message.text for message in case.ticket.asked]


async def test_what_the_customer_writes_next_is_read_with_the_rest_once(house: House) -> None:
    root, case = await asked(house)
    for _ in range(3):
        await says(house, root, "And for <https://a.example|April>, <@ULENA>.")
    after = await now(house, case)
    assert texts(after) == [ASKED, "And for April (https://a.example), @Lena Fischer."]
    assert (after.status, after.unread) == (Status.OPEN, False)
    assert [event.kind for event in await house.history(case.id)].count("customer.wrote") == 1
    with pytest.raises(Exception, match="wrote again"):
        await approve(house.services, LEAD, case.id, case.shown)


async def test_after_the_answer_the_customer_opens_it_again_and_their_thanks_are_read(house: House) -> None:
    root, case = await asked(house)
    await edit(house.services, LEAD, case.id, case.shown, "It is on its way back.")
    await now(house, case)
    await says(house, root, "It did not arrive.", seconds=900)
    after = await now(house, case)
    assert (after.status, after.decision) == (Status.OPEN, None)


async def test_a_colleague_answers_the_customer_and_somebody_without_a_role_speaks_for_them(house: House) -> None:
    root, case = await asked(house)
    await says(house, root, "I look into it.", user=AGENT)
    after = await now(house, case)
    assert [message.author for message in after.ticket.messages] == [Author.CUSTOMER, Author.AGENT]
    assert (await house.history(case.id))[-1].kind == "agent.wrote"
    assert (after.status, after.shown) == (Status.OPEN, case.shown)
    await says(house, root, "We have the same.", user=BYSTANDER.id, seconds=120)
    assert texts(await now(house, case)) == [ASKED, "We have the same."]


async def test_an_edit_changes_the_text_and_an_older_one_that_comes_late_does_not(house: House) -> None:
    root, case = await asked(house)
    await says(house, root, "Charged twice for May.", seconds=0, edited=later(root, 50))
    await says(house, root, "Charged twice for Mai.", seconds=0, edited=later(root, 40))
    after = await now(house, case)
    assert texts(after) == ["Charged twice for May."]
    assert [event.kind for event in await house.history(case.id)].count("customer.edited") == 1
    assert after.analysis is not None and "May" in after.analysis.excerpt


async def test_what_was_taken_back_is_gone_and_does_not_return(house: House) -> None:
    root, case = await asked(house)
    await says(house, root, "My password is hunter2.")
    await says(house, root, "", gone=True)
    await says(house, root, "My password is hunter3.", edited=later(root, 70))
    after = await now(house, case)
    assert texts(after) == [ASKED]
    assert "hunter" not in after.model_dump_json()
    assert "customer.deleted" in [event.kind for event in await house.history(case.id)]


async def test_a_deletion_that_comes_first_keeps_the_message_away(house: House) -> None:
    root, case = await asked(house)
    await says(house, root, "", gone=True)
    await says(house, root, "Never mind.")
    assert texts(await now(house, case)) == [ASKED]


async def test_nothing_left_of_what_was_asked_closes_it_and_new_words_open_it(house: House) -> None:
    root, case = await asked(house)
    await says(house, root, "", seconds=0, gone=True)
    after = await now(house, case)
    assert (after.status, texts(after)) == (Status.CLOSED, [])
    await says(house, root, "Sorry: our card was charged twice for April.", seconds=300)
    assert (await now(house, case)).status is Status.OPEN


async def test_what_is_taken_back_after_the_answer_opens_nothing(house: House) -> None:
    root, case = await asked(house)
    await says(house, root, "Please hurry.")
    case = await now(house, case)
    await edit(house.services, LEAD, case.id, case.shown, "It is on its way back.")
    await now(house, case)
    await says(house, root, "", gone=True)
    after = await now(house, case)
    assert (after.status, texts(after)) == (Status.ANSWERED, [ASKED])


async def test_a_thread_that_is_no_ticket_becomes_none(house: House) -> None:
    await says(house, "1700000000.000100", "Lunch?")
    async with house.store.reader() as connection:
        assert await newest(connection, house.services.workspace, 5) == ()


async def test_the_same_time_in_another_workspace_or_channel_is_another_thread(house: House) -> None:
    root, case = await asked(house)
    for channel in ("C2", "T0HARBOR/C1"):
        await says(house, root, "Not yours.", channel=channel)
    assert texts(await now(house, case)) == [ASKED]


async def test_asking_again_does_not_bring_back_or_repeat_what_was_heard(house: House) -> None:
    root, case = await asked(house)
    more = house.world.chat.says("C1", KIM.id, "And for April.", thread=root)
    heard = Spoken(ts=more, thread=root, user=KIM.id, text="And for April.")
    await hear(house.services, Heard(channel="C1", said=heard))
    await ask_for_ticket(house.services, LEAD, "C1", more)
    assert texts(await now(house, case)) == [ASKED, "And for April."]
