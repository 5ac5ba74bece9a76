"""The queue: work is written down in the transaction that causes it, and done at least once.

A unique index keeps one waiting and one running job per kind and subject: work asked for twice before
it starts is done once, and work asked for while it runs is done again afterwards.
"""

from collections.abc import Sequence
from datetime import datetime, timedelta
from enum import IntEnum, StrEnum

from pydantic import AwareDatetime
from sqlalchemy import ColumnElement, and_, delete, func, or_, select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncConnection

from pipeline.errors import TriageError
from pipeline.value import Value
from storage.store import Store, Transaction
from storage.tables import jobs

LEASE = timedelta(seconds=30)  # longer than any one outside call; the worker renews it while it lives


class Kind(StrEnum):
    """What there is to do. The subject is a case's id, unless it says otherwise."""

    TRIAGE = "triage"
    SIFT = "sift"  # find what to triage first; subject: the workspace
    SHOW_CARD = "show_card"
    WRITE_NOTE = "write_note"
    SEND_REPLY = "send_reply"
    SEND_HOLDING = "send_holding"  # tell the customer that somebody looks into it
    TELL_ASKER = "tell_asker"  # subject: case, user and channel; who asked for a ticket learns where its card is
    REMARK = "remark"  # tell the helpdesk what people did here
    ASSIGN = "assign"  # tell the helpdesk who works on it
    ASSIGNEE = "assignee"  # look who works on it there
    WAKE = "wake"
    LEARN = "learn"
    INDEX = "index"  # subject: the workspace
    RETRAIN = "retrain"  # subject: the workspace
    DISCOVER = "discover"  # find intents in a batch of tickets; subject: the workspace
    BURST = "burst"  # look whether alike tickets come more than usual; subject: the workspace
    INCIDENT = "incident"  # show an incident as it is; subject: the incident
    WATCHED = "watched"  # subject: an intent, a colon and who watches it
    REVIEW = "review"  # subject: the week
    ANSWER = "answer"  # subject: a question
    CALL = "call"  # subject: an alarm, a colon and the step of its chain
    SHOW_CALLS = "show_calls"  # subject: an alarm
    QUIET = "quiet"  # subject: the day
    DIGEST = "digest"  # subject: the channel
    REMEDY = "remedy"  # tell leads why this case's card is not where it belongs
    BRING_HOME = "bring_home"  # subject: the workspace
    HOMES = "homes"  # subject: the workspace
    SUM_UP = "sum_up"  # put what has changed into the columns that figures come from; subject: the workspace
    WARN = "warn"  # tell people that an SLA is about to be missed


class Priority(IntEnum):
    """How soon work is done. Within a lane, and at Slack's door, the smaller number goes first.

    NOW and SOON have places of their own in each lane and a reserve of the calls that Slack takes: nothing
    else can use these up, so they are only for what cannot wait.
    """

    NOW = 0  # somebody pressed a button and looks; the card of a P1 or of an escalation, and who is called to it
    SOON = 1  # something has changed that people have before their eyes; a target is about to be missed
    HIGH = 2  # the card of a P2; what stands for many cards
    NORMAL = 3  # the card of a P3
    LOW = 4  # the card of a P4, and one that was put off under pressure
    USUAL = 5  # what nobody waits for
    SIFTED = 6  # a ticket that does not sound like an alarm, while many wait to be read
    IDLE = 9


class Job(Value):
    """Work in hand. `attempt` fences it: whoever took it over has a higher one."""

    id: int
    kind: Kind
    subject: str
    attempt: int
    priority: int
    created_at: AwareDatetime


class LeaseLost(TriageError):
    """Another worker has taken this job over; what it does counts."""


