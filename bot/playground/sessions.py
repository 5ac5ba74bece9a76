"""An agent's sessions: each lives in a thread, has a title, and is at work, idle, or over."""

from dataclasses import asdict, dataclass, replace

from bot.playground.stream import Stream
from bot.playground.wire import Refusal

STATUSES = ("active", "processing", "suspended", "closed")


@dataclass(frozen=True)
class Session:
    channel: str
    thread_ts: str
    team: str
    status: str
    title: str = ""
    user: str = ""
    """Who began it, when the app said so."""
    username: str = ""
    icon_emoji: str = ""
    icon_url: str = ""


class Sessions:
    """Finds sessions and keeps their new state; every change is announced."""

    def __init__(self, stream: Stream) -> None:
        self._stream = stream
        self._sessions: dict[tuple[str, str], Session] = {}

    def get(self, channel: str, thread_ts: str) -> Session | None:
        return self._sessions.get((channel, thread_ts))

    def find(self, channel: str, thread_ts: str) -> Session:
        found = self.get(channel, thread_ts)
        if found is None:
            raise Refusal("session_not_found")
        return found

    def keep(self, session: Session) -> Session:
        self._sessions[session.channel, session.thread_ts] = session
        self._stream.publish("agent_session", session=asdict(session))
        return session

    def rename(self, session: Session, title: str) -> Session:
        return self.keep(replace(session, title=title))

    def shown(self) -> list[dict[str, str]]:
        return [asdict(session) for session in self._sessions.values()]
