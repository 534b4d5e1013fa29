from __future__ import annotations

import threading
from pathlib import Path

import pytest
import sqlalchemy as sa
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory

import desireline.accounts.tables
import desireline.app.commands
import desireline.app.home.tables
import desireline.identity.tables
import desireline.interactions.tables
import desireline.journeys.tables
import desireline.maps.comment_tables
import desireline.maps.share_tables
import desireline.maps.tables
import desireline.maps.together.tables
import desireline.sources.tables
from desireline import store
from desireline.base import WorkspaceError
from desireline.store import Database, metadata
from desireline.store.database import HEAD_REVISION, insert_columns

MIGRATIONS = Path(store.__file__).parent / "migrations"
batches = desireline.interactions.tables.batches
identifiers = desireline.interactions.tables.identifiers


@pytest.fixture
def database(tmp_path: Path) -> Database:
    made = Database(tmp_path / "operational.db", patience_seconds=0.1)
    made.migrate()
    return made


def test_the_migrations_make_the_tables_that_the_packages_describe(database: Database) -> None:
    with database.reading() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        assert compare_metadata(context, metadata) == []


def test_the_newest_migration_is_the_one_the_code_expects() -> None:
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    assert ScriptDirectory.from_config(config).get_heads() == [HEAD_REVISION]


def test_migrating_again_changes_nothing(database: Database) -> None:
    assert database.is_current()
    database.migrate()
    assert database.is_current()


def test_a_database_of_a_newer_version_is_refused(database: Database) -> None:
    with database.writing() as connection:
        connection.execute(sa.text("UPDATE alembic_version SET version_num = '9999'"))
    assert not database.is_current()
    with pytest.raises(WorkspaceError, match="newer Desireline") as raised:
        database.migrate()
    assert str(database.path) in raised.value.message


@pytest.mark.parametrize(
    ("pragma", "value"), [("journal_mode", "wal"), ("synchronous", 2), ("foreign_keys", 1)], ids=str
)
def test_how_the_database_is_kept(database: Database, pragma: str, value: object) -> None:
    with database.reading() as connection:
        assert connection.execute(sa.text(f"PRAGMA {pragma}")).scalar() == value


BATCH = {"id": [1], "state": ["prepared"], "accepted_at": [""], "interactions": [0], "last_arrival": [0]}


def test_rows_are_inserted_as_columns_and_known_ones_are_left_alone(database: Database) -> None:
    columns = {"id": [1, 2], "type": ["user", "user"], "value": ["a", "b"], "batch_id": [1, 1]}
    with database.writing() as connection:
        insert_columns(connection, batches, BATCH)
        insert_columns(connection, identifiers, columns)
        more = {**columns, "id": [2, 3], "value": ["other", "c"]}
        insert_columns(connection, identifiers, more, keep_existing=True)
        rows = connection.execute(sa.select(identifiers.c.id, identifiers.c.value).order_by(identifiers.c.id))
        assert [tuple(row) for row in rows] == [(1, "a"), (2, "b"), (3, "c")]


def test_rows_that_must_differ_in_something_else_are_left_alone_too(database: Database) -> None:
    texts = ("source", "file", "field", "reason", "message", "form", "record")
    columns = {
        **{name: ["x", "y", "x"] for name in texts},
        "batch_id": [1, 1, 1],
        "row": [1, 2, 3],
        "content": [5, 5, 5],
    }
    with database.writing() as connection:
        insert_columns(connection, batches, BATCH)
        insert_columns(connection, desireline.sources.tables.quarantine, columns, keep_existing=True)
        kept = connection.execute(sa.select(desireline.sources.tables.quarantine.c.row)).scalars().all()
    assert kept == [1, 2]


@pytest.mark.parametrize("columns", [{}, {"id": [], "state": []}])
def test_no_rows_are_no_statement(database: Database, columns: dict[str, list[int]]) -> None:
    with database.writing() as connection:
        insert_columns(connection, batches, columns)
        assert connection.execute(sa.select(sa.func.count()).select_from(batches)).scalar() == 0


