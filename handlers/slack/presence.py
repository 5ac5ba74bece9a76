"""Somebody says that they are away, or back: new tickets go to others meanwhile."""

from handlers.card_links import links_to_cards
from handlers.services import Services
from handlers.slack.moments import moment
from handlers.views.presence import MOST_LISTED, away_card, back_card
from handlers.zones import zone_for
from pipeline.authorise import NotAllowed, member_of
from pipeline.policy import Member
from pipeline.ports import Card, Person
from storage.absences import come_back, leave
from storage.queue import theirs


async def away(services: Services, person: Person, text: str) -> Card:
    """Note that a member is away, until a moment or until they say that they are back; what is theirs stays theirs."""
    member, now = _member(services, person), services.clock.now()
    until = moment(text, now, await zone_for(services, person)) if text else None
    async with services.store.begin() as tx:
        await leave(tx, services.workspace, member.name, now, until)
    async with services.store.reader() as connection:
        found = await theirs(connection, services.workspace, person, member, MOST_LISTED)
    return away_card(until, found.cases, found.total, await links_to_cards(services, found.cases))


async def back(services: Services, person: Person, text: str) -> Card:
    """Note that a member takes tickets again."""
    member = _member(services, person)
    async with services.store.begin() as tx:
        was_away = await come_back(tx, services.workspace, member.name)
    return back_card(was_away=was_away)


def _member(services: Services, person: Person) -> Member:
    if (member := member_of(person, services.policy)) is None:
        raise NotAllowed("No ticket is assigned to you: you are in no team of the policy. A lead can add you there.")
    return member
