"""Importing from origins: what comes in, what only what is new means, and what happens when something fails."""

from __future__ import annotations

import datetime as dt
import sqlite3
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
import sqlalchemy as sa

from desireline.base import DesirelineError, InputError
from desireline.sources import import_files, list_quarantine, origin_tables, replay_quarantine, saved_mapping
from desireline.sources.fetching import wanted_of
from desireline.store import LogTable, Workspace

from ..desk import contents, put, stored
from .shop import MAPPING, PASSWORD, PostgresServer, Row, at, fetch, order, sqlite_orders, text_at

Keep = Callable[[Sequence[Row]], str]
"""Puts orders where they are kept, in addition to those that are there; gives the address."""


def in_sqlite(folder: Path, rows: Sequence[Row]) -> str:
    return sqlite_orders(folder / "shop.db", *[(*row[:3], row[3] and row[3].isoformat()) for row in rows])


def as_table(rows: Sequence[Row]) -> pa.Table:
    schema = pa.schema(
        [("id", pa.int64()), ("email", pa.string()), ("event", pa.string()), ("placed_at", pa.timestamp("us", "UTC"))]
    )
    return pa.table([list(column) for column in zip(*rows, strict=True)], schema=schema)


def in_delta(folder: Path, rows: Sequence[Row]) -> str:
    from deltalake import write_deltalake

    write_deltalake(str(folder / "delta"), as_table(rows), mode="append")
    return f"delta:{folder / 'delta'}"


def in_parquet(folder: Path, rows: Sequence[Row]) -> str:
    place = folder / "lake" / f"part-{rows[0][0]:05}.parquet"
    place.parent.mkdir(exist_ok=True)
    pq.write_table(as_table(rows), place)
    return f"file://{folder / 'lake'}/*.parquet"


LOCAL = {"SQLite": in_sqlite, "Delta": in_delta, "Parquet": in_parquet}


@pytest.fixture(params=[*LOCAL, "PostgreSQL", "Parquet on S3", "Delta on S3"])
def keep(request: pytest.FixtureRequest, tmp_path: Path) -> Keep:
    """Every kind of origin, one after the other."""
    kind = request.param
    if kind in LOCAL:
        return lambda rows: LOCAL[kind](tmp_path, rows)
    if kind == "PostgreSQL":
        server: PostgresServer = request.getfixturevalue("postgres")
        server.orders()
        return lambda rows: server.run(rows=rows) or server.url()
    bucket: str = request.getfixturevalue("s3")
    return lambda rows: on_s3(bucket, tmp_path, rows, delta=kind.startswith("Delta"))


def on_s3(bucket: str, folder: Path, rows: Sequence[Row], *, delta: bool) -> str:
    import pyarrow.fs

    from desireline.sources.origins.parquet import file_system

    (in_delta if delta else in_parquet)(folder, rows)
    remote, _ = file_system(f"s3://{bucket}")
    source = folder / ("delta" if delta else "lake")
    pyarrow.fs.copy_files(
        str(source), f"{bucket}/shop", source_filesystem=pyarrow.fs.LocalFileSystem(), destination_filesystem=remote
    )
    return f"delta:s3://{bucket}/shop" if delta else f"s3://{bucket}/shop/*.parquet"


def options(address: str) -> dict[str, Any]:
    return {"table": "orders"} if address.startswith(("sqlite", "postgresql")) else {}


def kept_mark(workspace: Workspace) -> tuple[str, str, str] | None:
    with workspace.database.reading() as connection:
        row = connection.execute(
            sa.select(origin_tables.marks.c.mark, origin_tables.marks.c.kind, origin_tables.marks.c.value)
            .order_by(origin_tables.marks.c.id.desc())
            .limit(1)
        ).one_or_none()
    return None if row is None else tuple(row)


def test_rows_come_in_with_their_times_and_again_as_duplicates(workspace: Workspace, keep: Keep) -> None:
    address = keep([order(1, at(0)), order(2, at(1))])
    first = fetch(workspace, address, **options(address))
    again = fetch(workspace, address, **options(address))
    assert list(first.counts.to_dict().values())[:4] == [2, 2, 0, 0]
    assert list(again.counts.to_dict().values())[:4] == [2, 0, 2, 0]
    assert stored(workspace, "id", "occurred_at") == [("1", "2026-03-02 09:00:00+00"), ("2", "2026-03-02 09:01:00+00")]


def test_only_rows_at_or_after_the_mark_come_again(workspace: Workspace, keep: Keep) -> None:
    address = keep([order(1, at(0)), order(2, at(1))])
    fetch(workspace, address, mark="placed_at", **options(address))
    keep([order(3, at(1)), order(4, at(2)), order(5, at(0))])
    result = fetch(workspace, address, **options(address))
    assert (result.counts.read, result.counts.stored, result.counts.duplicates) == (3, 2, 1)
    assert stored(workspace, "id") == ["1", "2", "3", "4"]
    assert fetch(workspace, address, everything=True, **options(address)).counts.stored == 1


