"""Everything that one customer did, out of the index, with fields of the log beside it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from desireline.identity import find_customers, identifier_numbered
from desireline.interactions import read_interactions
from desireline.journeys.fields import PartFields, Vocabulary, encoded, values_of
from desireline.journeys.index import Index, open_index
from desireline.journeys.model import Names, Part
from desireline.journeys.spans import nothing
from desireline.kernels.arrays import read_only
from desireline.store import Workspace


@dataclass(frozen=True, slots=True)
class CustomerHistory:
    """One customer in the index.

    Attributes
    ----------
    customer
        The key.
    part
        The interactions, oldest first: a part with this customer and no other; with none where there are no interactions.
    index
        Where they come from; its names say what the codes mean.
    """

    customer: int
    part: Part
    index: Index

    def __len__(self) -> int:
        """How many interactions."""
        return len(self.part.times)


def read_history(workspace: Workspace, number: int) -> CustomerHistory:
    """The history of the customer who has the identifier with this number.

    Raises
    ------
    UnknownNameError
        No identifier has it.
    """
    asked = identifier_numbered(workspace, number)
    index = open_index(workspace)
    key = find_customers(workspace).customer_of(asked.number)
    for part in index.parts:
        place = _place(part, key)
        if place is not None:
            return CustomerHistory(key, _only(part, place), index)
    return CustomerHistory(key, nothing().part, index)


def _place(part: Part, key: int) -> int | None:
    """Where a customer stands in a part; ``None`` where a newer part has them, or nobody does."""
    places = np.flatnonzero(part.customers == key)
    if not len(places):
        return None
    if part.current is not None and not np.isin(places[0], part.current):
        return None
    return int(places[0])


def _only(part: Part, place: int) -> Part:
    rows = slice(int(part.offsets[place]), int(part.offsets[place + 1]))
    return Part(
        customers=read_only(part.customers[place : place + 1]),
        offsets=read_only(np.array([0, rows.stop - rows.start], np.int64)),
        times=read_only(part.times[rows]),
        touchpoints=read_only(part.touchpoints[rows]),
        channels=read_only(part.channels[rows]),
        arrivals=read_only(part.arrivals[rows]),
    )


def newest(part: Part, most: int) -> Part:
    """The newest interactions of a customer's part, at most so many."""
    if len(part.times) <= most:
        return part
    return replace(
        part,
        offsets=read_only(np.array([0, most], np.int64)),
        times=read_only(part.times[-most:]),
        touchpoints=read_only(part.touchpoints[-most:]),
        channels=read_only(part.channels[-most:]),
        arrivals=read_only(part.arrivals[-most:]),
    )


def with_log_fields(
    workspace: Workspace, part: Part, names: Names, fields: Sequence[str]
) -> tuple[Part, Names, list[dict[str, Any]]]:
    """A customer's part with fields of the log, the names with their texts, and the interactions as they stand in the log."""
    import pyarrow as pa

    rows = read_interactions(workspace, part.arrivals.tolist())
    there = read_only(np.isin(part.arrivals, [row["arrival"] for row in rows]))
    part = part if there.all() else _without_gone(part, there)
    channels = pa.chunked_array([[row["channel"] for row in rows]], pa.string())
    columns: dict[str, NDArray[Any]] = {}
    words: dict[str, tuple[str, ...]] = {}
    for name in fields:
        vocabulary = Vocabulary()
        kind = pa.float64() if values_of(name) == "number" else pa.string()
        column = pa.chunked_array([[_value(row, name) for row in rows]], kind)
        columns[name] = encoded(name, column, channels, vocabulary)
        if values_of(name) == "text":
            words[name] = tuple(vocabulary.values)
    known = replace(names, values={**names.values, **words})
    return replace(part, source=PartFields(part.arrivals, columns)), known, rows


def _value(row: dict[str, Any], name: str) -> Any:
    prefix, _, attribute = name.partition(".")
    return row["attributes"].get(attribute) if prefix == "attributes" else row[name]


def _without_gone(part: Part, there: NDArray[np.bool_]) -> Part:
    """Without what left the log since the index was opened."""
    return replace(
        part,
        offsets=read_only(np.array([0, int(there.sum())], np.int64)),
        times=read_only(part.times[there]),
        touchpoints=read_only(part.touchpoints[there]),
        channels=read_only(part.channels[there]),
        arrivals=read_only(part.arrivals[there]),
    )
