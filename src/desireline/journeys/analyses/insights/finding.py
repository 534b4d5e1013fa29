"""In each series of days the stretch that differs most from all other days, or the line that fits better, and whether that is more than chance.

A share inside a stretch and outside of it: z of two proportions; a mean: Student's t with one variance within. Whole weeks may
differ more than their units do alone, and the same customers come again within a week; so z is divided by the root of the larger
of the two: the quasi-likelihood dispersion over weeks (McCullagh and Nelder 1989), and how often a customer comes again. The chance of as large a z is multiplied with the number of all series and stretches
(Bonferroni), the line being one more of them: few findings, and hardly one that is chance.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from desireline.journeys.analyses.insights.goals import Goal, GoalCounts
from desireline.journeys.analyses.insights.plan import Plan
from desireline.journeys.analyses.insights.trends import Line, line_through, trends_of_means, trends_of_shares
from desireline.journeys.model import Names
from desireline.journeys.results.insights import SHARES, Measure, Trend
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
LEAST_Z = 4.5
"""What is smaller is chance where so much is looked at; the rest is looked at closer."""
LEAST_RATIO = 1.25
LEAST_CHANGE: dict[str, float] = {"level": 0.005, "transition": 0.05, "conversion": 0.02}
"""Of a share; less is not worth a manager's time."""
LEAST_DEVIATIONS = 0.2
"""Of a mean, in standard deviations of its values."""
WEEK = 7
_QUANTILE_95 = 1.959963984540054


@dataclass(frozen=True, slots=True)
class Change:
    """One series that changes.

    ``subjects``: its touchpoints by name; of a conversion the id of the definition, and ``related`` the touchpoints that it names. ``start``, ``end``: days since 1970, the end excluded. ``strength``: |z|, dispersion in
    view. ``trend``: how fast, by week; ``None`` of a stretch. ``within_us``: how long journeys had to come to their goal, of a conversion.
    """

    kind: Measure
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
    trend: Trend | None = None
    related: tuple[str, ...] = ()
    within_us: int = 0

    @property
    def is_trend(self) -> bool:
        """Whether it is slow."""
        return self.trend is not None

    @property
    def is_share(self) -> bool:
        """Whether before and after are shares."""
        return self.kind in SHARES

    @property
    def touchpoints(self) -> frozenset[str]:
        """What it is about."""
        return frozenset(self.related or self.subjects)


@dataclass(frozen=True, slots=True)
class _Shares:
    """Series of shares of one kind: int64[subjects, g, d] twice, who each is about, and how often the same customers are in it a week, float64[subjects]."""

    hits: NDArray[np.int64]
    totals: NDArray[np.int64]
    about: Sequence[Change]
    clustering: NDArray[np.float64]


def find_changes(
    plan: Plan,
    names: Names,
    days: DayCounts,
    sums: NDArray[np.int64],
    goals: Sequence[tuple[Goal, GoalCounts]] = (),
) -> tuple[int, list[Change]]:
    """How many series were looked at, and the changes in them that are more than chance and worth a look."""
    windows = windows_of(plan.days, lengths=LENGTHS, least_before=LEAST_BEFORE)
    found: list[list[Change]] = []
    looked = 0
    for shares in _all_shares(plan, names, days, goals):
        flat_hits, flat_totals = (read_only(each.reshape(-1, plan.days)) for each in (shares.hits, shares.totals))
        best, score = best_windows_of_shares(flat_hits, flat_totals, windows.starts, windows.ends, LEAST_UNITS)
        trends = trends_of_shares(flat_hits, flat_totals, LEAST_UNITS)
        looked += int((best >= 0).sum())
        for series in _promising(score, trends):
            subject, segment = divmod(series, plan.segments)
            least = max(1.0, float(shares.clustering[subject]))
            own = (flat_hits[series], flat_totals[series])
            changes = [
                *([_slow_share(*own, plan, least)] if _fits_better(trends, score, series) else []),
                *([_share_change(*own, windows, int(best[series]), plan, least)] if best[series] >= 0 else []),
            ]
            found.append([_told_of(each, shares.about[subject], plan.segment(segment)) for each in changes])
    flat_sums = read_only(sums.reshape(3, -1, plan.days))
    best, score = best_windows_of_means(flat_sums, windows.starts, windows.ends, LEAST_UNITS)
    trends = trends_of_means(flat_sums, LEAST_UNITS)
    looked += int((best >= 0).sum())
    for series in _promising(score, trends):
        subject, segment = divmod(series, plan.segments)
        measure = plan.measures[subject]
        values = flat_sums[:, series]
        changes = [
            *([_slow_mean(values, plan, measure.scale)] if _fits_better(trends, score, series) else []),
            *([_mean_change(values, windows, int(best[series]), plan, measure.scale)] if best[series] >= 0 else []),
        ]
        about = _about(_KINDS[measure.field], (names.touchpoints[measure.touchpoint],))
        found.append([_told_of(each, about, plan.segment(segment)) for each in changes])
    tests = looked * (len(windows.starts) + 1)
    sure = [[replace(each, chance=min(each.chance * tests, 1.0)) for each in changes] for changes in found]
    kept = [[each for each in changes if each.chance <= MOST_CHANCE and _is_worth_it(each)] for changes in sure]
    return looked, [changes[0] for changes in kept if changes]


