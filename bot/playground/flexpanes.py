"""Work objects opened beside the conversation: asked of the app, and shown to one person."""

from dataclasses import asdict, dataclass, field

from bot.playground.identifiers import Identifiers
from bot.playground.stream import Stream
from bot.playground.wire import Object, Refusal


@dataclass(frozen=True)
class Flexpane:
    """What one person opened; the app's answer is its entity, a demand to sign in, or an error."""

    trigger_id: str
    team: str
    user: str
    entity_id: str
    url: str
    answer: Object = field(default_factory=dict)


class Flexpanes:
    """One for each person; a new one takes the place of the old."""

    def __init__(self, identifiers: Identifiers, stream: Stream) -> None:
        self._identifiers = identifiers
        self._stream = stream
        self._panes: dict[str, Flexpane] = {}

    def open(self, team: str, user: str, entity_id: str, url: str) -> Flexpane:
        trigger_id = self._identifiers.make("", 32).lower()
        return self._keep(Flexpane(trigger_id, team, user, entity_id, url))

    def find(self, trigger_id: str, team: str) -> Flexpane:
        for pane in self._panes.values():
            if (pane.trigger_id, pane.team) == (trigger_id, team):
                return pane
        raise Refusal("invalid_trigger_id")

    def fill(self, pane: Flexpane, answer: Object) -> None:
        self._keep(Flexpane(pane.trigger_id, pane.team, pane.user, pane.entity_id, pane.url, answer))

    def shown(self) -> list[Object]:
        return [asdict(pane) for pane in self._panes.values()]

    def _keep(self, pane: Flexpane) -> Flexpane:
        self._panes[pane.user] = pane
        self._stream.publish("flexpane", pane=asdict(pane))
        return pane
