"""Somebody says in the app's Home when and for what they want to be called."""

import re
from difflib import get_close_matches
from typing import Any
from zoneinfo import available_timezones

from slack_bolt.async_app import AsyncAck, AsyncApp, AsyncRespond
from slack_sdk.web.async_client import AsyncWebClient

from handlers.services import Services
from handlers.slack.forms import answered
from handlers.slack.home import publish
from handlers.slack.opening import opening
from handlers.slack.press import Form, read_form
from handlers.slack.unfit import Unfit
from handlers.slack.whence import addressed
from handlers.views.preferences import CALLBACK, OPEN, preferences_modal
from handlers.views.told import plain_sentence
from handlers.zones import zone_for
from pipeline.authorise import NotAllowed, member_of
from pipeline.decide import NotNow
from pipeline.policy import Member
from pipeline.ports import Person
from pipeline.preferences import Mentions, Preferences, as_chosen
from pipeline.problem import is_zone
from storage.preferences import prefer, preferred

Body = dict[str, Any]  # as Bolt hands it over; read_form is the border
_HOURS = re.compile(r"([01][0-9]|2[0-3]):[0-5][0-9]-([01][0-9]|2[0-3]):[0-5][0-9]")


def register(app: AsyncApp, services: Services) -> None:
    """Listen to the button in the Home, and to the form."""

    async def pressed(body: Body, ack: AsyncAck, respond: AsyncRespond, client: AsyncWebClient) -> None:
        async def form() -> dict[str, Any]:
            return await form_for(services, await services.chat.person(addressed(body, body["user"]["id"])))

        await opening(form, client, str(body["trigger_id"]), ack, respond)

    async def sent(body: Body, ack: AsyncAck, client: AsyncWebClient) -> None:
        form = read_form(body)
        await answered(body, _answer(services, form), ack, client)
        await publish(services, form.user, await services.chat.person(form.user), client)

    app.action(OPEN)(pressed)
    app.view(CALLBACK)(sent)


async def form_for(services: Services, person: Person) -> dict[str, Any]:
    """Return the form with what counts for a person now. Raises NotAllowed for who is in no team."""
    member = _member(services, person)
    async with services.store.reader() as connection:
        chosen = await preferred(connection, services.workspace)
    mentions = chosen.get(member.name, Preferences()).mentions
    zone = await zone_for(services, person)
    return preferences_modal(as_chosen(member, chosen).model_copy(update={"zone": zone.key}), mentions)


async def _answer(services: Services, form: Form) -> dict[str, Any]:
    try:
        await save(services, await services.chat.person(form.user), form)
    except Unfit as unfit:
        return {"response_action": "errors", "errors": {unfit.block: plain_sentence(unfit)}}
    except NotNow as error:
        return {"response_action": "errors", "errors": {"mentions": plain_sentence(error)}}
    return {}


async def save(services: Services, person: Person, form: Form) -> None:
    """Store what a person chose. Raises Unfit with what to write instead."""
    member = _member(services, person)
    hours, zone = form.values.get("hours", "").replace(" ", ""), form.values.get("zone", "").strip()
    if hours and not _HOURS.fullmatch(hours):
        raise Unfit("hours", "Write the hours like 09:00-17:30, or leave them out.")
    if not is_zone(zone):
        near = get_close_matches(zone, available_timezones(), n=1, cutoff=0.4)
        raise Unfit("zone", f"I know no zone of that name. Did you mean {near[0] if near else 'Europe/Berlin'}?")
    if (mentions := form.values.get("mentions", "")) not in {each.value for each in Mentions}:
        raise Unfit("mentions", "Choose what you want to be called for.")
    chosen = Preferences(mentions=Mentions(mentions), hours=hours, zone=zone)
    async with services.store.begin() as tx:
        await prefer(tx, services.workspace, member.name, chosen, services.clock.now())


def _member(services: Services, person: Person) -> Member:
    if (member := member_of(person, services.policy)) is None:
        raise NotAllowed("Nobody calls you: you are in no team of the policy. A lead can add you there.")
    return member
