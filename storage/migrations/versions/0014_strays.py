"""Cards that could not be posted where they belong."""

from alembic import op

from storage.strays import strays

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Create the table, which a database that is new has from the first shape already."""
    strays.create(op.get_bind(), checkfirst=True)
