"""What called people in vain: told to leads in the week's review, and kept for a daily digest once they agree."""

from datetime import datetime, timedelta

from handlers.card_links import links_to_cards
from handlers.once import Effect, once
from handlers.services import Services
from handlers.views.quiet import Kept, quiet_card
from pipeline.alarm import End
from pipeline.authorise import must_lead
from pipeline.decide import NotNow
from pipeline.noise import LOOKED_AT, Made, Noise, noisy
from storage import alarms, reviews
from storage.cases import load
from storage.jobs import Job, finish
from storage.quiet import hushed, unhush

REST = timedelta(weeks=8)  # that a declined proposal is not made again
DAY = timedelta(days=1)


class NotQuiet(NotNow):
    """This calls people already."""


async def noise(services: Services, now: datetime) -> tuple[Noise, ...]:
    """Return what leads should be asked about: surely noise, loud still, and not declined of late."""
    async with services.store.reader() as connection:
        found = await alarms.since(connection, services.workspace, now - LOOKED_AT)
        made = {alarm.id: await alarms.calls_of(connection, alarm.id) for alarm in found}
        quiet = set(await hushed(connection, services.workspace))
        asked = await reviews.answered_causes(connection, services.workspace, now - REST)
    told = [
        (alarm, [Made(one.sent_at, one.acted_at, one.act) for one in made[alarm.id] if one.sent_at]) for alarm in found
    ]
    return noisy(told, now, quiet | asked)


async def call_again(services: Services, user: str, cause: str) -> None:
    """Let a cause call people again. Raises NotNow with a sentence for the person."""
    must_lead(await services.chat.person(user), services.policy)
    async with services.store.begin() as tx:
        if not await unhush(tx, services.workspace, cause):
            raise NotQuiet


async def show_quiet(services: Services, job: Job) -> None:
    """Post what was kept quiet on a day, if anything was. Raises Unavailable to be called again."""
    begins = datetime.fromisoformat(job.subject)
    async with services.store.reader() as connection:
        found = await alarms.since(connection, services.workspace, begins)
        kept = {alarm.case_id: alarm for alarm in found if alarm.end is End.QUIET and alarm.started_at < begins + DAY}
        cases = {case_id: await load(connection, case_id) for case_id in kept}
    present = [case for case in cases.values() if case is not None]
    if present:
        links = await links_to_cards(services, present)
        lines = [Kept(case=case, causes=kept[case.id].causes, card=links.get(case.id, "")) for case in present]
        await _post(services, job, lines)
    async with services.store.begin() as tx:
        await finish(tx, job)


async def _post(services: Services, job: Job, lines: list[Kept]) -> None:
    channel = await services.chat.channel(services.policy.fallback_channel)
    key = f"quiet:{services.workspace}:{job.subject}"

    async def do() -> str:
        return await services.chat.post(channel, quiet_card(lines), key=key)

    async def ask(since: datetime) -> str | None:
        return await services.chat.find(channel, key, since=since)

    await once(services, job, Effect(key=key, case_id=None, do=do, ask=ask))
