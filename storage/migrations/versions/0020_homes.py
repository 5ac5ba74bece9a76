"""Who has the app's Home open, and what it showed last."""

from alembic import op

from storage.homes import homes

revision = "0020"
down_revision = "0019"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Create the table, which a database that is new has from the first shape already."""
    homes.create(op.get_bind(), checkfirst=True)
