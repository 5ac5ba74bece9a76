"""Lines in a digest, in place of cards that are still to come."""

from alembic import op

from storage.folds import digests, folds

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Create the tables, which a database that is new has from the first shape already."""
    folds.create(op.get_bind(), checkfirst=True)
    digests.create(op.get_bind(), checkfirst=True)
