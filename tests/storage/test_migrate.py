"""A database of an earlier version gets what it lacks, and one that is new has it already."""

from alembic.config import Config
from alembic.script import ScriptDirectory
from sqlalchemy import inspect, text

from storage.migrate import FOLDER, migrate
from storage.store import Store


async def test_a_database_of_the_first_version_gets_what_came_later(store: Store) -> None:
    async with store.begin() as tx:
        await tx.connection.execute(text("DROP TABLE corrections"))
        await tx.connection.execute(text("ALTER TABLE resolutions DROP COLUMN poor"))
        await tx.connection.execute(text("UPDATE alembic_version SET version_num = '0001'"))
    await migrate(store)
    await migrate(store)
    async with store.reader() as connection:
        tables = await connection.run_sync(lambda it: inspect(it).get_table_names())
        columns = await connection.run_sync(lambda it: inspect(it).get_columns("resolutions"))
        version = (await connection.execute(text("SELECT version_num FROM alembic_version"))).scalar_one()
    assert "corrections" in tables
    assert "poor" in {column["name"] for column in columns}
    config = Config()
    config.set_main_option("script_location", str(FOLDER))
    config.set_main_option("path_separator", "os")
    assert version == ScriptDirectory.from_config(config).get_current_head()
