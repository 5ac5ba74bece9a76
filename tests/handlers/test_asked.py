"""What colleagues ask is answered in its thread, once, from the tickets that we have."""

from dataclasses import replace

import pytest

from handlers.asked import MOST_A_MINUTE, ask
from handlers.decisions import act, approve
from pipeline.alike import Alike
from pipeline.decide import Claim, Escalate
from pipeline.errors import Unavailable, Unknown
from pipeline.passage import Passage
from pipeline.ports import Card, LanguageModel, Person
from pipeline.prompt import Prompt
from storage.jobs import Kind
from storage.store import Store
from tests.fakes.house import House, told
from tests.fakes.reading import SOLVED, FakeCases, FakeIndex

DM = "D-ANA"


@pytest.fixture
async def house(store: Store) -> House:
    return House(store)


async def answered(house: House, text: str, user: str = "UANA", thread: str = "1.0") -> Card:
    """Ask, let the work be done, and return what stands in the thread."""
    assert await ask(house.services, user, DM, thread, text)
    await house.work()
    return [post.card for post in house.world.chat.posts if (post.channel, post.thread) == (DM, thread)][-1]


def said(card: Card) -> str:
    return f"{card.text} {[dict(block) for block in card.blocks]}"


async def test_what_waits_is_named_with_the_way_to_its_card(house: House) -> None:
    await house.shown()
    card = await answered(house, "What waits in billing?")
    assert "*1 ticket waits for a decision in Billing*" in card.text
    assert "https://slack.example/archives/C-billing-support/" in said(card)


async def test_nothing_burns_until_somebody_says_so(house: House) -> None:
    case = await house.shown()
    assert "Nothing burns in Billing" in (await answered(house, "Was brennt in der Abrechnung?")).text
    await act(house.services, "UANA", case.id, lambda _, by: Escalate(by=by))
    card = await answered(house, "what is burning in billing?")
    assert "1 ticket must not wait in Billing" in card.text
    assert "Charged" in said(card)


async def test_whats_mine_is_what_i_claimed(house: House) -> None:
    case = await house.shown()
    await act(house.services, "ULENA", case.id, lambda _, by: Claim(by=by))
    assert "1 ticket waits" in (await answered(house, "what waits for me?", "ULENA")).text
    assert "1 ticket waits for a decision for Lena Fischer" in (await answered(house, "what waits for Lena?")).text
    assert "No tickets" in (await answered(house, "what waits for <@UBEN>?")).text
    assert "in no team" in (await answered(house, "what waits for <@UNOBODY>?")).text


async def test_counts_are_those_of_the_figures_in_the_askers_day(house: House) -> None:
    await house.shown()
    assert "No tickets came in with urgency P1 today" in (await answered(house, "how many P1 today?")).text
    card = await answered(house, "Wie viele P3 kamen heute?")
    assert "*1 ticket came in with urgency P3 today*: 0 answered, 0 escalated." in card.text
    assert "Charged" in said(card)
    house.world.clock.advance(86_400)
    assert "1 ticket came in yesterday" in (await answered(house, "how many tickets came in yesterday")).text
    assert "No tickets came in today" in (await answered(house, "how many tickets came in today")).text


async def test_a_ticket_is_found_by_its_number_and_explained(house: House) -> None:
    await house.shown(told(id_="4711"))
    assert "*Waits for a decision*" in (await answered(house, "Ticket 4711")).text
    assert "Why?" in (await answered(house, "Warum wurde 4711 eskaliert?")).text
    assert "I know no ticket" in (await answered(house, "ticket 999")).text
    assert "Name the ticket" in (await answered(house, "why was it escalated?", thread="2.0")).text


async def alike(house: House) -> None:
    """Two tickets, the one much like the other and answered by now."""
    first = await house.shown(told(id_="4711"))
    other = await house.arrive(told(id_="4712"), "d2")
    await house.work()
    await approve(house.services, "ULENA", other, (await house.case(other)).shown)
    await house.work()
    found = (Alike(case=other, likeness=0.912), Alike(case=first.id, likeness=0.64))
    house.services = replace(house.services, cases=FakeCases(found))


