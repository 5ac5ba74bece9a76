"""Somebody opened the app's Home: show what waits for them, as it is now."""

from typing import Any

from slack_bolt.async_app import AsyncApp
from slack_sdk.web.async_client import AsyncWebClient

from handlers.services import Services
from handlers.views.home import Desk, closed_home, home
from pipeline.authorise import is_theirs, teams_of
from pipeline.case import Case, Status
from pipeline.draft import Grade
from pipeline.ports import Person
from storage.cases import undecided

MOST_READ = 500
_OFFERED = (Grade.ANSWER, Grade.SUGGESTION, Grade.QUESTION)


def register(app: AsyncApp, services: Services) -> None:
    """Listen to people who open the Home tab."""

    async def opened(event: dict[str, Any], client: AsyncWebClient) -> None:
        if event.get("tab") == "home" and "user" in event:
            person = await services.chat.person(str(event["user"]))
            view = closed_home() if person.stranger else home(await desk_of(services, person))
            await client.views_publish(user_id=person.id, view=view)

    app.event("app_home_opened")(opened)


async def desk_of(services: Services, person: Person) -> Desk:
    """Return what waits for a person. Who belongs to no team sees every team's queue."""
    teams = teams_of(person, services.policy)
    async with services.store.reader() as connection:
        waiting = await undecided(connection, services.workspace, limit=MOST_READ)
    queue = tuple(case for case in waiting if not teams or case.team in teams or case.home in teams)
    return Desk(
        teams=teams,
        mine=tuple(case for case in waiting if is_theirs(case, person, services.policy)),
        queue=queue,
        drafts=tuple(case for case in queue if _has_draft(case)),
    )


def _has_draft(case: Case) -> bool:
    return case.status is Status.OPEN and case.analysis is not None and case.analysis.draft.grade in _OFFERED
