"""chat.startStream, appendStream and stopStream: a message that grows while the app thinks."""

from bot.playground.events import announce_change
from bot.playground.methods.call import Call, Method
from bot.playground.methods.chunks import read_chunks
from bot.playground.methods.content import LONGEST_MARKDOWN, read_blocks
from bot.playground.methods.destination import (
    LOOKS,
    author,
    is_own,
    open_channel,
    read_looks,
    read_thread,
    respect_rate,
    respect_restrictions,
)
from bot.playground.methods.metadata import read_metadata
from bot.playground.people import Channel
from bot.playground.posting import post
from bot.playground.shown import show_message
from bot.playground.streaming import MODES, TIMELINE, grow, render, text_of
from bot.playground.wire import Object, Refusal, refuse_arguments

MOST_BLOCKS = 50


def start_stream(call: Call) -> Object:
    """Always in a thread; outside a direct message it is told for whom it streams."""
    channel = open_channel(call)
    if "thread_ts" not in call.arguments:
        raise refuse_arguments("missing required field: thread_ts")
    thread = read_thread(call, channel, "messaging_processing_failed")
    respect_restrictions(call, channel, thread)
    respect_rate(call, channel)
    streaming: Object = {"mode": _mode(call), "recipient": _recipient(call, channel), "parts": []}
    message = {**author(call), **read_looks(call), **thread, **_written(streaming, read_chunks(call))}
    return {"channel": channel.id, "ts": post(call.playground, channel.id, message)["ts"]}


def append_stream(call: Call) -> Object:
    channel, message = _streaming_message(call)
    if "stopped_by" in message["streaming"]:
        raise Refusal("stopped_by_user")
    chunks = read_chunks(call)
    if not chunks:
        raise Refusal("no_text")
    call.playground.messages.change(channel.id, message["ts"], **_written(message["streaming"], chunks))
    return {"channel": channel.id, "ts": message["ts"]}


def stop_stream(call: Call) -> Object:
    """The last words, and under them the blocks that stay."""
    channel, message = _streaming_message(call)
    final = _written(message["streaming"], read_chunks(call), _last_blocks(call))
    if not final["text"] and not final["blocks"]:
        raise Refusal("no_text")
    if "metadata" in call.arguments:
        final["metadata"] = read_metadata(call.arguments.json("metadata", "invalid_metadata_format"))
    stopped = call.playground.messages.change(channel.id, message["ts"], **{**final, "streaming": None})
    announce_change(call.playground, stopped, message)
    return {"channel": channel.id, "ts": message["ts"], "message": show_message(stopped, with_metadata=True)}


def _streaming_message(call: Call) -> tuple[Channel, Object]:
    channel = open_channel(call)
    message = call.playground.messages.find(channel.id, call.arguments.text("ts"))
    if not is_own(call, message):
        raise Refusal("message_not_owned_by_app")
    if not message.get("streaming"):
        raise Refusal("message_not_in_streaming_state")
    respect_restrictions(call, channel, message)
    return channel, message


def _written(streaming: Object, chunks: list[Object], last: list[Object] | None = None) -> Object:
    """The message's fields once these chunks are in it."""
    parts = grow(streaming["parts"], chunks)
    text = text_of(parts)
    if len(text) > LONGEST_MARKDOWN:
        raise Refusal("msg_too_long")
    blocks = [*render(parts, streaming["mode"]), *(last or [])]
    if len(blocks) > MOST_BLOCKS:
        raise Refusal("msg_blocks_too_many")
    return {"text": text, "blocks": blocks, "streaming": {**streaming, "parts": parts}}


def _last_blocks(call: Call) -> list[Object]:
    if "blocks" not in call.arguments:
        return []
    return read_blocks(call, call.arguments.json("blocks", "invalid_blocks"), "invalid_blocks")


def _mode(call: Call) -> str:
    mode = call.arguments.text("task_display_mode", TIMELINE)
    if mode not in MODES:
        raise refuse_arguments(f"must be one of {', '.join(MODES)} [json-pointer:/task_display_mode]")
    return mode


def _recipient(call: Call, channel: Channel) -> str:
    user, team = call.arguments.text("recipient_user_id"), call.arguments.text("recipient_team_id")
    if channel.is_direct and not user and not team:
        return channel.partner
    if not user:
        raise Refusal("missing_recipient_user_id")
    if not team:
        raise Refusal("missing_recipient_team_id")
    person = call.playground.workspace.person(user)
    if person.team != team:
        raise Refusal("user_not_found")
    return person.id


_GROWING = ("chunks", "markdown_text")

METHODS = (
    Method(
        "chat.startStream",
        start_stream,
        ("channel",),
        (*_GROWING, *LOOKS, "thread_ts", "recipient_user_id", "recipient_team_id", "task_display_mode"),
        "chat:write",
        2,
    ),
    Method("chat.appendStream", append_stream, ("channel", "ts"), _GROWING, "chat:write", 4),
    Method("chat.stopStream", stop_stream, ("channel", "ts"), (*_GROWING, "blocks", "metadata"), "chat:write", 2),
)