def test_columns_of_unequal_length_are_refused(database: Database) -> None:
    with pytest.raises(ValueError, match="zip"), database.writing() as connection:
        insert_columns(connection, batches, {**BATCH, "state": ["prepared", "prepared"]})


@pytest.mark.parametrize(
    "row",
    [
        {"id": [1], "type": ["user"], "value": [None], "batch_id": [1]},
        {"id": [1], "type": ["user"], "value": ["a"], "batch_id": [2]},
    ],
    ids=["a value that must be there", "a batch that is not there"],
)
def test_keeping_known_rows_does_not_swallow_wrong_ones(database: Database, row: dict[str, list[object]]) -> None:
    with pytest.raises(sa.exc.IntegrityError), database.writing() as connection:
        insert_columns(connection, batches, BATCH)
        insert_columns(connection, identifiers, row, keep_existing=True)


def test_a_batch_takes_what_came_with_it_along(database: Database) -> None:
    with database.writing() as connection:
        insert_columns(connection, batches, BATCH)
        insert_columns(connection, identifiers, {"id": [1], "type": ["user"], "value": ["a"], "batch_id": [1]})
    with database.writing() as connection:
        desireline.interactions.tables.forget_batch(connection, 1)
        assert connection.execute(sa.select(identifiers)).all() == []


def test_an_error_takes_the_whole_transaction_back(database: Database) -> None:
    with pytest.raises(RuntimeError), database.writing() as connection:
        insert_columns(connection, batches, BATCH)
        raise RuntimeError
    with database.reading() as connection:
        assert connection.execute(sa.select(batches)).all() == []


def test_a_reader_sees_one_state_while_another_writes(database: Database) -> None:
    count = sa.select(sa.func.count()).select_from(batches)
    with database.reading() as reading:
        assert reading.execute(count).scalar() == 0
        with database.writing() as writing:
            insert_columns(writing, batches, BATCH)
        assert reading.execute(count).scalar() == 0


def test_a_writer_that_waits_too_long_is_told_why(database: Database) -> None:
    with (
        database.writing(),
        pytest.raises(WorkspaceError, match="another process is writing"),
        database.writing(),
    ):
        pass


def test_a_full_disk_is_told_as_that_and_nothing_of_the_change_is_kept(database: Database) -> None:
    count = sa.select(sa.func.count()).select_from(batches)
    sa.event.listen(database._engine, "connect", lambda connection, _: connection.execute("PRAGMA max_page_count = 1"))
    with pytest.raises(WorkspaceError, match="full") as told, database.writing() as connection:
        insert_columns(connection, batches, BATCH)
        rows = {"id": list(range(2_000)), "type": ["email"] * 2_000, "batch_id": [1] * 2_000}
        insert_columns(connection, identifiers, {**rows, "value": [f"{number:0500}" for number in range(2_000)]})
    assert told.value.hint == "the disk is full: make room, then try again"
    with database.reading() as connection:
        assert connection.execute(count).scalar() == 0


def test_a_writer_waits_for_the_one_before(database: Database) -> None:
    patient = Database(database.path, patience_seconds=20)
    inside, done = threading.Event(), threading.Event()

    def second() -> None:
        inside.wait(10)
        with patient.writing() as connection:
            insert_columns(connection, batches, {**BATCH, "id": [2]})
        done.set()

    thread = threading.Thread(target=second)
    thread.start()
    with database.writing() as connection:
        insert_columns(connection, batches, BATCH)
        inside.set()
        assert not done.wait(0.2)
    thread.join(10)
    assert done.is_set()


def test_a_file_that_is_no_database_is_told(tmp_path: Path) -> None:
    (tmp_path / "operational.db").write_text("this is not a database, but it is long enough to be looked at" * 20)
    with pytest.raises(WorkspaceError, match="not a database"):
        Database(tmp_path / "operational.db").is_current()


def test_a_folder_may_be_called_anything(tmp_path: Path) -> None:
    folder = tmp_path / "a?b#c%20 ü'\""
    folder.mkdir()
    Database(folder / "operational.db").migrate()
    assert Database(folder / "operational.db").is_current()
