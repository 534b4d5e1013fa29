"""Rows of an origin as a Parquet file, written as they come: however many there are, a batch of them is in memory."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from desireline.base import Progress
from desireline.sources.origins.mark import MarkValue, larger
from desireline.sources.origins.model import Mark, Piece
from desireline.sources.origins.values import as_text

if TYPE_CHECKING:
    import pyarrow


@dataclass(frozen=True, slots=True)
class StagedRows:
    """What was read.

    Attributes
    ----------
    path
        The file; there is none where ``rows`` is 0.
    highest
        The largest value of the mark in it.
    """

    path: Path
    rows: int
    highest: MarkValue | None


def stage_rows(
    pieces: Iterable[Piece], target: Path, *, label: str, mark: Mark | None, progress: Progress
) -> StagedRows:
    """Write rows to a Parquet file; a column whose type changes from batch to batch becomes text."""
    rows, highest = 0, None
    parts = _Parts(target)
    try:
        for piece in pieces:
            parts.write(piece.rows)
            rows += piece.rows.num_rows
            if mark is not None:
                highest = larger(highest, piece.highest, column=mark.column)
            progress.step(f"{label}: reading", done=rows)
    finally:
        parts.close()
    parts.join()
    return StagedRows(target, rows, highest)


class _Parts:
    """Parquet files of one shape each: a new one begins where the types of the rows change."""

    def __init__(self, target: Path) -> None:
        self._target = target
        self._paths: list[Path] = []
        self._schemas: list[pyarrow.Schema] = []
        self._writer: pyarrow.parquet.ParquetWriter | None = None

    def write(self, rows: pyarrow.RecordBatch) -> None:
        """Add rows."""
        import pyarrow.parquet as pq

        if self._schemas:
            rows = _with_types_of(rows, self._schemas[-1])
        if self._writer is None or self._schemas[-1] != rows.schema:
            self.close()
            path = self._target.with_suffix(f".{len(self._paths)}.part")
            self._paths.append(path)
            self._schemas.append(rows.schema)
            self._writer = pq.ParquetWriter(path, rows.schema)
        self._writer.write_batch(rows)

    def close(self) -> None:
        """Finish the file that is being written."""
        if self._writer is not None:
            self._writer.close()
            self._writer = None

    def join(self) -> None:
        """One file of all parts."""
        import pyarrow as pa
        import pyarrow.parquet as pq

        if len(self._paths) == 1 and pa.null() not in self._schemas[0].types:
            self._paths[0].rename(self._target)
        elif self._paths:
            whole = _common(self._schemas)
            with pq.ParquetWriter(self._target, whole) as writer:
                for batch in self._batches():
                    writer.write_batch(_cast(batch, whole))
        for path in self._paths:
            with suppress(FileNotFoundError):
                path.unlink()

    def _batches(self) -> Iterator[pyarrow.RecordBatch]:
        import pyarrow.parquet as pq

        for path in self._paths:
            with pq.ParquetFile(path) as file:
                yield from file.iter_batches()


def _with_types_of(rows: pyarrow.RecordBatch, schema: pyarrow.Schema) -> pyarrow.RecordBatch:
    """The rows, in which a column without any value has the type that it had before."""
    import pyarrow as pa

    kinds = {field.name: field.type for field in schema}
    columns = [
        column.cast(kinds[field.name]) if pa.types.is_null(field.type) else column
        for column, field in zip(rows.columns, rows.schema, strict=True)
    ]
    return pa.record_batch(columns, names=rows.schema.names)


def _common(schemas: list[pyarrow.Schema]) -> pyarrow.Schema:
    import pyarrow as pa

    fields = []
    for name in schemas[0].names:
        kinds = {schema.field(name).type for schema in schemas} - {pa.null()}
        fields.append(pa.field(name, kinds.pop() if len(kinds) == 1 else pa.string()))
    return pa.schema(fields)


def _cast(rows: pyarrow.RecordBatch, whole: pyarrow.Schema) -> pyarrow.RecordBatch:
    import pyarrow as pa

    columns = [
        column.cast(field.type)
        if column.type in (field.type, pa.null())
        else pa.array([as_text(value) for value in column.to_pylist()], pa.string())
        for column, field in zip(rows.columns, whole, strict=True)
    ]
    return pa.record_batch(columns, schema=whole)
