"""Make Slack show a case as it is now: its card, its thread, and a pointer where it came from."""

import asyncio
from datetime import datetime

import structlog

from handlers.decisions import draft_text
from handlers.once import Effect, once
from handlers.retrying import again_on_conflict
from handlers.services import Services
from handlers.views.card import card
from handlers.views.moved import moved
from handlers.views.plain import plain
from handlers.views.pointer import pointer
from handlers.views.thread import thread_line
from pipeline.case import DESK, Case
from pipeline.errors import Refused
from pipeline.policy import Team
from pipeline.ports import Card
from storage import cards
from storage.cards import CARD, POINTER, Placed, placed
from storage.cases import Event, history, load, save
from storage.jobs import Job, Kind, enqueue, finish

_GONE = frozenset({"message_not_found", "cant_update_message", "channel_not_found", "is_inactive"})
_UNSHOWABLE = frozenset({"invalid_blocks", "invalid_blocks_format", "msg_too_long", "msg_blocks_too_long", "no_text"})


async def show_card(services: Services, job: Job) -> None:
    """Bring Slack to the present state of the case. Raises Unavailable to be called again."""
    async with services.store.reader() as connection:
        case = await load(connection, job.subject)
        shown = await placed(connection, job.subject)
    if case is not None and case.home:
        here = next((one for one in shown if one.role == CARD and one.placement == case.placement), None)
        # A line that had to wait goes before the card: each try would change it again, and changes are few.
        waited = here is not None and job.attempt > 1 and await _surrounded(services, job, case, shown, here)
        here = await _update(services, case, here) if here else await _post(services, job, case, shown)
        if here is not None and not waited:
            await _surround(services, job, case, shown, here)
    async with services.store.begin() as tx:
        await finish(tx, job)


async def _surround(services: Services, job: Job, case: Case, shown: tuple[Placed, ...], here: Placed) -> None:
    """Bring what stands around the card to the present state; what is there already stays."""
    await _tell(services, job, case, here)
    await _retire(services, case, shown, here)
    await _point(services, job, case, shown, here)


async def _surrounded(services: Services, job: Job, case: Case, shown: tuple[Placed, ...], here: Placed) -> bool:
    try:
        await _surround(services, job, case, shown, here)
    except Refused:
        return False  # the card may be gone, which its update finds out
    return True


async def _present(services: Services, case: Case) -> Card:
    text = await asyncio.to_thread(draft_text, case)
    return card(case, text, services.policy, mention=await _mention(services, case))


async def _post(services: Services, job: Job, case: Case, shown: tuple[Placed, ...]) -> Placed:
    channel, ts = await _posted(services, job, case)
    here = Placed(
        case_id=case.id,
        placement=case.placement,
        role=CARD,
        workspace=services.workspace,
        channel=channel,
        ts=ts,
        told=max((one.told for one in shown), default=0),  # former threads have what came before
    )
    async with services.store.begin() as tx:
        await cards.place(tx, here)
        if case.analysis is not None:
            await enqueue(tx, Kind.WRITE_NOTE, case.id, now=services.clock.now())
    return here


async def _update(services: Services, case: Case, here: Placed) -> Placed | None:
    try:
        await services.chat.update(here.channel, here.ts, await _present(services, case))
    except Refused as refusal:
        if refusal.code in _UNSHOWABLE:
            await services.chat.update(here.channel, here.ts, plain(case, refusal.code))
        elif refusal.code in _GONE:
            await _place_anew(services, case, here)
            return None
        else:
            raise
    return here


def _posting(
    services: Services, channel: str, content: Card, key: str, case: Case, thread: str | None = None
) -> Effect:
    async def do() -> str:
        try:
            return await services.chat.post(channel, content, key=key, thread=thread)
        except Refused as refusal:
            if refusal.code not in _UNSHOWABLE:
                raise
            return await services.chat.post(channel, plain(case, refusal.code), key=key, thread=thread)

    async def ask(since: datetime) -> str | None:
        return await services.chat.find(channel, key, since=since, thread=thread)

    return Effect(key=key, case_id=case.id, do=do, ask=ask)


async def _posted(services: Services, job: Job, case: Case) -> tuple[str, str]:
    """Post the card in its team's channel, or in the fallback channel with the reason on it."""
    team, key = _team(services, case.home), f"card:{case.id}:{case.placement}"
    try:
        return await _posted_in(services, job, case, team.channel, key)
    except Refused as refusal:
        structlog.get_logger().error("channel.unreachable", team=team.name, code=refusal.code, case=case.id)
        reason = f"This belongs in #{team.channel}, which I cannot reach: {refusal}"
        told = case.but(problem=reason[:500])
        # A key of its own, since whoever looks for a lost post looks in one channel.
        return await _posted_in(services, job, told, services.policy.fallback_channel, f"{key}:fallback")


async def _posted_in(services: Services, job: Job, case: Case, name: str, key: str) -> tuple[str, str]:
    channel = await services.chat.channel(name)
    content = await _present(services, case)
    return channel, await once(services, job, _posting(services, channel, content, key, case))


async def _tell(services: Services, job: Job, case: Case, here: Placed) -> None:
    """Add to the thread what happened since it was last told."""
    async with services.store.reader() as connection:
        news = await history(connection, case.id, after=here.told)
    for event in news:
        if (line := thread_line(event, case)) is not None:
            key = f"thread:{case.id}:{case.placement}:{event.number}"
            await once(services, job, _posting(services, here.channel, line, key, case, thread=here.ts))
        async with services.store.begin() as tx:
            await cards.tell(tx, here, event.number)


async def _retire(services: Services, case: Case, shown: tuple[Placed, ...], here: Placed) -> None:
    """Turn the cards in former channels into a word of where the case went."""
    for old in (one for one in shown if one.role == CARD and one.ts != here.ts):
        stub = moved(case, _team(services, case.home).channel)
        try:
            await services.chat.update(old.channel, old.ts, stub)
        except Refused as refusal:
            structlog.get_logger().warning("card.not_retired", case=case.id, code=refusal.code)
        async with services.store.begin() as tx:
            await cards.retire(tx, old)


async def _point(services: Services, job: Job, case: Case, shown: tuple[Placed, ...], here: Placed) -> None:
    """Leave a word in the owner's channel when the card stands in the escalation team's."""
    if case.home == case.team or any(one.role == POINTER and one.placement == case.placement for one in shown):
        return
    try:
        channel = await services.chat.channel(_team(services, case.team).channel)
        link = await services.chat.permalink(here.channel, here.ts)
        word = pointer(case, _team(services, case.home).channel, link)
        key = f"pointer:{case.id}:{case.placement}"
        ts = await once(services, job, _posting(services, channel, word, key, case))
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
        await enqueue(tx, Kind.SHOW_CARD, case.id, now=now, priority=1)


async def _mention(services: Services, case: Case) -> str:
    """Return the Slack id of whoever an escalation calls, or nothing."""
    if not case.escalated or case.home == case.team:
        return ""
    team = _team(services, case.home)
    people = sorted(team.members, key=lambda member: member.name != team.lead)
    for member in people:
        if user := member.slack or await services.chat.user_id(member.email):
            return user
    return ""


def _team(services: Services, name: str) -> Team:
    """A team that the policy no longer has, as in an older case, falls back."""
    try:
        return services.policy.team(name)
    except KeyError:
        return services.policy.team(services.policy.fallback.team)
