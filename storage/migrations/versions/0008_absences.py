"""Who is away, and until when."""

from alembic import op

from storage.absences import absences

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Create the table, which a database that is new has from the first shape already."""
    absences.create(op.get_bind(), checkfirst=True)
