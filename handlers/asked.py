"""A question waits: answer it where it was asked, once."""

from datetime import datetime, timedelta

from handlers.answering import answer
from handlers.once import Effect, once
from handlers.services import Services
from handlers.views.charts import is_native, without_charts
from pipeline.ask import plainly, ticket_in
from pipeline.errors import Refused
from pipeline.ports import Card
from pipeline.question import LONGEST_QUESTION
from pipeline.whereabouts import apart
from storage.cases import by_card, new_id
from storage.jobs import Job, Kind, enqueue, finish
from storage.outbox import first_time
from storage.questions import Asked, about_in, answered, asked_since, keep, question

MOST_A_MINUTE = 10  # questions of one person
TOO_MANY = f"That were {MOST_A_MINUTE} questions in a minute. Please go on in a minute."
_MINUTE = timedelta(minutes=1)
_DAY = timedelta(days=1)
_UNSHOWABLE = frozenset({"invalid_blocks", "invalid_blocks_format", "msg_too_long", "msg_blocks_too_long"})


async def ask(services: Services, asker: str, channel: str, thread: str, text: str, delivery: str = "") -> bool:
    """Keep a question with the work of answering it, once for each delivery. Returns False when it is one too many."""
    now = services.clock.now()
    async with services.store.begin() as tx:
        if delivery and not await first_time(tx, "slack", delivery[:255], "", now):
            return True
        if await asked_since(tx.connection, services.workspace, asker, now - _MINUTE) >= MOST_A_MINUTE:
            return False
        asked = Asked(
            id=new_id(),
            workspace=services.workspace,
            asker=asker,
            channel=channel,
            thread=thread,
            text=text[:LONGEST_QUESTION],
            about=ticket_in(plainly(text)),
            at=now,
        )
        await keep(tx, asked)
        await enqueue(tx, Kind.ANSWER, asked.id, now=now, priority=0)
    return True


async def answer_question(services: Services, job: Job) -> None:
    """Answer in the thread of the question. Raises Unavailable to be called again."""
    async with services.store.reader() as connection:
        asked = await question(connection, job.subject)
    if asked is not None:
        if is_direct(asked.channel):
            await services.chat.busy(asked.channel, asked.thread, "is looking it up…")
        said = await answer(services, asked.asker, asked.text, await _this(services, asked))
        if is_direct(asked.channel):
            await once(services, job, _saying(services, asked, said))
        else:  # others read there, who may not look
            await services.chat.whisper(asked.channel, asked.asker, said, thread=asked.thread or None)
    async with services.store.begin() as tx:
        await finish(tx, job)
        if asked is not None:
            await answered(tx, asked, services.clock.now() - _DAY)


async def _this(services: Services, asked: Asked) -> str:
    """Return the ticket that "this" stands for: the one whose card heads the thread, or the one named there last."""
    async with services.store.reader() as connection:
        case = await by_card(connection, services.workspace, asked.channel, asked.thread)
        if case is not None:
            return case.id
        return await about_in(connection, asked) if asked.thread else ""


def is_direct(channel: str) -> bool:
    """Whether a channel holds the direct messages of one person with us."""
    return apart(channel)[1].startswith("D")


def _saying(services: Services, asked: Asked, said: Card) -> Effect:
    key = f"answer:{asked.id}"

    async def do() -> str:
        try:
            return await services.chat.post(asked.channel, said, key=key, thread=asked.thread)
        except Refused as refusal:
            if refusal.code not in _UNSHOWABLE:
                raise
            in_words = without_charts(said) if any(map(is_native, said.blocks)) else Card(text=said.text, blocks=())
            return await services.chat.post(asked.channel, in_words, key=key, thread=asked.thread)

    async def find(since: datetime) -> str | None:
        return await services.chat.find(asked.channel, key, since=since, thread=asked.thread)

    return Effect(key=key, case_id=None, do=do, ask=find)
