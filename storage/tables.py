"""Every table but the knowledge base's, with the unique indexes that keep our promises."""

from datetime import UTC, datetime
from typing import Any

from sqlalchemy import (
    Boolean,
    Column,
    DateTime,
    Dialect,
    ForeignKey,
    Index,
    Integer,
    MetaData,
    String,
    Table,
    Text,
    UniqueConstraint,
)
from sqlalchemy.types import TypeDecorator

metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s",
        "pk": "pk_%(table_name)s",
    }
)


class Moment(TypeDecorator[datetime]):
    """An aware UTC datetime; SQLite would hand it back naive, with its offset lost."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        return None if value is None else value.astimezone(UTC)

    def process_result_value(self, value: Any, dialect: Dialect) -> datetime | None:
        return None if value is None else value.replace(tzinfo=UTC) if value.tzinfo is None else value


cases = Table(
    "cases",
    metadata,
    Column("id", String(20), primary_key=True),
    Column("workspace", String(64), nullable=False),
    Column("source", String(32), nullable=False),
    Column("ticket_id", String(255), nullable=False),
    Column("version", Integer, nullable=False),  # compared and swapped at each change
    Column("status", String(16), nullable=False),
    Column("team", String(64), nullable=False),
    Column("agent", String(128), nullable=False),
    Column("category", String(64), nullable=False),
    Column("urgency", String(2), nullable=False),
    Column("escalated", Boolean, nullable=False),
    Column("due_at", Moment),
    Column("first_due_at", Moment),
    Column("warn_at", Moment),
    Column("responded_at", Moment),  # when the customer first heard of us, be it that we are on it
    Column("answered_at", Moment),  # when they first got an answer, by way of a card or in the helpdesk
    Column("resolved_at", Moment),  # of the resolution that stands
    Column("created_at", Moment, nullable=False),
    Column("updated_at", Moment, nullable=False),
    Column("ticket", Text, nullable=False),  # pipeline.ticket.Ticket as JSON
    Column("body", Text, nullable=False),  # pipeline.case.Case without its ticket, as JSON
    Column("head", String(64), nullable=False),  # hash of the last event, so that a cut-off history shows
    UniqueConstraint("workspace", "source", "ticket_id"),
    Index(None, "status", "due_at"),
    Index(None, "warn_at"),
    Index(None, "team", "status"),
    Index(None, "workspace", "created_at"),
    Index(None, "workspace", "status", "team", "created_at"),  # what waits since when, without looking at the cases
)

deliveries = Table(  # the inbox: a webhook or Slack event is acted on once
    "deliveries",
    metadata,
    Column("source", String(32), primary_key=True),
    Column("delivery", String(255), primary_key=True),
    Column("case_id", String(20)),
    Column("at", Moment, nullable=False, index=True),
)

jobs = Table(  # the queue: a row is work that somebody still owes
    "jobs",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=True),
    Column("kind", String(32), nullable=False),
    Column("subject", String(64), nullable=False),
    Column("state", String(8), nullable=False),  # waiting, running or failed; done work leaves
    Column("priority", Integer, nullable=False),  # smaller is sooner
    Column("attempt", Integer, nullable=False),
    Column("run_at", Moment, nullable=False),
    Column("lease_until", Moment),
    Column("created_at", Moment, nullable=False),
    Column("error", Text, nullable=False),
)
_waiting = Index("uq_jobs_waiting", jobs.c.kind, jobs.c.subject, unique=True)
_running = Index("uq_jobs_running", jobs.c.kind, jobs.c.subject, unique=True)
for _index, _state in ((_waiting, "waiting"), (_running, "running")):
    for _dialect in ("sqlite", "postgresql"):
        _index.dialect_options[_dialect]["where"] = jobs.c.state == _state
Index("ix_jobs_due", jobs.c.state, jobs.c.priority, jobs.c.id)

effects = Table(  # the outbox: what we meant to do outside, and what came of it
    "effects",
    metadata,
    Column("key", String(128), primary_key=True),
    Column("case_id", String(20), ForeignKey("cases.id"), index=True),  # null: it belongs to no case
    Column("result", Text),  # null until we know that it happened
    Column("first_at", Moment, nullable=False),
    Column("tried_at", Moment, nullable=False),
)

cards = Table(  # where Slack shows a case; a click is led to its case by this table alone
    "cards",
    metadata,
    Column("case_id", String(20), ForeignKey("cases.id"), primary_key=True),
    Column("placement", Integer, primary_key=True),
    Column("role", String(8), primary_key=True),  # card, or the pointer in the owner's channel
    Column("workspace", String(64), nullable=False),
    Column("channel", String(32), nullable=False),
    Column("ts", String(32), nullable=False),
    Column("told", Integer, nullable=False),  # number of the last event that its thread has
    Column("thread", String(32), nullable=False, server_default=""),  # where it is one of many: the incident's card
    UniqueConstraint("workspace", "channel", "ts"),
)

events = Table(  # the history: append-only, each row sealing the one before
    "events",
    metadata,
    Column("case_id", String(20), ForeignKey("cases.id"), primary_key=True),
    Column("number", Integer, primary_key=True),
    Column("at", Moment, nullable=False),
    Column("actor", Text, nullable=False),  # JSON
    Column("kind", String(32), nullable=False),
    Column("detail", Text, nullable=False),  # JSON
    Column("hash", String(64), nullable=False),
    Index(None, "kind", "at"),
)

ticks = Table(  # scheduled work: whoever inserts the row does it
    "ticks",
    metadata,
    Column("job", String(64), primary_key=True),
    Column("slot", String(32), primary_key=True),
    Column("at", Moment, nullable=False),
)
