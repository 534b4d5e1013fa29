"""Interactions scattered into the buckets of their customers, in bounded memory.

Blocks of the log come in one after the other; each is partitioned by bucket. What is more than the memory allows goes to
files beside the index and is read back bucket by bucket.
"""

from __future__ import annotations

import shutil
import threading
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from desireline.kernels import grouping

_ROW = np.dtype([("customer", "<i8"), ("time", "<i8"), ("arrival", "<i8"), ("touchpoint", "<u2"), ("channel", "u1")])
BYTES_OF_A_ROW = _ROW.itemsize


@dataclass(frozen=True, slots=True)
class _OnDisk:
    """A partitioned block in a file, row by row: those of bucket ``b`` are at ``offsets[b]:offsets[b + 1]``."""

    offsets: NDArray[np.int64]
    path: Path

    def bucket(self, number: int) -> grouping.Columns:
        low, high = self.offsets[number : number + 2].tolist()
        rows = np.fromfile(self.path, _ROW, high - low, offset=low * _ROW.itemsize)
        return grouping.Columns(rows["customer"], rows["time"], rows["touchpoint"], rows["channel"], rows["arrival"])


@dataclass(frozen=True, slots=True)
class _InMemory:
    partitioned: grouping.Partitioned

    def bucket(self, number: int) -> grouping.Columns:
        low, high = self.partitioned.offsets[number : number + 2]
        return grouping.Columns._make(column[low:high] for column in self.partitioned.columns)


class Scattered:
    """Blocks of interactions by bucket.

    Parameters
    ----------
    buckets
        A power of two.
    folder
        Where blocks go that the memory has no room for.
    memory
        Bytes that blocks may take in memory.
    """

    def __init__(self, *, buckets: int, folder: Path, memory: int) -> None:
        """See the class."""
        self.buckets = buckets
        self._folder = folder
        self._free = memory
        self._blocks: dict[int, _InMemory | _OnDisk] = {}
        self._lock = threading.Lock()

    def add(self, number: int, columns: grouping.Columns) -> None:
        """Add block ``number``; threads may add blocks at once, in any order."""
        partitioned = grouping.partition(columns, buckets=self.buckets)
        needed = len(columns.times) * BYTES_OF_A_ROW
        with self._lock:
            fits = needed <= self._free
            self._free -= needed if fits else 0
        self._blocks[number] = _InMemory(partitioned) if fits else self._write(number, partitioned)

    def bucket(self, number: int) -> grouping.Columns:
        """The interactions of a bucket, in the order of the blocks."""
        pieces = [self._blocks[block].bucket(number) for block in sorted(self._blocks)]
        return grouping.Columns._make(
            np.concatenate(columns) for columns in zip(grouping.NO_ROWS, *pieces, strict=True)
        )

    def remove(self) -> None:
        """Remove the files."""
        shutil.rmtree(self._folder, ignore_errors=True)

    def _write(self, number: int, partitioned: grouping.Partitioned) -> _OnDisk:
        columns = partitioned.columns
        rows = np.empty(len(columns.times), _ROW)
        rows["customer"], rows["time"], rows["arrival"] = columns.customers, columns.times, columns.arrivals
        rows["touchpoint"], rows["channel"] = columns.touchpoints, columns.channels
        self._folder.mkdir(exist_ok=True)
        path = self._folder / f"{number}.rows"
        rows.tofile(path)
        return _OnDisk(partitioned.offsets, path)
