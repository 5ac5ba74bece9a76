"""The words of cases, masked, by which a case is found that is like another one, and how many hold each word."""

from sqlalchemy import Column, Index, Integer, String, Table, Text

from storage.tables import metadata

case_texts = Table(
    "case_texts",
    metadata,
    Column("number", Integer, primary_key=True, autoincrement=True),  # the full-text index's row id
    Column("id", String(20), nullable=False, unique=True),  # of the case, which may be gone before its vector is
    Column("workspace", String(64), nullable=False),
    Column("state", String(8), nullable=False),  # wanted: to be made (anew), made: can be found, gone: to be removed
    Column("digest", String(64), nullable=False),  # of what the customer said when it was wanted
    Column("text", Text, nullable=False),  # masked
    Column("words", Text, nullable=False),  # as pipeline.words writes them
    Column("indexed_with", String(128)),  # the embedder's name once the vector is in the index
    Index(None, "workspace", "state", "indexed_with"),
)

case_word_counts = Table(
    "case_word_counts",
    metadata,
    Column("workspace", String(64), primary_key=True),
    Column("word", String(64), primary_key=True),
    Column("holding", Integer, nullable=False),
)
