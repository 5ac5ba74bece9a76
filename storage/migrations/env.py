"""Runs migrations on the connection that storage.migrate hands over."""

from alembic import context

from storage.feedback_table import feedback
from storage.incidents import incidents
from storage.intent_tables import intents
from storage.knowledge_tables import resolutions
from storage.review_tables import reviews
from storage.story_tables import story_days
from storage.tables import metadata

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=metadata,
    render_as_batch=True,  # SQLite changes a table by copying it
)
assert {each.metadata for each in (feedback, incidents, intents, resolutions, reviews, story_days)} == {
    metadata
}  # their tables are part of the shape

with context.begin_transaction():
    context.run_migrations()
