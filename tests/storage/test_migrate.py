"""A database of an earlier version gets what it lacks, and one that is new has it already."""

from datetime import datetime, timedelta

from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.operations import Operations
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, String, inspect, text

from pipeline.case import HELPDESK, Decision, Status, Verdict
from storage.cases import Event, save
from storage.knowledge import KnowledgeBase
from storage.migrate import FOLDER, migrate
from storage.outbox import effect, intend
from storage.store import Store
from storage.stories import stories_of
from storage.story_days import sum_up
from tests.fakes.clock import MORNING
from tests.storage.casework import ANA, WORKSPACE, new_case, stored
from tests.storage.knowing import HISTORY, StandingClock


async def test_a_database_of_the_first_version_gets_what_came_later(store: Store) -> None:
    knowledge = KnowledgeBase(store, StandingClock())
    await knowledge.add(HISTORY, "one")
    before, _ = await knowledge.search_words("export", "one", 1)
    async with store.begin() as tx:
        await tx.connection.execute(text("DROP TABLE corrections"))
        await tx.connection.execute(text("DELETE FROM word_counts WHERE word = ''"))
        await tx.connection.execute(text("ALTER TABLE resolutions DROP COLUMN poor"))
        await tx.connection.execute(text("UPDATE alembic_version SET version_num = '0001'"))
    await migrate(store)
    await migrate(store)
    async with store.reader() as connection:
        tables = await connection.run_sync(lambda it: inspect(it).get_table_names())
        columns = await connection.run_sync(lambda it: inspect(it).get_columns("resolutions"))
        version = (await connection.execute(text("SELECT version_num FROM alembic_version"))).scalar_one()
    after, _ = await knowledge.search_words("export", "one", 1)
    assert after.weights == before.weights
    assert "corrections" in tables
    assert "poor" in {column["name"] for column in columns}
    config = Config()
    config.set_main_option("script_location", str(FOLDER))
    config.set_main_option("path_separator", "os")
    assert version == ScriptDirectory.from_config(config).get_current_head()


async def test_an_effect_of_an_earlier_version_stays_and_the_next_may_be_without_a_case(store: Store) -> None:
    await stored(store, new_case("c1"))
    async with store.begin() as tx:
        await intend(tx, "card:c1", "c1", MORNING)
        for table in ("proposals", "reviews"):
            await tx.connection.execute(text(f"DROP TABLE {table}"))
        await tx.connection.run_sync(_with_a_case_always)
        await tx.connection.execute(text("UPDATE alembic_version SET version_num = '0006'"))
    await migrate(store)
    async with store.begin() as tx:
        await intend(tx, "review:w1", None, MORNING)
    async with store.reader() as connection:
        assert await effect(connection, "card:c1") is not None
        assert await effect(connection, "review:w1") is not None


async def test_the_figures_of_an_earlier_version_are_computed_from_its_events(store: Store) -> None:
    hour = timedelta(hours=1)
    case = await stored(store, new_case("c1"))
    closed = Decision(verdict=Verdict.SOLVED_THERE, by=ANA, at=MORNING)
    async with store.begin() as tx:
        for number, kind in enumerate(("agent.wrote", "reply.sent"), 1):
            case = await save(tx, case, Event(kind=kind, actor=ANA), MORNING + number * hour)
        done = case.but(status=Status.CLOSED, decision=closed)
        await save(tx, done, Event(kind="ticket.solved_there", actor=HELPDESK), MORNING + 5 * hour)
    before = await _moments(store)
    async with store.begin() as tx:
        for table in ("story_days", "retold", "model_calls"):
            await tx.connection.execute(text(f"DROP TABLE {table}"))
        for index in ("ix_cases_workspace_created_at", "ix_cases_workspace_status_team_created_at"):
            await tx.connection.execute(text(f"DROP INDEX {index}"))
        for column in ("responded_at", "answered_at", "resolved_at"):
            await tx.connection.execute(text(f"ALTER TABLE cases DROP COLUMN {column}"))
        await tx.connection.execute(text("UPDATE alembic_version SET version_num = '0020'"))
    await migrate(store)
    assert await _moments(store) == before == (MORNING + hour, MORNING + 5 * hour)
    assert await sum_up(store, WORKSPACE) == 1


async def _moments(store: Store) -> tuple[datetime | None, datetime | None]:
    async with store.reader() as connection:
        [story] = await stories_of(connection, ["c1"])
    return story.responded_at, story.resolved_at


def _with_a_case_always(connection: Connection) -> None:
    with Operations(MigrationContext.configure(connection)).batch_alter_table("effects") as table:
        table.alter_column("case_id", existing_type=String(20), nullable=False)
