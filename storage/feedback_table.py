"""The tables of what people said of our work, and of the heads that were learnt from it."""

from sqlalchemy import Column, Float, ForeignKey, Index, Integer, LargeBinary, String, Table, Text

from storage.tables import Moment, metadata

feedback = Table(  # a log: of a case and an aspect, the latest that counts is the person's word
    "feedback",
    metadata,
    Column("number", Integer, primary_key=True, autoincrement=True),
    Column("workspace", String(64), nullable=False),
    Column("case_id", String(20), ForeignKey("cases.id"), nullable=False),
    Column("aspect", String(16), nullable=False),
    Column("actor", String(64), nullable=False),
    Column("actor_name", Text, nullable=False),
    Column("at", Moment, nullable=False),
    Column("shown", Text, nullable=False),  # masked, where it is a text
    Column("chosen", Text, nullable=False),
    Column("distance", Float),
    Column("category", String(64), nullable=False),
    Column("team", String(64), nullable=False),
    Column("grade", String(16), nullable=False),
    Column("language", String(16), nullable=False),
    Column("engine", String(16), nullable=False),
    Column("standing", String(16), nullable=False),
    Index(None, "workspace", "aspect", "at"),
    Index(None, "case_id", "aspect"),
    Index(None, "workspace", "actor", "at"),
)

models = Table(  # heads learnt from feedback, for every process to load
    "models",
    metadata,
    Column("number", Integer, primary_key=True, autoincrement=True),
    Column("workspace", String(64), nullable=False),
    Column("embedder", String(128), nullable=False),
    Column("at", Moment, nullable=False),
    Column("state", String(16), nullable=False),  # adopted, refused or retired
    Column("figures", Text, nullable=False),  # JSON: what it was adopted or refused by
    Column("content", LargeBinary, nullable=False),
    Index(None, "workspace", "state", "number"),
)
