"""Where people filed a case, to be shown to a model that reads a ticket like it."""

from alembic import op

from storage.knowledge_tables import corrections

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Create the table, which a database that is new has from the first shape already."""
    corrections.create(op.get_bind(), checkfirst=True)
