"""The journey index: every interaction under its customer, sorted by time. Derived from log and evidence; may be deleted.

    index/current            name of the build that counts
    index/BUILD/index.json   names behind the codes, sizes, what it was built from
    index/BUILD/0000.customers.arrow, 0000.interactions.arrow, …   one pair for each bucket of customers

A build is written beside the old one and then made current by one rename, so readers never see half an index; who has the
old one open keeps reading it.
"""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import uuid
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from desireline.base import InputError, Progress, SilentProgress, WorkspaceError
from desireline.identity import Customers, find_customers
from desireline.identity import tables as identity_tables
from desireline.interactions import tables as interaction_tables
from desireline.interactions.log import query_log
from desireline.interactions.model import MOST_CHANNELS, MOST_TOUCHPOINTS
from desireline.journeys.model import Names, Part
from desireline.kernels import grouping
from desireline.store import Workspace

if TYPE_CHECKING:
    import pyarrow

FORMAT = 1
_PER_BUCKET = 262_144
_MOST_BUCKETS = 4_096
_NO_ROWS = grouping.Columns(
    customers=np.empty(0, np.int64),
    times=np.empty(0, np.int64),
    touchpoints=np.empty(0, np.uint16),
    channels=np.empty(0, np.uint8),
    arrivals=np.empty(0, np.int64),
)
_COLUMNS = ["arrival", "anchor", "occurred_at", "touchpoint", "channel"]


@dataclass(frozen=True, slots=True)
class Index:
    """An index that is open for reading.

    Attributes
    ----------
    names
        What the codes mean.
    interactions, customers
        How many there are.
    parts
        Its buckets, mapped into memory: nothing is read until it is looked at, and a build that replaces this one takes
        nothing away from who has it open.
    """

    names: Names
    interactions: int
    customers: int
    parts: tuple[Part, ...]


def open_index(workspace: Workspace, *, progress: Progress | None = None) -> Index:
    """Open the index; build it first where it is missing, damaged, or older than the log, the evidence or the policy.

    Raises
    ------
    WorkspaceError
        It has to be built and cannot be: the disk is full, or another process builds for too long.
    """
    revision = _revision(workspace)
    found = _open_current(workspace, revision)
    if found is not None:
        return found
    with workspace.exclusive("index"):
        found = _open_current(workspace, revision)
        if found is None:
            _build(workspace, revision, progress or SilentProgress())
            found = _open_current(workspace, revision)
    if found is None:
        raise WorkspaceError(
            f"the journey index that was just built in {workspace.index_folder} is gone or damaged",
            hint="is another program removing files there?",
        )
    return found


def _revision(workspace: Workspace) -> str:
    """Changes whenever an index that is built now would differ."""
    with workspace.database.reading() as connection:
        batch = interaction_tables.last_committed(connection)
        cuts = identity_tables.all_cuts(connection)
    settings = [dict(workspace.section("identity")), dict(workspace.section("identifiers"))]
    described = json.dumps([FORMAT, workspace.log.version(), batch, cuts, settings], sort_keys=True, default=str)
    return hashlib.sha256(described.encode()).hexdigest()


def _open_current(workspace: Workspace, revision: str) -> Index | None:
    """The current build where it is of this revision and whole."""
    try:
        folder = workspace.index_folder / (workspace.index_folder / "current").read_text().strip()
        described = json.loads((folder / "index.json").read_text(encoding="utf-8"))
        if described["format"] != FORMAT or described["revision"] != revision:
            return None
        if any((folder / name).stat().st_size != size for name, size in described["sizes"].items()):
            return None
        parts = _parts(folder, described["buckets"])
    except (OSError, ValueError, KeyError, TypeError):
        return None
    return Index(
        names=Names(tuple(described["touchpoints"]), tuple(described["channels"])),
        interactions=described["interactions"],
        customers=described["customers"],
        parts=parts,
    )


