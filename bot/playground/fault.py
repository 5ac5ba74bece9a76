"""One fault: what it strikes, and what it does."""

from dataclasses import dataclass
from enum import StrEnum
from fnmatch import fnmatchcase


class FaultKind(StrEnum):
    SLOW = "slow"
    ERROR500 = "error500"
    DROP = "drop"
    RESET = "reset"
    RATELIMITED = "ratelimited"
    EXECUTE_THEN_TIMEOUT = "execute_then_timeout"
    LAGGING_LOOKUP = "lagging_lookup"
    ERROR = "error"
    TOKEN_REVOKED = "token_revoked"
    REDELIVERY = "redelivery"
    OK = "ok"
    """Nothing goes wrong: a step of a script."""


EVERY_DELIVERY = "delivery *"
DELIVERIES = frozenset(
    {
        "event",
        "command",
        "block_actions",
        "block_suggestion",
        "shortcut",
        "message_action",
        "view_submission",
        "view_closed",
        "webhook",
        "delivery",
    }
)
"""First words of the names under which deliveries stand in the inspector."""


def is_delivery(what: str) -> bool:
    return what.partition(" ")[0] in DELIVERIES


def is_slack_method(what: str) -> bool:
    return " " not in what


@dataclass(frozen=True)
class Fault:
    """One line of a plan.

    `method` names what it strikes: a method of the Web API, "zendesk PUT tickets", or a delivery such as
    "event message" or "block_actions ticket.approve". `*` and `?` stand for any characters; "*" alone is every request
    of the bot, "delivery *" every delivery to it. A `script` says what befalls the first call, the second, …, and then
    no more.
    """

    method: str
    kind: FaultKind
    code: str = ""
    probability: float = 1.0
    times: int | None = None
    seconds: float = 0.0
    script: tuple["Fault", ...] = ()

    def applies_to(self, what: str) -> bool:
        if is_delivery(what):
            return self.method == EVERY_DELIVERY or (is_delivery(self.method) and fnmatchcase(what, self.method))
        return fnmatchcase(what, self.method)
