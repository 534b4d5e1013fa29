"""Cutting customers' interactions at pauses, and measuring spans."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from desireline.kernels._jit import kernel


@kernel
def cut_at_pauses(
    times: NDArray[np.int64], offsets: NDArray[np.int64], gap: int
) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Cut where the pause is strictly longer than ``gap``, and between customers.

    Parameters
    ----------
    times
        int64[n], microseconds, never decreasing within a customer.
    offsets
        int64[k + 1]: customers.
    gap
        Microseconds.

    Returns
    -------
    tuple
        Offsets of the spans, int64[s + 1], and the customer's position of each, int64[s]. No interactions:
        ``[0]`` and nothing.

    O(n). Written without a branch on the pause, which no processor can predict.
    """
    cuts = np.empty(len(times) + 1, np.int64)
    owners = np.empty(len(times) + 1, np.int64)
    spans = 0
    for customer in range(len(offsets) - 1):
        low, high = offsets[customer], offsets[customer + 1]
        if low == high:
            continue
        cuts[spans] = low
        owners[spans] = customer
        spans += 1
        for place in range(low + 1, high):
            cuts[spans] = place
            owners[spans] = customer
            spans += times[place] - times[place - 1] > gap
    cuts[spans] = len(times)
    return cuts[: spans + 1].copy(), owners[:spans].copy()


@kernel
def durations(times: NDArray[np.int64], offsets: NDArray[np.int64]) -> NDArray[np.int64]:
    """Microseconds from first to last interaction of each span: int64[n], int64[s + 1] -> int64[s]. O(s)."""
    spans = np.empty(len(offsets) - 1, np.int64)
    for span in range(len(spans)):
        spans[span] = times[offsets[span + 1] - 1] - times[offsets[span]]
    return spans


@kernel
def count_customers(owners: NDArray[np.int64]) -> int:
    """How many different owners there are: int64[s], never decreasing. O(s)."""
    customers = 0
    last = np.int64(-1)
    for span in range(len(owners)):
        customers += owners[span] != last
        last = owners[span]
    return customers


@kernel
def count_between(values: NDArray[np.int64], edges: NDArray[np.int64]) -> NDArray[np.int64]:
    """How many values lie in each bin, from ``edges[i]`` (included) to ``edges[i + 1]``; the last is open.

    int64[m], int64[b] (increasing; no value is below the first) -> int64[b]. O(m * b), without branches.
    """
    reaching = np.zeros(len(edges) + 1, np.int64)
    for edge in range(len(edges)):
        total = np.int64(0)
        for place in range(len(values)):
            total += values[place] >= edges[edge]
        reaching[edge] = total
    return reaching[:-1] - reaching[1:]
