"""Tables in lakes as pyarrow datasets: only the files and row groups are read in which a mark leaves something to take."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from desireline.base import InputError, UnknownNameError, closest_names
from desireline.sources.origins.mark import MarkKind, MarkValue, largest
from desireline.sources.origins.model import ROWS_OF_A_BATCH, Mark, Origin, Piece

if TYPE_CHECKING:
    import pyarrow
    import pyarrow.dataset


def pieces_of(dataset: pyarrow.dataset.Dataset, mark: Mark | None, origin: Origin) -> Iterator[Piece]:
    """The rows of a dataset."""
    condition = None if mark is None else _condition(dataset.schema, mark, origin)
    scanner = dataset.scanner(filter=condition, batch_size=ROWS_OF_A_BATCH, batch_readahead=2, fragment_readahead=1)
    for batch in scanner.to_batches():
        if batch.num_rows:
            yield Piece(batch, None if mark is None else highest_of(batch.column(mark.column), column=mark.column))


def highest_of(values: pyarrow.Array, *, column: str) -> MarkValue | None:
    """The largest value of an array."""
    import pyarrow as pa
    import pyarrow.compute as pc

    if pa.types.is_timestamp(values.type):
        values = values.cast(pa.timestamp("us", values.type.tz), safe=False)
    if pa.types.is_floating(values.type):
        return largest(values.to_pylist(), column=column)
    return largest([pc.max(values).as_py()], column=column)


def check_mark(schema: pyarrow.Schema, mark: Mark, origin: Origin) -> None:
    """The column is there, and of the type that the mark was of.

    Raises
    ------
    InputError
        It is not.
    """
    if mark.column not in schema.names:
        close = closest_names(mark.column, schema.names)
        raise UnknownNameError(
            f"{origin.label} has no column {mark.column!r} for the mark",
            hint=f"did you mean {', '.join(close)}?" if close else f"columns: {', '.join(schema.names)}",
        )
    kind = _kind_of(schema.field(mark.column).type)
    if kind is None:
        raise InputError(
            f"expected times, dates, numbers or texts in the mark {mark.column!r}, "
            f"it has the type {schema.field(mark.column).type}"
        )
    if mark.since is not None and mark.since.kind != kind:
        raise InputError(
            f"expected a {mark.since.kind} in the mark {mark.column!r} as before, it is a {kind} now",
            hint="--all reads everything and begins a new mark",
        )


def _condition(schema: pyarrow.Schema, mark: Mark, origin: Origin) -> pyarrow.compute.Expression | None:
    import pyarrow as pa
    import pyarrow.compute as pc

    check_mark(schema, mark, origin)
    if mark.since is None:
        return None
    kind = schema.field(mark.column).type
    value = mark.since.value()
    scalar = pa.scalar(float(value) if pa.types.is_floating(kind) else value).cast(kind)
    column = pc.field(mark.column)
    return (column >= scalar) | column.is_null()


def _kind_of(kind: pyarrow.DataType) -> MarkKind | None:
    import pyarrow as pa

    if pa.types.is_timestamp(kind):
        return "time"
    if pa.types.is_date(kind):
        return "date"
    if pa.types.is_string(kind) or pa.types.is_large_string(kind):
        return "text"
    numeric = pa.types.is_integer(kind) or pa.types.is_floating(kind) or pa.types.is_decimal(kind)
    return "number" if numeric else None
