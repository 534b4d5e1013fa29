"""What runs in the Python workers of Spark: reading the log, grouping it by customer, and the passes of an analysis.

    read     row groups of the log -> blocks: the interactions of one bucket of customers in one row group
    group    all blocks of some buckets -> parts, one for each bucket, as in the journey index
    work     parts -> one state for each task; of a keyed pass one for each piece of the keys
    reduce   the states of some pieces -> one state for each piece

Each takes and gives Arrow record batches, as ``mapInArrow`` wants them. A column of numbers travels as the bytes of one
value: Spark moves it without looking inside, and kernels see it without a copy. A task gathers all its batches before it
groups, so it does not matter where Spark cuts them.
"""

from __future__ import annotations

import pickle
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from importlib.metadata import version
from itertools import chain
from typing import TYPE_CHECKING, Any

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from desireline.base import EngineError
from desireline.journeys.engine import KeyedPass, Pass, combined
from desireline.journeys.engines.log_reading import LogReader
from desireline.journeys.fields import PartFields, joined_fields
from desireline.journeys.model import Part, Spans
from desireline.kernels import grouping

if TYPE_CHECKING:
    from pyspark import Broadcast

VERSION = version("desireline")
_BLOCK_COLUMNS: Mapping[str, type[np.generic]] = {
    "customers": np.int64,
    "times": np.int64,
    "touchpoints": np.uint16,
    "channels": np.uint8,
    "arrivals": np.int64,
}
_PART_COLUMNS: Mapping[str, type[np.generic]] = {
    "customers": np.int64,
    "offsets": np.int64,
    "times": np.int64,
    "touchpoints": np.uint16,
    "channels": np.uint8,
    "arrivals": np.int64,
}
_FIELDS = "fields"
"""A column of both: further fields of the log, [arrivals, {name: values}] pickled."""
BLOCKS = ", ".join(["bucket int", *(f"{name} binary" for name in (*_BLOCK_COLUMNS, _FIELDS))])
PARTS = ", ".join(f"{name} binary" for name in (*_PART_COLUMNS, _FIELDS))
STATES = "piece int, state binary"


@dataclass(frozen=True, slots=True)
class ReadTask:
    """What every task that reads needs; ``version`` is that of the package on the machine that asks."""

    version: str
    reader: LogReader
    buckets: int


@dataclass(frozen=True, slots=True)
class WorkTask:
    """A pass, how to cut parts into spans, and into how many pieces the keys of a keyed pass are split."""

    reading: Pass[Any, Any]
    cut: Callable[[Part], Spans]
    pieces: int


def read(batches: Iterable[pa.RecordBatch], task: Broadcast[ReadTask]) -> Iterator[pa.RecordBatch]:
    """Read the row groups whose numbers come in, and scatter each into blocks."""
    own = task.value
    if own.version != VERSION:
        raise EngineError(f"expected desireline {own.version} on every Spark worker, got {VERSION}")
    for batch in batches:
        for number in batch.column(0).to_pylist():
            partitioned = grouping.partition(own.reader.read(number), buckets=own.buckets)
            yield _blocks(partitioned, own.reader.read_fields(number))


