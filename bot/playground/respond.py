"""What an app posts to a response_url: an answer for one person or the channel, or a changed message."""

from bot.playground.arguments import Arguments
from bot.playground.blocks import Surface, check_blocks
from bot.playground.events import announce_change, announce_deletion, announce_message
from bot.playground.playground import Playground
from bot.playground.response_urls import Interaction
from bot.playground.shown import by_bot
from bot.playground.wire import Object, Refusal

LONGEST_TEXT = 40_000
_KNOWN = {
    "text",
    "blocks",
    "attachments",
    "metadata",
    "replace_original",
    "delete_original",
    "response_type",
    "thread_ts",
    "unfurl_links",
    "unfurl_media",
    "mrkdwn",
}


def respond(playground: Playground, secret: str, body: Object) -> None:
    """Use the response_url once."""
    interaction = playground.response_urls.use(secret)
    playground = playground.of(interaction.team)
    if playground.strict and body.keys() - _KNOWN:
        raise Refusal("invalid_payload")
    arguments = Arguments(body)
    if arguments.boolean("delete_original"):
        _delete(playground, interaction)
        return
    content = _content(playground, arguments)
    if interaction.ts and arguments.boolean("replace_original"):
        _replace(playground, interaction, content)
    else:
        _post(playground, interaction, arguments, content)


def _post(playground: Playground, interaction: Interaction, arguments: Arguments, content: Object) -> None:
    """For this person alone unless `in_channel`; in the thread of the message that was acted on."""
    thread_ts = arguments.text("thread_ts") or interaction.thread_ts
    message = {**by_bot(playground.team), **content, **({"thread_ts": thread_ts} if thread_ts else {})}
    if arguments.text("response_type", "ephemeral") == "in_channel":
        announce_message(playground, playground.messages.post(interaction.channel, message))
    else:
        playground.messages.whisper(interaction.user, interaction.channel, message)


def _replace(playground: Playground, interaction: Interaction, content: Object) -> None:
    message = _original(playground, interaction)
    changes = {"blocks": None, **content}
    if message.get("is_ephemeral"):
        playground.messages.change_whisper(message, **changes)
    else:
        changed = playground.messages.change(interaction.channel, interaction.ts, **changes)
        announce_change(playground, changed, message)


def _delete(playground: Playground, interaction: Interaction) -> None:
    message = _original(playground, interaction)
    if message.get("is_ephemeral"):
        playground.messages.delete_whisper(message)
    else:
        playground.messages.delete(interaction.channel, interaction.ts)
        announce_deletion(playground, message)


def _original(playground: Playground, interaction: Interaction) -> Object:
    message = playground.messages.find_for(interaction.user, interaction.channel, interaction.ts)
    if message.get("bot_id") != playground.team.bot_id:
        raise Refusal("cant_update_message")
    return message


def _content(playground: Playground, arguments: Arguments) -> Object:
    content: Object = {}
    if "text" in arguments:
        content["text"] = arguments.text("text")
        if len(content["text"]) > LONGEST_TEXT:
            raise Refusal("msg_too_long")
    if "blocks" in arguments:
        blocks = arguments.json("blocks", "invalid_blocks_format")
        if complaints := check_blocks(blocks, Surface.MESSAGE):
            raise Refusal("invalid_blocks", errors=complaints)
        content["blocks"] = playground.identifiers.name_blocks(blocks if isinstance(blocks, list) else [])
    if not content.get("text") and not content.get("blocks"):
        raise Refusal("no_text")
    return content
