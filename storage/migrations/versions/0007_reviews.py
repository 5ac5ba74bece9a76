"""Weekly reviews with their proposals, and effects that belong to no case."""

from alembic import op
from sqlalchemy import inspect

from storage.review_tables import proposals, reviews

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Create the tables, and let an effect be without a case; a database that is new has all that already."""
    reviews.create(op.get_bind(), checkfirst=True)
    proposals.create(op.get_bind(), checkfirst=True)
    case_id = next(each for each in inspect(op.get_bind()).get_columns("effects") if each["name"] == "case_id")
    if not case_id["nullable"]:
        with op.batch_alter_table("effects") as table:
            table.alter_column("case_id", existing_type=case_id["type"], nullable=True)
