"""Emoji on a card act like its buttons: the same people may, a refusal is told, a repetition does nothing."""

import pytest
from sqlalchemy import update

from handlers.slack.reactions import Reaction, react
from pipeline.case import Status, Verdict
from storage.cards import MOVED
from storage.cases import history
from storage.tables import cards
from tests.handlers.slack.desk import Desk
from tests.handlers.views.cases import case

EYES, DONE, ALARM = "eyes", "white_check_mark", "rotating_light"


def reaction(desk: Desk, emoji: str, *, delivery: str = "Ev1", user: str = "U0ANA", added: bool = True) -> Reaction:
    return Reaction(delivery=delivery, user=user, emoji=emoji, channel="C0BILLING", ts=desk.ts, added=added)


async def kinds(desk: Desk) -> list[str]:
    async with desk.services.store.reader() as connection:
        return [event.kind for event in await history(connection, case().id)]


async def test_eyes_claim_and_without_them_it_is_released(desk: Desk) -> None:
    await desk.react("U0ANA", EYES)
    claimed = (await desk.case()).claimed_by
    assert claimed is not None and claimed.name == "Ana Ribeiro"
    await desk.react("U0ANA", EYES, remove=True)
    assert (await desk.case()).claimed_by is None


async def test_a_tick_resolves_and_a_siren_escalates(desk: Desk) -> None:
    await desk.react("U0ANA", ALARM)
    assert (await desk.case()).escalated
    await desk.react("U0ANA", DONE)
    found = await desk.case()
    assert found.decision is not None
    assert (found.status, found.decision.verdict) == (Status.CLOSED, Verdict.RESOLVED)


async def test_who_may_not_is_told_so_alone(desk: Desk) -> None:
    for emoji in (EYES, DONE, ALARM):
        await desk.react("U0OTTO", emoji)
        assert "leads can decide" in desk.whispered("U0OTTO")
    found = await desk.case()
    assert (found.status, found.claimed_by, found.escalated) == (Status.OPEN, None, False)


async def test_what_is_so_already_stays_so_without_a_word(desk: Desk) -> None:
    for number in range(3):
        await react(desk.services, reaction(desk, EYES, delivery=f"Ev{number}"))
        await react(desk.services, reaction(desk, ALARM, delivery=f"Al{number}"))
    await react(desk.services, reaction(desk, EYES, delivery="Ev9", user="U0LENA", added=False))
    assert (await kinds(desk)).count("case.claimed") == (await kinds(desk)).count("case.escalated") == 1
    assert (await desk.case()).claimed_by is not None
    assert desk.whispered("U0ANA") == desk.whispered("U0LENA") == ""


async def test_a_second_delivery_of_an_event_does_nothing_whatever_happened_since(desk: Desk) -> None:
    await react(desk.services, reaction(desk, EYES))
    await react(desk.services, reaction(desk, EYES, delivery="Ev2", added=False))
    await react(desk.services, reaction(desk, EYES))
    assert (await desk.case()).claimed_by is None


async def test_another_persons_claim_is_named(desk: Desk) -> None:
    await desk.react("U0LENA", EYES)
    await desk.react("U0ANA", EYES)
    assert "Already claimed by Lena Fischer" in desk.whispered("U0ANA")


async def test_what_was_decided_is_told(desk: Desk) -> None:
    await desk.press("U0ANA", "ticket.approve")
    await desk.react("U0LENA", DONE)
    assert "still on its way" in desk.whispered("U0LENA")


async def test_a_card_that_has_moved_says_so(desk: Desk) -> None:
    async with desk.services.store.begin() as tx:
        await tx.connection.execute(update(cards).values(role=MOVED))
    await desk.react("U0ANA", EYES)
    assert "not one of my present cards" in desk.whispered("U0ANA")


@pytest.mark.parametrize("emoji", [EYES, DONE, ALARM, "tada"])
async def test_on_any_other_message_these_emoji_mean_nothing(desk: Desk, emoji: str) -> None:
    ts = await desk.says("U0ANA", "Shall we have lunch?")
    await desk.react("U0ANA", emoji, ts=ts)
    assert desk.whispered("U0ANA") == ""
    assert (await desk.case()).status is Status.OPEN


async def test_where_the_bot_is_not_the_person_hears_it_by_direct_message(desk: Desk) -> None:
    ts = await desk.says("U0ANA", "A bug!", channel="C0RANDOM")
    asked = Reaction(delivery="Ev1", user="U0ANA", emoji="ticket", channel="C0RANDOM", ts=ts, added=True)
    await react(desk.services, asked)
    direct = await desk.services.chat.direct("U0ANA")
    assert "/invite" in desk.playground.messages.top_level(direct)[-1]["text"]
