"""A card stands where it does not belong, or nowhere: say how to mend it, once, and bring it home afterwards."""

from datetime import timedelta

import structlog

from handlers.once import Effect, once
from handlers.retrying import again_on_conflict
from handlers.services import Services
from handlers.views.remedy import remedy_card
from pipeline.case import DESK, Case
from pipeline.errors import Refused
from pipeline.policy import Member
from storage import strays
from storage.cases import Event, load, save
from storage.jobs import Job, Kind, Priority, enqueue, finish
from storage.outbox import first_tick
from storage.store import Transaction
from storage.strays import Stray

AT_A_TIME = 20  # cards that go home between two looks
EVERY = timedelta(seconds=30)
_ASKED_FOR = frozenset(
    {"channel_not_found", "not_in_channel", "is_archived", "not_installed"}
)  # looking the channel up tells enough


async def owe_look(services: Services) -> bool:
    """Owe a look at the strays where there are some. Returns whether there are."""
    async with services.store.begin() as tx:
        if not await strays.all_strays(tx.connection, services.workspace):
            return False
        await _owe(services, tx)
    return True


async def strayed(services: Services, tx: Transaction, case: Case, why: Refused, *, shown: bool) -> None:
    """Remember that a case's card is not where it belongs. Leads hear of each cause once a day."""
    channel, now = services.policy.known_team(case.home).address, services.clock.now()
    structlog.get_logger().error("card.astray", case=case.id, channel=channel, code=why.code, shown=shown)
    stray = Stray(
        case_id=case.id,
        workspace=services.workspace,
        channel=channel[:80],
        code=why.code[:64] or "refused",
        remedy=str(why)[:600],
        shown=shown,
        at=now,
    )
    await strays.note(tx, stray)
    cause = f"remedy:{channel}"[:64], f"{now:%Y%m%d}:{why.code}:{shown:d}"[:32]
    if await first_tick(tx, *cause, now):
        await enqueue(tx, Kind.REMEDY, case.id, now=now, priority=Priority.SOON)


async def arrived(services: Services, tx: Transaction, case: Case) -> None:
    """Note that a case's card stands where it belongs, so that others can go there, too."""
    await strays.forget(tx, case.id)
    channel = services.policy.known_team(case.home).address
    if await strays.mended(tx, services.workspace, channel[:80]):
        await _owe(services, tx)


async def tell_leads(services: Services, job: Job) -> None:
    """Tell each lead alone what is wrong with a channel and how to mend it."""
    async with services.store.reader() as connection:
        stray = await strays.stray_of(connection, job.subject)
    for lead in services.policy.leads if stray is not None else ():
        assert stray is not None
        try:
            await _tell(services, job, stray, lead)
        except Refused as refusal:
            structlog.get_logger().warning("lead.not_told", code=refusal.code)
    async with services.store.begin() as tx:
        await finish(tx, job)


async def bring_home(services: Services, job: Job) -> None:
    """Owe the cards of strays whose cause is mended, some at a time."""
    async with services.store.reader() as connection:
        known = await strays.all_strays(connection, services.workspace)
    usable = {name for name in {stray.channel for stray in known} if await _is_usable(services, name)}
    ready = [stray for stray in known if not stray.code or (stray.code in _ASKED_FOR and stray.channel in usable)]
    # What stands nowhere is tried again one by one: whether Slack takes it nobody else can tell.
    probe = [stray for stray in known if not stray.shown and stray not in ready][:1]
    for stray in (ready + probe)[:AT_A_TIME]:
        await _send_home(services, stray)
    async with services.store.begin() as tx:
        await finish(tx, job)
        if len(ready) > AT_A_TIME:
            await _owe(services, tx, later=True)


async def _tell(services: Services, job: Job, stray: Stray, lead: Member) -> None:
    user = lead.slack or await services.chat.user_id(lead.email)
    if not user:
        return
    channel = await services.chat.direct(user)
    card = remedy_card(stray.channel, stray.remedy, services.policy.fallback_channel if stray.shown else "")
    key = f"remedy:{stray.case_id}:{stray.at:%Y%m%d}:{user}"

    async def do() -> str:
        return await services.chat.post(channel, card, key=key)

    async def ask(since: object) -> str | None:
        return await services.chat.find(channel, key, since=stray.at)

    await once(services, job, Effect(key=key, case_id=stray.case_id, do=do, ask=ask))


async def _is_usable(services: Services, name: str) -> bool:
    try:
        await services.chat.channel(name)
    except Refused:
        return False
    return True


@again_on_conflict
async def _send_home(services: Services, stray: Stray) -> None:
    now = services.clock.now()
    async with services.store.begin() as tx:
        case = await load(tx.connection, stray.case_id)
        await strays.forget(tx, stray.case_id)
        if case is None or (stray.shown and not case.open):
            return  # what is decided may stay where it was
        if stray.shown:
            home = case.but(placement=case.placement + 1)
            await save(tx, home, Event(kind="card.sent_home", actor=DESK), now)
        await enqueue(tx, Kind.SHOW_CARD, case.id, now=now, priority=Priority.LOW)


async def _owe(services: Services, tx: Transaction, *, later: bool = False) -> None:
    now = services.clock.now()
    run_at = now + EVERY if later else now
    await enqueue(tx, Kind.BRING_HOME, services.workspace, now=now, run_at=run_at, priority=Priority.USUAL)
