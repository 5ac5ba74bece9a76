"""files.completeUploadExternal: the bytes are there; the files are named, and shared with a message."""

from bot.playground.files import File, Share
from bot.playground.methods.call import Call, Method
from bot.playground.methods.content import read_blocks
from bot.playground.methods.destination import LOOKS, author, may_write, read_looks, read_thread
from bot.playground.people import Channel
from bot.playground.posting import post
from bot.playground.shown_files import show_file
from bot.playground.wire import Object, Refusal, refuse_arguments

MOST_CHANNELS = 100


def complete_upload(call: Call) -> Object:
    """Without a channel the files stay the app's own."""
    named = _named(call)
    channels = _channels(call)
    message = {**author(call), **read_looks(call), **_introduction(call)}
    threads = [read_thread(call, channel, "invalid_arguments") for channel in channels]
    files, team = call.playground.files, call.playground.team.id
    arrived = [files.arrived(str(each["id"]), team) for each in named]
    titles = [str(each.get("title") or "") for each in named]
    done = [files.complete(file, title) for file, title in zip(arrived, titles, strict=True)]
    for channel, thread in zip(channels, threads, strict=True):
        done = _share(call, channel, done, {**message, **thread})
    return {"files": [show_file(call.playground, file) for file in done]}


def _share(call: Call, channel: Channel, shared: list[File], message: Object) -> list[File]:
    """One message with all of them; the files know of it."""
    playground = call.playground
    shown = [show_file(playground, file) for file in shared]
    told = {"text": "", **message, "subtype": "file_share", "files": shown, "upload": True, "display_as_bot": False}
    posted = post(playground, channel.id, told)
    share = Share(channel.id, posted["ts"], str(posted.get("thread_ts", "")))
    known = [playground.files.share(file, share) for file in shared]
    playground.messages.change(channel.id, posted["ts"], files=[show_file(playground, file) for file in known])
    return known


def _named(call: Call) -> list[Object]:
    named = call.arguments.json("files", "invalid_arguments")
    if not isinstance(named, list) or not named or not all(isinstance(each, dict) and "id" in each for each in named):
        raise refuse_arguments("must be an array of objects with id [json-pointer:/files]")
    return named


def _channels(call: Call) -> list[Channel]:
    if "channel_id" in call.arguments:
        return [_open(call, call.channel("channel_id"))]
    said = call.arguments.values.get("channels") or ""
    named = said if isinstance(said, list) else str(said).split(",")
    ids = [str(each).strip() for each in named if str(each).strip()]
    if len(ids) > MOST_CHANNELS:
        raise Refusal("channels_limit_exceeded")
    return [_open(call, _named_channel(call, each)) for each in ids]


def _named_channel(call: Call, name: str) -> Channel:
    workspace = call.playground.workspace
    try:
        channel = workspace.channel(name)
    except Refusal:
        raise Refusal("invalid_channel") from None
    if channel.is_private and call.actor not in channel.members:
        raise Refusal("invalid_channel")
    return channel


def _open(call: Call, channel: Channel) -> Channel:
    if not may_write(call, channel):
        raise Refusal("not_in_channel")
    forbidden = call.playground.restrictions.forbids(channel.id, call.arguments.text("thread_ts"), direct=False)
    if channel.is_archived or forbidden:
        raise Refusal("posting_to_channel_denied")
    return channel


def _introduction(call: Call) -> Object:
    """The comment; blocks count only where there is none."""
    if comment := call.arguments.text("initial_comment"):
        return {"text": comment}
    blocks = call.arguments.json("blocks", "invalid_blocks")
    return {} if blocks is None else {"blocks": read_blocks(call, blocks, "invalid_blocks")}


METHODS = (
    Method(
        "files.completeUploadExternal",
        complete_upload,
        ("files",),
        ("blocks", "channel_id", "channels", "initial_comment", "thread_ts", *LOOKS),
        "files:write",
        4,
    ),
)
