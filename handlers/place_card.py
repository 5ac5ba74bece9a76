"""A case gets its card: where it belongs, else where somebody sees it, and else it waits and leads are told."""

import asyncio
from collections.abc import Awaitable, Callable
from datetime import datetime
from typing import TypeVar

from handlers.alarms import hasten
from handlers.bursts import thread_for
from handlers.card_links import link_to_card
from handlers.decisions import draft_text
from handlers.fold import folds_instead, is_line, owe_digest
from handlers.once import Effect, once
from handlers.services import Services
from handlers.strays import arrived, strayed
from handlers.views.card import card
from handlers.views.plain import plain
from handlers.views.simple import simple
from pipeline.case import Case
from pipeline.errors import Refused, Unavailable
from pipeline.ports import Card
from storage import cards, outbox
from storage.cards import CARD, Placed
from storage.folds import unfold
from storage.jobs import Job, Kind, enqueue

_UNSHOWABLE = frozenset({"invalid_blocks", "invalid_blocks_format", "msg_too_long", "msg_blocks_too_long", "no_text"})
Sent = TypeVar("Sent")


async def first_card(services: Services, job: Job, case: Case, shown: tuple[Placed, ...]) -> Placed | None:
    """Post the card of this placement. None: a line of a digest stands for it, or no channel takes it now."""
    channel = services.policy.known_team(case.home).address
    if not shown and await is_line(services, case, channel):
        return None
    thread = "" if shown else await _thread(services, case, channel)
    try:
        return await _post(services, job, case, shown, thread)
    except Unavailable as wait:
        if shown or not await folds_instead(services, case, channel, wait):
            raise
        return None
    except Refused as refusal:
        await no_card(services, case, refusal)
        return None


async def _thread(services: Services, case: Case, channel: str) -> str:
    """Return the thread of the incident that the case belongs to, unless its card may stand by itself already."""
    async with services.store.reader() as connection:
        if await outbox.effect(connection, f"card:{case.id}:{case.placement}") is not None:
            return ""
    return await thread_for(services, case.id, channel)


async def no_card(services: Services, case: Case, why: Refused) -> None:
    """Let a case wait without a card that is up to date, and have leads told."""
    async with services.store.begin() as tx:
        await strayed(services, tx, case, why, shown=False)


async def shown_somehow(services: Services, case: Case, send: Callable[[Card], Awaitable[Sent]]) -> Sent:
    """Send the card; where Slack cannot show its blocks, without the fancy ones; then in words alone."""
    draft = await asyncio.to_thread(draft_text, case)
    other = await link_to_card(services, case.duplicate_of) if case.duplicate_of else ""
    whole = card(case, draft, services.policy, other=other)
    try:
        return await send(whole)
    except Refused as refusal:
        if refusal.code not in _UNSHOWABLE:
            raise
    try:
        return await send(simple(whole, draft))
    except Refused as refusal:
        if refusal.code not in _UNSHOWABLE:
            raise
        return await send(plain(case, refusal.code))


def posting(services: Services, channel: str, content: Card, key: str, case: Case, thread: str | None = None) -> Effect:
    """Return the effect of a message that is posted once, or in plain words where Slack cannot show it."""

    async def do() -> str:
        try:
            return await services.chat.post(channel, content, key=key, thread=thread)
        except Refused as refusal:
            if refusal.code not in _UNSHOWABLE:
                raise
            return await services.chat.post(channel, plain(case, refusal.code), key=key, thread=thread)

    return _effect(services, channel, key, case, do, thread)


async def _post(services: Services, job: Job, case: Case, shown: tuple[Placed, ...], thread: str) -> Placed:
    channel, ts, astray = await _posted(services, job, case, thread)
    here = Placed(
        case_id=case.id,
        placement=case.placement,
        role=CARD,
        workspace=services.workspace,
        channel=channel,
        ts=ts,
        told=max((one.told for one in shown), default=0),  # former threads have what came before
        thread="" if astray else thread,
    )
    async with services.store.begin() as tx:
        await cards.place(tx, here)
        await hasten(services, tx, case.id)
        if (digest := await unfold(tx, case.id)) is not None:
            await owe_digest(services, tx, digest)
        if astray is None:
            await arrived(services, tx, case)
        else:
            await strayed(services, tx, case, astray, shown=True)
        if case.analysis is not None:
            await enqueue(tx, Kind.WRITE_NOTE, case.id, now=services.clock.now())
    return here


async def _posted(services: Services, job: Job, case: Case, thread: str) -> tuple[str, str, Refused | None]:
    """Post the card in its team's channel or a thread there, or in the fallback channel with the reason on it."""
    team, key = services.policy.known_team(case.home), f"card:{case.id}:{case.placement}"
    away = f"{key}:fallback"  # a key of its own, since whoever looks for a lost post looks in one channel
    try:
        await _must_not_be_there(services, away)
        if thread:
            return *await _posted_in(services, job, case, team.address, f"{key}:incident", thread), None
        return *await _posted_in(services, job, case, team.address, key), None
    except Refused as refusal:
        reason = f"This belongs in #{team.channel}, which I cannot reach: {refusal}"
        told = case.but(problem=reason[:500])
        return *await _posted_in(services, job, told, services.policy.fallback_channel, away), refusal


async def _must_not_be_there(services: Services, key: str) -> None:
    """Whoever died on the way to the fallback channel goes on there, lest the card stands in both."""
    async with services.store.reader() as connection:
        if await outbox.effect(connection, key) is not None:
            raise Refused("I could not post there when I tried.", code="tried_before")


async def _posted_in(
    services: Services, job: Job, case: Case, name: str, key: str, thread: str | None = None
) -> tuple[str, str]:
    channel = await services.chat.channel(name)

    async def do() -> str:
        return await shown_somehow(
            services, case, lambda shown: services.chat.post(channel, shown, key=key, thread=thread)
        )

    return channel, await once(services, job, _effect(services, channel, key, case, do, thread))


def _effect(
    services: Services,
    channel: str,
    key: str,
    case: Case,
    do: Callable[[], Awaitable[str]],
    thread: str | None = None,
) -> Effect:
    async def ask(since: datetime) -> str | None:
        return await services.chat.find(channel, key, since=since, thread=thread)

    return Effect(key=key, case_id=case.id, do=do, ask=ask)
