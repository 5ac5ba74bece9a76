"""A channel's digest is looked at: give some lines their cards where there is room, and show what is left."""

import hashlib

import structlog

from handlers.fold import EVERY, MOST_OWED, owe_digest, teams_in
from handlers.once import Effect, once
from handlers.services import Services
from handlers.views.digest import MOST_LINES, digest_card
from pipeline.errors import Refused
from pipeline.ports import Card
from storage import folds, outbox
from storage.folds import Digest
from storage.jobs import Job, Kind, Priority, check_held, enqueue, finish
from storage.store import Transaction

AT_A_TIME = 5  # lines that get their cards between two looks: half of what a channel takes
_GONE = frozenset({"message_not_found", "cant_update_message", "edit_window_closed"})


async def show_digest(services: Services, job: Job) -> None:
    """Bring a channel's digest to the present state. Raises Unavailable to be called again."""
    channel = job.subject
    await _give_cards(services, channel)
    async with services.store.reader() as connection:
        first = await folds.lines(connection, services.workspace, channel, MOST_LINES)
        whole = await folds.count(connection, services.workspace, channel)
    async with services.store.begin() as tx:
        await check_held(tx, job)
        known = await folds.open_digest(tx, services.workspace, channel, services.clock.now())
    card = digest_card(first, whole - len(first))
    try:
        await _show(services, job, known, card, ends=not whole)
    except Refused as refusal:
        structlog.get_logger().error("digest.refused", channel=channel, code=refusal.code)
        return await _end(services, job, release=refusal.code not in _GONE)
    if not whole:
        return await _end(services, job)
    async with services.store.begin() as tx:
        await finish(tx, job)
        await folds.note_shown(tx, services.workspace, channel, _hash(card))
        await owe_digest(services, tx, channel)
    return None


async def open_line(services: Services, tx: Transaction, case_id: str) -> bool:
    """Give a case its own card at once, ahead of the other lines. Returns whether it was a line."""
    if (known := await folds.fold_of(tx.connection, case_id)) is None:
        return False
    now = services.clock.now()
    await folds.release(tx, [case_id])
    await enqueue(tx, Kind.SHOW_CARD, case_id, now=now, priority=Priority.NOW)
    await owe_digest(services, tx, known.channel, at_once=True)
    return True


async def _give_cards(services: Services, channel: str) -> None:
    """Owe the cards of the lines that are due soonest, unless the channel is still under pressure."""
    now = services.clock.now()
    async with services.store.begin() as tx:
        first = await folds.lines(tx.connection, services.workspace, channel, AT_A_TIME, waiting=True)
        if not first or await _busy(services, tx, channel, first[0].team):
            return
        await folds.release(tx, [case.id for case in first])
        for case in first:
            await enqueue(tx, Kind.SHOW_CARD, case.id, now=now, priority=Priority.LOW)


async def _busy(services: Services, tx: Transaction, channel: str, team: str) -> bool:
    name = services.policy.known_team(team).address
    owed = await folds.cards_owed(tx.connection, services.workspace, teams_in(services.policy, name), MOST_OWED)
    fresh = await folds.count(tx.connection, services.workspace, channel, since=services.clock.now() - EVERY)
    return owed + fresh > MOST_OWED // 2


async def _show(services: Services, job: Job, known: Digest, card: Card, *, ends: bool) -> None:
    key = f"digest:{job.subject}:{known.opened_at.timestamp():.6f}"
    async with services.store.reader() as connection:
        posted = await outbox.effect(connection, key)
    if posted is not None and posted.result is not None:
        if known.shown != _hash(card):
            await services.chat.update(job.subject, posted.result, card)
        return
    if posted is None and ends:
        return  # all had their cards before there was a digest

    async def do() -> str:
        return await services.chat.post(job.subject, card, key=key)

    async def ask(since: object) -> str | None:
        return await services.chat.find(job.subject, key, since=known.opened_at)

    ts = await once(services, job, Effect(key=key, case_id=None, do=do, ask=ask))
    if posted is not None:  # it may say what was so when its first try got no answer
        await services.chat.update(job.subject, ts, card)


async def _end(services: Services, job: Job, *, release: bool = False) -> None:
    """Close the digest. What is still a line opens another, or gets its card when the channel takes no digest."""
    now = services.clock.now()
    async with services.store.begin() as tx:
        await finish(tx, job)
        await folds.close_digest(tx, services.workspace, job.subject)
        left = await folds.lines(tx.connection, services.workspace, job.subject, 1000, waiting=True)
        if left and not release:
            await owe_digest(services, tx, job.subject)
        elif left:
            await folds.release(tx, [case.id for case in left])
            for case in left:
                await enqueue(tx, Kind.SHOW_CARD, case.id, now=now, priority=Priority.LOW)


def _hash(card: Card) -> str:
    return hashlib.sha256(card.model_dump_json().encode()).hexdigest()
