"""Cutting customers' interactions at pauses, and measuring spans."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from desireline.kernels._jit import kernel
from desireline.kernels.medians import bin_of


@kernel
def cut_at_pauses(
    times: NDArray[np.int64],
    starts: NDArray[np.int64],
    ends: NDArray[np.int64],
    owners: NDArray[np.int64],
    gap: int,
) -> tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.int64]]:
    """Cut spans where the pause is strictly longer than ``gap``.

    Parameters
    ----------
    times
        int64[n], microseconds, never decreasing within a span.
    starts, ends, owners
        int64[s] each: the spans to cut, and their customers.
    gap
        Microseconds.

    Returns
    -------
    tuple
        Starts, ends and owners of the new spans, int64[t] each.

    O(n). Written without a branch on the pause, which no processor can predict.
    """
    longest = 0
    for span in range(len(starts)):
        longest = max(longest, ends[span] - starts[span])
    places = np.empty(longest + 1, np.int64)
    new_starts = np.empty(len(times) + 1, np.int64)
    new_ends = np.empty(len(times) + 1, np.int64)
    new_owners = np.empty(len(times) + 1, np.int64)
    cut = 0
    for span in range(len(starts)):
        start, owner, before = starts[span], owners[span], times[starts[span]]
        pauses = 0
        for place in range(start + 1, ends[span]):
            time = times[place]
            places[pauses] = place
            pauses += time - before > gap
            before = time
        for pause in range(pauses):
            new_starts[cut], new_ends[cut], new_owners[cut] = start, places[pause], owner
            start = places[pause]
            cut += 1
        new_starts[cut], new_ends[cut], new_owners[cut] = start, ends[span], owner
        cut += 1
    return new_starts[:cut], new_ends[:cut], new_owners[:cut]


@kernel
def durations(times: NDArray[np.int64], starts: NDArray[np.int64], ends: NDArray[np.int64]) -> NDArray[np.int64]:
    """Microseconds from first to last interaction of each span: int64[n], int64[s] twice -> int64[s]. O(s)."""
    spans = np.empty(len(starts), np.int64)
    for span in range(len(spans)):
        spans[span] = times[ends[span] - 1] - times[starts[span]]
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
def count_spans(
    times: NDArray[np.int64], starts: NDArray[np.int64], ends: NDArray[np.int64], edges: NDArray[np.int64], bits: int
) -> tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.int64], NDArray[np.int64]]:
    """Count spans by length and by duration, in one reading.

    Parameters
    ----------
    times, starts, ends
        int64[n], int64[s], int64[s].
    edges
        int64[b], increasing, the first is 0: where the bins of the duration begin, in microseconds; the last is open.
    bits
        How fine the histogram is, see :mod:`desireline.kernels.medians`.

    Returns
    -------
    tuple
        By number of interactions, int64[longest + 1]; by bin of the duration, int64[b]; by bin of the histogram,
        int64[bins]; the durations in microseconds, int64[s]. O(s + b * bins).
    """
    longest = 0
    for span in range(len(starts)):
        longest = max(longest, ends[span] - starts[span])
    lengths = np.zeros(longest + 1, np.int64)
    binned = np.zeros(len(edges), np.int64)
    cells = np.zeros((63 << bits) + 2, np.int64)
    lasting = np.empty(len(starts), np.int64)
    edge_below = np.zeros(len(cells) + 1, np.int64)
    for edge in range(len(edges)):
        edge_below[bin_of(edges[edge], bits) + 1 :] = edge
    for span in range(len(starts)):
        lengths[ends[span] - starts[span]] += 1
        duration = times[ends[span] - 1] - times[starts[span]]
        lasting[span] = duration
        cell = bin_of(duration, bits)
        cells[cell] += 1
        edge = edge_below[cell]
        while edge + 1 < len(edges) and duration >= edges[edge + 1]:
            edge += 1
        binned[edge] += 1
    return lengths, binned, cells, lasting
