"""FakeHelpDesk: a helpdesk in memory."""

from collections import Counter
from collections.abc import Mapping
from datetime import datetime, timedelta

from pipeline.errors import BadPayload, BadSignature
from pipeline.ports import Agent, Note, Remark, Reply
from pipeline.ticket import Arrival, Ticket
from tests.fakes.chat import LAG
from tests.fakes.clock import FakeClock
from tests.fakes.fuse import Fuse

SIGNATURE = "x-fake-signature"
SIGNED = "signed"


class FakeHelpDesk:
    """Implements the HelpDesk door. `notes` and `replies` are everything that it was ever told."""

    source = "zendesk"
    voice = "support@lumen.example, by Zendesk"

    def __init__(self, clock: FakeClock, fuse: Fuse, *, lag: timedelta = LAG) -> None:
        self._clock = clock
        self._fuse = fuse
        self._written: list[tuple[str, str, datetime]] = []
        self.lag = lag
        self.notes: list[tuple[str, Note]] = []
        self.replies: list[tuple[str, Reply]] = []
        self.remarks: list[tuple[str, Remark]] = []
        self.agents: dict[str, Agent] = {}  # by e-mail or id
        self.given: list[tuple[str, str]] = []  # who got a ticket, one after the other

    @property
    def counts(self) -> Counter[str]:
        """How often each key was written."""
        return Counter(key for _, key, _ in self._written)

    def verify(self, headers: Mapping[str, str], body: bytes, now: datetime) -> None:
        if headers.get(SIGNATURE) != SIGNED:
            raise BadSignature

    def read(self, headers: Mapping[str, str], body: bytes, now: datetime) -> Arrival | None:
        try:
            return Arrival.model_validate_json(body)
        except ValueError as error:
            raise BadPayload from error

    async def complete(self, ticket: Ticket) -> Ticket:
        return ticket

    async def annotate(self, ticket_id: str, note: Note) -> None:
        with self._fuse.around("helpdesk.annotate"):
            self.notes.append((ticket_id, note))
            if note.assignee and not self.has_it(ticket_id):
                self.gives(ticket_id, note.assignee)
            self._written.append((ticket_id, note.key, self._clock.now()))

    async def reply(self, ticket_id: str, reply: Reply) -> None:
        with self._fuse.around("helpdesk.reply"):
            self.replies.append((ticket_id, reply))
            self._written.append((ticket_id, reply.key, self._clock.now()))

    async def remark(self, ticket_id: str, remark: Remark) -> None:
        with self._fuse.around("helpdesk.remark"):
            self.remarks.append((ticket_id, remark))
            self._written.append((ticket_id, remark.key, self._clock.now()))

    def gives(self, ticket_id: str, who: str) -> None:
        """Somebody there puts an agent on a ticket, or takes it from whoever has it."""
        self.given.append((ticket_id, who))

    def has_it(self, ticket_id: str) -> str:
        """The e-mail or id of who works on a ticket."""
        return next((who for ticket, who in reversed(self.given) if ticket == ticket_id), "")

    async def assign(self, ticket_id: str, who: str, key: str) -> None:
        with self._fuse.around("helpdesk.assign"):
            self.gives(ticket_id, who)
            self._written.append((ticket_id, key, self._clock.now()))

    async def assigned(self, ticket_id: str, who: str) -> bool:
        return self.has_it(ticket_id) == who

    async def assignee(self, ticket_id: str) -> Agent | None:
        who = self.has_it(ticket_id)
        return self.agents.get(who, Agent(id=who)) if who else None

    async def agent(self, who: str) -> Agent | None:
        return self.agents.get(who)

    async def happened(self, ticket_id: str, key: str) -> bool:
        until = self._clock.now() - self.lag
        return any((ticket_id, key) == (ticket, known) and at <= until for ticket, known, at in self._written)
