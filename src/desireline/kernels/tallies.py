"""Counts by key, where few of many possible keys occur."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray


class Tally(NamedTuple):
    """``keys``: int64[k] ascending, each once; ``counts``: int64[k], how often each occurs."""

    keys: NDArray[np.int64]
    counts: NDArray[np.int64]


def tally(keys: NDArray[np.int64]) -> Tally:
    """Count equal keys: int64[n] in any order, n may be 0. O(n log n)."""
    found, counts = np.unique(keys, return_counts=True)
    return Tally(found, counts.astype(np.int64))


def sum_by_key(keys: NDArray[np.int64], amounts: NDArray[np.int64]) -> Tally:
    """The sums of amounts of equal keys: int64[n] twice, in any order, n may be 0. O(n log n)."""
    found, numbers = np.unique(keys, return_inverse=True)
    sums = np.zeros(len(found), np.int64)
    np.add.at(sums, numbers, amounts)
    return Tally(found, sums)


def nonzero(cells: NDArray[np.int64]) -> Tally:
    """The cells of an array of counts that are not 0, by their place in it. O(cells)."""
    flat = cells.ravel()
    keys = np.flatnonzero(flat).astype(np.int64)
    return Tally(keys, flat[keys])


def add(first: Tally, second: Tally) -> Tally:
    """The sums, exact in any order. O(k log k)."""
    keys = np.concatenate([first.keys, second.keys])
    order = np.argsort(keys, kind="stable")
    keys, counts = keys[order], np.concatenate([first.counts, second.counts])[order]
    firsts = np.flatnonzero(np.diff(keys, prepend=keys[:1] - 1))
    return Tally(keys[firsts], np.add.reduceat(counts, firsts) if len(firsts) else counts)
