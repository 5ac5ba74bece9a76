"""Tickets find their intents: matched as they come, discovered in batches, and shaped by people."""

from dataclasses import replace
from typing import TypeVar

import pytest
from pydantic import BaseModel

from handlers import intents as acts
from handlers.clusters import clusters
from handlers.intent_parts import drafted, keep_article, parts_of
from handlers.naming import name_new
from handlers.placing import FIRST
from handlers.reviewing import answer
from handlers.schedule import owe_intents, week
from handlers.team_names import UnknownTeam
from handlers.views.clusters import clusters_card
from handlers.watching import watch
from pipeline.authorise import NotAllowed
from pipeline.errors import Refused
from pipeline.intent_doubts import Matter
from pipeline.intents import By, Intent, TicketIntent
from pipeline.name_intents import Items
from pipeline.passage import Resolution
from pipeline.prompt import Prompt
from pipeline.review import Answer
from storage import intent_log, intents, reviews
from storage.jobs import Kind, enqueue
from storage.store import Store
from tests.fakes.clock import MORNING
from tests.fakes.house import House, said, told
from tests.fakes.reading import WordEmbedder
from tests.handlers.views.valid import must_be_valid

Said = TypeVar("Said", bound=BaseModel)
TOPICS = {
    "charged": "our card was charged twice for the plan in month {}",
    "login": "login fails with wrong password on device {}",
    "upload": "upload of the large picture ends in error {}",
}


@pytest.fixture
def house(store: Store) -> House:
    return housed(store)


def housed(store: Store) -> House:
    house = House(store)
    house.services = replace(house.services, embedder=WordEmbedder())
    return house


async def arrives(house: House, topic: str, number: int) -> str:
    ticket = told(said("m1", TOPICS[topic].format(number)), id_=f"{topic}{number}").model_copy(
        update={"subject": topic, "created_at": house.world.clock.now()}
    )
    return await house.arrive(ticket, f"{topic}{number}")


async def many(house: House, count: int, begin: int = 0) -> None:
    for number in range(begin, begin + count):
        for topic in TOPICS:
            await arrives(house, topic, number)
    await house.work()


async def tree(house: House) -> tuple[Intent, ...]:
    async with house.store.reader() as connection:
        return await intents.active(connection, house.services.workspace)


async def placed(house: House, case_id: str) -> TicketIntent:
    async with house.store.reader() as connection:
        found = await intents.ticket_of(connection, case_id)
    assert found is not None
    return found


async def discovers(house: House) -> None:
    async with house.store.begin() as tx:
        await enqueue(tx, Kind.DISCOVER, house.services.workspace, now=house.world.clock.now())
    await house.work()


