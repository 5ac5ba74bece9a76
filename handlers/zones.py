"""The time zone in which a person reads and types moments."""

from zoneinfo import ZoneInfo

from handlers.services import Services
from pipeline.authorise import member_of, zone_of
from pipeline.ports import Person
from storage.preferences import preferred


async def zone_for(services: Services, person: Person) -> ZoneInfo:
    """Return the zone that a person chose, else the policy's, else the one that they have in Slack."""
    member = member_of(person, services.policy)
    if member is not None:
        async with services.store.reader() as connection:
            chosen = (await preferred(connection, services.workspace)).get(member.name)
        if chosen is not None and chosen.zone:
            return ZoneInfo(chosen.zone)
    return zone_of(person, services.policy)
