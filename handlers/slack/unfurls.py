"""Somebody posted the link of a ticket, or opened what stands under it."""

from typing import Any

from slack_bolt.async_app import AsyncApp
from slack_sdk.web.async_client import AsyncWebClient

from handlers.inside import is_inside
from handlers.linked import case_at_link, work_object
from handlers.services import Services
from handlers.slack.whence import addressed
from pipeline.authorise import can_look

Body = dict[str, Any]  # as Bolt hands it over
MOST_LINKS = 5


def register(app: AsyncApp, services: Services) -> None:
    """Listen to links and to who opens one. To show one again does no harm."""

    async def shared(body: Body, event: Body, client: AsyncWebClient) -> None:
        await _unfurl(services, body, event, client)

    async def opened(body: Body, event: Body, client: AsyncWebClient) -> None:
        await _present(services, body, event, client)

    app.event("link_shared")(shared)
    app.event("entity_details_requested")(opened)


async def _unfurl(services: Services, body: Body, event: Body, client: AsyncWebClient) -> None:
    """Show the tickets of links that somebody posted who may look, where only this company reads."""
    person = await services.chat.person(addressed(body, event.get("user", "")))
    if not can_look(person, services.policy):
        return
    if not await is_inside(services, addressed(body, event.get("channel", ""))):  # in a draft: once it is posted
        return
    found = [
        await work_object(services, case, url)
        for url in dict.fromkeys(str(link["url"]) for link in event.get("links", ())[:MOST_LINKS])
        if (case := await case_at_link(services, url)) is not None
    ]
    if found:
        where = {name: event[name] for name in ("unfurl_id", "source") if event.get(name)}
        if len(where) != 2:
            where = {"channel": event["channel"], "ts": event["message_ts"]}
        await client.chat_unfurl(**where, metadata={"entities": found})


async def _present(services: Services, body: Body, event: Body, client: AsyncWebClient) -> None:
    """Tell somebody who may look how the ticket stands now."""
    trigger, url = str(event["trigger_id"]), str(event.get("entity_url", ""))
    person = await services.chat.person(addressed(body, event.get("user", "")))
    seen = can_look(person, services.policy) and await is_inside(services, addressed(body, event.get("channel", "")))
    case = await case_at_link(services, url) if seen else None
    if case is None:
        await client.entity_presentDetails(trigger_id=trigger, error={"status": "not_found"})
    else:
        await client.entity_presentDetails(trigger_id=trigger, metadata=await work_object(services, case, url))
