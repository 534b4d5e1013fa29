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


def all_read_only(arrays: tuple[Any, ...]) -> tuple[Any, ...]:
    """:func:`read_only` for each of several arrays."""
    return tuple(read_only(array) for array in arrays)
