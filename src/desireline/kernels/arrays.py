"""The one form in which arrays reach kernels."""

from __future__ import annotations

from typing import Any, TypeVar

import numpy as np
from numpy.typing import NDArray

Scalar = TypeVar("Scalar", bound=np.generic)


def read_only(array: NDArray[Scalar]) -> NDArray[Scalar]:
    """The same values, contiguous, and not to be written to; nothing is copied unless there are holes.

    A kernel is compiled once for each combination of argument types, and an array that can be written to has
    another type than one that cannot. Memory-mapped columns cannot; so that those made in memory use the same
    machine code, all columns are passed as read-only.
    """
    view = np.ascontiguousarray(array).view()
    view.flags.writeable = False
    return view


def different(*arrays: NDArray[np.int64]) -> NDArray[np.int64]:
    """The different values of some arrays: int64[n] each -> int64[m], ascending. O(n log n); no arrays give none.

    Sorting 64-bit numbers is several times faster than the hash table in which :func:`numpy.unique` finds them.
    """
    ordered = np.sort(np.concatenate([np.empty(0, np.int64), *arrays]))
    return ordered[_first_of_run(ordered)]


def different_pairs(first: NDArray[np.int64], second: NDArray[np.int64]) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """The different pairs of two arrays of one length, ascending by first, then second: int64[n] each -> int64[m] each."""
    order = np.lexsort((second, first))
    first, second = first[order], second[order]
    new = _first_of_run(first) | _first_of_run(second)
    return first[new], second[new]


def _first_of_run(values: NDArray[np.int64]) -> NDArray[np.bool_]:
    found = np.ones(len(values), np.bool_)
    found[1:] = values[1:] != values[:-1]
    return found


def all_read_only(arrays: tuple[Any, ...]) -> tuple[Any, ...]:
    """:func:`read_only` for each of several arrays."""
    return tuple(read_only(array) for array in arrays)
