"""What administrators forbid: posting in a channel, answering in a thread, tabs of the app."""

from dataclasses import dataclass, field
from enum import StrEnum


class Posting(StrEnum):
    """How far a channel is closed; the value is Slack's error code for it."""

    NOBODY = "restricted_action"
    READ_ONLY = "restricted_action_read_only_channel"
    THREADS_ONLY = "restricted_action_thread_only_channel"
    NO_THREADS = "restricted_action_non_threadable_channel"


THREAD_LOCKED = "restricted_action_thread_locked"


@dataclass
class Restrictions:
    """Nothing is forbidden until somebody forbids it."""

    channels: dict[str, Posting] = field(default_factory=dict)
    locked_threads: set[tuple[str, str]] = field(default_factory=set)
    """Channel and timestamp of the first message."""
    messages_tab: bool = True
    home_tab: bool = True
    agent: bool = True
    """Whether the app is set up as an agent."""

    def forbids(self, channel: str, thread_ts: str, *, direct: bool) -> str:
        """Why nothing may be posted there, as Slack's error code; empty when it may."""
        if direct and not self.messages_tab:
            return "messages_tab_disabled"
        posting = self.channels.get(channel)
        open_to_this = Posting.THREADS_ONLY if thread_ts else Posting.NO_THREADS
        if posting and posting is not open_to_this:
            return posting.value
        return THREAD_LOCKED if (channel, thread_ts) in self.locked_threads else ""
