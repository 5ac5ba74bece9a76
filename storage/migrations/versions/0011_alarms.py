"""Alarms, and the calls that they made."""

from alembic import op

from storage.alarm_tables import alarms, calls

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Create the tables, which a database that is new has from the first shape already."""
    alarms.create(op.get_bind(), checkfirst=True)
    calls.create(op.get_bind(), checkfirst=True)