def _all_shares(
    plan: Plan, names: Names, days: DayCounts, goals: Sequence[tuple[Goal, GoalCounts]]
) -> Iterator[_Shares]:
    sources = [source for source, _ in plan.pairs]
    weeks = np.maximum(days.weeks, 1)
    yield _Shares(
        days.did,
        _of_customers(plan, days.active, days.did.shape),
        [_about("level", each) for each in _touchpoints(plan, names)],
        days.did[:, EVERYBODY].sum(axis=1) / weeks,
    )
    yield _Shares(
        days.followed,
        days.left[sources],
        [_about("transition", each) for each in _pairs(plan, names)],
        (days.left[:, EVERYBODY].sum(axis=1) / weeks)[sources],
    )
    for goal, counts in goals:
        about = replace(
            _about("conversion", (goal.window.journey,)), related=goal.touchpoints, within_us=goal.window.length_us
        )
        journeys = counts.days[1]
        yield _Shares(
            counts.days[:1], journeys[None], [about], np.array([journeys[EVERYBODY].sum() / max(counts.weeks, 1)])
        )


def _about(kind: Measure, subjects: tuple[str, ...]) -> Change:
    """What a change is of; nothing yet of how large it is."""
    return Change(kind, subjects, None, 0, 0, False, 0.0, 0.0, 0.0, 0.0, 0, 0.0, 1.0)


def _told_of(change: Change, about: Change, segment: tuple[str, str] | None) -> Change:
    return replace(
        change,
        kind=about.kind,
        subjects=about.subjects,
        related=about.related,
        within_us=about.within_us,
        segment=segment,
    )


_KINDS: dict[str, Measure] = {"wait": "wait", "score": "score", "sentiment": "sentiment", "value": "value"}


def _of_customers(plan: Plan, active: NDArray[np.int64], shape: tuple[int, ...]) -> NDArray[np.int64]:
    """The active customers of every series; none of segments that are of interactions."""
    return np.ascontiguousarray(np.broadcast_to(active * plan.steady_segments()[:, None], shape))


def _touchpoints(plan: Plan, names: Names) -> list[tuple[str, ...]]:
    return [(names.touchpoints[code],) for code in plan.touchpoints]


def _pairs(plan: Plan, names: Names) -> list[tuple[str, ...]]:
    named = _touchpoints(plan, names)
    return [(*named[source], *named[target]) for source, target in plan.pairs]


def _promising(score: NDArray[np.float64], trends: NDArray[np.float64]) -> Iterator[int]:
    """Series whose z, of a stretch or of a line, could still be more than chance."""
    yield from np.flatnonzero(np.maximum(np.abs(score), np.abs(trends)) >= LEAST_Z).tolist()


def _fits_better(trends: NDArray[np.float64], score: NDArray[np.float64], series: int) -> bool:
    return abs(float(trends[series])) > abs(float(score[series]))


def _slow_share(hits: NDArray[np.int64], totals: NDArray[np.int64], plan: Plan, least: float) -> Change:
    line = line_through(hits, totals)
    shares = np.clip(line.values(plan.days), 0.0, 1.0)
    weeks = [_by_week(each, 0) for each in (hits - line.values(plan.days) * totals, shares * (1 - shares) * totals)]
    dispersion = max(least, _dispersion(*weeks))
    enough = min(hits.sum(), (totals - hits).sum()) >= 2 * LEAST_HITS
    start, end = (min(max(each, 0.0), 1.0) for each in (line.start, line.end))
    return _slow_change(replace(line, start=start, end=end), plan, dispersion, int(totals.sum()), 1.0, is_enough=enough)


def _slow_mean(sums: NDArray[np.int64], plan: Plan, scale: float) -> Change:
    n, total = int(sums[0].sum()), int(sums[1].sum())
    flat = line_through(sums[1], sums[0], 1.0)
    explained = (flat.slope / flat.error) ** 2
    within = float(sums[2].sum()) - total**2 / n - explained
    variance = max(within / max(n - 2, 1), (LEAST_DEVIATION * total / n) ** 2)
    line = line_through(sums[1], sums[0], variance)
    expected = line.values(plan.days) * sums[0]
    dispersion = _dispersion(_by_week(sums[1] - expected, 0), _by_week(sums[0] * variance, 0))
    enough = abs(line.end - line.start) >= LEAST_DEVIATIONS * math.sqrt(variance)
    return _slow_change(line, plan, dispersion, n, scale, is_enough=enough)


def _slow_change(line: Line, plan: Plan, dispersion: float, n: int, scale: float, *, is_enough: bool) -> Change:
    """``scale``: what values are divided by to be in their unit."""
    error = line.error * math.sqrt(dispersion)
    strength = abs(line.slope) / error if is_enough and error > 0 else 0.0
    days, half = line.last - line.first, _QUANTILE_95 * error
    change = _change(
        plan, line.first, line.last + 1, line.start / scale, line.end / scale, error * days / scale, n, strength
    )
    slopes = [WEEK * each / scale for each in (line.slope, line.slope - half, line.slope + half)]
    return replace(change, is_over=False, trend=Trend(*slopes))


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
    by_ratio = more >= LEAST_RATIO * less or (change.kind == "conversion" and 1 - less >= LEAST_RATIO * (1 - more))
    return by_ratio and abs(change.after - change.before) >= LEAST_CHANGE.get(change.kind, 0.0)
