"""The buttons of the week's review, as Slack delivers them."""

from datetime import UTC, datetime

from handlers.views.review import review_card
from pipeline.case import Actor
from pipeline.feedback import Aspect, Feedback, Standing
from pipeline.review import Answer, Proposal, Review
from storage import feedback, reviews
from tests.handlers.slack.desk import Desk
from tests.handlers.views.cases import case

NOW = datetime(2026, 3, 2, 7, tzinfo=UTC)
ANA = Actor(id="U0ANA", name="Ana Ribeiro")
SLOT = "2026-W10"


async def proposed(desk: Desk) -> Proposal:
    """A review in a channel, with one correction that waits."""
    it = desk.services
    said = Feedback(
        case_id=case().id, aspect=Aspect.CATEGORY, by=ANA, at=NOW, shown="billing", chosen="account",
        standing=Standing.QUARANTINED,
    )  # fmt: skip
    async with it.store.begin() as tx:
        await feedback.note(tx, [said], it.workspace)
        [entry] = await feedback.of_case(tx.connection, case().id)
        asked = Proposal(
            shown="billing", chosen="account", hits=0, total=0, entries=(entry.number,), people={ANA.name: 1}
        )
        review = Review(slot=SLOT, at=NOW, judged=1, corrected=1, proposals=(asked,))
        await reviews.create(tx, it.workspace, review)
        stored = await reviews.load(tx.connection, it.workspace, SLOT)
    assert stored is not None
    desk.ts = await it.chat.post("C0BILLING", review_card(stored), key="review")
    return stored.proposals[0]


async def press(desk: Desk, user: str, word: str, proposal: Proposal) -> None:
    said = {"block_id": f"answer.{proposal.number}", "action_id": f"proposal.{word}.{proposal.number}"}
    told = {"user": user, "channel": "C0BILLING", "ts": desk.ts, "action": said}
    assert (await desk.page.post("/playground/click", json=told)).json() == {"ok": True}


async def answers(desk: Desk) -> tuple[Answer, Standing]:
    async with desk.services.store.reader() as connection:
        review = await reviews.load(connection, desk.services.workspace, SLOT)
        [entry] = await feedback.of_case(connection, case().id)
    assert review is not None
    return review.proposals[0].answer, entry.standing


async def test_a_lead_s_press_accepts_and_anybody_else_is_told_who_may(desk: Desk) -> None:
    proposal = await proposed(desk)
    await press(desk, "U0ANA", "accept", proposal)
    assert "Only leads can decide" in desk.whispered("U0ANA")
    assert await answers(desk) == (Answer.OPEN, Standing.QUARANTINED)
    await press(desk, "U0LENA", "accept", proposal)
    assert await answers(desk) == (Answer.ACCEPTED, Standing.TRUSTED)
    await press(desk, "U0LENA", "decline", proposal)
    assert "already" in desk.whispered("U0LENA")
    assert await answers(desk) == (Answer.ACCEPTED, Standing.TRUSTED)
