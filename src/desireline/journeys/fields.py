"""Further columns of the log, for analyses that look at more than touchpoint, channel and time.

An analysis names them in ``fields``, and finds them with ``part.field(name)``:

- a number ("wait", "hold", "duration", "cost", "value", "score", "sentiment"): float64, NaN where it is missing;
- a text ("team", "agent", "direction", "actor", "outcome", "score_kind", "source", ``attributes.NAME``): int32 codes into
  ``names.values[name]``, -1 where it is missing. Codes differ from engine to engine: an answer must not depend on them;
- "case": int64, equal where the case and the channel are; :data:`NO_CASE` where there is none.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Literal, Protocol

import numpy as np
from numpy.typing import NDArray

from desireline.base import InputError, UnknownNameError, closest_names, phrase
from desireline.interactions.condition import ATTRIBUTE_PREFIX
from desireline.interactions.model import FIELDS

if TYPE_CHECKING:
    import pyarrow

FieldValues = Literal["number", "text", "key"]
NO_CASE = -1
NO_VALUE = -1
_TYPES: Mapping[FieldValues, type[np.generic]] = {"number": np.float64, "text": np.int32, "key": np.int64}
_MISSING: Mapping[FieldValues, Any] = {"number": np.nan, "text": NO_VALUE, "key": NO_CASE}
_CODED = ("touchpoint", "channel", "occurred_at")
_KINDS: Mapping[str, FieldValues] = {
    each.name: "number" if each.kind == "number" else "text"
    for each in FIELDS
    if each.name not in (*_CODED, "id", "text", "received_at", "case")
}


class FieldSource(Protocol):
    """Gives the values of fields by arrival number."""

    def of(self, name: str, arrivals: NDArray[np.int64]) -> NDArray[Any]:
        """The values of a field for these interactions, [n] in their order."""


def check_texts(names: Iterable[str], *, role: str) -> None:
    """Refuse fields that make no groups: numbers, times, and what differs from record to record.

    Raises
    ------
    InputError
        One of them has no texts.
    """
    for name in names:
        if name == "case" or _KINDS.get(name, "text") != "text":
            raise InputError(
                phrase("{role}: expected a field whose texts make groups, got {name}", role=role, name=name),
                hint=phrase("such as team or attributes.NAME"),
            )


def values_of(name: str) -> FieldValues:
    """What the values of a field are.

    Raises
    ------
    UnknownNameError
        There is no such field, or it is not among those that analyses may ask for.
    """
    if name.startswith(ATTRIBUTE_PREFIX):
        return "text"
    if name == "case":
        return "key"
    if name not in _KINDS:
        known = [*_KINDS, "case"]
        close = closest_names(name, known)
        hint = (
            phrase("did you mean {close}?", close=", ".join(close))
            if close
            else phrase("known: {known}, attributes.NAME", known=", ".join(known))
        )
        raise UnknownNameError(phrase("expected a field of an interaction, got {name!r}", name=name), hint=hint)
    return _KINDS[name]


def type_of(name: str) -> type[np.generic]:
    """The type of its array."""
    return _TYPES[values_of(name)]


def missing(name: str) -> Any:
    """What stands where an interaction has no value."""
    return _MISSING[values_of(name)]


@dataclass(slots=True)
class Vocabulary:
    """The different texts of one field, in the order of their codes; it grows."""

    values: list[str] = field(default_factory=list)
    _codes: dict[str, int] = field(default_factory=dict)

    def __post_init__(self) -> None:
        """Know the codes of what is there."""
        self._codes = {value: code for code, value in enumerate(self.values)}

    def code(self, value: str | None) -> int:
        """The code of a text, which is entered where it is new."""
        if value is None:
            return NO_VALUE
        code = self._codes.setdefault(value, len(self.values))
        if code == len(self.values):
            self.values.append(value)
        return code


def encoded(name: str, column: pyarrow.ChunkedArray, channels: pyarrow.ChunkedArray, words: Vocabulary) -> NDArray[Any]:
    """A column of the log as the values of a field.

    Parameters
    ----------
    column
        The values as they stand in the log.
    channels
        The channel of each, which a case is told apart by.
    words
        Of a text: new ones are entered.
    """
    import pyarrow as pa

    kind = values_of(name)
    if kind == "number":
        return np.asarray(column.cast(pa.float64()).combine_chunks().to_numpy(zero_copy_only=False), np.float64)
    if kind == "key":
        return _keys(column, channels)
    found = []
    for chunk in column.chunks:
        encoded_chunk = chunk if pa.types.is_dictionary(chunk.type) else chunk.dictionary_encode()
        own = np.array([*(words.code(value) for value in encoded_chunk.dictionary.to_pylist()), NO_VALUE], np.int32)
        found.append(own[encoded_chunk.indices.fill_null(len(own) - 1).to_numpy(zero_copy_only=False)])
    return np.concatenate(found) if found else np.empty(0, np.int32)


def _keys(cases: pyarrow.ChunkedArray, channels: pyarrow.ChunkedArray) -> NDArray[np.int64]:
    """A number for each pair of case and channel: 63 bits of a hash, so that two of a million million differ by all odds."""
    import pyarrow.compute as pc

    joined = pc.binary_join_element_wise(cases.cast("string"), channels.cast("string"), "\x1f").combine_chunks()
    encoded_pairs = joined.dictionary_encode()
    own = [_key(pair) for pair in encoded_pairs.dictionary.to_pylist()]
    numbers = np.array([*own, NO_CASE], np.int64)
    places = encoded_pairs.indices.fill_null(len(own)).to_numpy(zero_copy_only=False)
    found: NDArray[np.int64] = numbers[places]
    return found


def _key(pair: str) -> int:
    return int.from_bytes(hashlib.blake2b(pair.encode(), digest_size=8).digest(), "big") >> 1


@dataclass(frozen=True, slots=True, eq=False)
class PartFields:
    """Fields of one part, held in memory beside its arrival numbers."""

    arrivals: NDArray[np.int64]
    columns: Mapping[str, NDArray[Any]]

    def of(self, name: str, arrivals: NDArray[np.int64]) -> NDArray[Any]:
        """See :meth:`FieldSource.of`."""
        if len(arrivals) == len(self.arrivals) and np.array_equal(arrivals, self.arrivals):
            return self.columns[name]
        order = np.argsort(self.arrivals, kind="stable")
        values: NDArray[Any] = self.columns[name][order[np.searchsorted(self.arrivals[order], arrivals)]]
        return values


@dataclass(frozen=True, slots=True)
class NoFields:
    """The fields of no interactions."""

    def of(self, name: str, arrivals: NDArray[np.int64]) -> NDArray[Any]:
        """See :meth:`FieldSource.of`."""
        return np.full(len(arrivals), missing(name), type_of(name))


def joined_fields(several: Sequence[PartFields]) -> PartFields:
    """The fields of several sets of interactions, at least one, all with the same fields."""
    columns = {name: np.concatenate([each.columns[name] for each in several]) for name in several[0].columns}
    return PartFields(np.concatenate([each.arrivals for each in several]), columns)


def fields_of_analysis(analysis: object) -> tuple[str, ...]:
    """The fields that an analysis names, each once, in order.

    Raises
    ------
    UnknownNameError
        One of them is none.
    """
    names: Sequence[str] = getattr(analysis, "fields", ())
    for name in names:
        values_of(name)
    return tuple(dict.fromkeys(sorted(names)))
