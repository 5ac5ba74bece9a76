"""What leads changed in the policy."""

from alembic import op

from storage.policy_log import policy_changes

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Create the table, which a database that is new has from the first shape already."""
    policy_changes.create(op.get_bind(), checkfirst=True)
