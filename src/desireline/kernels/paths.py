"""Paths that lead away from a touchpoint, step by step, within spans."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from desireline.kernels._jit import kernel

FIRST, LAST, EVERY = 0, 1, 2
"""Which occurrence of the touchpoint in a span begins a path."""
NOTHING = -1
"""In the place of a step that a path does not have."""


@kernel
def walk_paths(
    codes: NDArray[np.uint16],
    starts: NDArray[np.int64],
    ends: NDArray[np.int64],
    touchpoint: int,
    length: int,
    which: int,
    backward: bool,
    folded: bool,
) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """The places of the steps of each path.

    Parameters
    ----------
    codes
        uint16[n]: in order within a span.
    starts, ends
        int64[s] each: the spans.
    touchpoint, length
        The code with which a path begins, and how many steps are wanted, that one included.
    which
        :data:`FIRST`, :data:`LAST` or :data:`EVERY`.
    backward
        Whether a path leads to the start of its span.
    folded
        Whether directly repeated codes are one step, at the place of the first of them.

    Returns
    -------
    tuple
        int64[p, length], :data:`NOTHING` after the end of a path; the number of the span of each path, int64[p], never
        decreasing. O(n + p * length).
    """
    longest, rows = 0, 0
    hits = np.zeros(len(starts), np.int64)
    for span in range(len(starts)):
        longest = max(longest, ends[span] - starts[span])
        found = 0
        for place in range(starts[span], ends[span]):
            found += codes[place] == touchpoint
        hits[span] = found if which == EVERY else min(found, 1)
        rows += hits[span]
    steps = np.empty(longest + 1, np.int64)
    places = np.full((rows, length), NOTHING, np.int64)
    spans = np.empty(rows, np.int64)
    row = 0
    for span in range(len(starts)):
        if hits[span] == 0:
            continue
        count = _steps_of(codes, starts[span], ends[span], folded, steps)
        for number in range(count):
            at = count - 1 - number if which == LAST else number
            if codes[steps[at]] != touchpoint:
                continue
            reach = min(length, at + 1 if backward else count - at)
            for step in range(reach):
                places[row, step] = steps[at - step if backward else at + step]
            spans[row] = span
            row += 1
            if which != EVERY:
                break
    return places[:row], spans[:row]


@kernel
def _steps_of(codes: NDArray[np.uint16], start: int, end: int, folded: bool, steps: NDArray[np.int64]) -> int:
    """Write the places of the steps of a span to the front of ``steps``; gives how many they are."""
    count = 0
    before = np.int64(-1)
    for place in range(start, end):
        code = np.int64(codes[place])
        steps[count] = place
        count += (code != before) | (not folded)
        before = code
    return count


@kernel
def count_steps(codes: NDArray[np.uint16], places: NDArray[np.int64], vocabulary: int) -> NDArray[np.int64]:
    """How many paths are at each code at each step.

    uint16[n] below ``vocabulary``, int64[p, w] -> int64[w, vocabulary]. O(p * w + w * vocabulary).
    """
    counts = np.zeros((places.shape[1], vocabulary), np.int64)
    for row in range(places.shape[0]):
        for step in range(places.shape[1]):
            if places[row, step] < 0:
                break
            counts[step, codes[places[row, step]]] += 1
    return counts


@kernel
def group_steps(
    codes: NDArray[np.uint16], places: NDArray[np.int64], group_of: NDArray[np.int32], end: int
) -> NDArray[np.int32]:
    """The group of each step of each path.

    Parameters
    ----------
    codes, places
        uint16[n], int64[p, w].
    group_of
        int32[w, vocabulary]: the group of each code at each step.
    end
        The group of the first step that a path does not have.

    Returns
    -------
    NDArray
        int32[p, w]; :data:`NOTHING` for steps behind the end. O(p * w).
    """
    groups = np.full(places.shape, NOTHING, np.int32)
    for row in range(places.shape[0]):
        for step in range(places.shape[1]):
            place = places[row, step]
            if place < 0:
                groups[row, step] = end
                break
            groups[row, step] = group_of[step, codes[place]]
    return groups


@kernel
def count_links(
    groups: NDArray[np.int32], owners: NDArray[np.int64], count: int
) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """How many paths lead from each group to each at the next step, and of how many distinct owners.

    int32[p, w] below ``count`` or :data:`NOTHING`, int64[p] (never decreasing) -> int64[w - 1, count, count] twice.
    O(p * w + w * count**2).
    """
    shape = (groups.shape[1] - 1, count, count)
    paths = np.zeros(shape, np.int64)
    distinct = np.zeros(shape, np.int64)
    stamps = np.full(shape, -1, np.int64)
    for row in range(groups.shape[0]):
        owner = owners[row]
        for step in range(groups.shape[1] - 1):
            source, target = groups[row, step], groups[row, step + 1]
            if target < 0:
                break
            paths[step, source, target] += 1
            distinct[step, source, target] += stamps[step, source, target] != owner
            stamps[step, source, target] = owner
    return paths, distinct


@kernel
def count_nodes(groups: NDArray[np.int32], owners: NDArray[np.int64], count: int) -> NDArray[np.int64]:
    """Of how many distinct owners the paths are that are in each group at each step.

    int32[p, w] below ``count`` or :data:`NOTHING`, int64[p] (never decreasing) -> int64[w, count]. O(p * w + w * count).
    """
    distinct = np.zeros((groups.shape[1], count), np.int64)
    stamps = np.full((groups.shape[1], count), -1, np.int64)
    for row in range(groups.shape[0]):
        for step in range(groups.shape[1]):
            group = groups[row, step]
            if group < 0:
                break
            distinct[step, group] += stamps[step, group] != owners[row]
            stamps[step, group] = owners[row]
    return distinct


@kernel
def waits_of_links(
    times: NDArray[np.int64], places: NDArray[np.int64], groups: NDArray[np.int32], count: int
) -> tuple[NDArray[np.int32], NDArray[np.int64]]:
    """The microseconds between neighbouring steps, in the group ``(step * count + source) * count + target``.

    int64[n], int64[p, w], int32[p, w] below ``count`` -> int32[m], int64[m] not negative. O(p * w).
    """
    most = places.shape[0] * (places.shape[1] - 1)
    links = np.empty(most, np.int32)
    waits = np.empty(most, np.int64)
    found = 0
    for row in range(places.shape[0]):
        for step in range(places.shape[1] - 1):
            here, there = places[row, step], places[row, step + 1]
            if there < 0:
                break
            links[found] = (step * count + groups[row, step]) * count + groups[row, step + 1]
            waits[found] = abs(times[there] - times[here])
            found += 1
    return links[:found].copy(), waits[:found].copy()
