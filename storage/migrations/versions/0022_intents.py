"""What tickets ask for: intents, the tickets in them, what people changed, and the batches."""

from alembic import op

from storage.intent_tables import (
    intent_changes,
    intent_judgements,
    intent_names,
    intent_runs,
    intent_watches,
    intents,
    ticket_intents,
)

revision = "0022"
down_revision = "0021"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Create the tables, which a database that is new has from the first shape already."""
    tables = (intents, ticket_intents, intent_changes, intent_judgements, intent_watches, intent_runs, intent_names)
    for table in tables:
        table.create(op.get_bind(), checkfirst=True)
