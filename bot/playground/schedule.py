"""Messages that wait for their time."""

from dataclasses import dataclass

from bot.playground.identifiers import Identifiers
from bot.playground.wire import Object, Refusal


@dataclass(frozen=True)
class Entry:
    id: str
    team: str
    channel: str
    post_at: int
    created: int
    message: Object

    def show(self) -> Object:
        said = {"text": self.message["text"]} if self.message.get("text") else {}
        return {
            "id": self.id,
            "channel_id": self.channel,
            "post_at": self.post_at,
            "date_created": self.created,
            **said,
        }


class Schedule:
    """Keeps what is to be said later, until it is said or taken back."""

    def __init__(self, identifiers: Identifiers) -> None:
        self._identifiers = identifiers
        self._entries: dict[str, Entry] = {}

    def add(self, team: str, channel: str, post_at: int, created: int, message: Object) -> Entry:
        entry = Entry(self._identifiers.make("Q"), team, channel, post_at, created, message)
        self._entries[entry.id] = entry
        return entry

    def of(self, team: str) -> list[Entry]:
        """The next one first."""
        return sorted((e for e in self._entries.values() if e.team == team), key=lambda e: (e.post_at, e.id))

    def holds(self, entry: Entry) -> bool:
        return entry.id in self._entries

    def take(self, entry_id: str, team: str, channel: str) -> Entry:
        """Out of the schedule: it is said now, or never."""
        entry = self._entries.get(entry_id)
        if entry is None or (entry.team, entry.channel) != (team, channel):
            raise Refusal("invalid_scheduled_message_id")
        return self._entries.pop(entry_id)
