"""Bursts of alike tickets, and the cards that stand in their threads."""

from alembic import op
from sqlalchemy import Column, String, inspect

from storage.incidents import incident_tickets, incidents

revision = "0023"
down_revision = "0022"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Create the tables and the column, which a database that is new has from the first shape already."""
    for table in (incidents, incident_tickets):
        table.create(op.get_bind(), checkfirst=True)
    if "thread" not in {column["name"] for column in inspect(op.get_bind()).get_columns("cards")}:
        op.add_column("cards", Column("thread", String(32), nullable=False, server_default=""))