async def test_tickets_like_a_text_are_named_with_likeness_state_and_both_links(house: House) -> None:
    await alike(house)
    card = await answered(house, "find tickets like this: charged twice")
    assert card.text == "*2 tickets like “charged twice”*"
    first, second = [block["text"]["text"] for block in card.blocks if str(block["block_id"]).startswith("like.")]
    assert first.startswith("*91%*") and "#4712" in first and "Answered: approved by Lena Fischer" in first
    assert second.startswith("*64%*") and "#4711" in second and second.endswith("· Open")
    assert "https://slack.example/archives/C-billing-support/" in first
    assert "0.90: meaning" in said(card)  # what was answered before stands below


async def test_tickets_like_a_ticket_leave_that_one_out(house: House) -> None:
    await alike(house)
    card = await answered(house, "find tickets like 4711")
    assert card.text == "*1 ticket like “Charged”*" and "#4711" not in said(card)
    assert "Like what?" in (await answered(house, "find tickets like this", thread="2.0")).text


async def test_this_is_the_ticket_that_was_named_before_in_the_thread(house: House) -> None:
    await alike(house)
    await answered(house, "ticket 4711")
    assert "#4712" in said(await answered(house, "find tickets like this"))
    assert "#4711" not in said(await answered(house, "find tickets like this"))
    assert "Why?" in (await answered(house, "and why?")).text


async def test_in_the_thread_of_a_card_this_is_its_ticket_and_who_asks_alone_is_told(house: House) -> None:
    await alike(house)
    [card, *_] = [post for post in house.world.chat.posts if post.key.startswith("card:")]
    before = len(house.world.chat.posts)
    for user in ("UANA", "UGUEST"):
        house.world.chat.join(Person(id="UGUEST", name="Gina", stranger=True))
        assert await ask(house.services, user, card.channel, card.ts, "find tickets like this")
        await house.work()
    assert len(house.world.chat.posts) == before
    (_, ana, found), (_, guest, refused) = house.world.chat.whispers
    assert (ana, guest) == ("UANA", "UGUEST")
    assert "#4712" in said(found) and "#4711" not in said(found)
    assert refused.blocks == () and "Guests" in refused.text


async def test_what_is_hardly_like_the_text_is_not_named(house: House) -> None:
    case = await house.shown()
    weak = Passage(resolution=SOLVED, score=0.2, reasons=("shares was, i, me",))
    far = FakeCases((Alike(case=case.id, likeness=0.3),))
    house.services = replace(house.services, index=FakeIndex((weak,)), cases=far)
    card = await answered(house, "find tickets like this: I was charged twice")
    assert card.text == "Nothing here is like “I was charged twice”: no ticket, and no answer of the team."


async def test_figures_are_those_of_stats(house: House) -> None:
    await house.shown()
    card = await answered(house, "how fast do we answer in billing?")
    assert card.text.startswith("Last 7 days, Billing Support: 1 tickets, 0 answered, 1 waiting")


async def test_who_has_solved_and_writes_most_is_counted_and_cited(house: House) -> None:
    case = await house.shown(told(id_="4711"))
    assert f"1. *{case.agent}*: 1 · newest" in said(await answered(house, "who has the most open tickets?"))
    await act(house.services, "ULENA", case.id, lambda _, by: Claim(by=by))
    card = await answered(house, "who has the most open tickets?")
    assert card.text == "*By agent*: 1 ticket waiting for a decision now, of 1 agent."
    assert "1. *Lena Fischer*: 1 · newest" in said(card) and "4711" in said(card)
    none = await answered(house, "how many did each person solve this week?")
    assert none.text == "*By agent*: no tickets solved in the last 7 days of anybody known."
    await approve(house.services, "ULENA", case.id, (await house.case(case.id)).shown)
    assert "*Lena Fischer*: 1" in said(await answered(house, "how many did each person solve today?"))
    assert "that came in in the last 30 days" in (await answered(house, "which customers write most?")).text
    assert "I did not understand" in (await answered(house, "who is the slowest agent?")).text


