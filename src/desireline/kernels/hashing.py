"""Mixing 64-bit keys, and the sizes of open-addressing hash tables."""

from __future__ import annotations

from typing import Any

import numpy as np

from desireline.kernels._jit import kernel


@kernel
def mix(key: int | np.integer[Any]) -> np.uint64:
    """Spread a 64-bit key evenly over all 64 bits; different keys stay different.

    O(1). Source: the finaliser of SplitMix64 (Steele, Lea, Flood 2014, "Fast splittable pseudorandom number
    generators"). The buckets on disk depend on it: it must never change.
    """
    mixed = np.uint64(key)
    mixed = (mixed ^ (mixed >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    mixed = (mixed ^ (mixed >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    return mixed ^ (mixed >> np.uint64(31))


@kernel
def table_size(keys: int) -> int:
    """The number of slots for so many keys: a power of two, twice as many at the least. O(log keys)."""
    size = 16
    while size < 2 * keys:
        size *= 2
    return size
