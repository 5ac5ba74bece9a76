"""What all processes together have called of Slack."""

from alembic import op

from storage.budgets import budgets

revision = "0018"
down_revision = "0017"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Create the table, which a new database has from the first shape already."""
    budgets.create(op.get_bind(), checkfirst=True)
