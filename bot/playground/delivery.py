"""One thing that the app is told, and how it took it."""

import json
from dataclasses import dataclass, replace
from enum import StrEnum

from bot.playground.wire import Object


class Kind(StrEnum):
    """In the words of Socket Mode's envelopes."""

    EVENT = "events_api"
    COMMAND = "slash_commands"
    INTERACTION = "interactive"


_ANSWERED = {"view_submission", "block_suggestion"}
"""Interactions whose acknowledgement may say something."""


@dataclass(frozen=True)
class Delivery:
    """`what` names it in the inspector and in fault plans: "event message", "block_actions ticket.approve"."""

    kind: Kind
    what: str
    payload: Object
    retry: int = 0
    reason: str = ""

    @property
    def accepts_answer(self) -> bool:
        return self.kind is Kind.COMMAND or self.payload.get("type") in _ANSWERED

    def again(self, reason: str) -> "Delivery":
        return replace(self, retry=self.retry + 1, reason=reason)


@dataclass(frozen=True)
class Ack:
    """How the app took a delivery. `error` is empty when it acknowledged, else Slack's retry reason."""

    status: int
    body: str
    error: str = ""
    may_retry: bool = True

    @property
    def explanation(self) -> str:
        return {
            "": "",
            "http_timeout": "The app did not respond within 3 seconds.",
            "http_error": f"The app answered with HTTP {self.status}.",
            "connection_failed": "The app could not be reached.",
        }[self.error]

    def json(self) -> Object:
        """The answer as a JSON object; empty when it is none."""
        try:
            read = json.loads(self.body)
        except ValueError:
            return {}
        return read if isinstance(read, dict) else {}


TIMED_OUT = Ack(0, "", "http_timeout")
UNREACHED = Ack(0, "", "connection_failed")
