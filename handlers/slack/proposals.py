"""A lead answered a proposal of the week's review."""

import re
from collections.abc import Awaitable, Callable
from typing import Any

from slack_bolt.async_app import AsyncAck, AsyncApp, AsyncRespond

from handlers.quieting import call_again
from handlers.reviewing import NoProposal, answer
from handlers.services import Services
from handlers.slack.answers import attempt, whisper
from handlers.slack.press import read_press
from handlers.views.quiet import AGAIN
from pipeline.review import Answer

_ANSWERS = {"accept": Answer.ACCEPTED, "decline": Answer.DECLINED}


def register(app: AsyncApp, services: Services) -> None:
    """Listen to the buttons of proposals."""
    for word, made in _ANSWERS.items():  # an action's id is there once in a message, so it ends in a number
        app.action(re.compile(rf"proposal\.{word}\.\d+"))(_listener(services, made))
    app.action(re.compile(rf"{re.escape(AGAIN)}\.\d+"))(_again(services))


def _again(services: Services) -> Callable[..., Awaitable[None]]:
    async def listen(body: dict[str, Any], ack: AsyncAck, respond: AsyncRespond) -> None:
        async def work() -> None:
            press = read_press(body)
            await call_again(services, press.user, press.value)
            await whisper(respond, "🔔 It calls people again from now on.")

        await attempt(work, ack, respond)

    return listen


def _listener(services: Services, made: Answer) -> Callable[..., Awaitable[None]]:
    async def listen(body: dict[str, Any], ack: AsyncAck, respond: AsyncRespond) -> None:
        async def work() -> None:
            press = read_press(body)
            if not press.value.isdecimal():
                raise NoProposal
            await answer(services, press.user, int(press.value), made)

        await attempt(work, ack, respond)

    return listen
