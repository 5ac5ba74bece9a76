"""Make the messages of an alarm say where it stands: who acknowledged it, or what ended it."""

import structlog

from handlers.calling import shown_call
from handlers.services import Services
from pipeline.errors import Refused
from storage import alarms
from storage.cards import CARD, placed
from storage.cases import load
from storage.jobs import Job, finish


async def show_calls(services: Services, job: Job) -> None:
    """Bring every call of an alarm to its present state. Raises Unavailable to be called again."""
    async with services.store.reader() as connection:
        alarm = await alarms.load(connection, job.subject)
        case = await load(connection, alarm.case_id) if alarm else None
        made = await alarms.calls_of(connection, job.subject)
        shown = await placed(connection, case.id) if case else ()
    if alarm is not None and case is not None:
        here = next((one for one in shown if one.role == CARD and one.placement == case.placement), None)
        for each in (one for one in made if one.ts is not None):
            try:
                await services.chat.update(
                    each.channel, each.ts or "", await shown_call(services, alarm, case, each, here)
                )
            except Refused as refusal:  # somebody deleted it
                structlog.get_logger().warning("call.not_shown", case=case.id, code=refusal.code)
    async with services.store.begin() as tx:
        await finish(tx, job)
