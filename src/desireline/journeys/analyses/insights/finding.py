"""In each series of days the stretch that differs most from all other days, and whether that is more than chance.

A share inside a stretch and outside of it: z of two proportions; a mean: Student's t with one variance within. Whole weeks may
differ more than their units do alone, and the same customers come again within a week; so z is divided by the root of the larger
of the two: the quasi-likelihood dispersion over weeks (McCullagh and Nelder 1989), and how often a customer comes again. The chance of as large a z is multiplied with the number of all series and stretches
(Bonferroni): few findings, and hardly one that is chance.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from desireline.journeys.analyses.insights.plan import Plan
from desireline.journeys.model import Names
from desireline.journeys.results.insights import FindingKind
from desireline.kernels.arrays import read_only
from desireline.kernels.changes import (
    EVERYBODY,
    LEAST_DEVIATION,
    DayCounts,
    Windows,
    best_windows_of_means,
    best_windows_of_shares,
    windows_of,
)

LENGTHS = (7, 14, 21, 28, 42, 56)
LEAST_BEFORE = 14
LEAST_UNITS = 30
LEAST_HITS = 15
"""So many had to happen in a stretch, or were to be expected."""
MOST_CHANCE = 0.01
LEAST_RATIO = 1.25
LEAST_CHANGE: dict[str, float] = {"level": 0.005, "transition": 0.05}
"""Of a share; less is not worth a manager's time."""
LEAST_DEVIATIONS = 0.2
"""Of a mean, in standard deviations of its values."""
WEEK = 7
_QUANTILE_95 = 1.959963984540054


@dataclass(frozen=True, slots=True)
class Change:
    """One series that changes.

    ``subjects``: its touchpoints by name. ``start``, ``end``: days since 1970, the end excluded. ``strength``: |z|, dispersion in
    view. ``unit_scale``: what counted values are divided by to be in their unit.
    """

    kind: FindingKind
    subjects: tuple[str, ...]
    segment: tuple[str, str] | None
    start: int
    end: int
    is_over: bool
    before: float
    after: float
    low: float
    high: float
    n: int
    strength: float
    chance: float


def find_changes(plan: Plan, names: Names, days: DayCounts, sums: NDArray[np.int64]) -> tuple[int, list[Change]]:
    """How many series were looked at, and the changes in them that are more than chance and worth a look."""
    sources = [source for source, _ in plan.pairs]
    windows = windows_of(plan.days, lengths=LENGTHS, least_before=LEAST_BEFORE)
    found: list[Change] = []
    looked = 0
    shares: list[tuple[FindingKind, NDArray[np.int64], NDArray[np.int64], list[tuple[str, ...]]]] = [
        ("level", days.did, _of_customers(plan, days.active, days.did.shape), _touchpoints(plan, names)),
        ("transition", days.followed, days.left[sources], _pairs(plan, names)),
    ]
    clustering = {
        "level": days.did[:, EVERYBODY].sum(axis=1) / np.maximum(days.weeks, 1),
        "transition": (days.left[:, EVERYBODY].sum(axis=1) / np.maximum(days.weeks, 1))[sources],
    }
    for kind, hits, totals, subjects in shares:
        flat_hits, flat_totals = (read_only(each.reshape(-1, plan.days)) for each in (hits, totals))
        best, score = best_windows_of_shares(flat_hits, flat_totals, windows.starts, windows.ends, LEAST_UNITS)
        looked += int((best >= 0).sum())
        for series in _promising(best, score):
            subject, segment = divmod(series, plan.segments)
            least = max(1.0, float(clustering[kind][subject]))
            change = _share_change(flat_hits[series], flat_totals[series], windows, int(best[series]), plan, least)
            found.append(replace(change, kind=kind, subjects=subjects[subject], segment=plan.segment(segment)))
    flat_sums = read_only(sums.reshape(3, -1, plan.days))
    best, score = best_windows_of_means(flat_sums, windows.starts, windows.ends, LEAST_UNITS)
    looked += int((best >= 0).sum())
    for series in _promising(best, score):
        subject, segment = divmod(series, plan.segments)
        measure = plan.measures[subject]
        change = _mean_change(flat_sums[:, series], windows, int(best[series]), plan, measure.scale)
        kind = _KINDS[measure.field]
        named = (names.touchpoints[measure.touchpoint],)
        found.append(replace(change, kind=kind, subjects=named, segment=plan.segment(segment)))
    tests = looked * len(windows.starts)
    sure = [replace(each, chance=min(each.chance * tests, 1.0)) for each in found]
    return looked, [each for each in sure if each.chance <= MOST_CHANCE and _is_worth_it(each)]


_KINDS: dict[str, FindingKind] = {"wait": "wait", "score": "score", "sentiment": "sentiment", "value": "value"}


def _of_customers(plan: Plan, active: NDArray[np.int64], shape: tuple[int, ...]) -> NDArray[np.int64]:
    """The active customers of every series; none of segments that are of interactions."""
    return np.ascontiguousarray(np.broadcast_to(active * plan.steady_segments()[:, None], shape))


def _touchpoints(plan: Plan, names: Names) -> list[tuple[str, ...]]:
    return [(names.touchpoints[code],) for code in plan.touchpoints]


