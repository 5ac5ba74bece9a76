"""The pretend helpdesk: customers write tickets, agents and the bot answer them."""

from itertools import count

from bot.playground.clock import Clock
from bot.playground.stream import Stream
from bot.playground.wire import Object
from bot.playground.zendesk.records import BOT_AGENT, GROUPS, Audit, Comment, Group, Role, Ticket, User
from bot.playground.zendesk.shown import show_on_page


class NotThere(LookupError):
    """No such record."""


class Desk:
    """Tickets by number, users by number; every change is announced to the page."""

    def __init__(self, clock: Clock, stream: Stream) -> None:
        self._clock = clock
        self._stream = stream
        self._tickets: dict[int, Ticket] = {}
        self._users: dict[int, User] = {BOT_AGENT.id: BOT_AGENT}
        self._customers: dict[str, User] = {}
        self._ids = count(10_001)
        self.groups: tuple[Group, ...] = GROUPS

    @property
    def tickets(self) -> list[Ticket]:
        """Oldest first."""
        return list(self._tickets.values())

    def ticket(self, ticket_id: int) -> Ticket:
        if ticket_id not in self._tickets:
            raise NotThere
        return self._tickets[ticket_id]

    def user(self, user_id: int) -> User:
        if user_id not in self._users:
            raise NotThere
        return self._users[user_id]

    def group(self, group_id: object) -> Group:
        for group in self.groups:
            if group.id == group_id:
                return group
        raise NotThere

    def customer(self, name: str, email: str, tier: str) -> User:
        """The customer with this address, made known on the first letter."""
        known = self._customers.get(email.lower())
        if known is None:
            known = User(next(self._ids), name, email, Role.CUSTOMER, tier)
            self._customers[email.lower()] = self._users[known.id] = known
        return known

    def open_ticket(self, requester: User, subject: str, text: str, channel: str) -> Ticket:
        now = self._clock.iso()
        ticket = Ticket(len(self._tickets) + 1, subject, requester, channel, now, now)
        self._tickets[ticket.id] = ticket
        self.write(ticket, requester, text, public=True)
        return ticket

    def write(self, ticket: Ticket, author: User, body: str, *, public: bool) -> Comment:
        """A comment, with the audit that tells of it."""
        audit = self.note(ticket, author, [], {}, comment=(body, public))
        return next(comment for comment in ticket.comments if comment.audit_id == audit.id)

    def note(
        self,
        ticket: Ticket,
        author: User,
        changes: list[Object],
        custom: Object,
        comment: tuple[str, bool] | None,
    ) -> Audit:
        """One update of a ticket: its audit, and the comment (body, public) that came with it."""
        audit_id, at, now = next(self._ids), self._clock.now(), self._clock.iso()
        events = [{"id": next(self._ids), **change} for change in changes]
        if comment is not None:
            body, public = comment
            said = Comment(next(self._ids), author, body, public, now, audit_id, at)
            ticket.comments.append(said)
            about = {"author_id": author.id, "body": body, "public": public, "attachments": []}
            events.append({"id": said.id, "type": "Comment", "audit_id": audit_id, **about})
        audit = Audit(audit_id, author, now, tuple(events), custom, at)
        ticket.audits.append(audit)
        ticket.updated_at = now
        self._stream.publish("ticket", ticket=show_on_page(ticket))
        return audit
