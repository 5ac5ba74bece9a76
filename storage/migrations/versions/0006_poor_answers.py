"""Which answers a person has called poor, and how many resolutions there are."""

from alembic import op
from sqlalchemy import Column, false, func, inspect, literal, select

from storage.full_text import EVERY
from storage.knowledge_tables import resolutions, word_counts

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the column, which a database that is new has from the first shape already, and count."""
    if "poor" not in {column["name"] for column in inspect(op.get_bind()).get_columns("resolutions")}:
        op.add_column("resolutions", Column("poor", resolutions.c.poor.type, nullable=False, server_default=false()))
    counts = select(resolutions.c.workspace, literal(EVERY), func.count()).group_by(resolutions.c.workspace)
    op.execute(word_counts.delete().where(word_counts.c.word == EVERY))
    op.execute(word_counts.insert().from_select(["workspace", "word", "holding"], counts))
