"""The desk: what one person finds on their Home."""

from handlers.card_links import links_to_cards
from handlers.health_checks import quick
from handlers.house_checks import house
from handlers.services import Services
from handlers.views.blocks import Element
from handlers.views.home import MOST_LISTED, Desk, Health, closed_home, home
from pipeline.authorise import NotAllowed, may_look, member_of, rights_of, teams_of
from pipeline.ports import Person
from pipeline.roles import Right
from pipeline.sla import share_used
from storage.queue import Fits, queue, theirs
from storage.strays import nowhere

MOST_SORTED = 500  # of one person's cases, by how much of their time is gone


async def home_of(services: Services, person: Person) -> Element:
    """Return a person's Home as it is now; of who may not look into tickets, one that says why."""
    try:
        may_look(person, services.policy)
        return home(await desk_of(services, person))
    except NotAllowed as refusal:
        return closed_home(str(refusal))


async def desk_of(services: Services, person: Person) -> Desk:
    """Return what waits for a person. Who belongs to no team sees every team's queue."""
    teams, member = teams_of(person, services.policy), member_of(person, services.policy)
    async with services.store.reader() as connection:
        mine = await theirs(connection, services.workspace, person, member, MOST_SORTED)
        waiting = await queue(connection, services.workspace, Fits(teams=teams), MOST_LISTED)
        drafts = await queue(connection, services.workspace, Fits(teams=teams, drafted=True), MOST_LISTED)
        cardless = await nowhere(connection, services.workspace)
    now = services.clock.now()
    shares = {case.id: share_used(case, services.policy, now) for case in mine.cases}
    used = {case_id: share for case_id, share in shares.items() if share is not None}
    pressing = sorted(mine.cases, key=lambda case: -used.get(case.id, 0.0))[:MOST_LISTED]
    return Desk(
        teams=teams,
        mine=tuple(pressing),
        queue=waiting.cases,
        drafts=drafts.cases,
        totals={"mine": mine.total, "queue": waiting.total, "drafts": drafts.total},
        links=await links_to_cards(services, (*pressing, *waiting.cases, *drafts.cases)),
        used=used,
        called=member is not None,
        health=await _health(services, person),
        cardless=cardless,
    )


async def _health(services: Services, person: Person) -> tuple[Health, ...] | None:
    """Return what is wrong with the set-up, for those who can put it right."""
    if not rights_of(person, services.policy) & {Right.POLICY, Right.INSTALLING}:
        return None
    checks = (*await house(services), *await quick(services))
    return tuple(Health(name=each.name, told=each.told) for each in checks if not each.ok)
