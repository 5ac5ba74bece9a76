"""Slack as a helpdesk: an approved reply goes into the thread, is found again there, and nothing else is written."""

from datetime import timedelta

import pytest

from bot.adapters.helpdesks.slack import SlackThreads
from pipeline.classify import Urgency
from pipeline.errors import BadSignature, Refused
from pipeline.ports import Note, Remark, Reply
from pipeline.ticket import Ticket
from tests.fakes.chat import FakeChat
from tests.fakes.clock import FakeClock
from tests.fakes.fuse import Fuse

THREAD = "C1:1700000000.000001"
REPLY = Reply(key="reply:c:1", text="Done, <!channel> & <@U0ANA>.\n\nKind regards")


@pytest.fixture
def chat() -> FakeChat:
    return FakeChat(FakeClock(), Fuse(), {}, lag=timedelta(0))


async def test_a_reply_is_posted_letter_by_letter_and_found_again(chat: FakeChat) -> None:
    desk = SlackThreads(chat)
    assert not await desk.happened(THREAD, REPLY.key)
    await desk.reply(THREAD, REPLY)
    assert await desk.happened(THREAD, REPLY.key)
    assert not await desk.happened(THREAD, "reply:c:2")
    [posted] = chat.posts
    assert (posted.channel, posted.thread) == ("C1", "1700000000.000001")
    assert "&lt;!channel&gt; &amp; &lt;@U0ANA&gt;" in posted.card.text
    assert [block["type"] for block in posted.card.blocks] == ["rich_text"]


async def test_notes_stay_away_from_where_customers_read(chat: FakeChat) -> None:
    desk = SlackThreads(chat)
    await desk.annotate(THREAD, Note(key="n", text="confidence 87 %", tags=(), urgency=Urgency.P1))
    await desk.remark(THREAD, Remark(key="r", text="Ana resolved this."))
    assert chat.posts == []


async def test_nothing_comes_in_by_a_webhook(chat: FakeChat) -> None:
    desk, clock = SlackThreads(chat), FakeClock()
    with pytest.raises(BadSignature):
        desk.verify({}, b"{}", clock.now())
    assert desk.read({}, b"{}", clock.now()) is None
    ticket = Ticket(source="slack", id=THREAD, created_at=clock.now())
    assert await desk.complete(ticket) == ticket


@pytest.mark.parametrize("odd", ["", "C1", "C1:", ":1.2", "C1:now", "C1:1.2.3"])
async def test_what_is_no_thread_is_refused(chat: FakeChat, odd: str) -> None:
    with pytest.raises(Refused):
        await SlackThreads(chat).reply(odd, REPLY)