async def enqueue(
    tx: Transaction,
    kind: Kind,
    subject: str,
    *,
    now: datetime,
    run_at: datetime | None = None,
    priority: int = Priority.USUAL,
) -> None:
    """Owe some work from this transaction's commit on; `priority` is one of Priority.

    Asked for twice, it waits once, at the sooner time and with the higher urgency.
    """
    tx.owes_work = True
    values = {
        "kind": kind.value,
        "subject": subject,
        "state": "waiting",
        "priority": priority,
        "attempt": 0,
        "run_at": run_at or now,
        "created_at": now,
        "error": "",
    }
    if await tx.insert_new(jobs, values):
        return
    waits = _waiting(kind.value, subject)
    sooner = update(jobs).where(waits, jobs.c.run_at > (run_at or now)).values(run_at=run_at or now)
    ahead = update(jobs).where(waits, jobs.c.priority > priority).values(priority=priority)
    for change in (sooner, ahead):
        await tx.connection.execute(change)


async def claim(
    store: Store, kinds: Sequence[Kind], limit: int, now: datetime, *, up_to: int = Priority.IDLE
) -> tuple[Job, ...]:
    """Take up to `limit` jobs that are due, most urgent first, each under a lease; none later than `up_to`."""
    due = and_(_due(kinds, now), jobs.c.priority <= up_to)
    async with store.reader() as connection:  # an idle worker shall not queue for the writer
        if (await connection.execute(select(jobs.c.id).where(due).limit(1))).first() is None:
            return ()
    chosen = select(jobs.c.id).where(due).order_by(jobs.c.priority, jobs.c.id).limit(limit)
    chosen = chosen.with_for_update(skip_locked=True)  # SQLite, with its one writer, leaves this out
    taken = (
        update(jobs)
        .where(jobs.c.id.in_(chosen))
        .values(state="running", attempt=jobs.c.attempt + 1, lease_until=now + LEASE)
        .returning(jobs.c.id, jobs.c.kind, jobs.c.subject, jobs.c.attempt, jobs.c.priority, jobs.c.created_at)
    )
    try:
        async with store.begin() as tx:
            rows = (await tx.connection.execute(taken)).mappings().all()
    except IntegrityError:
        return ()  # another process took a twin in the same moment; the next look will see it
    return tuple(sorted((Job.model_validate(dict(row)) for row in rows), key=lambda job: (job.priority, job.id)))


async def waits(connection: AsyncConnection, kind: Kind, subject: str) -> bool:
    """Whether such work is owed already."""
    return (await connection.execute(select(jobs.c.id).where(_waiting(kind.value, subject)))).first() is not None


async def is_owed(connection: AsyncConnection, kind: Kind, subject: str) -> bool:
    """Whether such work waits or is being done."""
    alive = jobs.c.kind == kind.value, jobs.c.subject == subject, jobs.c.state.in_(("waiting", "running"))
    return (await connection.execute(select(jobs.c.id).where(*alive).limit(1))).first() is not None


