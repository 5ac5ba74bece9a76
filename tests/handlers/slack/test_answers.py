"""A refusal reaches its person even when Slack is slow, and holds up nobody's acknowledgement."""

from typing import Any, cast

import aiohttp
from slack_bolt.async_app import AsyncAck, AsyncRespond

from handlers.slack.answers import attempt
from pipeline.decide import NotNow


class Slack:
    """Takes an acknowledgement and words, and fails the words as often as told."""

    def __init__(self, failures: int) -> None:
        self.failures = failures
        self.heard: list[str] = []

    async def ack(self) -> None:
        self.heard.append("acknowledged")

    async def respond(self, text: str, **_: Any) -> Any:
        if self.failures:
            self.failures -= 1
            raise aiohttp.ServerDisconnectedError
        self.heard.append(text)
        return type("Answer", (), {"status_code": 200})


async def pressed(slack: Slack) -> None:
    async def work() -> None:
        raise NotNow("That is done already.")

    await attempt(work, cast(AsyncAck, slack.ack), cast(AsyncRespond, slack.respond))


async def test_a_refusal_is_told_before_it_is_acknowledged() -> None:
    slack = Slack(failures=0)
    await pressed(slack)
    assert slack.heard == ["That is done already.", "acknowledged"]


async def test_a_refusal_that_was_not_heard_is_told_again_after_the_acknowledgement() -> None:
    slack = Slack(failures=1)
    await pressed(slack)
    assert slack.heard == ["acknowledged", "That is done already."]