async def test_tickets_wait_as_new_until_a_batch_finds_their_intents_and_later_ones_are_matched(house: House) -> None:
    waiting = await arrives(house, "login", 99)
    await house.work()
    assert (await placed(house, waiting)).intent == ""
    await many(house, FIRST // 3)
    found = await tree(house)
    assert len(found) == 3
    assert {each.l1 for each in found} == {"billing", "technical", "account"}
    login = next(each for each in found if "login" in each.words)
    assert (await placed(house, waiting)).intent == login.id
    assert login.name and "password" in login.words
    matched = await placed(house, await _worked(house, "login", 100))
    assert (matched.intent, matched.by) == (login.id, By.MATCH)
    assert matched.cosine > 0.6


async def _worked(house: House, topic: str, number: int) -> str:
    case_id = await arrives(house, topic, number)
    await house.work()
    return case_id


async def test_a_further_batch_keeps_every_intent_and_adds_the_new_one(house: House) -> None:
    await many(house, FIRST // 3)
    before = {each.id: each.name for each in await tree(house)}
    await discovers(house)
    assert {each.id: each.name for each in await tree(house)} == before
    for number in range(12):
        ticket = told(said("m1", f"the invoice lacks our vat number {number} please mend"), id_=f"vat{number}")
        await house.arrive(ticket.model_copy(update={"subject": "vat"}), f"vat{number}")
    await house.work()
    await discovers(house)
    after = {each.id: each.name for each in await tree(house)}
    assert before.items() <= after.items()
    assert len(after) == len(before) + 1
    async with house.store.reader() as connection:
        log = await intent_log.changes(connection, house.services.workspace)
        assert not await intent_log.tampered(connection, house.services.workspace)
        run = await intent_log.last_run(connection, house.services.workspace, finished=True)
    assert [each.kind for each in log] == ["intent.found"] * 4
    assert run is not None and run.done == run.total


async def test_a_night_owes_one_batch(house: House) -> None:
    assert await owe_intents(house.services)
    assert not await owe_intents(house.services)


LEAD, AGENT = "ULENA", "UANA"


async def of_topic(house: House, topic: str) -> Intent:
    return next(each for each in await tree(house) if topic in each.words)


async def test_leads_rename_merge_split_and_file_and_batches_heed_it(house: House) -> None:
    await many(house, FIRST // 3)
    login, upload = await of_topic(house, "login"), await of_topic(house, "upload")
    with pytest.raises(NotAllowed):
        await acts.rename(house.services, AGENT, login.id, "Mine")
    await acts.rename(house.services, LEAD, login.id, "Cannot log in")
    with pytest.raises(acts.NotNamed):
        await acts.rename(house.services, LEAD, upload.id, "cannot LOG in")
    await acts.file(house.services, LEAD, login.id, "technical", "Entry")
    await acts.merge_intents(house.services, LEAD, upload.id, login.id)
    await discovers(house)
    kept = await of_id(house, login.id)
    assert (kept.name, kept.l1, kept.l2, kept.size) == ("Cannot log in", "technical", "Entry", 16)
    assert len(await tree(house)) == 2
    matched = await placed(house, await _worked(house, "upload", 77))
    parts = await parts_of(house.services, login.id)
    assert sorted(len(part.cases) for part in parts) == [8, 8 + (matched.intent == login.id)]
    apart = [part.cases for part in parts if "upload" in part.medoid.words]
    [made] = await acts.split_off(house.services, LEAD, login.id, apart)
    await discovers(house)
    assert {login.id, made.id} < {each.id for each in await tree(house)}
    assert "upload" in (await of_id(house, made.id)).words and "login" in (await of_id(house, login.id)).words
    async with house.store.reader() as connection:
        log = await intent_log.changes(connection, house.services.workspace)
        assert not await intent_log.tampered(connection, house.services.workspace)
    by_lead = [each.kind for each in log if each.by.id == LEAD]
    assert by_lead == ["intent.renamed", "intent.filed", "intent.merged", "intent.split"]


async def of_id(house: House, id_: str) -> Intent:
    return next(each for each in await tree(house) if each.id == id_)


async def test_tickets_that_are_moved_stay_and_teach_the_threshold(house: House) -> None:
    await many(house, FIRST // 3)
    login, upload = await of_topic(house, "login"), await of_topic(house, "upload")
    async with house.store.reader() as connection:
        shown = await intents.tickets_in(connection, house.services.workspace, login.id, 4, farthest=True)
    out = [shown[0].case_id]
    moved = await acts.take_out(house.services, LEAD, login.id, [each.case_id for each in shown], out, upload.id)
    await discovers(house)
    gone = await placed(house, out[0])
    async with house.store.reader() as connection:
        said = await intent_log.judged(connection, house.services.workspace)
    assert (moved, gone.intent, gone.by) == (1, upload.id, By.PERSON)
    assert sorted(each.right for each in said) == [False, True, True, True]


async def test_clusters_tell_size_trend_teams_and_what_nobody_knew(house: House) -> None:
    await many(house, 3)
    house.world.clock.advance(8 * 86_400)
    await many(house, 8, begin=3)
    found = await clusters(house.services, "7d")
    assert (found.total, found.waiting, len(found.shown)) == (24, 0, 3)
    charged = next(each for each in found.shown if "charged" in each.intent.words)
    assert (charged.size, charged.before, charged.known) == (8, 3, 8)
    assert charged.share == pytest.approx(1 / 3)
    assert charged.teams == {"billing_support": 8}
    of_team = await clusters(house.services, "30d tech_support")
    assert [each.size for each in of_team.shown] == [11]
    must_be_valid(clusters_card(found))
    with pytest.raises(UnknownTeam):
        await clusters(house.services, "30d nobody")


async def test_who_watches_is_told_once_when_it_grows(house: House) -> None:
    await many(house, FIRST // 3)
    login = await of_topic(house, "login")
    assert "You are told" in await watch(house.services, AGENT, login)
    for number in range(20, 26):
        await _worked(house, "login", number)
    house.world.clock.advance(120)
    await house.work()
    await _worked(house, "login", 30)
    house.world.clock.advance(120)
    await house.work()
    [told] = [post for post in house.world.chat.posts if post.key.startswith("watch:")]
    assert told.channel == f"D-{AGENT}" and "has grown: 14 tickets" in told.card.text
    assert "no more" in await watch(house.services, AGENT, login)


async def test_a_lead_makes_an_article_of_what_solved_an_intent(house: House) -> None:
    await many(house, FIRST // 3)
    charged = await of_topic(house, "charged")
    async with house.store.reader() as connection:
        [first, *_] = await intents.tickets_in(connection, house.services.workspace, charged.id, 1)
    solved = Resolution(id="s1", question="Charged twice?", answer="We gave the second payment back.", gold=True)
    await house.services.knowledge.add((solved,), house.services.workspace, case_id=first.case_id)
    draft = await drafted(house.services, charged)
    assert (draft.answer, draft.sources) == ("We gave the second payment back.", 1)
    with pytest.raises(NotAllowed):
        await keep_article(house.services, AGENT, charged.id, "Charged twice", draft.question, draft.answer)
    for text in ("Write to mara@customer.example", draft.answer):
        await keep_article(house.services, LEAD, charged.id, "Charged twice", draft.question, text)
    [kept] = await house.services.knowledge.of_document(f"articles/{charged.id}", house.services.workspace)
    [entry] = await house.services.knowledge.get([kept], house.services.workspace)
    assert (entry.resolution.answer, entry.resolution.category) == (draft.answer, "billing")


async def test_the_weeks_review_asks_of_new_intents_and_what_leads_answer_counts(house: House) -> None:
    await many(house, FIRST // 3)
    slot = week(house.world.clock.now())
    async with house.store.begin() as tx:
        await enqueue(tx, Kind.REVIEW, slot, now=house.world.clock.now())
    await house.work()
    async with house.store.reader() as connection:
        review = await reviews.load(connection, house.services.workspace, slot)
    assert review is not None
    new = [each for each in review.proposals if each.doubt and each.doubt.matter is Matter.NEW]
    assert len(new) == 3
    with pytest.raises(NotAllowed):
        await answer(house.services, AGENT, new[0].number, Answer.ACCEPTED)
    await answer(house.services, LEAD, new[0].number, Answer.ACCEPTED)
    await answer(house.services, LEAD, new[1].number, Answer.DECLINED)
    after = await tree(house)
    assert len(after) == 2 and any(each.settled for each in after)
    assert sum(each.size for each in after) == 24
    await house.work()
    async with house.store.reader() as connection:
        answered = await reviews.answered_doubts(connection, house.services.workspace, MORNING)
    assert len(answered) == 2


class NamingModel:
    """A model that names every intent, and counts how often it is asked."""

    def __init__(self) -> None:
        self.asked: list[Prompt] = []

    async def ask(self, prompt: Prompt, schema: type[Said]) -> Said:
        if schema is not Items:
            raise Refused("It only names.")
        self.asked.append(prompt)
        items = [{"number": number, "name": f"matter {number}", "same_as": None} for number in range(1, 4)]
        return schema.model_validate({"items": items})


async def test_a_model_names_new_intents_in_one_question_and_is_not_asked_twice(house: House) -> None:
    model = NamingModel()
    house.services = replace(house.services, model=model)
    await many(house, FIRST // 3)
    assert {each.name for each in await tree(house)} == {"matter 1", "matter 2", "matter 3"}
    assert len(model.asked) == 1 and "charged twice" in model.asked[0].data
    fresh = frozenset(each.id for each in await tree(house))
    await name_new(house.services, fresh)
    assert len(model.asked) == 1
