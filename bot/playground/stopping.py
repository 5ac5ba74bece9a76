"""A person stops the app while its message still grows."""

from bot.playground.announcing import announce
from bot.playground.playground import Playground
from bot.playground.wire import Refusal


def stop_stream(playground: Playground, user: str, channel: str, ts: str) -> None:
    """No more is taken for the message; the app, when told of it, ends the message itself."""
    person = playground.workspace.person(user)
    message = playground.messages.find(channel, ts)
    if not message.get("streaming"):
        raise Refusal("message_not_in_streaming_state")
    playground.messages.change(channel, ts, streaming={**message["streaming"], "stopped_by": person.id})
    place = {"channel": channel, "thread_ts": message["thread_ts"]}
    announce(playground, {"type": "agent_session_stopped", "user": person.id, **place})
