"""A press: who pressed what, on which message. Read once from Slack's payload."""

import json
from collections.abc import Mapping
from typing import Any

from handlers.slack.whence import addressed
from pipeline.errors import BadPayload
from pipeline.value import Value


class Press(Value):
    """A button pressed or an option chosen on a message. `case` is the one that the row of buttons names."""

    user: str
    case: str
    channel: str
    ts: str
    value: str
    trigger: str


class Form(Value):
    """A modal sent. `case`, `shown`, `channel` and `ts` are those it was opened with."""

    user: str
    case: str
    shown: str
    channel: str
    ts: str
    of: str = ""  # the message in Slack whose words these are, and what they were
    after: int = 0  # how many replies there had been
    link: str = ""  # under which it was opened, where it was not on a card
    values: dict[str, str]


def read_press(body: Mapping[str, Any]) -> Press:
    """Read a block_actions payload. Raises BadPayload when it is not from a message."""
    try:
        action, container = body["actions"][0], body["container"]
        chosen = action.get("selected_option") or action
        return Press(
            user=addressed(body, body["user"]["id"]),
            case=str(action.get("block_id", "")).partition(":")[2],
            channel=addressed(body, container["channel_id"]),
            ts=container["message_ts"],
            value=str(chosen.get("value", "")),
            trigger=body["trigger_id"],
        )
    except (KeyError, IndexError, TypeError) as error:
        raise BadPayload("This was not pressed on one of my messages.") from error


def read_form(body: Mapping[str, Any]) -> Form:
    """Read a view_submission payload."""
    try:
        view = body["view"]
        inputs = view["state"]["values"]
        return Form(
            user=addressed(body, body["user"]["id"]),
            **json.loads(view["private_metadata"]),
            values={block: _value(next(iter(named.values()), {})) for block, named in inputs.items()},
        )
    except (KeyError, TypeError, ValueError) as error:
        raise BadPayload("This form is not one of mine.") from error


def _value(state: Mapping[str, Any]) -> str:
    chosen = state.get("selected_option") or {}
    return str(chosen.get("value") or state.get("value") or state.get("selected_date_time") or "")
