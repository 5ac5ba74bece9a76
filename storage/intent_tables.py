"""The tables of intents: the tree, where each ticket is, what people changed, who watches, and the batches."""

from sqlalchemy import Boolean, Column, Float, ForeignKey, Index, Integer, LargeBinary, String, Table, Text

from storage.tables import Moment, metadata

intents = Table(
    "intents",
    metadata,
    Column("id", String(20), primary_key=True),
    Column("workspace", String(64), nullable=False),
    Column("name", String(80), nullable=False),
    Column("l1", String(80), nullable=False),
    Column("l2", String(80), nullable=False),
    Column("medoid", String(20), nullable=False),
    Column("words", Text, nullable=False),  # masked
    Column("size", Integer, nullable=False),
    Column("standing", String(8), nullable=False),
    Column("into", String(20), nullable=False),
    Column("named", Boolean, nullable=False),
    Column("filed", Boolean, nullable=False),
    Column("settled", Boolean, nullable=False),
    Column("created_at", Moment, nullable=False),
    Column("version", Integer, nullable=False),  # compared and swapped at each change
    Column("centre", LargeBinary, nullable=False),  # float16
    Column("embedder", String(128), nullable=False),  # vectors of two are never compared
    Index(None, "workspace", "standing"),
)

ticket_intents = Table(
    "ticket_intents",
    metadata,
    Column("case_id", String(20), ForeignKey("cases.id"), primary_key=True),
    Column("workspace", String(64), nullable=False),
    Column("intent", String(20), nullable=False),  # empty: it waits as new
    Column("cosine", Float, nullable=False),
    Column("by", String(8), nullable=False),
    Column("words", Text, nullable=False),  # masked and short
    Column("known", Boolean, nullable=False),  # an answer was found when it was read
    Column("at", Moment, nullable=False),  # when the ticket came
    Column("vector", LargeBinary, nullable=False),  # float16
    Column("embedder", String(128), nullable=False),
    Index(None, "workspace", "intent"),
    Index("ix_ticket_intents_came", "workspace", "at"),
)

intent_changes = Table(  # append-only, each row sealing the one before
    "intent_changes",
    metadata,
    Column("workspace", String(64), primary_key=True),
    Column("number", Integer, primary_key=True, autoincrement=False),
    Column("intent", String(20), nullable=False),
    Column("at", Moment, nullable=False),
    Column("actor", Text, nullable=False),  # JSON
    Column("kind", String(32), nullable=False),
    Column("detail", Text, nullable=False),  # JSON
    Column("hash", String(64), nullable=False),
    Index(None, "intent"),
)

intent_judgements = Table(  # what people said of a match; thresholds are calibrated on it
    "intent_judgements",
    metadata,
    Column("number", Integer, primary_key=True, autoincrement=True),
    Column("workspace", String(64), nullable=False, index=True),
    Column("cosine", Float, nullable=False),
    Column("right", Boolean, nullable=False),
    Column("at", Moment, nullable=False),
)

intent_watches = Table(
    "intent_watches",
    metadata,
    Column("intent", String(20), ForeignKey("intents.id"), primary_key=True),
    Column("person", String(64), primary_key=True),  # as Slack addresses them
    Column("told", Integer, nullable=False),  # its tickets of a week when they were told last
)

intent_runs = Table(
    "intent_runs",
    metadata,
    Column("number", Integer, primary_key=True, autoincrement=True),
    Column("workspace", String(64), nullable=False, index=True),
    Column("started_at", Moment, nullable=False),
    Column("done", Integer, nullable=False),
    Column("total", Integer, nullable=False),
    Column("finished_at", Moment),
    Column("threshold", Float, nullable=False),
)

intent_names = Table(  # what a language model said of some tickets, so that it is asked once
    "intent_names",
    metadata,
    Column("workspace", String(64), primary_key=True),
    Column("hash", String(64), primary_key=True),
    Column("named", Text, nullable=False),  # pipeline.name_intents.Named as JSON
)
