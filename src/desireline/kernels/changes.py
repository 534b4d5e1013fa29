"""Counting by day for the feed of findings, and looking for the stretch of days in which a share or a mean is another."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from desireline.kernels._jit import kernel

NOT_COUNTED = -1
LEAST_DAYS = 5
"""On so many days at least there has to be something in a stretch."""
LEAST_DEVIATION = 0.01
"""Values that are all the same are taken to differ by so much of their mean."""
EVERYBODY = 0
"""The segment of all interactions; those of attribute values follow."""


@kernel
def last_known(codes: NDArray[np.int32], starts: NDArray[np.int64], ends: NDArray[np.int64]) -> NDArray[np.int32]:
    """Fill missing codes (-1) with the last one that is known in the same span, also from before: int32[n] -> int32[n]. O(n)."""
    filled = codes.copy()
    for span in range(len(starts)):
        known = np.int32(-1)
        for place in range(ends[span] - 1, starts[span] - 1, -1):
            if codes[place] >= 0:
                known = codes[place]
                break
        for place in range(starts[span], ends[span]):
            if filled[place] < 0:
                filled[place] = known
    return filled


@kernel
def steady_spans(codes: NDArray[np.int32], starts: NDArray[np.int64], ends: NDArray[np.int64]) -> tuple[int, int]:
    """How many spans have two known codes (not -1) or more, and of how many all of them are the same: int32[n]. O(n)."""
    several, steady = 0, 0
    for span in range(len(starts)):
        known, first, same = 0, np.int32(-1), True
        for place in range(starts[span], ends[span]):
            if codes[place] >= 0:
                first = codes[place] if known == 0 else first
                same = same and codes[place] == first
                known += 1
        several += known > 1
        steady += known > 1 and same
    return several, steady


@kernel
def prompted(
    times: NDArray[np.int64],
    channels: NDArray[np.uint8],
    sent: NDArray[np.bool_],
    acting: NDArray[np.bool_],
    starts: NDArray[np.int64],
    ends: NDArray[np.int64],
    horizon: int,
    chain: int,
) -> NDArray[np.bool_]:
    """What customers did because the company turned to them.

    Parameters
    ----------
    times, channels
        int64[n] microseconds, uint8[n].
    sent, acting
        bool[n]: what the company sent to the customer; what the customer did.
    starts, ends
        int64[s] each: spans.
    horizon, chain
        Prompted is what a customer does in a channel within ``horizon`` after something was sent there, and what they do within
        ``chain`` after something prompted: microseconds.

    Returns
    -------
    NDArray
        bool[n]. O(n).
    """
    found = np.zeros(len(times), np.bool_)
    last_sent = np.empty(256, np.int64)
    for span in range(len(starts)):
        last_sent[:] = times[starts[span]] - horizon - 1
        last_prompted = times[starts[span]] - chain - 1
        for place in range(starts[span], ends[span]):
            time = times[place]
            if sent[place]:
                last_sent[channels[place]] = time
            elif acting[place] and (time - last_sent[channels[place]] <= horizon or time - last_prompted <= chain):
                found[place] = True
                last_prompted = time
    return found


class DayCounts(NamedTuple):
    """Counts by segment and day.

    ``active``, int64[g, d]: customers who did something. ``did``, int64[t, g, d]: customers who were at a touchpoint without being
    prompted. ``left``, int64[t, g, d]: interactions at a touchpoint, not prompted. ``followed``, int64[p, g, d]: those of the first touchpoint of a
    pair that the second one directly follows within the horizon, not prompted. ``weeks``, int64[t]: weeks of customers at a touchpoint.
    """

    active: NDArray[np.int64]
    did: NDArray[np.int64]
    left: NDArray[np.int64]
    followed: NDArray[np.int64]
    weeks: NDArray[np.int64]


@kernel
def count_days(
    times: NDArray[np.int64],
    days_of: NDArray[np.int64],
    touchpoints: NDArray[np.int32],
    is_prompted: NDArray[np.bool_],
    segments: NDArray[np.int32],
    starts: NDArray[np.int64],
    ends: NDArray[np.int64],
    owners: NDArray[np.int64],
    pair_of: NDArray[np.int32],
    shape: tuple[int, int, int, int],
    horizon: int,
) -> tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.int64], NDArray[np.int64], NDArray[np.int64]]:
    """See :class:`DayCounts`.

    Parameters
    ----------
    times, days_of, touchpoints
        int64[n] microseconds; int64[n] days, 0 is the first one; int32[n] numbers of the touchpoints that are counted, :data:`NOT_COUNTED` for what the customer did
        not do or is not counted.
    is_prompted
        bool[n], see :func:`prompted`.
    segments
        int32[n, f]: for each attribute the number of the segment, :data:`NOT_COUNTED` of none. :data:`EVERYBODY` is added.
    starts, ends, owners
        int64[s] each; owners never decrease.
    pair_of
        int32[t, t]: number of a pair by its touchpoints, :data:`NOT_COUNTED` of one that is not counted.
    shape
        How many touchpoints, pairs, segments and days there are.
    horizon
        How soon the next one has to follow: microseconds.

    O(n * f).
    """
    kinds, pairs, groups, days = shape
    active = np.zeros((groups, days), np.int64)
    did = np.zeros((kinds, groups, days), np.int64)
    left = np.zeros((kinds, groups, days), np.int64)
    followed = np.zeros((pairs, groups, days), np.int64)
    weeks = np.zeros(kinds, np.int64)
    seen_week = np.full(kinds, -1, np.int64)
    seen_active = np.full(groups, -1, np.int64)
    seen_did = np.full((kinds, groups), -1, np.int64)
    for span in range(len(starts)):
        for place in range(starts[span], ends[span]):
            kind = touchpoints[place]
            if kind < 0:
                continue
            day = days_of[place]
            stamp = owners[span] * days + day
            week = owners[span] * days + day // 7
            weeks[kind] += seen_week[kind] != week
            seen_week[kind] = week
            pair = np.int32(-1)
            follows = place + 1 < ends[span] and touchpoints[place + 1] >= 0 and not is_prompted[place + 1]
            if follows and times[place + 1] - times[place] <= horizon:
                pair = pair_of[kind, touchpoints[place + 1]]
            for attribute in range(-1, segments.shape[1]):
                group = np.int32(0) if attribute < 0 else segments[place, attribute]
                if group < 0:
                    continue
                active[group, day] += seen_active[group] != stamp
                seen_active[group] = stamp
                if not is_prompted[place]:
                    did[kind, group, day] += seen_did[kind, group] != stamp
                    seen_did[kind, group] = stamp
                    left[kind, group, day] += 1
                    if pair >= 0:
                        followed[pair, group, day] += 1
    return active, did, left, followed, weeks


@kernel
def sum_days(
    days_of: NDArray[np.int64],
    measures: NDArray[np.int32],
    values: NDArray[np.int64],
    segments: NDArray[np.int32],
    shape: tuple[int, int, int],
) -> NDArray[np.int64]:
    """Number, sum and sum of squares of values by measure, segment and day: int64[3, m, g, d].

    int64[n] days; int32[n] measures, :data:`NOT_COUNTED` of none; int64[n] values, whole numbers whose squares sum up below 2**63;
    int32[n, f] segments as in :func:`count_days`; ``shape`` is m, g, d. O(n * f).
    """
    kinds, groups, days = shape
    sums = np.zeros((3, kinds, groups, days), np.int64)
    for place in range(len(measures)):
        measure = measures[place]
        if measure < 0:
            continue
        day, value = days_of[place], values[place]
        for attribute in range(-1, segments.shape[1]):
            group = np.int32(0) if attribute < 0 else segments[place, attribute]
            if group >= 0:
                sums[0, measure, group, day] += 1
                sums[1, measure, group, day] += value
                sums[2, measure, group, day] += value * value
    return sums


class Windows(NamedTuple):
    """Stretches of days: from ``starts`` (included) to ``ends`` (excluded), int64[w] each."""

    starts: NDArray[np.int64]
    ends: NDArray[np.int64]


def windows_of(days: int, *, lengths: tuple[int, ...], least_before: int) -> Windows:
    """Every stretch that begins after some days: of the given lengths, and to the end of the record."""
    starts, ends = [], []
    for start in range(least_before, days - min(lengths) + 1):
        for length in lengths:
            if start + length < days:
                starts.append(start)
                ends.append(start + length)
        starts.append(start)
        ends.append(days)
    return Windows(np.array(starts, np.int64), np.array(ends, np.int64))


@kernel
def best_windows_of_shares(
    hits: NDArray[np.int64], totals: NDArray[np.int64], starts: NDArray[np.int64], ends: NDArray[np.int64], least: int
) -> tuple[NDArray[np.int64], NDArray[np.float64]]:
    """For each series of shares the window in which it differs most from the days outside of it.

    Parameters
    ----------
    hits, totals
        int64[s, d]: hits <= totals.
    starts, ends
        See :class:`Windows`.
    least
        At least so many units in the window and outside of it, in the window on :data:`LEAST_DAYS` days.

    Returns
    -------
    tuple
        Its number, int64[s], -1 where none has enough units; and its z of two proportions, float64[s]. O(s * w).
    """
    best = np.full(len(hits), -1, np.int64)
    score = np.zeros(len(hits))
    days = hits.shape[1]
    sum_hits = np.zeros(days + 1)
    sum_totals = np.zeros(days + 1)
    filled = np.zeros(days + 1, np.int64)
    for series in range(len(hits)):
        for day in range(days):
            sum_hits[day + 1] = sum_hits[day] + hits[series, day]
            sum_totals[day + 1] = sum_totals[day] + totals[series, day]
            filled[day + 1] = filled[day] + (totals[series, day] > 0)
        for window in range(len(starts)):
            inside = sum_totals[ends[window]] - sum_totals[starts[window]]
            outside = sum_totals[days] - inside
            if inside < least or outside < least or filled[ends[window]] - filled[starts[window]] < LEAST_DAYS:
                continue
            hits_inside = sum_hits[ends[window]] - sum_hits[starts[window]]
            pooled = sum_hits[days] / sum_totals[days]
            change = hits_inside / inside - (sum_hits[days] - hits_inside) / outside
            spread = pooled * (1 - pooled) * (1 / inside + 1 / outside)
            if spread <= 0:
                continue
            z = change / np.sqrt(spread)
            if abs(z) > abs(score[series]):
                best[series] = window
                score[series] = z
    return best, score


@kernel
def best_windows_of_means(
    sums: NDArray[np.int64], starts: NDArray[np.int64], ends: NDArray[np.int64], least: int
) -> tuple[NDArray[np.int64], NDArray[np.float64]]:
    """As :func:`best_windows_of_shares` for means: int64[3, s, d] of number, sum and squares; z with one variance within. O(s * w)."""
    series_count, days = sums.shape[1], sums.shape[2]
    best = np.full(series_count, -1, np.int64)
    score = np.zeros(series_count)
    running = np.zeros((3, days + 1))
    for series in range(series_count):
        for day in range(days):
            for part in range(3):
                running[part, day + 1] = running[part, day] + sums[part, series, day]
        n, total, squares = running[0, days], running[1, days], running[2, days]
        for window in range(len(starts)):
            low, high = starts[window], ends[window]
            inside = running[0, high] - running[0, low]
            outside = n - inside
            if inside < least or outside < least:
                continue
            sum_inside = running[1, high] - running[1, low]
            mean_inside, mean_outside = sum_inside / inside, (total - sum_inside) / outside
            within = squares - inside * mean_inside**2 - outside * mean_outside**2
            variance = max(within / (n - 2), (LEAST_DEVIATION * total / n) ** 2)
            spread = variance * (1 / inside + 1 / outside)
            if spread <= 0:
                continue
            z = (mean_inside - mean_outside) / np.sqrt(spread)
            if abs(z) > abs(score[series]):
                best[series] = window
                score[series] = z
    return best, score
