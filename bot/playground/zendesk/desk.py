"""The pretend helpdesk: customers write tickets, agents and the bot answer them."""

from itertools import count

from bot.playground.clock import Clock
from bot.playground.stream import Stream
from bot.playground.wire import Object
from bot.playground.zendesk.records import AGENTS, BOT_AGENT, GROUPS, Audit, Comment, Group, Role, Ticket, User
from bot.playground.zendesk.shown import show_on_page


class NotThere(LookupError):
    """No such record."""


class Desk:
    """Tickets by number, users by number; every change is announced to the page."""

    def __init__(self, clock: Clock, stream: Stream) -> None:
        self._clock = clock
        self._stream = stream
        self._tickets: dict[int, Ticket] = {}
        self._users: dict[int, User] = {user.id: user for user in (BOT_AGENT, *AGENTS)}
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

    def users(self, words: str) -> list[User]:
        """Whose e-mail or name has these words in it, as a search finds them."""
        return [user for user in self._users.values() if words.casefold() in f"{user.email} {user.name}".casefold()]

    def agent(self, email: str) -> User:
        """The agent with that e-mail."""
        for user in self._users.values():
            if user.role is not Role.CUSTOMER and user.email.casefold() == email.casefold():
                return user
        raise NotThere

    def name_of(self, user_id: int | None) -> str | None:
        """What whoever has that id is called."""
        return None if user_id is None else self.user(user_id).name

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

    def shown(self, ticket: Ticket) -> Object:
        """A ticket as the page has it."""
        return show_on_page(ticket, self.name_of(ticket.assignee_id))

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
        said_by: User | None = None,
    ) -> Audit:
        """One update of a ticket: its audit, and the comment (body, public) that came with it.

        `said_by` is whose words those are, where it is another than who made the change.
        """
        writer = said_by or author
        audit_id, at, now = next(self._ids), self._clock.now(), self._clock.iso()
        events = [{"id": next(self._ids), **change} for change in changes]
        if comment is not None:
            body, public = comment
            said = Comment(next(self._ids), writer, body, public, now, audit_id, at)
            ticket.comments.append(said)
            about = {"author_id": writer.id, "body": body, "public": public, "attachments": []}
            events.append({"id": said.id, "type": "Comment", "audit_id": audit_id, **about})
        audit = Audit(audit_id, author, now, tuple(events), custom, at)
        ticket.audits.append(audit)
        ticket.updated_at = now
        self._stream.publish("ticket", ticket=self.shown(ticket))
        return audit
