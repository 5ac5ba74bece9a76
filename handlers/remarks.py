"""Tell the helpdesk what people did here that it has to know, each thing once and in its order."""

from collections.abc import Awaitable, Callable
from datetime import datetime

from handlers.authors import author_of, in_their_name
from handlers.once import Effect, once
from handlers.retrying import again_on_conflict
from handlers.services import Services
from handlers.views.remark import KEPT, is_told, remark
from pipeline.case import DESK, Case
from pipeline.errors import Refused
from pipeline.ports import HelpDesk, Remark
from storage import outbox
from storage.cases import Event, history, load, save
from storage.jobs import Job, Kind, Priority, enqueue, finish


async def tell_desk(services: Services, job: Job) -> None:
    """Add an internal note for each event that the helpdesk was not told of yet."""
    async with services.store.reader() as connection:
        case = await load(connection, job.subject)
        news = [event for event in await history(connection, job.subject) if is_told(event)]
    for event in news if case is not None else ():
        assert case is not None
        effect = await _telling(services, job, case, event)
        try:
            await once(services, job, effect)
        except Refused as refusal:
            await _refused(services, effect.key, case.id, str(refusal))
    async with services.store.begin() as tx:
        await finish(tx, job)


async def _telling(services: Services, job: Job, case: Case, event: Event) -> Effect:
    desk = services.helpdesks[case.ticket.source]
    key = f"remark:{case.id}:{event.number}"
    async with services.store.reader() as connection:
        other = await load(
            connection, event.detail.get("into") or event.detail.get("of") or event.detail.get("other") or ""
        )
    text, status = remark(event, other)
    # Only words of a person's own go out in their name.
    author = await author_of(services, job, event.actor, desk.source) if event.kind == KEPT else ""

    async def do() -> str:
        await in_their_name(desk.remark, case, Remark(key=key, text=text, status=status, author=author))
        return "noted"

    return Effect(key=key, case_id=case.id, do=do, ask=_asking(desk, case.ticket.id, key))


def _asking(desk: HelpDesk, ticket_id: str, key: str) -> Callable[[datetime], Awaitable[str | None]]:
    async def ask(_since: datetime) -> str | None:
        return "found" if await desk.happened(ticket_id, key) else None

    return ask


@again_on_conflict
async def _refused(services: Services, key: str, case_id: str, reason: str) -> None:
    """Say so on the card, and do not try it again: the helpdesk has its reasons."""
    now = services.clock.now()
    async with services.store.begin() as tx:
        case = await load(tx.connection, case_id)
        assert case is not None
        await outbox.intend(tx, key, case_id, now)
        await outbox.happened(tx, key, "refused")
        told = case.but(problem=f"The helpdesk took no note: {reason}"[:500])
        await save(tx, told, Event(kind="note.refused", actor=DESK, detail={"reason": reason[:500]}), now)
        await enqueue(tx, Kind.SHOW_CARD, case_id, now=now, priority=Priority.SOON)
