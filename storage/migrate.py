"""Brings a database to the present shape; safe to run at every start and from several processes."""

from pathlib import Path

from alembic import command
from alembic.config import Config
from sqlalchemy import Connection, text

from storage.store import Store

FOLDER = Path(__file__).parent / "migrations"
_ADVISORY_LOCK = 7_283_644_211  # any number that only we use: processes that start together migrate in turn


async def migrate(store: Store) -> None:
    """Run every migration that the database has not seen."""
    async with store.begin() as tx:
        if store.dialect == "postgresql":
            await tx.connection.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": _ADVISORY_LOCK})
        await tx.connection.run_sync(_upgrade)


def _upgrade(connection: Connection) -> None:
    config = Config()
    config.set_main_option("script_location", str(FOLDER))
    config.set_main_option("path_separator", "os")
    config.attributes["connection"] = connection
    command.upgrade(config, "head")
