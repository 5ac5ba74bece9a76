"""When the first response of a case was due, and when people are told next that its time goes by."""

from alembic import op
from sqlalchemy import Column, inspect, update

from storage.tables import cases

revision = "0017"
down_revision = "0016"
branch_labels = None
depends_on = None

_UNDECIDED = ("waiting", "open")


def upgrade() -> None:
    """Add the columns, which a new database has from the first shape already. Open cases are looked at when due."""
    known = {column["name"] for column in inspect(op.get_bind()).get_columns("cases")}
    if "warn_at" in known:
        return
    for name in ("first_due_at", "warn_at"):
        op.add_column("cases", Column(name, cases.c[name].type))
    op.create_index("ix_cases_warn_at", "cases", ["warn_at"])
    op.execute(update(cases).values(first_due_at=cases.c.due_at))
    op.execute(update(cases).where(cases.c.status.in_(_UNDECIDED)).values(warn_at=cases.c.due_at))
