"""Alarms and their calls. Whoever changes an alarm saves its case in the same transaction, which keeps them in turn."""

from datetime import datetime

from pydantic import AwareDatetime
from sqlalchemy import ColumnElement, RowMapping, and_, func, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from pipeline.alarm import Alarm, Condition, End
from pipeline.case import Actor
from pipeline.value import Value
from storage.alarm_tables import alarms, calls
from storage.store import Transaction


class Call(Value):
    """One call of an alarm's chain. `ts` is None until Slack has it."""

    alarm_id: str
    step: int
    who: str
    user: str = ""
    channel: str
    thread: str | None = None
    planned_at: AwareDatetime
    sent_at: AwareDatetime | None = None
    ts: str | None = None
    acted_at: AwareDatetime | None = None
    act: End | None = None
    actor: Actor | None = None


async def create(tx: Transaction, alarm: Alarm) -> None:
    """Store a new alarm."""
    number = select(func.count()).select_from(alarms).where(alarms.c.case_id == alarm.case_id)
    before = (await tx.connection.execute(number)).scalar_one()
    row = {"id": alarm.id, "workspace": alarm.workspace, "case_id": alarm.case_id, "started_at": alarm.started_at}
    await tx.connection.execute(alarms.insert().values({**row, "number": before + 1, **_row(alarm)}))


async def keep(tx: Transaction, alarm: Alarm) -> None:
    """Store an alarm as it is now."""
    await tx.connection.execute(update(alarms).where(alarms.c.id == alarm.id).values(_row(alarm)))


async def load(connection: AsyncConnection, alarm_id: str) -> Alarm | None:
    """Return the alarm with that id."""
    body = (await connection.execute(select(alarms.c.body).where(alarms.c.id == alarm_id))).scalar_one_or_none()
    return None if body is None else Alarm.model_validate_json(body)


async def latest(connection: AsyncConnection, case_id: str) -> Alarm | None:
    """Return the case's last alarm, over or not."""
    query = select(alarms.c.body).where(alarms.c.case_id == case_id).order_by(alarms.c.number.desc()).limit(1)
    body = (await connection.execute(query)).scalar_one_or_none()
    return None if body is None else Alarm.model_validate_json(body)


async def called(connection: AsyncConnection, case_id: str) -> frozenset[str]:
    """Return the names of the people whom the case's last alarm called."""
    alarm = await latest(connection, case_id)
    made = await calls_of(connection, alarm.id) if alarm else ()
    return frozenset(one.who for one in made if one.user)


async def called_in(connection: AsyncConnection, case_id: str) -> frozenset[str]:
    """Return the channels in which a case has called people."""
    query = select(calls.c.channel).join(alarms, alarms.c.id == calls.c.alarm_id).where(alarms.c.case_id == case_id)
    return frozenset((await connection.execute(query)).scalars())


async def unended(connection: AsyncConnection, workspace: str, limit: int = 200) -> tuple[Alarm, ...]:
    """Return the alarms that are not over, oldest first."""
    waits = and_(alarms.c.workspace == workspace, alarms.c.condition != Condition.OVER.value)
    rows = await connection.execute(select(alarms.c.body).where(waits).order_by(alarms.c.started_at).limit(limit))
    return tuple(Alarm.model_validate_json(body) for body in rows.scalars())


async def since(connection: AsyncConnection, workspace: str, moment: datetime) -> tuple[Alarm, ...]:
    """Return the alarms that began since a moment, oldest first."""
    begun = and_(alarms.c.workspace == workspace, alarms.c.started_at >= moment)
    rows = await connection.execute(select(alarms.c.body).where(begun).order_by(alarms.c.started_at))
    return tuple(Alarm.model_validate_json(body) for body in rows.scalars())


async def plan(tx: Transaction, call: Call) -> None:
    """Write down who is called where, before they are."""
    await tx.insert_new(calls, {**call.model_dump(exclude={"actor", "act"})})


async def sent(tx: Transaction, call: Call, ts: str, now: datetime) -> None:
    """Write down that Slack has a call."""
    await tx.connection.execute(update(calls).where(*_is(call)).values(ts=ts, sent_at=now))


async def drop(tx: Transaction, call: Call) -> None:
    """Forget a call that was planned and will not be made like that."""
    await tx.connection.execute(calls.delete().where(*_is(call), calls.c.ts.is_(None)))


async def score(tx: Transaction, alarm: Alarm, act: End, by: Actor | None, now: datetime) -> None:
    """Note that somebody acted after every call of an alarm of which that is not noted yet."""
    unscored = and_(calls.c.alarm_id == alarm.id, calls.c.acted_at.is_(None))
    known = {"acted_at": now, "act": act.value, "actor": by.model_dump_json() if by else None}
    await tx.connection.execute(update(calls).where(unscored).values(known))


async def calls_of(connection: AsyncConnection, alarm_id: str) -> tuple[Call, ...]:
    """Return the calls of an alarm, in their order."""
    rows = await connection.execute(select(calls).where(calls.c.alarm_id == alarm_id).order_by(calls.c.step))
    return tuple(_call(row) for row in rows.mappings())


def _is(call: Call) -> tuple[ColumnElement[bool], ...]:
    return calls.c.alarm_id == call.alarm_id, calls.c.step == call.step


def _row(alarm: Alarm) -> dict[str, str]:
    return {"condition": alarm.condition.value, "body": alarm.model_dump_json()}


def _call(row: RowMapping) -> Call:
    actor = Actor.model_validate_json(row["actor"]) if row["actor"] else None
    return Call.model_validate({**dict(row), "actor": actor})
