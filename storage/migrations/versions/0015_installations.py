"""Workspaces that installed the app, and browsers on their way to it."""

from alembic import op

from storage.installations import installations, oauth_states

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Create the tables, which a database that is new has from the first shape already."""
    installations.create(op.get_bind(), checkfirst=True)
    oauth_states.create(op.get_bind(), checkfirst=True)
