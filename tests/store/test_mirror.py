"""The copy of a log in object storage, on an S3 of the tests' own."""

from __future__ import annotations

import os
import pickle
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from desireline.base import SettingsError, WorkspaceError
from desireline.interactions import log_schema
from desireline.store import LogMirror, LogTable, StagedFile, open_mirror
from desireline.store.mirror import OWNER_FILE


@pytest.fixture
def log(tmp_path: Path) -> LogTable:
    return new_log(tmp_path / "log")


@pytest.fixture
def mirror(s3: str) -> LogMirror:
    return mirror_in(f"s3://{s3}/lake/acme")


@pytest.fixture
def strict(s3: str, s3_server: str) -> Iterator[str]:
    """A bucket of a server that asks for keys, and knows none."""
    set_calls_without_keys(s3_server, "0")
    yield s3
    set_calls_without_keys(s3_server, "inf")


def set_calls_without_keys(server: str, number: str) -> None:
    address, plain = f"{server}/moto-api/reset-auth", {"Content-Type": "text/plain"}
    urllib.request.urlopen(urllib.request.Request(address, number.encode(), plain), timeout=20).close()


def new_log(folder: Path) -> LogTable:
    table = LogTable(folder)
    table.create(log_schema())
    return table


def mirror_in(address: str) -> LogMirror:
    opened = open_mirror({"mirror": address})
    assert opened is not None
    return opened


def add(log: LogTable, name: str, *, batch: int, removed: tuple[str, ...] = ()) -> None:
    pq.write_table(pa.table({"arrival": pa.array([batch], pa.int64())}), log.folder / name)
    log.commit([StagedFile(name, 1, {"arrival": batch}, {"arrival": batch})], batch=batch, removed=removed)


def files_in(mirror: LogMirror) -> dict[str, bytes]:
    names = sorted(mirror._sizes())
    found = {}
    for name in names:
        with mirror.storage.open_input_stream(str(mirror.path_of(name))) as file:
            found[name] = file.read()
    return {name: content for name, content in found.items() if name != OWNER_FILE}


def test_a_mirror_has_what_the_log_has_byte_by_byte(log: LogTable, mirror: LogMirror) -> None:
    for batch in (1, 2):
        add(log, f"{batch}.parquet", batch=batch)
        mirror.follow(log)
        assert files_in(mirror) == {path.name: path.read_bytes() for path in log.files()}


def test_what_was_staged_and_never_committed_is_not_copied(log: LogTable, mirror: LogMirror) -> None:
    (log.folder / "staged.parquet").write_bytes(b"half")
    mirror.follow(log)
    assert files_in(mirror) == {}


def test_a_file_leaves_the_mirror_when_it_leaves_the_folder_of_the_log(log: LogTable, mirror: LogMirror) -> None:
    add(log, "1.parquet", batch=1)
    mirror.follow(log)
    add(log, "2.parquet", batch=2, removed=("1.parquet",))
    mirror.follow(log)
    assert list(files_in(mirror)) == ["1.parquet", "2.parquet"], "questions that are being answered still read it"
    (log.folder / "1.parquet").unlink()
    mirror.follow(log)
    assert list(files_in(mirror)) == ["2.parquet"]


def test_a_file_that_came_incompletely_is_copied_again(log: LogTable, mirror: LogMirror) -> None:
    add(log, "1.parquet", batch=1)
    mirror.follow(log)
    with mirror.storage.open_output_stream(str(mirror.path_of("1.parquet"))) as file:
        file.write(b"PAR1")
    mirror.follow(log)
    assert files_in(mirror)["1.parquet"] == (log.folder / "1.parquet").read_bytes()


def test_the_mirror_of_another_log_is_left_alone(log: LogTable, mirror: LogMirror, tmp_path: Path) -> None:
    add(log, "1.parquet", batch=1)
    mirror.follow(log)
    before = files_in(mirror)
    with pytest.raises(WorkspaceError, match=r"s3://\S+/lake/acme is the mirror of another log"):
        mirror.follow(new_log(tmp_path / "other"))
    assert files_in(mirror) == before


def test_a_folder_with_files_of_somebody_else_is_left_alone(log: LogTable, s3: str) -> None:
    lake = mirror_in(f"s3://{s3}/lake")
    with lake.storage.open_output_stream(f"{s3}/lake/orders.parquet") as file:
        file.write(b"orders")
    with pytest.raises(WorkspaceError, match="expected an empty or new folder for the mirror"):
        lake.follow(log)
    assert files_in(lake) == {"orders.parquet": b"orders"}


def test_keys_go_to_other_machines_and_are_not_shown(mirror: LogMirror, monkeypatch: pytest.MonkeyPatch) -> None:
    secret = os.environ["AWS_SECRET_ACCESS_KEY"]
    assert secret not in repr(mirror)
    sent = pickle.dumps(mirror)
    for name in ("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY", "AWS_ENDPOINT_URL"):
        monkeypatch.delenv(name)
    assert files_in(pickle.loads(sent)) == {}


def test_wrong_keys_are_one_error_without_them(log: LogTable, strict: str) -> None:
    with pytest.raises(WorkspaceError, match=rf"the mirror of the log s3://{strict}/acme cannot be used: .*") as raised:
        mirror_in(f"s3://{strict}/acme").follow(log)
    assert "AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY must be allowed" in str(raised.value)
    assert os.environ["AWS_SECRET_ACCESS_KEY"] not in str(raised.value)


def test_a_bucket_that_there_is_not_is_one_error(log: LogTable, s3: str) -> None:
    with pytest.raises(WorkspaceError, match="make the bucket first"):
        mirror_in(f"s3://no-{s3}/acme").follow(log)


def test_a_storage_that_cannot_be_reached_is_one_error(log: LogTable, s3: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("AWS_ENDPOINT_URL", "http://127.0.0.1:1")
    with pytest.raises(WorkspaceError, match="is AWS_ENDPOINT_URL right, and can this machine reach it"):
        mirror_in(f"s3://{s3}/acme").follow(log)


def test_without_the_setting_there_is_no_mirror() -> None:
    assert open_mirror({}) is None


@pytest.mark.parametrize(
    ("section", "said"),
    [
        ({"copy": "s3://lake"}, "unknown copy"),
        ({"mirror": "/mnt/lake"}, "expected s3://BUCKET/FOLDER, got '/mnt/lake'"),
        ({"mirror": 7}, "expected s3://BUCKET/FOLDER, got '7'"),
        ({"mirror": "s3://"}, "expected s3://BUCKET/FOLDER"),
        ({"mirror": "s3://someone:pa55@lake/acme"}, "got 's3://lake/acme'"),
    ],
    ids=["another key", "a folder", "a number", "no bucket", "keys in the address"],
)
def test_what_is_no_mirror_is_said(section: dict[str, object], said: str) -> None:
    with pytest.raises(SettingsError, match=said) as raised:
        open_mirror(section)
    assert "pa55" not in str(raised.value)


def test_a_way_without_encryption_has_to_be_asked_for(s3: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("AWS_ALLOW_HTTP")
    with pytest.raises(SettingsError, match="AWS_ALLOW_HTTP=true"):
        mirror_in(f"s3://{s3}/acme")


def test_half_a_pair_of_keys_is_said(s3: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("AWS_SECRET_ACCESS_KEY")
    with pytest.raises(SettingsError, match="there is no AWS_SECRET_ACCESS_KEY"):
        mirror_in(f"s3://{s3}/acme")
