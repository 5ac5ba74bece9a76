"""What Slack itself writes into a channel when something happens to it: a message with a subtype, by who did it."""

from bot.playground.events import announce_message
from bot.playground.people import Channel
from bot.playground.playground import Playground

WORDS = {
    "channel_join": "<@{user}> has joined the channel",
    "channel_leave": "<@{user}> has left the channel",
    "channel_topic": "set the channel topic: {topic}",
    "channel_purpose": "set the channel description: {purpose}",
    "channel_name": 'has renamed the channel from "{old_name}" to "{name}"',
    "channel_archive": "archived the channel",
    "channel_unarchive": "un-archived the channel",
}


def note(playground: Playground, subtype: str, user: str, channel: Channel, **about: str) -> None:
    text = WORDS[subtype].format(user=user, **about)
    message = {"user": user, "subtype": subtype, "text": text, **about}
    announce_message(playground, playground.messages.post(channel.id, message))
