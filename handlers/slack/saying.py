"""Somebody's own words leave the card's thread: by the explicit way alone, and never when they were deleted."""

import hashlib
from typing import Any

from slack_bolt.async_app import AsyncAck, AsyncApp, AsyncRespond
from slack_sdk.web.async_client import AsyncWebClient

from handlers.decisions import act, card_at, may_act, say
from handlers.identities import identity_of
from handlers.services import Services
from handlers.slack.opening import opening
from handlers.slack.press import Form
from handlers.slack.unfit import Unfit
from handlers.slack.whence import addressed
from handlers.views.blocks import Element
from handlers.views.say import AS_NOTE, say_modal
from handlers.views.words import title
from pipeline.acts import KeepNote
from pipeline.case import Actor, Case
from pipeline.decide import NotNow
from pipeline.draft import LONGEST
from pipeline.errors import BadPayload, Refused
from pipeline.slack_markup import mentioned, plain_words
from pipeline.whereabouts import beside

Body = dict[str, Any]  # as Bolt hands it over
MOST_NAMES = 20


class OfNoCard(NotNow):
    """Choose this on a message in the thread of a ticket's card: then I know whom it is for."""


class NotYours(NotNow):
    """An app wrote this. Choose a message that a person wrote."""


def register(app: AsyncApp, services: Services) -> None:
    """Listen to the shortcut."""

    async def send(body: Body, ack: AsyncAck, respond: AsyncRespond, client: AsyncWebClient) -> None:
        await opening(lambda: _form(services, body), client, str(body.get("trigger_id", "")), ack, respond)

    app.shortcut("send_to_customer")(send)


async def blank(services: Services, user: str, case: Case, channel: str, ts: str) -> Element:
    """Return the form without any words in it yet."""
    await may_act(services, user, case)
    return say_modal(case, "", await voice_of(services, user, case), channel=channel, ts=ts)


async def said(services: Services, form: Form) -> object:
    """Do with the words what the person chose. Raises Unfit where they cannot go as they are."""
    text = form.values.get("reply", "").strip()
    if not text:
        raise Unfit("reply", "Write something first.")
    if len(text) > LONGEST:
        raise Unfit("reply", f"A reply can have {LONGEST} characters.")
    if form.of:
        await _must_still_stand(services, form)
    if form.values.get("as") == AS_NOTE:
        return await act(services, form.user, form.case, lambda _, by: KeepNote(by=by, text=text))
    return await say(services, form.user, form.case, form.shown, form.after, text)


async def voice_of(services: Services, user: str, case: Case) -> str:
    """Return under whose name the customer of a case gets a reply of that person's."""
    desk = services.helpdesks[case.ticket.source]
    person = await services.chat.person(user)
    if who := await identity_of(services, Actor(id=user, name=person.name), desk.source):
        return f"{who}, which is you in {title(desk.source)}"
    return desk.voice


async def _form(services: Services, body: Body) -> Element:
    try:
        message, user = body["message"], addressed(body, body["user"]["id"])
        channel = addressed(body, body["channel"]["id"])
        ts, thread = str(message["ts"]), str(message.get("thread_ts") or message["ts"])
    except (KeyError, TypeError) as error:
        raise BadPayload("This was not chosen on a message.") from error
    case = await card_at(services, channel, thread)
    if case is None:
        raise OfNoCard
    await may_act(services, user, case)
    if message.get("bot_id") or ts == thread:
        raise NotYours
    said_there = str(message.get("text") or "")
    named = mentioned(said_there)[:MOST_NAMES]
    names = {each: (await services.chat.person(beside(channel, each))).name for each in named}
    words = plain_words(said_there, names)
    return say_modal(
        case, words, await voice_of(services, user, case), channel=channel, ts=thread, of=f"{ts}:{_digest(said_there)}"
    )


async def _must_still_stand(services: Services, form: Form) -> None:
    """Raise Unfit when the message was deleted or changed since it was chosen."""
    ts, _, digest = form.of.partition(":")
    try:
        stands = (await services.chat.conversation(form.channel, ts))[-1]
    except Refused as refusal:
        raise Unfit("reply", "That message was deleted in Slack, so nothing was sent.") from refusal
    if _digest(stands.text) != digest:
        raise Unfit("reply", "That message was changed in Slack meanwhile: close this, and choose it again.")


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:12]
