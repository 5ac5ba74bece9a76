"""Which answers a person has called poor."""

from alembic import op
from sqlalchemy import Column, false, inspect

from storage.knowledge_tables import resolutions

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the column; a database that is new has it from the first shape already."""
    if "poor" not in {column["name"] for column in inspect(op.get_bind()).get_columns("resolutions")}:
        op.add_column("resolutions", Column("poor", resolutions.c.poor.type, nullable=False, server_default=false()))
