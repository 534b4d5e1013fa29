"""Building the index: from interactions in any order to interactions by customer and time.

    customers = assign_customers(anchors, identifiers, customers_of_identifiers)     for each block of the log
    partitioned = partition(columns, buckets=...)                                    for each block of the log
    grouped = group(columns)                                                         for each bucket, all
    blocks joined

A block or a bucket is one call in one thread; blocks and buckets are independent, so threads over them scale.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from desireline.kernels._jit import kernel
from desireline.kernels.arrays import all_read_only, read_only
from desireline.kernels.hashing import mix, table_size

MOST_BUCKETS = 4096
_EMPTY = np.iinfo(np.int64).min
_SHORT_RUN = 48


class Columns(NamedTuple):
    """Interactions, one in each row."""

    customers: NDArray[np.int64]
    times: NDArray[np.int64]
    touchpoints: NDArray[np.uint16]
    channels: NDArray[np.uint8]
    arrivals: NDArray[np.int64]


NO_ROWS = Columns(
    customers=np.empty(0, np.int64),
    times=np.empty(0, np.int64),
    touchpoints=np.empty(0, np.uint16),
    channels=np.empty(0, np.uint8),
    arrivals=np.empty(0, np.int64),
)


class Partitioned(NamedTuple):
    """Rows by bucket: those of bucket ``b`` are at ``offsets[b]:offsets[b + 1]`` of every column."""

    offsets: NDArray[np.int64]
    columns: Columns


class Grouped(NamedTuple):
    """Rows by customer, time and arrival: those of ``keys[i]`` are at ``offsets[i]:offsets[i + 1]``."""

    keys: NDArray[np.int64]
    offsets: NDArray[np.int64]
    times: NDArray[np.int64]
    touchpoints: NDArray[np.uint16]
    channels: NDArray[np.uint8]
    arrivals: NDArray[np.int64]


def assign_customers(
    anchors: NDArray[np.int64],
    known_identifiers: NDArray[np.int64],
    customers_of_known: NDArray[np.int64],
) -> NDArray[np.int64]:
    """The customer of each anchor: the one that is known for the identifier, or the anchor itself.

    Parameters
    ----------
    anchors
        int64[n], any values.
    known_identifiers
        int64[m], any values, distinct (of equal ones the last counts); may be empty.
    customers_of_known
        int64[m].

    Returns
    -------
    NDArray
        int64[n]; ``anchors`` itself, not a copy, where nothing is known.

    O(n + m). For several blocks of anchors build the table once: :func:`customer_table`,
    :func:`find_customers`.
    """
    if len(known_identifiers) == 0:
        return anchors
    return find_customers(anchors, customer_table(known_identifiers, customers_of_known))


def customer_table(
    known_identifiers: NDArray[np.int64],
    customers_of_known: NDArray[np.int64],
) -> NDArray[np.int64]:
    """An open-addressing hash table from identifier to customer, for :func:`find_customers`.

    int64[2 * slots + 2]: identifier and customer of each slot side by side, so that a look-up costs one cache
    line; the last pair is for the one identifier that marks empty slots. Threads may share it. O(m); m may be
    0.
    """
    return _fill_table(read_only(known_identifiers), read_only(customers_of_known))


@kernel
def _fill_table(known_identifiers: NDArray[np.int64], customers_of_known: NDArray[np.int64]) -> NDArray[np.int64]:
    slots = np.int64(table_size(len(known_identifiers)))
    table = np.full(2 * slots + 2, _EMPTY, np.int64)
    table[2 * slots + 1] = _EMPTY
    for known in range(len(known_identifiers)):
        identifier = known_identifiers[known]
        slot = np.int64(mix(identifier) & np.uint64(slots - 1))
        if identifier == _EMPTY:
            slot = slots
        while table[2 * slot] != _EMPTY and table[2 * slot] != identifier:
            slot = (slot + 1) & (slots - 1)
        table[2 * slot] = identifier
        table[2 * slot + 1] = customers_of_known[known]
    return table


def find_customers(anchors: NDArray[np.int64], table: NDArray[np.int64]) -> NDArray[np.int64]:
    """The customer of each anchor from a :func:`customer_table`, the anchor itself where it has none.

    int64[n] -> int64[n]. O(n) expected; an empty input gives an empty output.
    """
    return _find(read_only(anchors), table)


@kernel
def _find(anchors: NDArray[np.int64], table: NDArray[np.int64]) -> NDArray[np.int64]:
    slots = np.int64(len(table) // 2 - 1)
    customers = np.empty(len(anchors), np.int64)
    for row in range(len(anchors)):
        anchor = anchors[row]
        slot = np.int64(mix(anchor) & np.uint64(slots - 1))
        if anchor == _EMPTY:
            slot = slots
        while table[2 * slot] != _EMPTY and table[2 * slot] != anchor:
            slot = (slot + 1) & (slots - 1)
        found = slot == slots or table[2 * slot] != _EMPTY
        customers[row] = table[2 * slot + 1] if found else anchor
    return customers


def is_known(anchors: NDArray[np.int64], table: NDArray[np.int64]) -> NDArray[np.bool_]:
    """Whether each anchor is in a :func:`customer_table`: int64[n] -> bool[n]. O(n) expected."""
    return _is_known(read_only(anchors), table)


@kernel
def _is_known(anchors: NDArray[np.int64], table: NDArray[np.int64]) -> NDArray[np.bool_]:
    slots = np.int64(len(table) // 2 - 1)
    known = np.empty(len(anchors), np.bool_)
    for row in range(len(anchors)):
        anchor = anchors[row]
        slot = np.int64(mix(anchor) & np.uint64(slots - 1))
        while table[2 * slot] != _EMPTY and table[2 * slot] != anchor:
            slot = (slot + 1) & (slots - 1)
        known[row] = table[2 * slot] != _EMPTY
    return known


def partition(columns: Columns, *, buckets: int) -> Partitioned:
    """Scatter rows into buckets by customer; within a bucket the rows keep their order.

    Parameters
    ----------
    columns
        n rows, n may be 0.
    buckets
        A power of two up to 4096. The bucket of a customer is the top bits of its mixed key: the same for
        ever.

    Raises
    ------
    ValueError
        ``buckets`` is no power of two, or too large.

    O(n + buckets): a counting sort. Every column is written once.
    """
    if not 1 <= buckets <= MOST_BUCKETS or buckets & (buckets - 1):
        raise ValueError(f"expected a power of two from 1 to {MOST_BUCKETS} buckets, got {buckets}")
    columns = Columns(*all_read_only(columns))
    places, offsets = _places(columns.customers, buckets)
    return Partitioned(offsets, Columns(*_scatter(places, *columns)))


@kernel
def buckets_of(customers: NDArray[np.int64], buckets: int) -> NDArray[np.uint16]:
    """The bucket of each customer: int64[n] -> uint16[n], for ``buckets`` a power of two. O(n)."""
    found = np.empty(len(customers), np.uint16)
    for row in range(len(customers)):
        found[row] = ((mix(customers[row]) >> np.uint64(32)) * np.uint64(buckets)) >> np.uint64(32)
    return found


@kernel
def _places(customers: NDArray[np.int64], buckets: int) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Where each row goes, and where each bucket starts."""
    found = buckets_of(customers, buckets)
    offsets = np.zeros(buckets + 1, np.int64)
    for row in range(len(found)):
        offsets[found[row] + 1] += 1
    for bucket in range(buckets):
        offsets[bucket + 1] += offsets[bucket]
    free = offsets[:-1].copy()
    places = np.empty(len(found), np.int64)
    for row in range(len(found)):
        places[row] = free[found[row]]
        free[found[row]] += 1
    return places, offsets


