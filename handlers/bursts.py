"""Alike tickets come within minutes: one incident is raised for them, which further ones join until it is quiet."""

import asyncio
from collections import Counter
from datetime import datetime, timedelta

import structlog

from handlers.card_links import links_to
from handlers.once import Effect, once
from handlers.services import Services
from handlers.views.incident import MOST_LISTED, incident_card
from pipeline.authorise import may_decide
from pipeline.burst import FEWEST, QUIET, SAME, WINDOW, Alike, Past, belongs, is_burst, joined, largest_alike
from pipeline.case import Actor
from pipeline.decide import NotNow
from pipeline.errors import Refused
from pipeline.incident import Incident
from pipeline.matching import MATCH, nearest_intent
from pipeline.neighbours import Vectors
from pipeline.ports import Embedder
from storage import incidents, intents, outbox
from storage.cases import load, new_id
from storage.intents import Batch
from storage.jobs import Job, Kind, Priority, enqueue, finish
from storage.store import Transaction

MOST_PAST = 20_000  # tickets that a burst is compared with, the newest
HOUR = timedelta(hours=1)
SOON = timedelta(seconds=5)  # further tickets within it are one change of the incident's card


class NoIncident(NotNow):
    """This incident is over already."""


async def join_or_owe(services: Services, tx: Transaction, case_id: str, vector: Vectors, embedder: str) -> None:
    """Put a ticket that has just been read into the incident that it belongs to, or owe a look at the last minutes."""
    now = services.clock.now()
    known = await incidents.open_incidents(tx.connection, services.workspace, embedder)
    match = nearest_intent(vector, known.matrix)
    if match is not None and match.cosine >= known.reaches[match.place]:
        id_ = known.incidents[match.place].id
        if await incidents.join_incident(tx, id_, [case_id], now):
            await enqueue(tx, Kind.INCIDENT, id_, now=now, run_at=now + SOON, priority=Priority.HIGH)
    elif await intents.came_count(tx.connection, services.workspace, now - WINDOW) >= FEWEST:
        await enqueue(tx, Kind.BURST, services.workspace, now=now, priority=Priority.SOON)


async def look_for_bursts(services: Services, job: Job) -> None:
    """Raise an incident for each group of the last minutes that its past does not explain."""
    if services.embedder is not None:
        while await _raised(services, services.embedder):
            pass
    async with services.store.begin() as tx:
        await finish(tx, job)


async def _raised(services: Services, embedder: Embedder) -> bool:
    now = services.clock.now()
    async with services.store.reader() as connection:
        came = await intents.came_since(connection, services.workspace, embedder.name, now - WINDOW)
        taken = await incidents.in_incidents(connection, [each.case_id for each in came.tickets])
    free = [number for number, each in enumerate(came.tickets) if each.case_id not in taken]
    group = largest_alike(came.vectors[free]) if len(free) >= FEWEST else None
    if group is None:
        return False
    async with services.store.reader() as connection:
        before = await intents.batch(connection, services.workspace, embedder.name, MOST_PAST)
        known = await incidents.open_incidents(connection, services.workspace, embedder.name)
    past = await asyncio.to_thread(_past, before, group, len(came.tickets), now)
    if not is_burst(len(group.members), past):
        return False
    match = nearest_intent(group.centre, known.matrix)
    tickets = [came.tickets[free[member]] for member in group.members]
    case_ids, medoid = [each.case_id for each in tickets], came.tickets[free[group.medoid]]
    if match is not None and match.cosine >= SAME:
        await _widen(services, known.incidents[match.place], known.matrix[match.place], group, case_ids)
    else:
        await _raise(services, group, case_ids, medoid.words, past.expected, embedder.name)
    return True


def _past(before: Batch, group: Alike, came: int, now: datetime) -> Past:
    """Count what was alike before the window, and how much more of anything else comes this hour than usual."""
    alike = belongs(before.vectors, group.centre, group.reach)
    began = min((each.at for each in before.tickets), default=now)
    windows = (now - WINDOW - began) / WINDOW
    earlier = sum(bool(is_) for is_, each in zip(alike, before.tickets, strict=True) if each.at < now - WINDOW)
    others = [each.at for is_, each in zip(alike, before.tickets, strict=True) if not is_]
    lately = sum(at >= now - HOUR for at in others) / (HOUR / WINDOW)
    usual = len(others) / max(windows, HOUR / WINDOW)
    return Past(earlier, max(windows, 0.0), came - len(group.members), lately / usual if usual else 1.0)


