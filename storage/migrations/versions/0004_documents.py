"""Which document a passage is of."""

from alembic import op
from sqlalchemy import Column, inspect

from storage.knowledge_tables import resolutions

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the column and its index; a database that is new has both from the first shape already."""
    if "document" in {column["name"] for column in inspect(op.get_bind()).get_columns("resolutions")}:
        return
    column = resolutions.c.document
    op.add_column("resolutions", Column("document", column.type, nullable=False, server_default=""))
    op.create_index("ix_resolutions_workspace_document", "resolutions", ["workspace", "document"])
