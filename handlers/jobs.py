"""A job came due: who does it, and who takes it when it failed too often."""

from collections.abc import Awaitable, Callable, Mapping
from datetime import timedelta

from handlers.alarms import follow
from handlers.asked import answer_question
from handlers.assigned import hear_assignee
from handlers.assigning import tell_assignee
from handlers.bursts import look_for_bursts, show_incident
from handlers.calling import call, give_up_call
from handlers.digest import show_digest
from handlers.discovering import discover_intents
from handlers.helpdesk_jobs import give_up_reply, send_reply, write_note
from handlers.holding import give_up_holding, send_holding
from handlers.learn import index, learn
from handlers.quieting import show_quiet
from handlers.remarks import tell_desk
from handlers.retrain import retrain
from handlers.retrying import again_on_conflict
from handlers.reviewing import show_review
from handlers.services import Services
from handlers.show_calls import show_calls
from handlers.show_card import show_card
from handlers.show_homes import show_homes
from handlers.sift import sift
from handlers.slack_ticket import tell_asker
from handlers.strays import bring_home, tell_leads
from handlers.summing import sum_up
from handlers.triage_job import give_up_triage, triage_case
from handlers.warn import warn
from handlers.watching import tell_watcher
from pipeline.case import DESK, Status, woken
from pipeline.sla import timed
from storage.cases import Event, load, save
from storage.jobs import Job, Kind, Priority, enqueue, fail, finish

Doing = Callable[[Services, Job], Awaitable[None]]
GivingUp = Callable[[Services, Job, str], Awaitable[None]]

LANES: Mapping[str, tuple[Kind, ...]] = {
    "triage": (Kind.TRIAGE,),
    "sift": (Kind.SIFT,),
    "slack": (
        Kind.SHOW_CARD,
        Kind.DIGEST,
        Kind.REMEDY,
        Kind.BRING_HOME,
        Kind.WARN,
        Kind.ANSWER,
        Kind.CALL,
        Kind.SHOW_CALLS,
        Kind.TELL_ASKER,
        Kind.HOMES,
        Kind.BURST,
        Kind.INCIDENT,
    ),
    "helpdesk": (
        Kind.SEND_REPLY,
        Kind.SEND_HOLDING,
        Kind.WRITE_NOTE,
        Kind.REMARK,
        Kind.ASSIGN,
        Kind.ASSIGNEE,
    ),
    "house": (Kind.WAKE, Kind.LEARN, Kind.INDEX, Kind.REVIEW, Kind.QUIET, Kind.SUM_UP, Kind.WATCHED),
    "study": (Kind.RETRAIN, Kind.DISCOVER),
}
"""Kinds that share their places, so that a slow Slack never holds up reading, nor the reverse."""

LONGEST_PAUSE = timedelta(seconds=60)


@again_on_conflict
async def wake(services: Services, job: Job) -> None:
    """End a snooze, or wait on where it was made longer meanwhile."""
    now = services.clock.now()
    async with services.store.begin() as tx:
        await finish(tx, job)
        case = await load(tx.connection, job.subject)
        if case is None or case.status is not Status.SNOOZED:
            return
        if (awake := woken(case, now)) == case:
            await enqueue(tx, Kind.WAKE, case.id, now=now, run_at=case.snoozed_until)
            return
        saved = await save(tx, timed(awake, services.policy, now), Event(kind="case.woken", actor=DESK), now)
        await follow(services, tx, case, saved)
        await enqueue(tx, Kind.SHOW_CARD, case.id, now=now, priority=Priority.SOON)
        if awake.status is Status.WAITING:  # it was put away before it was read
            await enqueue(tx, Kind.TRIAGE, case.id, now=now)


async def give_up(services: Services, job: Job, reason: str) -> None:
    """Keep a failed job for a person to see."""
    async with services.store.begin() as tx:
        await fail(tx, job, reason)


DOING: Mapping[Kind, Doing] = {
    Kind.TRIAGE: triage_case,
    Kind.SIFT: sift,
    Kind.SHOW_CARD: show_card,
    Kind.WRITE_NOTE: write_note,
    Kind.SEND_REPLY: send_reply,
    Kind.SEND_HOLDING: send_holding,
    Kind.REMARK: tell_desk,
    Kind.ASSIGN: tell_assignee,
    Kind.ASSIGNEE: hear_assignee,
    Kind.TELL_ASKER: tell_asker,
    Kind.WAKE: wake,
    Kind.LEARN: learn,
    Kind.INDEX: index,
    Kind.RETRAIN: retrain,
    Kind.DISCOVER: discover_intents,
    Kind.REVIEW: show_review,
    Kind.DIGEST: show_digest,
    Kind.REMEDY: tell_leads,
    Kind.BRING_HOME: bring_home,
    Kind.WARN: warn,
    Kind.ANSWER: answer_question,
    Kind.CALL: call,
    Kind.SHOW_CALLS: show_calls,
    Kind.QUIET: show_quiet,
    Kind.HOMES: show_homes,
    Kind.SUM_UP: sum_up,
    Kind.WATCHED: tell_watcher,
    Kind.BURST: look_for_bursts,
    Kind.INCIDENT: show_incident,
}
GIVING_UP: Mapping[Kind, GivingUp] = {
    Kind.TRIAGE: give_up_triage,
    Kind.SEND_REPLY: give_up_reply,
    Kind.SEND_HOLDING: give_up_holding,
    Kind.CALL: give_up_call,
}
UNSEEN = tuple(kind for kind in Kind if kind not in GIVING_UP)  # nobody in Slack hears when one of these is given up


def pause(attempt: int) -> timedelta:
    """Return how long to wait after a failed attempt: 1, 2, 4 … seconds, a minute at most."""
    return min(timedelta(seconds=2 ** min(attempt - 1, 10)), LONGEST_PAUSE)