@kernel
def _scatter(
    places: NDArray[np.int64],
    customers: NDArray[np.int64],
    times: NDArray[np.int64],
    touchpoints: NDArray[np.uint16],
    channels: NDArray[np.uint8],
    arrivals: NDArray[np.int64],
) -> tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.uint16], NDArray[np.uint8], NDArray[np.int64]]:
    out_customers = np.empty_like(customers)
    out_times = np.empty_like(times)
    out_touchpoints = np.empty_like(touchpoints)
    out_channels = np.empty_like(channels)
    out_arrivals = np.empty_like(arrivals)
    for row in range(len(places)):
        place = places[row]
        out_customers[place] = customers[row]
        out_times[place] = times[row]
        out_touchpoints[place] = touchpoints[row]
        out_channels[place] = channels[row]
        out_arrivals[place] = arrivals[row]
    return out_customers, out_times, out_touchpoints, out_channels, out_arrivals


def group(columns: Columns) -> Grouped:
    """Sort one bucket by customer (in the order in which they first appear), then time, then arrival.

    Parameters
    ----------
    columns
        n rows in any order, n below 2**31, may be 0. Arrivals are distinct.

    O(n) for the grouping, through a hash table and a counting sort, plus O(r log r) for a customer of r
    interactions that do not come in order: by insertion in short runs, merged in long ones.
    """
    if len(columns.customers) >= 2**31:
        raise ValueError("a bucket of the index holds fewer than 2**31 interactions; use more buckets")
    columns = Columns(*all_read_only(columns))
    members, keys = _number(columns.customers)
    offsets, order, times = _gather_members(members, len(keys), columns.times)
    _sort_runs(offsets, times, order, columns.arrivals)
    touchpoints, channels, arrivals = _take(order, columns.touchpoints, columns.channels, columns.arrivals)
    return Grouped(keys, offsets, times, touchpoints, channels, arrivals)


