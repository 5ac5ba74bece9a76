"""Answers: a refusal in one person's words, for their eyes only."""

import asyncio
import time
from collections.abc import Awaitable, Callable

import aiohttp
import structlog
from slack_bolt.async_app import AsyncAck, AsyncRespond
from slack_sdk.errors import SlackClientError

from handlers.slack.in_time import over, started
from handlers.views.charts import without_charts
from handlers.views.escape import line
from handlers.views.told import changed, sentence
from handlers.views.working import DONE, WORKING
from pipeline.decide import NotNow, Stale
from pipeline.errors import TriageError, Unavailable
from pipeline.ports import Card
from pipeline.ticket import Ticket
from pipeline.triage import read, shorten

LATER = "That could not be checked just now, so nothing was changed. Please try again in a minute."
SECONDS = 2.0  # for a word to one person; the acknowledgement must follow within three
LATEST_SECONDS = 2.7  # after which nothing else comes before the acknowledgement
PATIENT_SECONDS = 20.0  # for the same word again, once nothing waits for it

UNREACHED = (aiohttp.ClientError, SlackClientError, TimeoutError, ValueError)


async def attempt(work: Callable[[], Awaitable[object]], ack: AsyncAck, respond: AsyncRespond) -> None:
    """Do it, or tell the person why not; acknowledge once either is done, or once Slack would wait no longer."""
    began, task = time.monotonic(), started(work())
    if not await over(task):
        await asyncio.gather(whisper(respond, WORKING), ack())
        await _outcome(task, respond)
        return
    try:
        task.result()
    except TriageError as error:
        words = await explained(error)
        told = await whisper(respond, words, max(LATEST_SECONDS - (time.monotonic() - began), SECONDS / 4))
        await ack()
        if not told:
            await whisper(respond, words, PATIENT_SECONDS)
    else:
        await ack()


async def _outcome(task: asyncio.Task[object], respond: AsyncRespond) -> None:
    """Tell the person how it ended; what breaks is told with its reference, as everywhere."""
    try:
        await asyncio.shield(task)
    except TriageError as error:
        await whisper(respond, await explained(error), PATIENT_SECONDS)
    else:
        await whisper(respond, DONE, PATIENT_SECONDS)


async def explained(error: TriageError) -> str:
    """Return what a person shall read of an error, as escaped mrkdwn."""
    if isinstance(error, Stale):
        return changed(error, await asyncio.to_thread(latest_words, error.case.ticket))
    if isinstance(error, NotNow):
        return sentence(error)
    return LATER if isinstance(error, Unavailable) else line(str(error), 1000)


async def whisper(respond: AsyncRespond, text: str, seconds: float = SECONDS) -> bool:
    """Tell one person, and return whether Slack took it in time. Nothing is kept of it: they may press again."""
    try:
        async with asyncio.timeout(seconds):
            answer = await respond(text=text, response_type="ephemeral", replace_original=False)
    except UNREACHED as error:
        structlog.get_logger().warning("whisper.failed", error=type(error).__name__)
        return False
    if answer.status_code != 200:
        structlog.get_logger().warning("whisper.refused", status=answer.status_code)
    return answer.status_code < 500


async def told(
    respond: AsyncRespond,
    card: Card,
    to: str = "ephemeral",
    *,
    seconds: float = SECONDS / 2,
    replace: bool = False,
) -> bool:
    """Show a card, with its charts in words where Slack does not take them; `replace`: in the place of this message.

    Returns whether Slack took it in time.
    """
    try:
        async with asyncio.timeout(seconds):
            for shown in (card, without_charts(card)):
                blocks = [dict(block) for block in shown.blocks]
                answer = await respond(text=card.text, blocks=blocks, response_type=to, replace_original=replace)
                if answer.status_code == 200:
                    return True
    except UNREACHED:
        return False
    return False


def latest_words(ticket: Ticket) -> str:
    """Return the customer's last message, masked and shortened. Takes milliseconds: call it in a thread."""
    _, masked, _ = read(ticket.model_copy(update={"messages": ticket.asked[-1:]}))
    return shorten(masked.text or masked.subject)
