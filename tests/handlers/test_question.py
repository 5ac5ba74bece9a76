"""A ticket that names nothing: a question stands on its card, and reaches the customer when somebody approves it."""

from handlers.decisions import approve
from pipeline.draft import Grade
from pipeline.phrases import phrases
from storage.store import Store
from tests.fakes.house import House, said, told

LEAD = "ULENA"


async def test_a_question_waits_on_the_card_and_is_sent_once_by_a_person(store: Store) -> None:
    house = House(store)
    vague = told(said("m1", "Es geht gar nichts mehr, bitte helfen Sie mir!")).model_copy(update={"subject": "Hilfe!"})
    case = await house.shown(vague)
    assert case.analysis is not None
    assert case.analysis.draft.grade is Grade.QUESTION
    [card] = [str(post.card.blocks) for post in house.world.chat.posts if post.key.startswith("card:")]
    assert phrases("de").question in card
    assert "Send question" in card
    assert house.world.helpdesk.replies == []
    await approve(house.services, LEAD, case.id, case.shown)
    await house.work()
    [(_, reply)] = house.world.helpdesk.replies
    assert phrases("de").question in str(reply)