def test_rows_without_a_mark_come_every_time(workspace: Workspace, keep: Keep) -> None:
    address = keep([order(1, at(0)), order(2, at(5))])
    fetch(workspace, address, mark="placed_at", **options(address))
    keep([order(3, None)])
    result = fetch(workspace, address, **options(address))
    assert (result.counts.read, result.counts.duplicates, result.counts.quarantined) == (2, 1, 1)


def test_a_number_can_be_the_mark(workspace: Workspace, keep: Keep) -> None:
    address = keep([order(9, at(0)), order(10, at(1))])
    fetch(workspace, address, mark="id", **options(address))
    assert kept_mark(workspace) == ("id", "number", "10")
    keep([order(2_000_000_000_000, at(2))])
    assert fetch(workspace, address, **options(address)).counts.read == 2
    assert fetch(workspace, address, **options(address)).counts.read == 1


def test_that_nothing_is_new_is_no_error(workspace: Workspace, keep: Keep) -> None:
    address = keep([order(1, at(0))])
    fetch(workspace, address, mark="placed_at", **options(address))
    result = fetch(workspace, address, **options(address))
    assert result.counts.stored == 0
    assert result.files[0].notes[0].startswith("nothing is new since placed_at 2026-03-02T09:00:00")


def test_a_column_that_is_not_there_is_one_error(workspace: Workspace, keep: Keep) -> None:
    address = keep([order(1, at(0))])
    with pytest.raises(InputError, match="has no column 'placed' for the mark") as raised:
        fetch(workspace, address, mark="placed", **options(address))
    assert "placed_at" in str(raised.value.hint)


def test_the_overlap_takes_rows_that_came_late(workspace: Workspace, postgres: PostgresServer) -> None:
    postgres.orders(order(1, at(0)), order(2, at(60)))
    fetch(workspace, postgres.url(), table="orders", mark="placed_at")
    postgres.run(rows=[order(3, at(50)), order(4, at(10))])
    result = fetch(workspace, postgres.url(), table="orders", overlap=dt.timedelta(minutes=15))
    assert stored(workspace, "id") == ["1", "2", "3"]
    assert kept_mark(workspace) == ("placed_at", "time", "2026-03-02T10:00:00+00:00")
    assert result.counts.read == 2


def test_a_query_may_say_anything_that_gives_rows(workspace: Workspace, postgres: PostgresServer) -> None:
    postgres.orders(order(1, at(0)), order(2, at(1)))
    query = "SELECT *, '10%' AS share, ':x' AS note, id::text AS spelled FROM orders WHERE email LIKE '%1%' -- all; \n;"
    first = fetch(workspace, postgres.url(), query=query, mark="placed_at")
    again = fetch(workspace, postgres.url(), query=query)
    assert (first.counts.stored, again.counts.read) == (1, 1)


def test_types_of_postgresql_are_kept(workspace: Workspace, postgres: PostgresServer) -> None:
    query = """
        SELECT 1 AS id, 'ann@example.org' AS email, 'Asked' AS event, TIMESTAMPTZ '2026-03-02 09:00+01' AS placed_at,
               NUMERIC '12.50' AS total, INTERVAL '90 s' AS took, '{"a": [1]}'::jsonb AS document, ARRAY[1, 2] AS list,
               DATE '2026-03-02' AS day, NULL AS nothing, 'x'::bytea AS bytes, TRUE AS paid
    """
    mapping = MAPPING + (
        "value: {column: total}\nduration: {column: took}\nattributes: [document, list, day, nothing, bytes, paid]\n"
    )
    fetch(workspace, postgres.url(), query=query, mapping=mapping)
    ((when, value, duration, attributes),) = stored(workspace, "occurred_at", "value", "duration", "attributes")
    assert (when, value, duration) == ("2026-03-02 08:00:00+00", 12.5, 90.0)
    assert dict(attributes) == {
        "document": '{"a": [1]}', "list": "[1, 2]", "day": "2026-03-02", "bytes": "x", "paid": "true",
    }  # fmt: skip


def test_nothing_is_written_to_the_database(workspace: Workspace, postgres: PostgresServer) -> None:
    postgres.run("CREATE SEQUENCE IF NOT EXISTS visits")
    with pytest.raises(InputError, match="read-only transaction"):
        fetch(workspace, postgres.url(), query="SELECT nextval('visits')")


