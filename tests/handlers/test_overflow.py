"""What a card has no room for stands in its thread: whole, in order, once, and as dead as on the card."""

import re
from typing import Any

from handlers.show_card import show_card
from pipeline.case import DESK, Actor, Case, Decision, Verdict
from storage.cases import Event, save
from storage.jobs import Kind, enqueue
from storage.store import Store
from tests.fakes.chat import Posted
from tests.fakes.fuse import Crash
from tests.fakes.house import House, said, told
from tests.handlers.views.valid import must_be_valid

LONG = " ".join(f"Item {n} of my list is wrong." for n in range(400))
LATER = " ".join(f"Line {n} still fails." for n in range(300))


def words(post: Posted) -> str:
    """Return the customer's words of a message, letter by letter."""
    [quote] = [block for block in post.card.blocks if block["block_id"] == "words"]
    inside: Any = quote["elements"]
    return str(inside[0]["elements"][0]["text"])


def rest(house: House) -> list[Posted]:
    return [post for post in house.world.chat.posts if post.key.startswith("rest:")]


def joined(posts: list[Posted]) -> str:
    return " ".join(map(words, posts))


async def test_a_long_message_is_begun_on_the_card_and_stands_whole_in_its_thread(store: Store) -> None:
    house = House(store)
    case = await house.shown(told(said("m1", LONG)))
    card = house.world.chat.keyed(f"card:{case.id}:1")
    assert "The rest is in the thread" in str(card.card.blocks)
    assert words(card) != LONG
    assert LONG.startswith(words(card).removesuffix(" …"))
    assert joined(rest(house)) == LONG
    assert {post.thread for post in rest(house)} == {card.ts}
    for post in rest(house):
        must_be_valid(post.card)


async def test_a_short_message_leaves_the_thread_empty(store: Store) -> None:
    house = House(store)
    case = await house.shown()
    assert rest(house) == []
    assert "thread" not in str(house.world.chat.keyed(f"card:{case.id}:1").card.blocks)


async def test_the_words_in_the_thread_are_masked_and_dead_as_on_the_card(store: Store) -> None:
    house = House(store)
    await house.shown(told(said("m1", f"I am maria@client.example <!channel> <@U0ANA>. {LONG} maria@client.example")))
    shown = joined(rest(house))
    assert "maria@client.example" not in shown
    assert shown.count("[EMAIL_1]") == 2
    assert all(block["type"] in ("context", "rich_text") for post in rest(house) for block in post.card.blocks)
    assert not any("<!channel>" in post.card.text or "<@U0ANA>" in post.card.text for post in rest(house))


async def test_a_text_that_triage_reads_without_its_middle_has_it_in_the_thread(store: Store) -> None:
    house = House(store)
    text = " ".join(f"Entry {n} is wrong." for n in range(3000))
    await house.shown(told(said("m1", text)))
    assert joined(rest(house)) == text


async def test_a_further_message_adds_its_own_pieces_and_repeats_none(store: Store) -> None:
    house = House(store)
    await house.shown(told(said("m1", LONG)))
    before = rest(house)
    await house.arrive(told(said("m1", LONG), said("m2", LATER, minutes=5)), "d2")
    await house.work()
    assert rest(house)[: len(before)] == before
    assert joined(rest(house)[len(before) :]) == LATER
    assert set(house.world.chat.counts.values()) == {1}


async def test_an_edit_posts_only_the_pieces_that_it_changed(store: Store) -> None:
    house = House(store)
    await house.shown(told(said("m1", LONG)))
    before = rest(house)
    edited = said("m1", f"{LONG} Really.").model_copy(update={"edited": True})
    await house.arrive(told(edited), "d2")
    await house.work()
    [changed] = rest(house)[len(before) :]
    assert words(changed) == f"{words(before[-1])} Really."
    assert "edited" in str(changed.card.blocks)


async def test_a_card_that_moved_has_all_of_it_in_its_new_thread(store: Store) -> None:
    house = House(store)
    case = await house.shown(told(said("m1", LONG)))
    await changed(house, case, home="tech_support", placement=2)
    moved = house.world.chat.keyed(f"card:{case.id}:2")
    assert joined([post for post in rest(house) if post.thread == moved.ts]) == LONG


async def changed(house: House, case: Case, **changes: object) -> None:
    now = house.world.clock.now()
    async with house.store.begin() as tx:
        await save(tx, case.but(**changes), Event(kind="ticket.updated", actor=DESK), now)
        await enqueue(tx, Kind.SHOW_CARD, case.id, now=now)
    await house.work()


async def test_a_ticket_that_nobody_could_read_has_its_raw_words_in_the_thread_as_on_the_card(store: Store) -> None:
    house = House(store)
    case = await house.shown(told(said("m1", f"{LONG} maria@client.example")))
    await changed(house, case, analysis=None, placement=2, problem="It could not be read.")
    card = house.world.chat.keyed(f"card:{case.id}:2")
    raw = [post for post in rest(house) if post.thread == card.ts]
    assert joined(raw) == f"{LONG} maria@client.example"


async def test_a_draft_that_a_card_cannot_hold_stands_whole_in_the_thread(store: Store) -> None:
    house = House(store)
    case = await house.shown()
    assert case.analysis is not None
    text = "&" * 2800 + "end"  # each letter takes up several, once it is dead
    draft = case.analysis.draft.model_copy(update={"text": text})
    await changed(house, case, analysis=case.analysis.model_copy(update={"draft": draft}))
    card = house.world.chat.keyed(f"card:{case.id}:1")
    assert "The whole draft is in the thread" in str(card.card.blocks)
    assert "".join(map(words, rest(house))) == text


async def test_a_sent_reply_that_a_card_cannot_hold_stands_whole_in_the_thread(store: Store) -> None:
    house = House(store)
    case = await house.shown()
    text = " ".join(f"Step {n}: try again." for n in range(200))
    by = Actor(id="U0ANA", name="Ana")
    decision = Decision(verdict=Verdict.EDITED, by=by, at=house.world.clock.now(), text=text)
    await changed(house, case, decision=decision, replies=1)
    assert joined(rest(house)) == text


async def test_a_note_that_its_line_shortens_follows_whole(store: Store) -> None:
    house = House(store)
    case = await house.shown()
    now = house.world.clock.now()
    text = " ".join(f"Note {n}." for n in range(250))
    async with store.begin() as tx:
        await save(tx, case, Event(kind="note.kept", actor=DESK, detail={"text": text}), now)
        await enqueue(tx, Kind.SHOW_CARD, case.id, now=now)
    await house.work()
    assert joined(rest(house)) == text
    [line, *_] = [post for post in house.world.chat.posts if post.key.startswith("thread:")]
    assert re.search("keeps a note", line.card.text)


async def test_whichever_moment_the_process_dies_every_piece_comes_once_and_in_order(store: Store) -> None:
    house, point = House(store), 0
    while True:
        point += 1
        ticket = told(said("m1", LONG), id_=f"t{point}")
        case_id = await house.arrive(ticket, f"d{point}")
        [job] = await house.due(Kind.TRIAGE)
        await house.do(job)
        [job] = await house.due(Kind.SHOW_CARD)
        house.world.fuse.arm(point)
        try:
            await show_card(house.services, job)
        except Crash:
            house.world.clock.advance(600)
            await house.work()
        alive = house.world.fuse.blown is None
        house.world.fuse.arm(None)
        assert joined([post for post in rest(house) if f":{case_id}:" in post.key]) == LONG
        assert set(house.world.chat.counts.values()) == {1}
        if alive:
            break
    assert point > 10