@kernel
def _number(customers: NDArray[np.int64]) -> tuple[NDArray[np.int32], NDArray[np.int64]]:
    """Number the customers in the order of appearance: the number of each row, and the keys by number."""
    members = np.empty(len(customers), np.int32)
    keys = np.empty(len(customers), np.int64)
    known = 0
    slots = table_size(512)
    table = np.full(slots, -1, np.int32)
    for row in range(len(customers)):
        if 2 * known >= slots:
            slots *= 4
            table = _rehashed(keys[:known], slots)
        customer = customers[row]
        slot = np.int64(mix(customer) & np.uint64(slots - 1))
        while table[slot] >= 0 and keys[table[slot]] != customer:
            slot = (slot + 1) & (slots - 1)
        if table[slot] < 0:
            table[slot] = known
            keys[known] = customer
            known += 1
        members[row] = table[slot]
    return members, keys[:known].copy()


@kernel
def _rehashed(keys: NDArray[np.int64], slots: int) -> NDArray[np.int32]:
    table = np.full(slots, -1, np.int32)
    for number in range(len(keys)):
        slot = np.int64(mix(keys[number]) & np.uint64(slots - 1))
        while table[slot] >= 0:
            slot = (slot + 1) & (slots - 1)
        table[slot] = number
    return table


@kernel
def _gather_members(
    members: NDArray[np.int32], customers: int, times: NDArray[np.int64]
) -> tuple[NDArray[np.int64], NDArray[np.int32], NDArray[np.int64]]:
    """Counting sort of the rows by customer: offsets, the rows in that order, and their times."""
    offsets = np.zeros(customers + 1, np.int64)
    for row in range(len(members)):
        offsets[members[row] + 1] += 1
    for customer in range(customers):
        offsets[customer + 1] += offsets[customer]
    free = offsets[:-1].copy()
    order = np.empty(len(members), np.int32)
    out_times = np.empty(len(members), np.int64)
    for row in range(len(members)):
        place = free[members[row]]
        free[members[row]] = place + 1
        order[place] = row
        out_times[place] = times[row]
    return offsets, order, out_times


@kernel
def _sort_runs(
    offsets: NDArray[np.int64],
    times: NDArray[np.int64],
    order: NDArray[np.int32],
    arrivals: NDArray[np.int64],
) -> None:
    """Sort every customer's run by time, then arrival; ``times`` and ``order`` change in place."""
    for customer in range(len(offsets) - 1):
        low, high = offsets[customer], offsets[customer + 1]
        if high - low <= _SHORT_RUN:
            _insert(low, high, times, order, arrivals)
        else:
            _merge_sort(low, high, times, order, arrivals)


@kernel
def _insert(
    low: int, high: int, times: NDArray[np.int64], order: NDArray[np.int32], arrivals: NDArray[np.int64]
) -> None:
    for row in range(low + 1, high):
        time, place = times[row], order[row]
        arrival = arrivals[place]
        to = row
        while to > low and (times[to - 1] > time or (times[to - 1] == time and arrivals[order[to - 1]] > arrival)):
            times[to] = times[to - 1]
            order[to] = order[to - 1]
            to -= 1
        times[to] = time
        order[to] = place


@kernel
def _merge_sort(
    low: int, high: int, times: NDArray[np.int64], order: NDArray[np.int32], arrivals: NDArray[np.int64]
) -> None:
    """Bottom-up merge sort over insertion-sorted blocks."""
    for start in range(low, high, _SHORT_RUN):
        _insert(start, min(start + _SHORT_RUN, high), times, order, arrivals)
    width = _SHORT_RUN
    spare_times = np.empty(high - low, np.int64)
    spare_order = np.empty(high - low, np.int32)
    while width < high - low:
        for start in range(low, high - width, 2 * width):
            end = min(start + 2 * width, high)
            _merge(start, start + width, end, times, order, arrivals, spare_times, spare_order)
        width *= 2


@kernel
def _merge(
    start: int,
    middle: int,
    end: int,
    times: NDArray[np.int64],
    order: NDArray[np.int32],
    arrivals: NDArray[np.int64],
    spare_times: NDArray[np.int64],
    spare_order: NDArray[np.int32],
) -> None:
    """Merge two sorted neighbours; the left one waits in the spare arrays."""
    count = middle - start
    spare_times[:count] = times[start:middle]
    spare_order[:count] = order[start:middle]
    left, right, to = 0, middle, start
    while left < count:
        time = spare_times[left]
        takes_right = right < end and (
            times[right] < time or (times[right] == time and arrivals[order[right]] < arrivals[spare_order[left]])
        )
        if takes_right:
            times[to], order[to] = times[right], order[right]
            right += 1
        else:
            times[to], order[to] = time, spare_order[left]
            left += 1
        to += 1


@kernel
def _take(
    order: NDArray[np.int32],
    touchpoints: NDArray[np.uint16],
    channels: NDArray[np.uint8],
    arrivals: NDArray[np.int64],
) -> tuple[NDArray[np.uint16], NDArray[np.uint8], NDArray[np.int64]]:
    out_touchpoints = np.empty_like(touchpoints)
    out_channels = np.empty_like(channels)
    out_arrivals = np.empty_like(arrivals)
    for place in range(len(order)):
        row = order[place]
        out_touchpoints[place] = touchpoints[row]
        out_channels[place] = channels[row]
        out_arrivals[place] = arrivals[row]
    return out_touchpoints, out_channels, out_arrivals
