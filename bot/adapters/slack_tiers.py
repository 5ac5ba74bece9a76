"""Slack's tiers: how many calls of each method it takes, https://docs.slack.dev/apis/web-api/rate-limits."""

from typing import Final

from pipeline.budget import Budget

Door = tuple[str, str]  # method and channel; no channel: the whole workspace

POST: Final = "chat.postMessage"
PER_MINUTE: Final = {
    "conversations.list": 20,
    "usergroups.list": 20,
    "usergroups.users.list": 20,
    "chat.unfurl": 50,
    "chat.update": 50,
    "conversations.history": 50,
    "conversations.info": 50,
    "conversations.open": 50,
    "conversations.replies": 50,
    "dnd.info": 50,
    "entity.presentDetails": 50,
    "functions.completeError": 50,
    "functions.completeSuccess": 50,
    "users.lookupByEmail": 50,
    "assistant.threads.setSuggestedPrompts": 100,
    "chat.postEphemeral": 100,
    "users.info": 100,
    "views.open": 100,
    "views.publish": 100,
    "views.push": 100,
    "views.update": 100,
    POST: 300,  # Slack says "several hundred" for a workspace
}
"""What is not here, Slack takes as it comes."""
RESPONSE_URL: Final = "response_url"
"""The address that Slack sends with a press, in place of a method; in place of a channel, that address."""

_BURST, _STEADY = 0.25, 0.7  # shares of a minute's calls; what is left of it is for clocks that differ
_CHANNEL_BURST, _CHANNEL_PER_SECOND = 3.0, 1.0


def budget(door: Door, now: float) -> Budget:
    """Return a budget from which nobody has taken yet."""
    size, per_second = _allowed(door)
    return Budget(size, per_second, level=size, filled=now)


def _allowed(door: Door) -> tuple[float, float]:
    method, channel = door
    if channel:
        return _CHANNEL_BURST, _CHANNEL_PER_SECOND
    calls = PER_MINUTE.get(method, 6000)
    return calls * _BURST, calls * _STEADY / 60
