"""When and how well something was solved, and the marks by which near-duplicates are found."""

from alembic import op
from sqlalchemy import Column, inspect

from storage.knowledge_tables import marks, resolutions

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

NEW = ("solved_at", "minutes", "csat")


def upgrade() -> None:
    """Add what is missing; a database that is new has it from the first shape already."""
    there = {column["name"] for column in inspect(op.get_bind()).get_columns("resolutions")}
    for name in NEW:
        if name not in there:
            op.add_column("resolutions", Column(name, resolutions.c[name].type))
    marks.create(op.get_bind(), checkfirst=True)