def group(batches: Iterable[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
    """Join the blocks of each bucket and sort them by customer and time."""
    blocks: dict[int, list[grouping.Columns]] = defaultdict(list)
    fields: dict[int, list[PartFields]] = defaultdict(list)
    for batch in batches:
        for row, bucket in enumerate(batch.column("bucket").to_pylist()):
            columns = (_array(batch, name, row, kind) for name, kind in _BLOCK_COLUMNS.items())
            blocks[bucket].append(grouping.Columns(*columns))
            fields[bucket].append(_unpickled_fields(batch, row))
    for bucket in sorted(blocks):
        grouped = grouping.group(_joined(blocks.pop(bucket)))
        named: Iterable[tuple[str, Any]] = zip(_PART_COLUMNS, grouped, strict=True)
        own = _of_arrivals(joined_fields(fields.pop(bucket)), grouped.arrivals)
        yield pa.record_batch({**{name: _bytes([column]) for name, column in named}, _FIELDS: _pickled_fields([own])})


def work(batches: Iterable[pa.RecordBatch], task: Broadcast[WorkTask]) -> Iterator[pa.RecordBatch]:
    """One reading of the parts that come in."""
    own = task.value
    parts = _parts(batches)
    first = next(parts, None)
    if first is None:
        return
    state = combined(own.reading, (own.reading.partial(own.cut(part)) for part in chain([first], parts)))
    if isinstance(own.reading, KeyedPass):
        yield from (_state(piece, each) for piece, each in enumerate(own.reading.split(state, own.pieces)))
    else:
        yield _state(_task_number() % own.pieces, state)


def reduce(batches: Iterable[pa.RecordBatch], task: Broadcast[WorkTask]) -> Iterator[pa.RecordBatch]:
    """Combine the states of each piece; those of a keyed pass are complete then, and are settled."""
    reading = task.value.reading
    states: dict[int, list[Any]] = defaultdict(list)
    for piece, state in unpacked(batches):
        states[piece].append(state)
    for piece in sorted(states):
        state = combined(reading, states.pop(piece))
        yield _state(piece, reading.settle(state) if isinstance(reading, KeyedPass) else state)


def unpacked(batches: Iterable[pa.RecordBatch]) -> Iterator[tuple[int, Any]]:
    """Piece and state of every row."""
    for batch in batches:
        for piece, state in zip(batch.column("piece"), batch.column("state"), strict=True):
            yield piece.as_py(), pickle.loads(state.as_buffer())


def _joined(blocks: Sequence[grouping.Columns]) -> grouping.Columns:
    columns: Iterable[Any] = zip(*blocks, strict=True)
    return grouping.Columns._make(np.concatenate(column) for column in columns)


def _of_arrivals(fields: PartFields, arrivals: NDArray[np.int64]) -> PartFields:
    """The fields of these interactions, in their order."""
    return PartFields(arrivals, {name: fields.of(name, arrivals) for name in fields.columns})


def _pickled_fields(several: Iterable[PartFields]) -> pa.Array:
    return pa.array(
        [pickle.dumps((each.arrivals, dict(each.columns)) if each.columns else None) for each in several], pa.binary()
    )


def _unpickled_fields(batch: pa.RecordBatch, row: int) -> PartFields:
    found = pickle.loads(batch.column(_FIELDS)[row].as_buffer())
    return PartFields(np.empty(0, np.int64), {}) if found is None else PartFields(*found)


def _blocks(partitioned: grouping.Partitioned, fields: PartFields) -> pa.RecordBatch:
    """A row for each bucket that has interactions."""
    offsets = partitioned.offsets
    buckets = np.flatnonzero(np.diff(offsets)).astype(np.int32)
    columns = {
        name: _bytes([column[offsets[bucket] : offsets[bucket + 1]] for bucket in buckets])
        for name, column in partitioned.columns._asdict().items()
    }
    arrivals = partitioned.columns.arrivals
    own = (_of_arrivals(fields, arrivals[offsets[bucket] : offsets[bucket + 1]]) for bucket in buckets)
    return pa.record_batch({"bucket": pa.array(buckets), **columns, _FIELDS: _pickled_fields(own)})


def _parts(batches: Iterable[pa.RecordBatch]) -> Iterator[Part]:
    for batch in batches:
        for row in range(batch.num_rows):
            columns = {name: _array(batch, name, row, kind) for name, kind in _PART_COLUMNS.items()}
            fields = _unpickled_fields(batch, row)
            yield Part(**columns, source=fields if fields.columns else None)


def _bytes(arrays: list[NDArray[Any]]) -> pa.Array:
    return pa.array([np.ascontiguousarray(array).data.cast("B") for array in arrays], pa.binary())


def _array(batch: pa.RecordBatch, name: str, row: int, kind: type[np.generic]) -> NDArray[Any]:
    return np.frombuffer(batch.column(name)[row].as_buffer(), kind)


def _state(piece: int, state: Any) -> pa.RecordBatch:
    return pa.record_batch(
        {"piece": pa.array([piece], pa.int32()), "state": pa.array([pickle.dumps(state)], pa.binary())}
    )


def _task_number() -> int:
    """The number of the task that this process runs; 0 outside of Spark."""
    from pyspark import TaskContext

    context = TaskContext.get()
    return 0 if context is None else int(context.partitionId())
