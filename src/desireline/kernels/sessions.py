"""Cutting customers' interactions at pauses, and measuring spans."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from desireline.kernels._jit import kernel
from desireline.kernels.adjoining import last_adjoining, mark_starts
from desireline.kernels.medians import bin_of

_ONE = np.uint64(1)


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
    marks = mark_starts(starts, len(times))
    new_starts = np.empty(len(times) + 1, np.int64)
    new_ends = np.empty(len(times) + 1, np.int64)
    new_owners = np.empty(len(times) + 1, np.int64)
    cut, span = np.uint64(0), 0
    while span < len(starts):
        last = last_adjoining(starts, ends, span)
        low, high = starts[span], ends[last]
        own_times, own_marks, own_owners = times[low:high], marks[low:high], owners[span : last + 1]
        first, before = cut, own_times[0]
        for place in range(len(own_times)):
            time = own_times[place]
            new_starts[cut] = low + place
            cut += np.uint64(own_marks[place]) | np.uint64(time - before > gap)
            before = time
        new_starts[cut] = high
        begun = np.uint64(0)
        for number in range(first, cut):
            begun += np.uint64(own_marks[np.uint64(new_starts[number] - low)])
            new_owners[number] = own_owners[begun - _ONE]
            new_ends[number] = new_starts[number + _ONE]
        span = last + 1
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
    is_split = np.zeros(len(cells), np.bool_)
    for edge in range(1, len(edges)):
        edge_cell = bin_of(edges[edge], bits)
        edge_below[edge_cell + 1 :] = edge
        is_split[edge_cell] = True
    for span in range(len(starts)):
        low, high = np.uint64(starts[span]), np.uint64(ends[span])
        lengths[high - low] += 1
        duration = times[high - _ONE] - times[low]
        lasting[span] = duration
        cell = np.uint64(bin_of(duration, bits))
        cells[cell] += 1
        if is_split[cell]:
            below = edge_below[cell]
            while below + 1 < len(edges) and duration >= edges[below + 1]:
                below += 1
            binned[below] += 1
    for whole in np.flatnonzero(~is_split):
        binned[edge_below[whole]] += cells[whole]
    return lengths, binned, cells, lasting
