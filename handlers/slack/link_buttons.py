"""Somebody pressed a button under the link of a ticket: the same acts as on its card, authorised anew."""

import json
from collections.abc import Awaitable, Callable
from typing import Any

from slack_bolt.async_app import AsyncAck, AsyncApp, AsyncRespond
from slack_sdk.web.async_client import AsyncWebClient

from handlers.decisions import load_case
from handlers.inside import is_inside
from handlers.linked import work_object
from handlers.services import Services
from handlers.slack.actions import Making, Saving, claim, edit_form, preview, rarer_form, reassign_form, reopen_it
from handlers.slack.answers import UNREACHED, attempt
from handlers.slack.opening import opening
from handlers.slack.press import Press
from handlers.slack.whence import addressed
from handlers.views.blocks import Element
from handlers.views.entity import APPROVE, CLAIM, EDIT, MORE, REASSIGN, REOPEN
from pipeline.errors import BadPayload, TriageError
from pipeline.value import Value
from pipeline.whereabouts import apart

Body = dict[str, Any]  # as Bolt hands it over
LONGEST_LINK = 1500  # a form remembers 3,000 characters altogether


class Under(Value):
    """A press under a link, and the link as it was posted; "" where Slack does not tell."""

    press: Press
    link: str


def register(app: AsyncApp, services: Services) -> None:
    """Listen to the buttons under a link."""
    for action, save in _SAVING.items():
        app.action(action)(_saver(services, save))
    for action, make in _OPENING.items():
        app.action(action)(_opener(services, make))

    async def followed(ack: AsyncAck) -> None:
        await ack()

    app.action("entity.card")(followed)


async def show_anew(services: Services, client: AsyncWebClient, case_id: str, channel: str, ts: str, link: str) -> None:
    """Show under a link how its ticket stands now. A courtesy: what was decided is decided without it."""
    if not (channel and ts and link):
        return
    try:
        if await is_inside(services, channel):
            shown = await work_object(services, await load_case(services, case_id), link)
            await client.chat_unfurl(channel=apart(channel)[1], ts=ts, metadata={"entities": [shown]})
    except (*UNREACHED, TriageError):
        return  # whoever opens it is shown the present state


def remembering(view: Element, link: str) -> Element:
    """Return a form that also remembers under which link it was opened."""
    if not link or "private_metadata" not in view:
        return view
    return {**view, "private_metadata": json.dumps({**json.loads(view["private_metadata"]), "link": link})}


def _saver(services: Services, save: Saving) -> Callable[..., Awaitable[None]]:
    async def listen(body: Body, ack: AsyncAck, respond: AsyncRespond, client: AsyncWebClient) -> None:
        async def saved() -> None:
            under = _read(body)
            await save(services, under.press, await load_case(services, under.press.case))
            press = under.press
            await show_anew(services, client, press.case, press.channel, press.ts, under.link)

        await attempt(saved, ack, respond)

    return listen


def _opener(services: Services, make: Making) -> Callable[..., Awaitable[None]]:
    async def listen(body: Body, ack: AsyncAck, respond: AsyncRespond, client: AsyncWebClient) -> None:
        async def making() -> Element:
            under = _read(body)
            view = await make(services, under.press, await load_case(services, under.press.case))
            return remembering(view, under.link)

        await opening(making, client, str(body.get("trigger_id", "")), ack, respond)

    return listen


def _read(body: Body) -> Under:
    """Read a press on a work object. Raises BadPayload."""
    try:
        container, case = body["container"], str(body["actions"][0]["value"])
        channel, ts, link = (str(container.get(name, "")) for name in ("channel_id", "message_ts", "app_unfurl_url"))
        user, trigger = addressed(body, body["user"]["id"]), str(body.get("trigger_id", ""))
    except (KeyError, IndexError, TypeError, AttributeError) as error:
        raise BadPayload("This was not pressed under a link to a ticket.") from error
    channel = addressed(body, channel) if channel else ""
    press = Press(user=user, case=case, channel=channel, ts=ts, value=case, trigger=trigger)
    return Under(press=press, link=link if len(link) <= LONGEST_LINK else "")


_SAVING: dict[str, Saving] = {CLAIM: claim, REOPEN: reopen_it}
_OPENING: dict[str, Making] = {
    APPROVE: preview,
    EDIT: edit_form,
    REASSIGN: reassign_form,
    MORE: rarer_form,
}
