"""The tables of weekly reviews and of what leads made of their proposals."""

from sqlalchemy import Column, Index, Integer, String, Table, Text

from storage.tables import Moment, metadata

reviews = Table(
    "reviews",
    metadata,
    Column("workspace", String(64), primary_key=True),
    Column("slot", String(32), primary_key=True),  # the week
    Column("at", Moment, nullable=False),
    Column("content", Text, nullable=False),  # pipeline.review.Review as JSON, without its proposals
)

proposals = Table(
    "proposals",
    metadata,
    Column("number", Integer, primary_key=True, autoincrement=True),
    Column("workspace", String(64), nullable=False),
    Column("slot", String(32), nullable=False),
    Column("content", Text, nullable=False),  # pipeline.review.Proposal as JSON, as it was proposed
    Column("answer", String(16), nullable=False),
    Column("actor", String(64)),
    Column("actor_name", Text),
    Column("answered_at", Moment),
    Index(None, "workspace", "slot"),
    Index(None, "workspace", "answer"),
)