def _pairs(plan: Plan, names: Names) -> list[tuple[str, ...]]:
    named = _touchpoints(plan, names)
    return [(*named[source], *named[target]) for source, target in plan.pairs]


def _promising(best: NDArray[np.int64], score: NDArray[np.float64]) -> Iterator[int]:
    """Series whose z could still be more than chance."""
    yield from np.flatnonzero((best >= 0) & (np.abs(score) >= 4.5)).tolist()


def _share_change(
    hits: NDArray[np.int64], totals: NDArray[np.int64], windows: Windows, window: int, plan: Plan, least: float
) -> Change:
    start, end = _filled(windows, window, totals)
    inside = np.zeros(plan.days, np.bool_)
    inside[start:end] = True
    n_in, n_out = int(totals[inside].sum()), int(totals[~inside].sum())
    after, before = hits[inside].sum() / n_in, hits[~inside].sum() / n_out
    pooled = hits.sum() / totals.sum()
    expected = np.where(inside, after, before) * totals
    spread = np.where(inside, after * (1 - after), before * (1 - before)) * totals
    weeks_hits, weeks_expected, weeks_spread = (_by_week(each, start) for each in (hits, expected, spread))
    dispersion = max(least, _dispersion(weeks_hits - weeks_expected, weeks_spread))
    strength = abs(after - before) / math.sqrt(pooled * (1 - pooled) * (1 / n_in + 1 / n_out) * dispersion)
    if max(hits[inside].sum(), before * n_in) < LEAST_HITS:
        strength = 0.0
    error = math.sqrt((after * (1 - after) / n_in + before * (1 - before) / n_out) * dispersion)
    return _change(plan, start, end, float(before), float(after), error, n_in, strength)


def _mean_change(sums: NDArray[np.int64], windows: Windows, window: int, plan: Plan, scale: float) -> Change:
    start, end = _filled(windows, window, sums[0])
    inside = np.zeros(plan.days, np.bool_)
    inside[start:end] = True
    (n_in, sum_in), (n_out, sum_out) = (
        (int(sums[0, days].sum()), int(sums[1, days].sum())) for days in (inside, ~inside)
    )
    after, before = sum_in / n_in, sum_out / n_out
    within = float(sums[2].sum()) - n_in * after**2 - n_out * before**2
    middle = (sum_in + sum_out) / (n_in + n_out)
    variance = max(within / max(n_in + n_out - 2, 1), (LEAST_DEVIATION * middle) ** 2)
    if variance == 0:
        return _change(plan, start, end, before / scale, after / scale, 0.0, n_in, 0.0)
    expected = np.where(inside, after, before) * sums[0]
    weeks_sum, weeks_expected, weeks_n = (_by_week(each, start) for each in (sums[1], expected, sums[0]))
    dispersion = _dispersion(weeks_sum - weeks_expected, weeks_n * variance)
    error = math.sqrt(variance * (1 / n_in + 1 / n_out) * dispersion)
    deviations = abs(after - before) / math.sqrt(variance)
    strength = abs(after - before) / error if deviations >= LEAST_DEVIATIONS else 0.0
    return _change(plan, start, end, before / scale, after / scale, error / scale, n_in, strength)


def _filled(windows: Windows, window: int, totals: NDArray[np.int64]) -> tuple[int, int]:
    """The stretch without empty days at its beginning, and at its end unless that is the end of the record."""
    start, end = int(windows.starts[window]), int(windows.ends[window])
    filled = np.flatnonzero(totals[start:end])
    return start + int(filled[0]), end if end == len(totals) else start + int(filled[-1]) + 1


def _by_week(values: NDArray[np.int64] | NDArray[np.float64], start: int) -> NDArray[np.float64]:
    """Sums of seven days each, counted from the first day of the stretch in both directions."""
    days = np.arange(len(values))
    weeks = (days - start) // WEEK
    return np.bincount(weeks - weeks[0], weights=values.astype(np.float64)).astype(np.float64)


def _dispersion(residuals: NDArray[np.float64], spreads: NDArray[np.float64]) -> float:
    """How much more weeks differ than their units would alone; at least 1."""
    some = spreads > 0
    freedom = int(some.sum()) - 2
    if freedom < 1:
        return 1.0
    return max(1.0, float((residuals[some] ** 2 / spreads[some]).sum()) / freedom)


def _change(
    plan: Plan, start: int, end: int, before: float, after: float, error: float, n: int, strength: float
) -> Change:
    first = plan.first_day
    return Change(
        kind="level",
        subjects=(),
        segment=None,
        start=int(first + start),
        end=int(first + end),
        is_over=end < plan.days,
        before=before,
        after=after,
        low=after - before - _QUANTILE_95 * error,
        high=after - before + _QUANTILE_95 * error,
        n=n,
        strength=strength,
        chance=math.erfc(strength / math.sqrt(2)),
    )


def _is_worth_it(change: Change) -> bool:
    less, more = sorted((abs(change.before), abs(change.after)))
    by_ratio = more >= LEAST_RATIO * less
    return by_ratio and abs(change.after - change.before) >= LEAST_CHANGE.get(change.kind, 0.0)
