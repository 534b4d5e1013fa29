"""The generated file."""

from __future__ import annotations

from pathlib import Path

import pyarrow.parquet as pq
import pytest

from benchmarks import data


@pytest.mark.parametrize(
    ("rows", "customers_apart"),
    [pytest.param(1_000, False, id="at once"), pytest.param(2_500, True, id="in chunks")],
)
def test_a_file_has_its_interactions(
    rows: int, customers_apart: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(data, "FOLDER", tmp_path)
    monkeypatch.setattr(data, "CHUNK", 1_000)
    monkeypatch.setattr(data, "BLOCK", 400)
    path = data.interaction_file(rows)
    found = pq.read_table(path)
    assert found.num_rows == rows
    assert found.schema.equals(data._SCHEMA, check_metadata=False)
    keys = {int(user.removeprefix("user-")) // data._KEYS_APART for user in found["user_id"].to_pylist()}
    assert keys == ({0, 1, 2} if customers_apart else {0})
    assert [entry.name for entry in tmp_path.iterdir()] == [path.name]


def test_every_block_has_a_share_of_every_chunk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(data, "FOLDER", tmp_path)
    monkeypatch.setattr(data, "CHUNK", 1_000)
    monkeypatch.setattr(data, "BLOCK", 400)
    file = pq.ParquetFile(data.interaction_file(2_000))
    for group in range(file.num_row_groups):
        users = file.read_row_group(group)["user_id"].to_pylist()
        later = sum(int(user.removeprefix("user-")) >= data._KEYS_APART for user in users)
        assert later * 2 == len(users)
