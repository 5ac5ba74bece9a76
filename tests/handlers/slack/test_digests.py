"""The buttons of a digest, as Slack delivers them."""

from sqlalchemy import delete, select

from handlers.views.digest import digest_card
from storage import folds
from storage.jobs import Kind, Priority
from storage.tables import cards, jobs
from tests.handlers.slack.desk import Desk


async def press_open(desk: Desk, user: str, channel: str = "C0BILLING") -> str:
    ts = await desk.services.chat.post(channel, digest_card([await desk.case()], 0), key="digest")
    pressed = {"block_id": "line.0", "action_id": "digest.open.0"}
    told = {"user": user, "channel": channel, "ts": ts, "action": pressed}
    assert (await desk.page.post("/playground/click", json=told)).json() == {"ok": True}
    return desk.whispered(user)


async def owed(desk: Desk) -> list[tuple[str, int]]:
    async with desk.services.store.reader() as connection:
        rows = await connection.execute(
            select(jobs.c.kind, jobs.c.priority).where(jobs.c.kind != Kind.INDEX).order_by(jobs.c.id)
        )
        return [(kind, priority) for kind, priority in rows]


async def test_opening_a_line_owes_its_card_at_once_and_says_so(desk: Desk) -> None:
    found = await desk.case()
    async with desk.services.store.begin() as tx:
        await tx.connection.execute(delete(cards))
        await folds.fold(tx, found, "C0BILLING", desk.services.clock.now())
    assert "comes below in a moment" in await press_open(desk, "U0ANA")
    assert await owed(desk) == [(Kind.SHOW_CARD, Priority.NOW), (Kind.DIGEST, Priority.HIGH)]


async def test_a_ticket_that_has_its_card_meanwhile_is_told_with_the_way_to_it(desk: Desk) -> None:
    told = await press_open(desk, "U0ANA")
    assert f"p{desk.ts.replace('.', '')}" in told
    assert await owed(desk) == []


async def test_a_guest_opens_nothing(desk: Desk) -> None:
    async with desk.services.store.begin() as tx:
        await folds.fold(tx, await desk.case(), "C0BILLING", desk.services.clock.now())
    assert "comes below" not in await press_open(desk, "U0GINA", "C0GENERAL")
    assert await owed(desk) == []
