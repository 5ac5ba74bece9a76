"""A message is said: it is stored, the app's status goes, and the event is on its way."""

from bot.playground.events import announce_message
from bot.playground.playground import Playground
from bot.playground.wire import Object


def post(playground: Playground, channel: str, message: Object) -> Object:
    """`message` says whose it is; a word of the app's ends what it was shown to be doing there."""
    stored = playground.messages.post(channel, message)
    if "bot_id" in stored:
        playground.statuses.clear(channel, str(stored.get("thread_ts", "")))
    announce_message(playground, stored)
    return stored