def _build(workspace: Workspace, revision: str, progress: Progress) -> None:
    folder = workspace.index_folder / f"build-{uuid.uuid4().hex}"
    try:
        folder.mkdir(parents=True)
        names = _names(workspace)
        progress.step("finding customers")
        customers = find_customers(workspace)
        row_groups = _row_groups(workspace)
        total = sum(rows for _, _, rows in row_groups)
        buckets = _bucket_count(total)
        partitioned = _partition(row_groups, names, customers, buckets, progress, total)
        counts = _write_buckets(folder, partitioned, buckets, progress)
        described = {
            "format": FORMAT,
            "revision": revision,
            "touchpoints": names.touchpoints,
            "channels": names.channels,
            "interactions": total,
            "customers": sum(counts),
            "buckets": buckets,
            "sizes": {path.name: path.stat().st_size for path in sorted(folder.glob("*.arrow"))},
        }
        (folder / "index.json").write_text(json.dumps(described, ensure_ascii=False), encoding="utf-8")
        _make_current(workspace, folder)
    except OSError as error:
        shutil.rmtree(folder, ignore_errors=True)
        raise WorkspaceError(
            f"the journey index cannot be written to {workspace.index_folder}: {error.strerror or error}",
            hint="the index that was there before is untouched; make room on the disk and try again",
        ) from error
    except BaseException:
        shutil.rmtree(folder, ignore_errors=True)
        raise


def _make_current(workspace: Workspace, folder: Path) -> None:
    pointer = workspace.index_folder / f".current-{folder.name}"
    pointer.write_text(folder.name)
    pointer.replace(workspace.index_folder / "current")
    for other in workspace.index_folder.glob("build-*"):
        if other != folder:
            shutil.rmtree(other, ignore_errors=True)


def _names(workspace: Workspace) -> Names:
    touchpoints = [name for (name,) in query_log(workspace, "SELECT DISTINCT touchpoint FROM {log} ORDER BY 1")]
    channels = [name for (name,) in query_log(workspace, "SELECT DISTINCT channel FROM {log} ORDER BY 1")]
    if len(touchpoints) > MOST_TOUCHPOINTS:
        raise InputError(
            f"the log has {len(touchpoints):,} different touchpoints, at most {MOST_TOUCHPOINTS:,} can be told apart",
            hint="a touchpoint is a kind of interaction: map addresses and numbers to attributes",
        )
    if len(channels) > MOST_CHANNELS:
        raise InputError(
            f"the log has {len(channels):,} different channels, at most {MOST_CHANNELS} can be told apart",
            hint="map them to few: channel: {column: …, values: {…}}",
        )
    return Names(tuple(touchpoints), tuple(channels))


def _bucket_count(interactions: int) -> int:
    buckets = 1
    while buckets * _PER_BUCKET < interactions and buckets < _MOST_BUCKETS:
        buckets *= 2
    return buckets


def _row_groups(workspace: Workspace) -> list[tuple[Path, int, int]]:
    """File, number and size of every row group of the log, in the order of arrival."""
    import pyarrow.parquet as pq

    groups = []
    for path in workspace.log.files():
        metadata = pq.read_metadata(path)
        groups += [(path, place, metadata.row_group(place).num_rows) for place in range(metadata.num_row_groups)]
    return groups


def _partition(
    row_groups: Sequence[tuple[Path, int, int]],
    names: Names,
    customers: Customers,
    buckets: int,
    progress: Progress,
    total: int,
) -> list[grouping.Partitioned]:
    """The interactions of every row group, scattered into the buckets of their customers."""
    table = grouping.customer_table(customers.identifiers, customers.customers)
    codes = _Codes(
        {name: code for code, name in enumerate(names.touchpoints)},
        {name: code for code, name in enumerate(names.channels)},
    )

    def work(group: tuple[Path, int, int]) -> grouping.Partitioned:
        return grouping.partition(_read_columns(group, codes, table), buckets=buckets)

    found = []
    done = 0
    with ThreadPoolExecutor(os.cpu_count() or 1) as pool:
        for (_, _, rows), partitioned in zip(row_groups, pool.map(work, row_groups), strict=True):
            found.append(partitioned)
            done += rows
            progress.step("sorting interactions by customer", done=done, total=total)
    return found


@dataclass(frozen=True, slots=True)
class _Codes:
    touchpoints: dict[str, int]
    channels: dict[str, int]


