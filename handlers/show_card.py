"""Make Slack show a case as it is now: its card, its thread, and a pointer where it came from."""

import structlog

from handlers.once import once
from handlers.overflow import overflow
from handlers.place_card import first_card, no_card, posting, shown_somehow
from handlers.retrying import again_on_conflict
from handlers.services import Services
from handlers.urgency import no_sooner_than
from handlers.views.moved import moved
from handlers.views.pointer import pointer
from handlers.views.thread import rest_of_line, thread_line
from pipeline.case import DESK, Case
from pipeline.errors import Refused
from storage import cards
from storage.cards import CARD, POINTER, Placed, placed
from storage.cases import Event, history, load, save
from storage.jobs import Job, Kind, Priority, enqueue, finish
from storage.strays import stray_of

_GONE = frozenset(
    {
        *("message_not_found", "cant_update_message", "edit_window_closed", "message_limit_exceeded", "is_inactive"),
        *("channel_not_found", "not_in_channel", "is_archived"),
    }
)
"""Slack's words for a message that we cannot change any more: the card is posted anew, where that is possible."""


async def show_card(services: Services, job: Job) -> None:
    """Bring Slack to the present state of the case. Raises Unavailable to be called again."""
    async with services.store.reader() as connection:
        case = await load(connection, job.subject)
        shown = await placed(connection, job.subject)
        stray = await stray_of(connection, job.subject)
    if case is not None and stray is not None and stray.shown and not case.problem:
        case = case.but(problem=f"This belongs in #{stray.channel}, which I cannot reach: {stray.remedy}"[:500])
    if case is not None and case.home:
        here = next((one for one in shown if one.role == CARD and one.placement == case.placement), None)
        # A line that had to wait goes before the card: each try would change it again, and changes are few.
        waited = here is not None and job.attempt > 1 and await _surrounded(services, job, case, shown, here)
        here = await _update(services, case, here) if here else await first_card(services, job, case, shown)
        if here is not None and not waited:
            await _surround(services, job, case, shown, here)
    async with services.store.begin() as tx:
        await finish(tx, job)


async def _surround(services: Services, job: Job, case: Case, shown: tuple[Placed, ...], here: Placed) -> None:
    """Bring what stands around the card to the present state; what is there already stays, and cards go first."""
    with no_sooner_than(Priority.SOON):
        await _tell(services, job, case, here)
        await overflow(services, job, case, here)
        await _retire(services, case, shown, here)
        await _point(services, job, case, shown, here)


async def _surrounded(services: Services, job: Job, case: Case, shown: tuple[Placed, ...], here: Placed) -> bool:
    try:
        await _surround(services, job, case, shown, here)
    except Refused:
        return False  # the card may be gone, which its update finds out
    return True


async def _update(services: Services, case: Case, here: Placed) -> Placed | None:
    try:
        await shown_somehow(services, case, lambda shown: services.chat.update(here.channel, here.ts, shown))
    except Refused as refusal:
        if refusal.code in _GONE:
            await _place_anew(services, case, here)
        else:
            await no_card(services, case, refusal)
        return None
    return here


async def _tell(services: Services, job: Job, case: Case, here: Placed) -> None:
    """Add to the thread what happened since it was last told."""
    async with services.store.reader() as connection:
        news = await history(connection, case.id, after=here.told)
    for event in news:
        if (line := thread_line(event, case)) is not None:
            key = f"thread:{case.id}:{case.placement}:{event.number}"
            await once(services, job, posting(services, here.channel, line, key, case, thread=here.root))
        for piece in rest_of_line(event):
            part = f"rest:{case.id}:{case.placement}:{event.number}:{piece.key}"
            await once(services, job, posting(services, here.channel, piece.card, part, case, thread=here.root))
        async with services.store.begin() as tx:
            await cards.tell(tx, here, event.number)


async def _retire(services: Services, case: Case, shown: tuple[Placed, ...], here: Placed) -> None:
    """Turn the cards in former channels into a word of where the case went."""
    for old in (one for one in shown if one.role == CARD and one.ts != here.ts):
        stub = moved(case, services.policy.known_team(case.home).channel)
        try:
            await services.chat.update(old.channel, old.ts, stub)
        except Refused as refusal:
            structlog.get_logger().warning("card.not_retired", case=case.id, code=refusal.code)
        async with services.store.begin() as tx:
            await cards.retire(tx, old)


async def _point(services: Services, job: Job, case: Case, shown: tuple[Placed, ...], here: Placed) -> None:
    """Leave a word in the owner's channel when the card stands in the escalation team's."""
    if (
        here.thread
        or case.home == case.team
        or any(one.role == POINTER and one.placement == case.placement for one in shown)
    ):
        return
    try:
        channel = await services.chat.channel(services.policy.known_team(case.team).address)
        link = await services.chat.permalink(here.channel, here.ts)
        word = pointer(case, services.policy.known_team(case.home).channel, link)
        key = f"pointer:{case.id}:{case.placement}"
        ts = await once(services, job, posting(services, channel, word, key, case))
    except Refused as refusal:
        structlog.get_logger().warning("pointer.refused", case=case.id, code=refusal.code)
        return
    async with services.store.begin() as tx:
        where = here.model_copy(update={"role": POINTER, "channel": channel, "ts": ts, "told": 0})
        await cards.place(tx, where)


@again_on_conflict
async def _place_anew(services: Services, case: Case, lost: Placed) -> None:
    """Post the card again, because somebody deleted it."""
    now = services.clock.now()
    async with services.store.begin() as tx:
        await cards.lose(tx, lost)
        fresh = await load(tx.connection, case.id)
        assert fresh is not None
        again = fresh.but(placement=fresh.placement + 1)
        await save(tx, again, Event(kind="card.lost", actor=DESK), now)
        await enqueue(tx, Kind.SHOW_CARD, case.id, now=now, priority=Priority.SOON)
