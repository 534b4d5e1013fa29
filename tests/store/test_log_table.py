from __future__ import annotations

import os
import shutil
from datetime import UTC, datetime, timedelta
from pathlib import Path

import duckdb
import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from deltalake import DeltaTable

from desireline.base import WorkspaceError
from desireline.interactions import log_schema
from desireline.store import LogTable, StagedFile, log_table


@pytest.fixture
def log(tmp_path: Path) -> LogTable:
    table = LogTable(tmp_path / "log")
    table.create(log_schema())
    return table


def staged(log: LogTable, name: str, *arrivals: int) -> StagedFile:
    """A file with the columns that an interaction cannot do without."""
    row = {
        "fingerprint": 1,
        "anchor": 5,
        "source": "s",
        "channel": "web",
        "touchpoint": "Seen",
        "occurred_at": datetime(2026, 1, 1, tzinfo=UTC),
    }
    schema = pa.schema([field for field in log_schema() if field.name in {"arrival", *row}])
    rows = pa.Table.from_pylist([{"arrival": arrival, **row} for arrival in arrivals], schema=schema)
    pq.write_table(rows, log.folder / name)
    return StagedFile(name, len(arrivals), {"arrival": min(arrivals)}, {"arrival": max(arrivals)})


def test_a_staged_file_is_not_there_for_readers_until_its_commit(log: LogTable) -> None:
    file = staged(log, "a.parquet", 0, 1)
    assert log.files() == []
    assert DeltaTable(log.folder).to_pyarrow_table().num_rows == 0
    log.commit([file], batch=1)
    assert log.files() == [log.folder / "a.parquet"]
    assert log.version() == 1


def test_several_files_come_in_one_commit_and_are_read_in_the_order_of_arrival(log: LogTable) -> None:
    later, earlier = staged(log, "a.parquet", 5), staged(log, "b.parquet", 0, 1)
    assert log.last_arrival() == -1
    log.commit([later, earlier], batch=1)
    assert [path.name for path in log.files()] == ["b.parquet", "a.parquet"]
    assert log.last_arrival() == 5
    assert log.version() == 1


def test_the_commit_notes_the_number_of_its_batch(log: LogTable) -> None:
    assert log.last_batch() == 0
    log.commit([staged(log, "a.parquet", 0)], batch=7)
    assert log.last_batch() == 7
    log.commit([staged(log, "b.parquet", 1)], batch=9)
    assert log.last_batch() == 9


def test_strays_are_removed_and_nothing_else(log: LogTable) -> None:
    log.commit([staged(log, "a.parquet", 0)], batch=1)
    staged(log, "stray.parquet", 1)
    log.remove_strays()
    log.remove(["a.parquet", "gone.parquet"])
    assert [path.name for path in log.folder.glob("*.parquet")] == ["a.parquet"]


def test_a_file_that_is_taken_out_stays_on_the_disk_for_a_while(log: LogTable, monkeypatch: pytest.MonkeyPatch) -> None:
    log.commit([staged(log, "a.parquet", 0, 1), staged(log, "b.parquet", 2)], batch=1)
    log.commit([staged(log, "c.parquet", 1), staged(log, "d.parquet", 3)], batch=2, removed=["a.parquet"])
    assert [path.name for path in log.files()] == ["c.parquet", "b.parquet", "d.parquet"]
    assert (log.version(), log.last_batch()) == (2, 2)
    assert sorted(DeltaTable(log.folder).to_pyarrow_table().column("arrival").to_pylist()) == [1, 2, 3]
    staged(log, "stray.parquet", 4)
    log.remove_strays()
    assert (log.folder / "a.parquet").exists()
    assert not (log.folder / "stray.parquet").exists()
    monkeypatch.setattr(log_table, "KEPT_FOR", timedelta(0))
    log.remove_strays()
    assert sorted(path.name for path in log.folder.glob("*.parquet")) == ["b.parquet", "c.parquet", "d.parquet"]


def test_files_are_found_by_what_they_hold(log: LogTable) -> None:
    log.commit([staged(log, "a.parquet", 0, 4), staged(log, "b.parquet", 5), staged(log, "c.parquet", 7, 9)], batch=1)
    for arrivals, names in [([4], ["a"]), ([5, 9], ["b", "c"]), ([6, 10], []), ([], [])]:
        found = log.files_with(np.array(arrivals, np.int64))
        assert [path.stem for path in found] == names


def test_a_commit_of_a_file_that_is_not_there_changes_nothing(log: LogTable) -> None:
    with pytest.raises(FileNotFoundError):
        log.commit([StagedFile("a.parquet", 1, {"arrival": 0}, {"arrival": 0})], batch=1)
    assert (log.version(), log.last_batch()) == (0, 0)


def test_others_read_the_log_as_it_stands(log: LogTable) -> None:
    log.commit([staged(log, "a.parquet", 0, 1), staged(log, "b.parquet", 2)], batch=1)
    table = DeltaTable(log.folder).to_pyarrow_table()
    assert sorted(table.column("arrival").to_pylist()) == [0, 1, 2]
    assert set(table.column_names) == set(log_schema().names)
    names = [str(path) for path in log.files()]
    with duckdb.connect() as connection:
        assert connection.execute("SELECT sum(arrival) FROM read_parquet(?)", [names]).fetchone() == (3,)


def test_what_another_one_commits_is_there_at_once(log: LogTable) -> None:
    other = LogTable(log.folder)
    assert log.files() == []
    commits = log.folder / "_delta_log"
    before = commits.stat()
    other.commit([staged(log, "a.parquet", 0)], batch=1)
    os.utime(commits, ns=(before.st_atime_ns, before.st_mtime_ns))
    assert (log.version(), log.files(), log.last_batch()) == (1, [log.folder / "a.parquet"], 1)


def test_a_log_that_was_made_anew_is_another_one(log: LogTable) -> None:
    log.commit([staged(log, "a.parquet", 0)], batch=1)
    before = log.identity()
    shutil.rmtree(log.folder)
    LogTable(log.folder).create(log_schema())
    assert (log.version(), log.files()) == (0, [])
    assert log.identity() != before


def test_a_log_that_is_damaged_is_told(log: LogTable) -> None:
    next((log.folder / "_delta_log").glob("*.json")).write_text("{ this is no commit")
    with pytest.raises(WorkspaceError, match="cannot be read"):
        log.version()