def test_many_rows_are_read_a_batch_at_a_time(workspace: Workspace, tmp_path: Path) -> None:
    steps: list[int] = []

    class Listener:
        def step(self, what: str, *, done: int | None = None, total: int | None = None) -> None:
            if what.endswith("orders: reading") and done is not None:
                steps.append(done)

    address = sqlite_orders(tmp_path / "shop.db", *[order(number, text_at(number)) for number in range(25_000)])
    wanted = wanted_of(address, table="orders", mark="placed_at")
    result = import_files(workspace, [wanted], mapping=put(tmp_path, "m.yaml", MAPPING), progress=Listener())
    assert result.counts.stored == 25_000
    assert steps == [10_000, 20_000, 25_000]
    assert kept_mark(workspace) == ("placed_at", "text", text_at(24_999))


def test_without_a_mapping_it_is_guessed_and_known_the_next_time(workspace: Workspace, tmp_path: Path) -> None:
    address = sqlite_orders(tmp_path / "shop.db", order(1, text_at(0)), order(2, text_at(1)))
    first = fetch(workspace, address, mapping=None, table="orders", mark="placed_at")
    again = fetch(workspace, address, mapping=None, table="orders")
    assert [each.files[0].source for each in (first, again)] == ["orders", "orders"]
    assert [each.counts.read for each in (first, again)] == [2, 1]
    assert "occurred_at: {column: placed_at}" in saved_mapping(workspace, "orders")


def test_two_tables_of_one_database_have_marks_of_their_own(workspace: Workspace, tmp_path: Path) -> None:
    address = sqlite_orders(tmp_path / "shop.db", order(1, text_at(0)))
    with sqlite3.connect(tmp_path / "shop.db") as connection:
        connection.execute(
            "CREATE VIEW old AS SELECT id + 100 AS id, email, event, '2020-01-01' AS placed_at FROM orders"
        )
    connection.close()
    fetch(workspace, address, table="orders", mark="placed_at")
    assert fetch(workspace, address, table="old", mark="placed_at").counts.stored == 1


def test_files_and_origins_are_imported_together_or_not_at_all(workspace: Workspace, tmp_path: Path) -> None:
    address = sqlite_orders(tmp_path / "shop.db", order(1, text_at(0)))
    before = contents(workspace)
    wanted = [wanted_of(address, table="orders", mark="placed_at"), tmp_path / "missing.csv"]
    with pytest.raises(InputError, match=r"missing\.csv"):
        import_files(workspace, wanted, mapping=put(tmp_path, "m.yaml", MAPPING))
    assert contents(workspace) == before


@pytest.mark.parametrize("after", [False, True], ids=["before the commit of the log", "after the commit of the log"])
def test_the_mark_goes_with_the_batch(
    workspace: Workspace, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, after: bool
) -> None:
    address = sqlite_orders(tmp_path / "shop.db", order(1, text_at(0)))
    fetch(workspace, address, table="orders", mark="placed_at")
    sqlite_orders(tmp_path / "shop.db", order(2, text_at(1)))
    commit = LogTable.commit

    def failing(*arguments: Any, **named: Any) -> None:
        if after:
            commit(*arguments, **named)
        raise KeyboardInterrupt

    with monkeypatch.context() as patch, pytest.raises(KeyboardInterrupt):
        patch.setattr(LogTable, "commit", failing)
        fetch(workspace, address, table="orders")
    assert kept_mark(workspace) == ("placed_at", "text", text_at(1 if after else 0))
    assert stored(workspace, "id") == (["1", "2"] if after else ["1"])
    assert fetch(workspace, address, table="orders").counts.stored == (0 if after else 1)
    assert stored(workspace, "id") == ["1", "2"]


def test_unusable_rows_of_a_database_wait_and_can_be_fed_back(workspace: Workspace, tmp_path: Path) -> None:
    address = sqlite_orders(tmp_path / "shop.db", order(1, "soon"))
    fetch(workspace, address, table="orders")
    (row,) = list_quarantine(workspace)
    assert row.file == f"{address} orders"
    mended = MAPPING.replace("{column: placed_at}", '{constant: "2026-03-02"}')
    assert replay_quarantine(workspace, source="shop", mapping=mended).counts.stored == 1


ERRORS: dict[str, tuple[dict[str, Any], str]] = {
    "no table": ({"table": "order"}, "has no table 'order'"),
    "neither table nor query": ({}, "expected --table or --query"),
    "table and query": ({"table": "orders", "query": "SELECT 1"}, "got both"),
    "a query that is none": ({"query": "SELEKT"}, 'syntax error'),
    "an overlap of texts": ({"table": "orders", "mark": "placed_at", "overlap": dt.timedelta(hours=1)}, "for an overlap"),
    "an overlap without a mark": ({"table": "orders", "overlap": dt.timedelta(hours=1)}, "expected --mark"),
}  # fmt: skip


