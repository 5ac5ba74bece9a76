"""What a channel may be called."""

import re

from bot.playground.wire import Refusal
from bot.playground.workspace import Workspace

LONGEST = 80


def check_name(workspace: Workspace, name: str) -> str:
    """The name itself, if it is a good one and free; archived channels keep theirs."""
    if not name:
        raise Refusal("invalid_name_required")
    if len(name) > LONGEST:
        raise Refusal("invalid_name_maxlength")
    if re.fullmatch(r"[\W_]+", name):
        raise Refusal("invalid_name_punctuation")
    if name != name.lower() or not re.fullmatch(r"[\w-]+", name):
        raise Refusal("invalid_name_specials")
    if any(channel.name == name for channel in workspace.channels):
        raise Refusal("name_taken")
    return name