async def _raise(
    services: Services, group: Alike, case_ids: list[str], words: str, expected: float, embedder: str
) -> None:
    now = services.clock.now()
    async with services.store.begin() as tx:
        homes = [case.home for id_ in case_ids if (case := await load(tx.connection, id_)) is not None]
        team = Counter(home for home in homes if home).most_common(1)[0][0] if any(homes) else ""
        incident = Incident(
            id=new_id(), team=team, words=words, count=0, expected=expected, started_at=now, last_at=now
        )
        await incidents.raise_incident(tx, services.workspace, incident, group.centre, group.reach, embedder)
        await incidents.join_incident(tx, incident.id, case_ids, now)
        await enqueue(tx, Kind.INCIDENT, incident.id, now=now, priority=Priority.NOW)
    structlog.get_logger().info("incident.raised", incident=incident.id, tickets=len(case_ids))


async def _widen(services: Services, known: Incident, centre: Vectors, group: Alike, case_ids: list[str]) -> None:
    """Let an incident that is under way take a group in that is about the same, and stand for both from now on."""
    now = services.clock.now()
    async with services.store.begin() as tx:
        both = joined(centre, known.count, group.centre, len(case_ids))
        await incidents.widen_incident(tx, known.id, both, MATCH)
        await incidents.join_incident(tx, known.id, case_ids, now)
        await enqueue(tx, Kind.INCIDENT, known.id, now=now, run_at=now + SOON, priority=Priority.HIGH)


async def show_incident(services: Services, job: Job) -> None:
    """Bring Slack to the present state of an incident. Raises Unavailable to be called again."""
    async with services.store.reader() as connection:
        incident = await incidents.load_incident(connection, services.workspace, job.subject)
        first = await incidents.tickets_of(connection, job.subject, MOST_LISTED)
        cases = [case for id_ in first if (case := await load(connection, id_)) is not None]
    if incident is not None:
        card = incident_card(incident, cases, await links_to(services, first))
        key = effect_key(incident.id)
        async with services.store.reader() as connection:
            posted = await outbox.effect(connection, key)
        channel = await _channel(services, incident)

        async def do() -> str:
            return await services.chat.post(channel, card, key=key)

        async def ask(since: datetime) -> str | None:
            return await services.chat.find(channel, key, since=since)

        try:
            ts = await once(services, job, Effect(key=key, case_id=None, do=do, ask=ask))
            if posted is not None:
                await services.chat.update(channel, ts, card)
        except Refused as refusal:  # its tickets have cards of their own then
            structlog.get_logger().error("incident.refused", incident=incident.id, code=refusal.code)
    async with services.store.begin() as tx:
        await finish(tx, job)


async def thread_for(services: Services, case_id: str, channel_name: str) -> str:
    """Return the message in whose thread a ticket's first card goes, "" where it stands by itself."""
    async with services.store.reader() as connection:
        incident = await incidents.incident_of(connection, services.workspace, case_id)
        posted = await outbox.effect(connection, effect_key(incident.id)) if incident else None
    if incident is None or posted is None or not posted.result:
        return ""
    return posted.result if services.policy.known_team(incident.team).address == channel_name else ""


async def end_by_hand(services: Services, user: str, id_: str) -> None:
    """End an incident because somebody of its team says so. Raises NotNow with a sentence for the person."""
    person, now = await services.chat.person(user), services.clock.now()
    async with services.store.begin() as tx:
        first = await incidents.tickets_of(tx.connection, id_, 1)
        case = await load(tx.connection, first[0]) if first else None
        if case is None:
            raise NoIncident
        await _end(services, tx, id_, may_decide(person, case, services.policy), now)


async def end_quiet(services: Services) -> int:
    """End the incidents to which nothing has come for a while. Returns how many."""
    now, ended = services.clock.now(), 0
    async with services.store.reader() as connection:
        known = await incidents.open_incidents(connection, services.workspace)
    for incident in known.incidents:
        if incident.last_at <= now - QUIET:
            async with services.store.begin() as tx:
                await _end(services, tx, incident.id, None, now)
            ended += 1
    return ended


def effect_key(incident: str) -> str:
    """Return under what an incident's card is posted once."""
    return f"incident:{incident}"


async def _end(services: Services, tx: Transaction, id_: str, by: Actor | None, now: datetime) -> None:
    if not await incidents.end_incident(tx, id_, by, now) and by is not None:
        raise NoIncident
    await enqueue(tx, Kind.INCIDENT, id_, now=now, priority=Priority.SOON)


async def _channel(services: Services, incident: Incident) -> str:
    try:
        return await services.chat.channel(services.policy.known_team(incident.team).address)
    except Refused:
        return await services.chat.channel(services.policy.fallback_channel)