@pytest.mark.parametrize("case", ERRORS)
def test_an_error_is_one_message_and_changes_nothing(workspace: Workspace, tmp_path: Path, case: str) -> None:
    address = sqlite_orders(tmp_path / "shop.db", order(1, text_at(0)))
    if case == "an overlap of texts":
        fetch(workspace, address, table="orders", mark="placed_at")
    before = contents(workspace)
    arguments, message = ERRORS[case]
    with pytest.raises(InputError, match=message):
        fetch(workspace, address, **arguments)
    assert contents(workspace) == before
    assert not list(workspace.staging_folder.glob("*"))


ADDRESSES = {
    "no SQLite file": ("sqlite:////nowhere/shop.db", "there is no SQLite file"),
    "no such dialect": ("oracel://host/shop", "no SQLAlchemy dialect for oracel is installed"),
    "no driver": ("mysql+pymysql://host/shop", "the driver pymysql is not installed"),
    "no server": ("postgresql://ann@127.0.0.1:1/shop", "cannot be read: connection failed"),
    "no Delta table": ("delta:/nowhere", "cannot be read as a Delta table"),
    "no Parquet file": ("file:///nowhere/*.parquet", "there is no Parquet file"),
    "no extension for Iceberg": ("iceberg:/nowhere", "the DuckDB extension iceberg is not installed"),
}


@pytest.mark.parametrize("case", ADDRESSES)
def test_an_address_that_leads_nowhere_is_one_message(workspace: Workspace, case: str) -> None:
    address, message = ADDRESSES[case]
    table = None if address.startswith(("delta", "file", "iceberg")) else "orders"
    with pytest.raises(InputError, match=message):
        fetch(workspace, address, table=table)


def test_a_column_that_changes_its_type_cannot_go_on_from_its_mark(workspace: Workspace, tmp_path: Path) -> None:
    address = in_parquet(tmp_path, [order(1, at(0))])
    fetch(workspace, address, mark="id")
    pq.write_table(pa.table({"id": ["a"], "email": ["a@example.org"], "event": ["x"], "placed_at": ["2026-01-01"]}),
                   tmp_path / "lake" / "part-00001.parquet")  # fmt: skip
    with pytest.raises(InputError, match="expected a number in the mark 'id' as before, it is a text now"):
        fetch(workspace, address)
    assert fetch(workspace, address, everything=True).counts.stored == 1


def test_a_folder_of_parquet_files_gives_the_columns_of_its_folders(workspace: Workspace, tmp_path: Path) -> None:
    for place, day in enumerate(("2026-03-01", "2026-03-02")):
        folder = tmp_path / "lake" / f"day={day}"
        folder.mkdir(parents=True)
        pq.write_table(as_table([order(place, at(place))]), folder / "part.parquet")
        put(tmp_path / "lake", "_SUCCESS", "")
    fetch(workspace, f"file://{tmp_path}/lake", mapping=MAPPING + "attributes: [day]\n")
    assert [dict(each) for each in stored(workspace, "attributes")] == [{"day": "2026-03-01"}, {"day": "2026-03-02"}]


def test_a_delta_table_is_not_read_as_its_files(workspace: Workspace, tmp_path: Path) -> None:
    in_delta(tmp_path, [order(1, at(0))])
    with pytest.raises(InputError, match="is a Delta table") as raised:
        fetch(workspace, f"file://{tmp_path}/delta")
    assert raised.value.hint == f"write delta:file://{tmp_path}/delta"
    assert fetch(workspace, f"delta:file://{tmp_path}/delta").counts.stored == 1


def test_no_password_is_kept_or_said(
    workspace: Workspace, postgres: PostgresServer, capfd: pytest.CaptureFixture[str]
) -> None:
    postgres.orders(order(1, at(0)), order(2, None))
    for address in (postgres.url(), f"{postgres.url('')}&password=Tr0ub4dor%263"):
        fetch(workspace, address, table="orders", mark="placed_at")
    said = []
    for wrong in (
        postgres.url(f"{PASSWORD}wrong".replace("&", "%26")),
        postgres.url().replace("/postgres", "/nothing"),
    ):
        with pytest.raises(DesirelineError) as raised:
            fetch(workspace, wrong, table="orders")
        said.append(str(raised.value))
    assert all("cannot be read" in each for each in said)
    written = b"".join(path.read_bytes() for path in workspace.folder.rglob("*") if path.is_file())
    assert b"ann@" in written
    for spelled in (PASSWORD, "Tr0ub4dor%263", "Tr0ub4dor"):
        assert spelled.encode() not in written
        assert spelled not in "".join([*said, *capfd.readouterr()])
