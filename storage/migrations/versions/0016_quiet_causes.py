"""What leads found noisy."""

from alembic import op

from storage.quiet import quiet_causes

revision = "0016"
down_revision = "0015"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Create the table, which a database that is new has from the first shape already."""
    quiet_causes.create(op.get_bind(), checkfirst=True)
