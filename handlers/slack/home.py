"""Somebody opened the app's Home: show what waits for them, as it is now."""

from typing import Any

from slack_bolt.async_app import AsyncApp
from slack_sdk.web.async_client import AsyncWebClient

from handlers.desk import home_of
from handlers.services import Services
from handlers.show_homes import digest_of
from handlers.slack.asking import suggest
from handlers.slack.whence import addressed
from pipeline.ports import Person
from pipeline.whereabouts import apart
from storage import homes


def register(app: AsyncApp, services: Services) -> None:
    """Listen to people who open the Home tab."""

    async def opened(body: dict[str, Any], event: dict[str, Any], client: AsyncWebClient) -> None:
        if event.get("tab") == "messages" and "user" in event:
            await suggest(services, addressed(body, event["user"]), str(event["channel"]), client)
        if event.get("tab") == "home" and "user" in event:
            user = addressed(body, event["user"])
            await publish(services, user, await services.chat.person(user), client)

    app.event("app_home_opened")(opened)


async def publish(services: Services, user: str, person: Person, client: AsyncWebClient) -> None:
    """Show a person their Home as it is now, and remember that it is open; a stranger's shows nothing that changes."""
    view = await home_of(services, person)
    await client.views_publish(user_id=apart(user)[1], view=view)
    if not person.stranger:
        async with services.store.begin() as tx:
            await homes.opened(tx, services.workspace, user, digest_of(view), services.clock.now())
