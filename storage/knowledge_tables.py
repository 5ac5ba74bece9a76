"""The tables of what the desk has learnt, and the full-text index beside it in each database's own way."""

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    Connection,
    ForeignKey,
    Index,
    Integer,
    String,
    Table,
    Text,
    UniqueConstraint,
    false,
)

from storage.tables import Moment, metadata

resolutions = Table(
    "resolutions",
    metadata,
    Column("number", Integer, primary_key=True, autoincrement=True),  # the full-text index's row id
    Column("id", String(64), nullable=False, unique=True),
    Column("workspace", String(64), nullable=False),
    Column("question", Text, nullable=False),  # masked, like every text here
    Column("answer", Text, nullable=False),
    Column("title", Text, nullable=False),
    Column("url", Text, nullable=False),
    Column("category", String(64), nullable=False),
    Column("language", String(16), nullable=False),
    Column("gold", Boolean, nullable=False),
    Column("poor", Boolean, nullable=False, server_default=false()),  # a person said so: it is never shown
    Column("document", String(500), nullable=False, server_default=""),
    Column("solved_at", Moment),
    Column("minutes", Integer),
    Column("csat", Integer),
    Column("case_id", String(20), index=True),
    Column("content_hash", String(64), nullable=False),
    Column("created_at", Moment, nullable=False),
    Column("indexed_with", String(128)),  # the embedder's name once the vector is in the index
    Column("words", Text, nullable=False),  # title, question and answer as pipeline.words writes them
    UniqueConstraint("workspace", "content_hash"),
    Index(None, "indexed_with", "number"),
    Index(None, "workspace", "document"),
)

word_counts = Table(  # how many resolutions of a workspace hold a word: what makes a rare word weigh more
    "word_counts",
    metadata,
    Column("workspace", String(64), primary_key=True),
    Column("word", String(64), primary_key=True),
    Column("holding", Integer, nullable=False),
)

marks = Table(  # by which near-duplicates of a question are found; pipeline.likeness says what they are
    "resolution_marks",
    metadata,
    Column("workspace", String(64), primary_key=True),
    Column("mark", BigInteger, primary_key=True),
    Column("number", ForeignKey("resolutions.number", ondelete="CASCADE"), primary_key=True, index=True),
)

corrections = Table(  # where people filed a case, against what it had been read as
    "corrections",
    metadata,
    Column("case_id", String(20), ForeignKey("cases.id"), primary_key=True),
    Column("workspace", String(64), nullable=False),
    Column("text", Text, nullable=False),  # the ticket, masked
    Column("category", String(64), nullable=False),
    Column("instead_of", String(64), nullable=False),  # empty: it had been read so
    Column("noted_at", Moment, nullable=False),
    Column("indexed_with", String(128)),  # the embedder's name once the text's vector is in the index
    Index(None, "workspace", "indexed_with"),
)

# The words are folded and separated by us, so that both databases find the same: PostgreSQL's own
# parser would read ERR-4471 as a word and a negative number.
_SQLITE = (
    """CREATE VIRTUAL TABLE IF NOT EXISTS {index} USING fts5(
        words, content='{texts}', content_rowid='number', tokenize='unicode61 remove_diacritics 0')""",
    """CREATE TRIGGER IF NOT EXISTS {texts}_inserted AFTER INSERT ON {texts} BEGIN
        INSERT INTO {index}(rowid, words) VALUES (new.number, new.words); END""",
    """CREATE TRIGGER IF NOT EXISTS {texts}_deleted AFTER DELETE ON {texts} BEGIN
        INSERT INTO {index}({index}, rowid, words)
        VALUES ('delete', old.number, old.words); END""",
    """CREATE TRIGGER IF NOT EXISTS {texts}_changed AFTER UPDATE OF words ON {texts} BEGIN
        INSERT INTO {index}({index}, rowid, words)
        VALUES ('delete', old.number, old.words);
        INSERT INTO {index}(rowid, words) VALUES (new.number, new.words); END""",
)
_POSTGRESQL = (
    """ALTER TABLE {texts} ADD COLUMN IF NOT EXISTS lexemes tsvector
        GENERATED ALWAYS AS (array_to_tsvector(string_to_array(words, ' '))) STORED""",
    "CREATE INDEX IF NOT EXISTS ix_{texts}_lexemes ON {texts} USING gin (lexemes)",
)


def create_full_text(connection: Connection, texts: str = "resolutions", index: str = "resolution_words") -> None:
    """Create the full-text index of a table that has `number` and `words`; the table must exist."""
    for statement in _SQLITE if connection.dialect.name == "sqlite" else _POSTGRESQL:
        connection.exec_driver_sql(statement.format(texts=texts, index=index))
