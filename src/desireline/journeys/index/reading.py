"""Reading from the log what the index is made of: row groups, the names in them, and their columns as numbers."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import PurePath
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from desireline.base import InputError, phrase
from desireline.interactions import Taxonomy, read_taxonomy
from desireline.interactions.log import raw_names
from desireline.interactions.model import MOST_CHANNELS, MOST_TOUCHPOINTS
from desireline.journeys.model import Names
from desireline.kernels import grouping
from desireline.store import Workspace

if TYPE_CHECKING:
    import pyarrow
    import pyarrow.parquet
    from pyarrow.fs import FileSystem

_COLUMNS = ["arrival", "anchor", "occurred_at", "touchpoint", "channel"]
_NO_CHANNEL = -1
NO_ANCHOR = -1


@dataclass(frozen=True, slots=True)
class RowGroup:
    """A row group of a file of the log; its arrival numbers lie between ``first`` and ``last``, both included.

    ``path`` is a path in ``storage``, or on this machine where that is ``None``.
    """

    path: PurePath
    place: int
    rows: int
    first: int
    last: int
    storage: FileSystem | None = None

    def open(self, *, read_dictionary: list[str] | None = None) -> pyarrow.parquet.ParquetFile:
        """The file, to be closed; the columns named come as dictionaries."""
        import pyarrow.parquet as pq

        return pq.ParquetFile(str(self.path), read_dictionary=read_dictionary, filesystem=self.storage)


def row_groups(workspace: Workspace, *, after_arrival: int = -1) -> list[RowGroup]:
    """The row groups of the log in the order of arrival; only those that may have a larger arrival number."""
    import pyarrow.parquet as pq

    found = []
    for path in workspace.log.files(after_arrival=after_arrival):
        metadata = pq.read_metadata(path)
        column = metadata.schema.names.index("arrival")
        for place in range(metadata.num_row_groups):
            group = metadata.row_group(place)
            bounds = group.column(column).statistics
            first, last = (bounds.min, bounds.max) if bounds is not None else (0, np.iinfo(np.int64).max)
            if last > after_arrival:
                found.append(RowGroup(path, place, group.num_rows, int(first), int(last)))
    return found


@dataclass(frozen=True, slots=True)
class Codes:
    """The codes of names as they stand in the log.

    Attributes
    ----------
    touchpoints, channels
        Code by name, after the taxonomy.
    taxonomy
        Which names are one.
    channel_of
        int16[t]: by touchpoint code, the code of the channel it always counts as; -1 for the one it came through.
    """

    touchpoints: Mapping[str, int]
    channels: Mapping[str, int]
    taxonomy: Taxonomy
    channel_of: NDArray[np.int16]

    def touchpoint(self, raw: str) -> int:
        """The code of a touchpoint."""
        return self.touchpoints[self.taxonomy.touchpoints.get(raw, raw)]

    def channel(self, raw: str) -> int:
        """The code of a channel; of one that every touchpoint overrides, any."""
        return self.channels.get(self.taxonomy.channels.get(raw, raw), 0)


def read_names(workspace: Workspace, *, known: Names | None = None, after_arrival: int = -1) -> tuple[Names, Codes]:
    """The names that the log has, and their codes.

    Parameters
    ----------
    known
        Names that keep their codes; new ones come behind them. ``None``: names in alphabetical order.
    after_arrival
        Only look at interactions with a larger arrival number.

    Raises
    ------
    InputError
        There are more different names than codes, or the taxonomy cannot be read.
    """
    taxonomy = read_taxonomy(workspace)
    touchpoints, channels = set(), set()
    for raw_touchpoint, raw_channel in raw_names(workspace, after_arrival=after_arrival):
        touchpoint = taxonomy.touchpoints.get(raw_touchpoint, raw_touchpoint)
        touchpoints.add(touchpoint)
        channels.add(taxonomy.channel_of.get(touchpoint, taxonomy.channels.get(raw_channel, raw_channel)))
    before = known or Names((), ())
    return names_and_codes(_extended(before.touchpoints, touchpoints), _extended(before.channels, channels), taxonomy)


def names_and_codes(touchpoints: Sequence[str], channels: Sequence[str], taxonomy: Taxonomy) -> tuple[Names, Codes]:
    """Names by code, with their stages, and the codes by name.

    Raises
    ------
    InputError
        There are more different names than codes.
    """
    _check_counts(touchpoints, channels)
    places = {stage: place for place, stage in enumerate(taxonomy.stages)}
    stage_of = [places[taxonomy.stage_of[name]] if name in taxonomy.stage_of else -1 for name in touchpoints]
    names = Names(tuple(touchpoints), tuple(channels), taxonomy.stages, tuple(stage_of))
    code_of_channel = {name: code for code, name in enumerate(channels)}
    forced = [code_of_channel.get(taxonomy.channel_of.get(name, ""), _NO_CHANNEL) for name in touchpoints]
    codes = Codes(
        {name: code for code, name in enumerate(touchpoints)}, code_of_channel, taxonomy, np.array(forced, np.int16)
    )
    return names, codes


def _extended(known: Sequence[str], found: Iterable[str]) -> list[str]:
    return [*known, *sorted(set(found) - set(known))]


def _check_counts(touchpoints: Sequence[str], channels: Sequence[str]) -> None:
    if len(touchpoints) > MOST_TOUCHPOINTS:
        raise InputError(
            phrase(
                "the log has {count:,} different touchpoints, at most {most:,} can be told apart",
                count=len(touchpoints),
                most=MOST_TOUCHPOINTS,
            ),
            hint=phrase("a touchpoint is a kind of interaction: map addresses and numbers to attributes"),
        )
    if len(channels) > MOST_CHANNELS:
        raise InputError(
            phrase(
                "the log has {count:,} different channels, at most {most} can be told apart",
                count=len(channels),
                most=MOST_CHANNELS,
            ),
            hint=phrase("map them to few: channel: {{column: …, values: {{…}}}}"),
        )


def read_columns(groups: Sequence[RowGroup], codes: Codes, customers: NDArray[np.int64]) -> grouping.Columns:
    """Row groups of one file as numbers.

    Parameters
    ----------
    customers
        See :func:`desireline.kernels.grouping.customer_table`.
    """
    import pyarrow as pa

    with groups[0].open(read_dictionary=["touchpoint", "channel"]) as file:
        rows = file.read_row_groups([group.place for group in groups], columns=_COLUMNS, use_threads=False)
    touchpoints = _coded(rows.column("touchpoint"), codes.touchpoint, np.uint16)
    channels = _coded(rows.column("channel"), codes.channel, np.uint8)
    if (codes.channel_of != _NO_CHANNEL).any():
        forced = codes.channel_of[touchpoints]
        channels = np.where(forced == _NO_CHANNEL, channels, forced).astype(np.uint8)
    return grouping.Columns(
        customers=grouping.find_customers(_numbers(rows.column("anchor")), customers),
        times=np.asarray(rows.column("occurred_at").combine_chunks().cast(pa.int64())),
        touchpoints=touchpoints,
        channels=channels,
        arrivals=_numbers(rows.column("arrival")),
    )


def read_anchors(workspace: Workspace, arrivals: NDArray[np.int64]) -> NDArray[np.int64]:
    """The identifiers that interactions were seen under: arrival numbers, int64[m] ascending -> int64[m].

    Only row groups that have some of them are read. Of an interaction that is no longer in the log: :data:`NO_ANCHOR`.
    """
    found = np.full(len(arrivals), NO_ANCHOR, np.int64)
    for group in row_groups(workspace, after_arrival=int(arrivals[0]) - 1 if len(arrivals) else -1):
        low, high = np.searchsorted(arrivals, (group.first, group.last + 1))
        if low == high:
            continue
        with group.open() as file:
            rows = file.read_row_group(group.place, columns=["arrival", "anchor"], use_threads=False)
        here = _numbers(rows.column("arrival"))
        order = np.argsort(here, kind="stable")
        places = np.minimum(np.searchsorted(here[order], arrivals[low:high]), len(here) - 1)
        own = here[order][places] == arrivals[low:high]
        found[low:high][own] = _numbers(rows.column("anchor"))[order][places[own]]
    return found


def _numbers(column: pyarrow.ChunkedArray) -> NDArray[np.int64]:
    return np.asarray(column.combine_chunks())


def _coded(column: pyarrow.ChunkedArray, code: Any, kind: Any) -> NDArray[Any]:
    """The codes of a column of names: its own dictionary is small, the rows are only looked up."""
    pieces = []
    for chunk in column.chunks:
        own = np.array([code(name) for name in chunk.dictionary.to_pylist()], kind)
        pieces.append(own[np.asarray(chunk.indices)])
    return np.concatenate(pieces) if pieces else np.empty(0, kind)
