"""The first shape: cases, jobs, effects, history and knowledge."""

from alembic import op

from storage.knowledge_tables import create_full_text
from storage.tables import metadata

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Create every table, and the full-text index beside the knowledge base."""
    metadata.create_all(op.get_bind())
    create_full_text(op.get_bind())