async def unsifted(connection: AsyncConnection, kind: Kind, limit: int) -> tuple[str, ...]:
    """Return the subjects of the newest and the oldest jobs that wait with the usual priority, oldest first."""
    waits = jobs.c.kind == kind.value, jobs.c.state == "waiting", jobs.c.priority == Priority.USUAL
    found: dict[int, str] = {}
    for order, most in ((jobs.c.id.desc(), limit - limit // 3), (jobs.c.id, limit)):
        query = select(jobs.c.id, jobs.c.subject).where(*waits, jobs.c.id.not_in(found)).order_by(order)
        rows = await connection.execute(query.limit(min(most, limit - len(found))))
        found.update({row.id: row.subject for row in rows})
    return tuple(found[number] for number in sorted(found))


async def sifted(tx: Transaction, kind: Kind, subjects: Sequence[str], priority: Priority) -> None:
    """Give those that still wait with the usual priority another one."""
    if subjects:
        theirs = and_(jobs.c.kind == kind.value, jobs.c.state == "waiting", jobs.c.subject.in_(subjects))
        usual = jobs.c.priority == Priority.USUAL
        await tx.connection.execute(update(jobs).where(theirs, usual).values(priority=int(priority)))


async def renew(store: Store, held: Sequence[Job], now: datetime) -> None:
    """Keep the leases of the jobs that this worker still works on."""
    async with store.begin() as tx:
        for job in held:
            await tx.connection.execute(update(jobs).where(_held(job)).values(lease_until=now + LEASE))


async def finish(tx: Transaction, job: Job) -> None:
    """Strike the job off, in the transaction of its result. Raises LeaseLost."""
    if (await tx.connection.execute(delete(jobs).where(_held(job)))).rowcount != 1:
        raise LeaseLost


async def retry(tx: Transaction, job: Job, run_at: datetime, error: str) -> None:
    """Put the job back for later. If its twin already waits, the twin does the work."""
    if (await tx.connection.execute(select(jobs.c.id).where(_waiting(job.kind.value, job.subject)))).first():
        await finish(tx, job)
        return
    values = {"state": "waiting", "run_at": run_at, "lease_until": None, "error": error[:500]}
    if (await tx.connection.execute(update(jobs).where(_held(job)).values(**values))).rowcount != 1:
        raise LeaseLost


async def fail(tx: Transaction, job: Job, error: str) -> None:
    """Give the job up and keep it for a person to see. Raises LeaseLost."""
    values = {"state": "failed", "lease_until": None, "error": error[:500]}
    if (await tx.connection.execute(update(jobs).where(_held(job)).values(**values))).rowcount != 1:
        raise LeaseLost


async def check_held(tx: Transaction, job: Job) -> None:
    """Raise LeaseLost when another worker has taken the job over."""
    if (await tx.connection.execute(select(jobs.c.id).where(_held(job)))).first() is None:
        raise LeaseLost


async def release_all(store: Store) -> None:
    """Free the leases of a worker that died; only for the one process that a database has."""
    async with store.begin() as tx:
        long_ago = datetime.fromisoformat("2000-01-01T00:00:00+00:00")
        await tx.connection.execute(update(jobs).where(jobs.c.state == "running").values(lease_until=long_ago))


async def revive(store: Store, kinds: Sequence[Kind], now: datetime) -> None:
    """Owe anew what was given up of these kinds."""
    given_up = and_(jobs.c.state == "failed", jobs.c.kind.in_([kind.value for kind in kinds]))
    async with store.begin() as tx:
        rows = await tx.connection.execute(delete(jobs).where(given_up).returning(jobs.c.kind, jobs.c.subject))
        for kind, subject in rows.all():
            await enqueue(tx, Kind(kind), subject, now=now)


async def depth(connection: AsyncConnection) -> dict[tuple[str, str], int]:
    """Return how many jobs there are by (kind, state)."""
    rows = await connection.execute(select(jobs.c.kind, jobs.c.state, func.count()).group_by(jobs.c.kind, jobs.c.state))
    return {(kind, state): count for kind, state, count in rows}


async def oldest_due(connection: AsyncConnection, now: datetime) -> datetime | None:
    """Return since when the oldest work waits that is due; None where none does."""
    query = select(jobs.c.run_at).where(jobs.c.state == "waiting", jobs.c.run_at <= now)
    return (await connection.execute(query.order_by(jobs.c.run_at).limit(1))).scalar_one_or_none()


def _due(kinds: Sequence[Kind], now: datetime) -> ColumnElement[bool]:
    twin = jobs.alias("twin")
    runs_already = (
        select(twin.c.id)
        .where(twin.c.state == "running", twin.c.kind == jobs.c.kind, twin.c.subject == jobs.c.subject)
        .exists()
    )
    return and_(
        jobs.c.kind.in_([kind.value for kind in kinds]),
        or_(
            and_(jobs.c.state == "waiting", jobs.c.run_at <= now, ~runs_already),
            and_(jobs.c.state == "running", jobs.c.lease_until < now),
        ),
    )


def _waiting(kind: str, subject: str) -> ColumnElement[bool]:
    return and_(jobs.c.kind == kind, jobs.c.subject == subject, jobs.c.state == "waiting")


def _held(job: Job) -> ColumnElement[bool]:
    return and_(jobs.c.id == job.id, jobs.c.state == "running", jobs.c.attempt == job.attempt)
