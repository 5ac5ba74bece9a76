"""What people said of our work, and the heads that were learnt from it."""

from alembic import op

from storage.feedback_table import feedback, models

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Create the tables, which a database that is new has from the first shape already."""
    feedback.create(op.get_bind(), checkfirst=True)
    models.create(op.get_bind(), checkfirst=True)
