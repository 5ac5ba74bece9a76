"""chat.*: post, whisper, link."""

from bot.playground.methods.call import Call, Method
from bot.playground.methods.content import CONTENT, LONGEST_TEXT, read_content, require_saying
from bot.playground.methods.destination import (
    LOOKS,
    author,
    open_channel,
    read_looks,
    read_thread,
    respect_rate,
    respect_restrictions,
)
from bot.playground.people import Channel
from bot.playground.posting import post
from bot.playground.shown import show_message
from bot.playground.wire import Object, Refusal


def post_message(call: Call) -> Object:
    """Saying it again with the same `client_msg_id` gives the first message and posts no other."""
    if call.arguments.boolean("as_user"):
        raise Refusal("as_user_not_supported")
    channel = open_channel(call)
    client_msg_id = call.arguments.text("client_msg_id")
    if client_msg_id and (twin := call.playground.messages.twin(channel.id, client_msg_id)):
        return {**_posted(twin), "is_duplicate": True}
    thread = read_thread(call, channel)
    respect_restrictions(call, channel, thread)
    respect_rate(call, channel)
    content, warned = _cut(read_content(call, longest=None))
    require_saying(content)
    named = {"client_msg_id": client_msg_id} if client_msg_id else {}
    message = {**author(call), **read_looks(call), **thread, **content, **named, **_plain(call)}
    return {**_posted(post(call.playground, channel.id, message)), **warned}


def me_message(call: Call) -> Object:
    channel = open_channel(call)
    respect_rate(call, channel)
    content = read_content(call)
    require_saying(content)
    message = post(call.playground, channel.id, {**author(call), **content, "subtype": "me_message"})
    return {"channel": channel.id, "ts": message["ts"]}


def post_ephemeral(call: Call) -> Object:
    channel = open_channel(call)
    user = call.arguments.text("user")
    if user not in channel.members:
        raise Refusal("user_not_in_channel")
    thread = read_thread(call, channel)
    respect_restrictions(call, channel, thread)
    content = read_content(call)
    require_saying(content)
    message = {**author(call), **read_looks(call), **thread, **_unheard(content)}
    return {"message_ts": call.playground.messages.whisper(user, channel.id, message)["ts"]}


def get_permalink(call: Call) -> Object:
    channel = call.channel()
    message = call.playground.messages.find(channel.id, call.arguments.text("message_ts"))
    return {"channel": channel.id, "permalink": permalink(call, channel, message)}


def permalink(call: Call, channel: Channel, message: Object) -> str:
    link = f"{call.playground.team.url}archives/{channel.id}/p{message['ts'].replace('.', '')}"
    if message.get("thread_ts", message["ts"]) != message["ts"]:
        link += f"?thread_ts={message['thread_ts']}&cid={channel.id}"
    return link


def _posted(message: Object) -> Object:
    return {"channel": message["channel"], "ts": message["ts"], "message": show_message(message, with_metadata=True)}


def _cut(content: Object) -> tuple[Object, Object]:
    """Text that is far too long is cut, and the answer says so."""
    if len(content.get("text", "")) <= LONGEST_TEXT:
        return content, {}
    warned = {"warning": "message_truncated", "response_metadata": {"warnings": ["message_truncated"]}}
    return {**content, "text": content["text"][:LONGEST_TEXT]}, warned


def _unheard(content: Object) -> Object:
    """No event tells of a whisper: of its metadata only work objects count."""
    entities = content.get("metadata", {}).get("entities")
    rest = {key: value for key, value in content.items() if key != "metadata"}
    return {**rest, "metadata": {"entities": entities}} if entities else rest


def _plain(call: Call) -> Object:
    """`mrkdwn=false`: the text stands as it is written."""
    wanted = "mrkdwn" not in call.arguments or call.arguments.boolean("mrkdwn")
    return {} if wanted else {"mrkdwn": False}


METHODS = (
    Method(
        "chat.postMessage",
        post_message,
        ("channel",),
        (
            *CONTENT,
            *LOOKS,
            "as_user",
            "client_msg_id",
            "link_names",
            "mrkdwn",
            "parse",
            "reply_broadcast",
            "thread_ts",
            "unfurl_links",
            "unfurl_media",
        ),
        "chat:write",
        5,
    ),
    Method("chat.meMessage", me_message, ("channel", "text"), (), "chat:write"),
    Method(
        "chat.postEphemeral",
        post_ephemeral,
        ("channel", "user"),
        (*CONTENT, *LOOKS, "as_user", "link_names", "parse", "thread_ts"),
        "chat:write",
        4,
    ),
    Method("chat.getPermalink", get_permalink, ("channel", "message_ts"), (), "", 5),
)
