"""The tables of what figures are computed from: finished stories by day, and which of them have changed since."""

from sqlalchemy import Column, Float, ForeignKey, Index, Integer, LargeBinary, String, Table, Text

from storage.tables import Moment, metadata

story_days = Table(  # the stories of what came in on a day (UTC), in columns; made again from the cases at any time
    "story_days",
    metadata,
    Column("workspace", String(64), primary_key=True),
    Column("day", String(10), primary_key=True),
    Column("teams", Text, nullable=False),  # JSON: the names of the numbers in the columns
    Column("categories", Text, nullable=False),
    Column("content", LargeBinary, nullable=False),  # pipeline.columns
    Column("cases", LargeBinary, nullable=False),  # the ids of the rows, each in twenty bytes
)

retold = Table(  # a log: cases whose story has changed since their day was summed up
    "retold",
    metadata,
    Column("number", Integer, primary_key=True, autoincrement=True),
    Column("workspace", String(64), nullable=False),
    Column("created_at", Moment, nullable=False),  # when the case came in, which never changes
    Column("case_id", String(20), nullable=False),  # no foreign key: a case that was erased is retold as nothing
    Index(None, "workspace", "created_at"),
)

model_calls = Table(  # what each call of a language model took for a ticket; never edited
    "model_calls",
    metadata,
    Column("number", Integer, primary_key=True, autoincrement=True),
    Column("workspace", String(64), nullable=False),
    Column("case_id", String(20), ForeignKey("cases.id"), index=True),  # null: it was for no ticket
    Column("at", Moment, nullable=False),
    Column("model", String(128), nullable=False),
    Column("purpose", String(64), nullable=False),  # the name of the schema that was asked for
    Column("outcome", String(16), nullable=False),
    Column("tokens_in", Integer, nullable=False),
    Column("tokens_cached", Integer, nullable=False),  # of those in
    Column("tokens_out", Integer, nullable=False),
    Column("cost", Float),  # by the prices of then; null: none was set
    Index(None, "workspace", "at"),
)