async def test_what_is_not_understood_is_said_with_questions_to_press(house: House) -> None:
    card = await answered(house, "What is the weather like in Berlin?")
    assert "I did not understand that." in card.text
    assert "What is burning in billing support?" in said(card)


async def test_strangers_learn_nothing(house: House) -> None:
    await house.shown()
    house.world.chat.join(Person(id="UGUEST", name="Gina", stranger=True))
    card = await answered(house, "what waits?", "UGUEST")
    assert card == Card(text="Guests and people of other workspaces cannot look into tickets.", blocks=())


async def test_a_delivery_that_comes_again_is_answered_once_and_its_words_are_forgotten(house: House) -> None:
    for _ in range(3):
        assert await ask(house.services, "UANA", DM, "1.0", "what waits?", "Ev1")
    await house.work()
    assert [post.thread for post in house.world.chat.posts] == ["1.0"]
    assert house.world.chat.busy_in == [(DM, "1.0")]
    async with house.store.reader() as connection:
        rows = (await connection.exec_driver_sql("SELECT text FROM questions")).all()
    assert [tuple(row) for row in rows] == [("",)]


async def test_an_answer_whose_posting_is_in_doubt_is_looked_for_before_it_is_given_again(house: House) -> None:
    house.world.fuse.arm(2, lambda _: Unknown(), commits=False)
    assert await ask(house.services, "UANA", DM, "1.0", "what waits?")
    [job] = await house.due(Kind.ANSWER)
    with pytest.raises(Unavailable):
        await house.do(job)
    house.world.clock.advance(31)
    await house.work()
    assert len(house.world.chat.posts) == 1


async def test_so_many_questions_in_a_minute_and_no_more(house: House) -> None:
    asked = [await ask(house.services, "UANA", DM, "1.0", "what waits?") for _ in range(MOST_A_MINUTE + 1)]
    assert asked == [True] * MOST_A_MINUTE + [False]
    assert await ask(house.services, "UBEN", DM, "1.0", "what waits?")
    house.world.clock.advance(61)
    assert await ask(house.services, "UANA", DM, "1.0", "what waits?")


class Choosing:
    """A language model that gives one answer to everything, or none."""

    def __init__(self, answer: dict[str, object] | None) -> None:
        self.answer = answer
        self.asked: list[Prompt] = []

    async def ask(self, prompt: Prompt, schema):  # type: ignore[no-untyped-def]
        self.asked.append(prompt)
        if self.answer is None:
            raise Unavailable
        return schema.model_validate(self.answer)


NOTHING = dict.fromkeys(("team", "category", "urgency", "span"), None) | dict.fromkeys(
    ("burning", "escalated", "asks_for_self"), False
)


def with_model(house: House, answer: dict[str, object] | None) -> Choosing:
    model = Choosing(answer)
    door: LanguageModel = model
    house.services = replace(house.services, model=door)
    return model


async def test_a_model_only_chooses_the_query(house: House) -> None:
    await house.shown()
    model = with_model(house, NOTHING | {"query": "queue", "category": "billing"})
    card = await answered(house, "is the money side drowning? write to kim@client.example, ticket 4711 has 9999 cases")
    assert "*1 ticket waits for a decision in Billing*" in card.text
    assert "9999" not in said(card)
    assert "kim@client.example" not in model.asked[0].data
    assert "begin question" in model.asked[0].data


async def test_names_that_a_model_makes_up_are_not_followed(house: House) -> None:
    await house.shown()
    with_model(
        house, NOTHING | {"query": "queue", "category": "secrets", "team": "root", "urgency": "P9", "span": "1y"}
    )
    assert "*1 ticket waits for a decision*" in (await answered(house, "anything?")).text


async def test_without_the_model_the_words_count(house: House) -> None:
    await house.shown()
    with_model(house, None)
    assert "*1 ticket waits for a decision in Billing*" in (await answered(house, "what waits in billing?")).text
