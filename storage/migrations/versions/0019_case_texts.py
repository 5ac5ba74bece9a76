"""The words by which a case is found that is like another, and which ticket a question names for what follows it.

The words of the cases that are there already are made by the index.
"""

from alembic import op
from sqlalchemy import Column, String, insert, inspect, literal, select

from storage.case_tables import case_texts, case_word_counts
from storage.knowledge_tables import create_full_text
from storage.tables import cases

revision = "0019"
down_revision = "0018"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Create the tables, which a new database has from the first shape already, and want what is there to be made."""
    for table in (case_texts, case_word_counts):
        table.create(op.get_bind(), checkfirst=True)
    create_full_text(op.get_bind(), "case_texts", "case_words")
    every = select(cases.c.id, cases.c.workspace, *(literal(word) for word in ("wanted", "earlier", "", "")))
    columns = ["id", "workspace", "state", "digest", "text", "words"]
    op.execute(insert(case_texts).from_select(columns, every.where(cases.c.status != "waiting")))
    if "about" not in {column["name"] for column in inspect(op.get_bind()).get_columns("questions")}:
        op.add_column("questions", Column("about", String(255), nullable=False, server_default=""))
