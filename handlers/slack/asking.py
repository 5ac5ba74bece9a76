"""Somebody asks the desk something: in its direct messages, with a button there, or by its name in a channel."""

import asyncio
import re
from collections.abc import Awaitable, Callable
from typing import Any

from slack_bolt.async_app import AsyncAck, AsyncApp, AsyncRespond
from slack_sdk.web.async_client import AsyncWebClient

from handlers.answering import examples
from handlers.asked import TOO_MANY, ask
from handlers.services import Services
from handlers.slack.answers import UNREACHED, attempt
from handlers.slack.events import is_new
from handlers.slack.whence import addressed
from handlers.views.answers import ASK
from handlers.views.help import help_card
from pipeline.ask import read_question
from pipeline.authorise import can_look, may_look
from pipeline.decide import NotNow
from pipeline.errors import BadPayload
from pipeline.question import Wants

Body = dict[str, Any]  # as Bolt hands it over
_NAMES = re.compile(r"^(?:\s*<@[UW]\w+(?:\|[^>]*)?>)+")  # by which a message begins that is meant for us


def register(app: AsyncApp, services: Services) -> None:
    """Listen to direct messages, to our name in channels, and to the examples under an answer.

    Bolt acknowledges an event before its listener runs, and a crash would lose the question: it is kept
    in a middleware, which runs before.
    """

    async def kept(body: Body, client: AsyncWebClient, next: Callable[[], Awaitable[None]]) -> None:
        if is_question(body["event"]):
            await _keep(services, body, client)
        await next()

    async def named(body: Body, client: AsyncWebClient, next: Callable[[], Awaitable[None]]) -> None:
        if "user" in body["event"]:
            await _named(services, body, client)
        await next()

    async def pressed(body: Body, ack: AsyncAck, respond: AsyncRespond) -> None:
        await attempt(lambda: _pressed(services, body), ack, respond)

    app.event("message", middleware=[kept])(_nothing)
    app.event("app_mention", middleware=[named])(_nothing)
    app.action(re.compile(rf"{re.escape(ASK)}\.\d"))(pressed)


def is_question(event: Body) -> bool:
    """Whether a person wrote this to us alone, and it is neither a bot's nor the change of an earlier message."""
    ours = event.get("bot_id") or event.get("hidden") or event.get("subtype")
    return event.get("channel_type") == "im" and not ours and bool(event.get("user") and event.get("text"))


async def suggest(services: Services, user: str, channel: str, client: AsyncWebClient) -> None:
    """Offer a person who opens the conversation what they may want to ask."""
    person = await services.chat.person(user)
    if not can_look(person, services.policy):
        return
    prompts = [{"title": each, "message": each} for each in examples(services, person)]
    try:
        await client.assistant_threads_setSuggestedPrompts(channel_id=channel, prompts=prompts, title="Ask the desk")
    except UNREACHED:
        return  # a courtesy: whoever asks without it is answered all the same


async def _keep(services: Services, body: Body, client: AsyncWebClient) -> None:
    event = body["event"]
    user, channel = addressed(body, event["user"]), addressed(body, event["channel"])
    thread, text, delivery = str(event.get("thread_ts") or event["ts"]), str(event["text"]), str(body["event_id"])
    if not await ask(services, user, channel, thread, text, delivery):
        await client.chat_postMessage(channel=event["channel"], thread_ts=thread, text=TOO_MANY)


async def _named(services: Services, body: Body, client: AsyncWebClient) -> None:
    """Keep what somebody asks in a channel, of which they alone get the answer; else tell them what there is to ask."""
    event = body["event"]
    user, channel = addressed(body, event["user"]), addressed(body, event["channel"])
    words = _NAMES.sub("", str(event.get("text", ""))).strip()
    understood = await asyncio.to_thread(read_question, words, services.policy, user)
    said = {"channel": event["channel"], "user": event["user"]}
    said |= {"thread_ts": event["thread_ts"]} if event.get("thread_ts") else {}
    if understood.wants is not Wants.UNSURE:
        thread, delivery = str(event.get("thread_ts", "")), str(body["event_id"])
        if not await ask(services, user, channel, thread, words, delivery):
            await client.chat_postEphemeral(**said, text=TOO_MANY)
    elif await is_new(services, str(body["event_id"])):
        card = help_card()
        await client.chat_postEphemeral(**said, text=card.text, blocks=[dict(block) for block in card.blocks])


async def _pressed(services: Services, body: Body) -> None:
    try:
        user, container = addressed(body, body["user"]["id"]), body["container"]
        channel, text = addressed(body, container["channel_id"]), str(body["actions"][0]["value"])
        thread = str(body["message"].get("thread_ts") or container["message_ts"])
    except (KeyError, IndexError, TypeError) as error:
        raise BadPayload("This was not pressed on one of my answers.") from error
    may_look(await services.chat.person(user), services.policy)
    if not await ask(services, user, channel, thread, text):
        raise NotNow(TOO_MANY)


async def _nothing() -> None:
    """The middleware has kept it."""