def _read_columns(group: tuple[Path, int, int], codes: _Codes, table: NDArray[np.int64]) -> grouping.Columns:
    import pyarrow as pa
    import pyarrow.parquet as pq

    path, place, _ = group
    with pq.ParquetFile(path, read_dictionary=["touchpoint", "channel"]) as file:
        rows = file.read_row_group(place, columns=_COLUMNS, use_threads=False)
    times = rows.column("occurred_at").combine_chunks().cast(pa.int64())
    return grouping.Columns(
        customers=grouping.find_customers(_numbers(rows.column("anchor")), table),
        times=np.asarray(times),
        touchpoints=_coded(rows.column("touchpoint"), codes.touchpoints, np.uint16),
        channels=_coded(rows.column("channel"), codes.channels, np.uint8),
        arrivals=_numbers(rows.column("arrival")),
    )


def _numbers(column: pyarrow.ChunkedArray) -> NDArray[np.int64]:
    return np.asarray(column.combine_chunks())


def _coded(column: pyarrow.ChunkedArray, codes: dict[str, int], kind: Any) -> NDArray[Any]:
    """The codes of a column of names: its own dictionary is small, the rows are only looked up."""
    pieces = []
    for chunk in column.chunks:
        own = np.array([codes[name] for name in chunk.dictionary.to_pylist()], kind)
        pieces.append(own[np.asarray(chunk.indices)])
    return np.concatenate(pieces) if pieces else np.empty(0, kind)


def _write_buckets(
    folder: Path, partitioned: Sequence[grouping.Partitioned], buckets: int, progress: Progress
) -> list[int]:
    """Sort and write every bucket; gives the customers in each."""

    def work(bucket: int) -> int:
        grouped = grouping.group(_bucket_columns(partitioned, bucket))
        _write_part(folder, bucket, grouped)
        return len(grouped.keys)

    counts = []
    with ThreadPoolExecutor(os.cpu_count() or 1) as pool:
        for count in pool.map(work, range(buckets)):
            counts.append(count)
            progress.step("writing the journey index", done=len(counts), total=buckets)
    return counts


def _bucket_columns(partitioned: Sequence[grouping.Partitioned], bucket: int) -> grouping.Columns:
    pieces = [_rows_of(each, bucket) for each in partitioned]
    if not pieces:
        return _NO_ROWS
    return grouping.Columns._make(np.concatenate(columns) for columns in zip(*pieces, strict=True))


def _rows_of(partitioned: grouping.Partitioned, bucket: int) -> grouping.Columns:
    low, high = partitioned.offsets[bucket : bucket + 2]
    return grouping.Columns._make(column[low:high] for column in partitioned.columns)


def _write_part(folder: Path, bucket: int, grouped: grouping.Grouped) -> None:
    _write_arrays(folder / f"{bucket:04}.customers.arrow", {"customer": grouped.keys, "start": grouped.offsets[:-1]})
    _write_arrays(
        folder / f"{bucket:04}.interactions.arrow",
        {
            "time": grouped.times,
            "touchpoint": grouped.touchpoints,
            "channel": grouped.channels,
            "arrival": grouped.arrivals,
        },
    )


def _write_arrays(path: Path, columns: dict[str, NDArray[Any]]) -> None:
    """One uncompressed record batch, so that it can be mapped into memory."""
    import pyarrow as pa

    batch = pa.record_batch({name: pa.array(values) for name, values in columns.items()})
    with pa.OSFile(str(path), "wb") as sink, pa.ipc.new_file(sink, batch.schema) as writer:
        writer.write_batch(batch)


@lru_cache(maxsize=2)
def _parts(folder: Path, buckets: int) -> tuple[Part, ...]:
    """All parts of a build; a build never changes, so the next question finds them mapped already."""
    return tuple(_read_part(folder, bucket) for bucket in range(buckets))


def _read_part(folder: Path, bucket: int) -> Part:
    customers = _read_arrays(folder / f"{bucket:04}.customers.arrow")
    interactions = _read_arrays(folder / f"{bucket:04}.interactions.arrow")
    return Part(
        customers=customers["customer"],
        offsets=np.append(customers["start"], np.int64(len(interactions["time"]))),
        times=interactions["time"],
        touchpoints=interactions["touchpoint"],
        channels=interactions["channel"],
        arrivals=interactions["arrival"],
    )


def _read_arrays(path: Path) -> dict[str, NDArray[Any]]:
    import pyarrow as pa

    with pa.memory_map(str(path)) as source:
        table = pa.ipc.open_file(source).get_batch(0)
    return {name: table.column(name).to_numpy(zero_copy_only=True) for name in table.schema.names}
