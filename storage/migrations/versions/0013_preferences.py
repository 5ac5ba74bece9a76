"""What people prefer."""

from alembic import op

from storage.preferences import preferences

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Create the table, which a database that is new has from the first shape already."""
    preferences.create(op.get_bind(), checkfirst=True)
