"""`parse` and `link_names`: names and addresses in plain text become links."""

import re

from bot.playground.methods.call import Call
from bot.playground.wire import refuse_arguments

PARSES = ("", "none", "full", "mrkdwn", "false", "client")
_HANDLE = re.compile(r"(?<![\w<])@([a-z0-9][a-z0-9._-]*)")
_CHANNEL = re.compile(r"(?<![\w<&])#([a-z0-9][a-z0-9_-]*)")
_ADDRESS = re.compile(r"(?<![<|\w])https?://[^\s<>|]+")


def format_text(call: Call, text: str) -> str:
    """User groups and channels with `link_names`; addresses, too, with `parse=full`, where no markup is read."""
    parse = call.arguments.text("parse")
    if parse not in PARSES:
        raise refuse_arguments(f"must be one of {', '.join(PARSES[1:4])} [json-pointer:/parse]")
    if parse == "full":
        return _link_names(call, _ADDRESS.sub(r"<\g<0>>", _escape(text)))
    return _link_names(call, text) if call.arguments.boolean("link_names") else text


def _escape(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def _link_names(call: Call, text: str) -> str:
    workspace = call.playground.workspace
    groups = {group.handle: f"<!subteam^{group.id}>" for group in workspace.groups}
    channels = {channel.name: f"<#{channel.id}|{channel.name}>" for channel in workspace.channels if channel.name}
    text = _HANDLE.sub(lambda found: groups.get(found[1], found[0]), text)
    return _CHANNEL.sub(lambda found: channels.get(found[1], found[0]), text)
