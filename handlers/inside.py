"""Whether only this company reads a channel: what is said there of tickets is said to everybody in it."""

from handlers.services import Services
from pipeline.decide import NotNow
from pipeline.errors import Refused


class NotInside(NotNow):
    """People of another company read this channel."""


async def is_inside(services: Services, channel: str) -> bool:
    """Whether only this company reads a channel. One that Slack does not show us counts as another's."""
    try:
        return await services.chat.is_internal(channel)
    except Refused:
        return False


async def must_be_inside(services: Services, channel: str) -> None:
    """Raise NotInside where somebody else reads along, or may."""
    if not await is_inside(services, channel):
        raise NotInside(
            "People of another company read this channel, or Slack does not show me whether they do. Share it in a "
            "channel of your company alone, such as your team's; into a private one invite me first: "
            "/invite @Triage Desk"
        )
