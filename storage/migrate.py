"""Brings a database to the present shape; safe to run at every start and from several processes."""

from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, inspect, text

from storage.store import Store

FOLDER = Path(__file__).parent / "migrations"
_ADVISORY_LOCK = 7_283_644_211  # any number that only we use: processes that start together migrate in turn


async def migrate(store: Store) -> None:
    """Run every migration that the database has not seen."""
    async with store.begin() as tx:
        if store.dialect == "postgresql":
            await tx.connection.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": _ADVISORY_LOCK})
        await tx.connection.run_sync(_upgrade)


async def is_current(store: Store) -> bool:
    """Whether the database has seen every migration of this version, and none of a later one."""
    head = ScriptDirectory(str(FOLDER)).get_current_head()
    async with store.reader() as connection:
        if not await connection.run_sync(lambda sync: inspect(sync).has_table("alembic_version")):
            return False
        return (await connection.execute(text("SELECT version_num FROM alembic_version"))).scalar() == head


def _upgrade(connection: Connection) -> None:
    config = Config()
    config.set_main_option("script_location", str(FOLDER))
    config.set_main_option("path_separator", "os")
    config.attributes["connection"] = connection
    command.upgrade(config, "head")
