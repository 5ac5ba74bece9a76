"""Questions that people ask in direct messages."""

from alembic import op

from storage.questions import questions

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Create the table, which a database that is new has from the first shape already."""
    questions.create(op.get_bind(), checkfirst=True)
