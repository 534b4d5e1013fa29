"""Loops and rework: what comes again within a span; and whether the process is linear, branching or cyclical."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from math import nan
from typing import Any

import numpy as np
from numpy.typing import NDArray

from desireline.base import phrase
from desireline.journeys.analyses.medians import Medians, Middles, medians_of
from desireline.journeys.engine import Pass
from desireline.journeys.estimates import share
from desireline.journeys.model import Names, Spans
from desireline.journeys.results.loops import Loop, Loops, ProcessType, Repeats, TouchpointLoops, Verdict
from desireline.kernels.counting import count_rows
from desireline.kernels.flow import PairCounts, count_flow, occurring_pairs
from desireline.kernels.loops import (
    MOST_NAMED,
    Returns,
    codes_of_cycle,
    count_shapes,
    cycle_keys,
    find_returns,
    sum_gaps,
)
from desireline.kernels.medians import Measures
from desireline.kernels.sessions import count_customers

CLEAR_SHARE = 0.5
"""So large a share of spans of one type makes it the type of the process."""
_DENSE_CELLS = 1 << 16
_NEVER = np.iinfo(np.int32).max


@dataclass(frozen=True, slots=True)
class LoopsAnalysis:
    """Touchpoints that come again within a span, and the type of the process.

    A *self-loop*: a touchpoint directly after itself. A *repetition*: a touchpoint that comes again after one or more others
    (the terms of M. Swennen and others, "Capturing Process Behavior with Log-Based Process Metrics", SIMPDA 2015, and of the
    package edeaR). For each touchpoint and both: how often, for how many distinct customers, and the exact median and the sum of
    the times from its last interaction to the one that comes again. A *loop* A → B → A is a repetition with one other step
    between, where direct repeats are one step.

    The type of a span with two or more steps (direct repeats are one step): *cyclical* if a touchpoint is repeated; else *linear*
    if every step is the one that most often follows the step before it (ties by name); else *branching*. These are the control
    flow patterns cycle, sequence and choice of W. van der Aalst and others, "Workflow Patterns" (2003). The process has the type
    that at least half of these spans have, and is mixed where none has. How much it branches is also given as the entropy of the
    next touchpoint (C. Back, S. Debois, T. Slaats, "Entropy as a Measure of Log Variability", 2019).

    Parameters
    ----------
    top
        Only so many touchpoints and loops. ``None``: all.
    """

    top: int | None = None

    def begin(self, names: Names) -> Pass[Any, Loops]:
        """Count first; shapes follow when the usual ways are known, then medians."""
        return ReturnsPass(names.touchpoints, self.top)


@dataclass(frozen=True, slots=True)
class KeyCounts:
    """Counts by key: ``keys``, uint64[k] ascending; ``counts``, int64[k, c]."""

    keys: NDArray[np.uint64]
    counts: NDArray[np.int64]

    @classmethod
    def of(cls, keys: NDArray[np.uint64], owners: NDArray[np.int64]) -> KeyCounts:
        """How often each key occurs, and for how many distinct owners: uint64[m], int64[m] (never decreasing)."""
        known, members = np.unique(keys, return_inverse=True)
        return cls(known, np.stack(count_rows(members.astype(np.int32), owners, len(known)), axis=1))

    @classmethod
    def of_small(cls, keys: NDArray[np.int32], owners: NDArray[np.int64], cells: int) -> KeyCounts:
        """The same where keys are below ``cells``, without sorting them."""
        counts = np.stack(count_rows(keys, owners, cells), axis=1)
        found = np.flatnonzero(counts[:, 0])
        return cls(found.astype(np.uint64), counts[found])

    def amounts(self) -> list[tuple[int, int]]:
        """Each key and how often it occurs."""
        return list(zip(self.keys.tolist(), self.counts[:, 0].tolist(), strict=True))

    def __add__(self, other: KeyCounts) -> KeyCounts:
        """The sums, key by key."""
        keys = np.union1d(self.keys, other.keys)
        counts = np.zeros((len(keys), self.counts.shape[1]), np.int64)
        counts[np.searchsorted(keys, self.keys)] += self.counts
        counts[np.searchsorted(keys, other.keys)] += other.counts
        return KeyCounts(keys, counts)


@dataclass(frozen=True, slots=True)
class LoopCounts:
    """What one reading counts.

    Attributes
    ----------
    totals
        int64[4]: spans, customers, spans with a self-loop, spans with a repetition.
    visitors, repeating, repeating_spans
        int64[t] each: customers by touchpoint; those who repeat it; spans in which it comes again.
    repeats
        int64[2 t, 2]: count and customers, of self-loops by touchpoint, then of repetitions.
    seconds
        int64[2, 2 t]: their microseconds in sum, see :func:`sum_gaps`.
    shortest
        int32[t]: the fewest other steps between; the largest int32 without repetition.
    loops, moves
        By ``code * t + via`` and by ``source * t + target``: how often, for how many customers.
    """

    totals: NDArray[np.int64]
    visitors: NDArray[np.int64]
    repeating: NDArray[np.int64]
    repeating_spans: NDArray[np.int64]
    repeats: NDArray[np.int64]
    seconds: NDArray[np.int64]
    shortest: NDArray[np.int32]
    loops: KeyCounts
    moves: KeyCounts


@dataclass(frozen=True, slots=True)
class ReturnsPass(Pass[LoopCounts, Loops]):
    """Counts what comes again, and what follows what."""

    names: tuple[str, ...]
    top: int | None

    def partial(self, spans: Spans) -> LoopCounts:
        """The counts of one part."""
        count = len(self.names)
        part = spans.part
        pairs = occurring_pairs(part.touchpoints, spans.starts, spans.ends, vocabulary=count)
        followed = count_flow(
            part.touchpoints, part.times, spans.starts, spans.ends, spans.owners, pairs, vocabulary=count
        )
        found = returns_of(spans, count)
        owners = spans.owners[found.spans]
        groups = kinds_of(found, count)
        codes = found.codes.astype(np.int32)
        shortest = np.full(count, _NEVER, np.int32)
        later = found.between > 0
        np.minimum.at(shortest, codes[later], found.between[later])
        return LoopCounts(
            totals=np.array(
                [
                    len(spans.starts),
                    count_customers(spans.owners),
                    count_customers(found.spans[~later]),
                    count_customers(found.spans[later]),
                ],
                np.int64,
            ),
            visitors=followed.codes.customers,
            repeating=count_rows(codes, owners, count)[1],
            repeating_spans=count_rows(codes, found.spans, count)[1],
            repeats=np.stack(count_rows(groups, owners, 2 * count), axis=1),
            seconds=sum_gaps(groups, found.gaps, 2 * count),
            shortest=shortest,
            loops=_loops_of(found, owners, count),
            moves=_moves_of(pairs, followed.pairs, count),
        )

    def combine(self, first: LoopCounts, second: LoopCounts) -> LoopCounts:
        """The sums; of the shortest the shorter."""
        return LoopCounts(
            first.totals + second.totals,
            first.visitors + second.visitors,
            first.repeating + second.repeating,
            first.repeating_spans + second.repeating_spans,
            first.repeats + second.repeats,
            first.seconds + second.seconds,
            np.minimum(first.shortest, second.shortest),
            first.loops + second.loops,
            first.moves + second.moves,
        )

    def conclude(self, state: LoopCounts) -> Pass[Any, Loops]:
        """Read again, now that the usual ways are known."""
        return ShapesPass(self.names, self.top, state, self.usual(state.moves))

    def usual(self, moves: KeyCounts) -> NDArray[np.int32]:
        """What follows each touchpoint most often, int32[t]; -1 where nothing does."""
        sources, targets = _pairs(moves.keys, len(self.names))
        order = np.lexsort((_ranks(self.names)[targets], -moves.counts[:, 0], sources))
        found, firsts = np.unique(sources[order], return_index=True)
        usual = np.full(len(self.names), -1, np.int32)
        usual[found] = targets[order][firsts]
        return usual


@dataclass(frozen=True, slots=True)
class ShapeCounts:
    """Spans by shape, int64[4]; the shortest loops with two other touchpoints, and with three, by key."""

    shapes: NDArray[np.int64]
    cycles: tuple[KeyCounts, ...]


@dataclass(frozen=True, slots=True)
class ShapesPass(Pass[ShapeCounts, Loops]):
    """Counts the shapes of spans, and the shortest loops that are longer than A → B → A."""

    names: tuple[str, ...]
    top: int | None
    counted: LoopCounts
    usual: NDArray[np.int32]

    def partial(self, spans: Spans) -> ShapeCounts:
        """The counts of one part."""
        codes = spans.part.touchpoints
        shapes = count_shapes(codes, spans.starts, spans.ends, self.usual)
        shortest = self.counted.shortest
        if not ((shortest > 1) & (shortest <= MOST_NAMED)).any():
            return ShapeCounts(shapes, ())
        found = returns_of(spans, len(self.names))
        owners = spans.owners[found.spans]
        cycles = []
        for between in range(2, MOST_NAMED + 1):
            kept = (found.between == between) & (shortest[found.codes] == between)
            keys = cycle_keys(codes, found.places[kept], found.between[kept])
            cycles.append(KeyCounts.of(keys, owners[kept]))
        return ShapeCounts(shapes, tuple(cycles))

    def combine(self, first: ShapeCounts, second: ShapeCounts) -> ShapeCounts:
        """The sums."""
        cycles = tuple(here + there for here, there in zip(first.cycles, second.cycles, strict=True))
        return ShapeCounts(first.shapes + second.shapes, cycles)

    def conclude(self, state: ShapeCounts) -> Pass[Any, Loops]:
        """On to the medians of what is shown."""
        loops = self.counted.loops
        codes, via = _pairs(loops.keys, len(self.names))
        ranks = _ranks(self.names)
        shown = np.lexsort((ranks[via], ranks[codes], -loops.counts[:, 0]))[: self.top]
        order = np.argsort(loops.keys[shown])
        times = Times(len(self.names), loops.keys[shown][order], order.astype(np.int32))
        sizes = np.concatenate([self.counted.repeats[:, 0], loops.counts[shown, 0]])
        return medians_of(Middles(times.measure, LoopsAnswer(self.names, self.top, self.counted, state, shown), sizes))


@dataclass(frozen=True, slots=True)
class Times:
    """Measures how long until a touchpoint comes again: by kind and touchpoint, then by loop that is shown.

    ``keys``: uint64[k] ascending, of the loops; ``places``: int32[k], the place of each in the result.
    """

    count: int
    keys: NDArray[np.uint64]
    places: NDArray[np.int32]

    def measure(self, spans: Spans) -> Measures:
        """The times of one part."""
        found = returns_of(spans, self.count)
        once = found.between == 1
        keys = _loop_keys(found, once, self.count)
        at = np.minimum(np.searchsorted(self.keys, keys), max(len(self.keys) - 1, 0))
        shown = self.keys[at] == keys if len(self.keys) else np.zeros(len(keys), np.bool_)
        loops = 2 * self.count + self.places[at[shown]] if len(self.keys) else np.zeros(0, np.int32)
        groups = np.concatenate([kinds_of(found, self.count), loops.astype(np.int32)])
        return Measures(groups, np.concatenate([found.gaps, found.gaps[once][shown]]))


@dataclass(frozen=True, slots=True)
class LoopsAnswer:
    """Makes the result when the median times are known; ``shown``: the loops that are, by place in their tally."""

    names: tuple[str, ...]
    top: int | None
    counted: LoopCounts
    shaped: ShapeCounts
    shown: NDArray[np.int64]

    def __call__(self, medians: Medians) -> Loops:
        """The result; ``medians`` in seconds, by kind and touchpoint, then by loop."""
        state, names = self.counted, self.names
        spans, customers, self_looping, repeating = state.totals.tolist()
        again = np.flatnonzero(state.repeating)
        order = sorted(again.tolist(), key=lambda code: (-state.repeating[code], names[code]))
        return Loops(
            spans=spans,
            customers=customers,
            spans_with_self_loop=self_looping,
            spans_with_repetition=repeating,
            process=self._process(),
            touchpoints=tuple(self._touchpoints(order[: self.top], medians)),
            total_touchpoints=len(order),
            loops=tuple(self._loops(medians[2 * len(names) :])),
            total_loops=len(state.loops.keys),
        )

    def _touchpoints(self, codes: list[int], medians: Medians) -> Iterator[TouchpointLoops]:
        state, count = self.counted, len(self.names)
        seconds = [((high << 32) + low) / 1e6 for high, low in state.seconds.T.tolist()]
        shortest = self._shortest()

        def repeats(group: int) -> Repeats:
            amount, customers = state.repeats[group].tolist()
            return Repeats(amount, customers, float(medians[group]), seconds[group])

        for code in codes:
            name, customers = self.names[code], int(state.visitors[code])
            between = int(state.shortest[code])
            yield TouchpointLoops(
                touchpoint=name,
                customers=customers,
                repeating=share(
                    phrase("customers who repeat {name}", name=name), int(state.repeating[code]), customers
                ),
                repeating_customers=int(state.repeating[code]),
                repeating_spans=int(state.repeating_spans[code]),
                self_loops=repeats(code),
                repetitions=repeats(count + code),
                shortest_between=0 if between == _NEVER else between,
                shortest=shortest.get(code, ()),
            )

    def _shortest(self) -> dict[int, tuple[str, ...]]:
        """By code the shortest loop, the most frequent of several, then by name."""
        found: dict[int, tuple[int, tuple[str, ...]]] = {}
        loops, count = self.counted.loops, max(len(self.names), 1)
        cycles = [([key // count, key % count, key // count], amount) for key, amount in loops.amounts()]
        for between, longer in enumerate(self.shaped.cycles, start=2):
            cycles += [(codes_of_cycle(key, between), amount) for key, amount in longer.amounts()]
        for codes, amount in cycles:
            named = -amount, tuple(self.names[code] for code in codes)
            found[codes[0]] = min(found.get(codes[0], named), named)
        return {code: path for code, (_, path) in found.items()}

    def _loops(self, medians: Medians) -> Iterator[Loop]:
        loops = self.counted.loops
        codes, via = _pairs(loops.keys[self.shown], len(self.names))
        for code, other, (count, customers), seconds in zip(
            codes.tolist(), via.tolist(), loops.counts[self.shown].tolist(), medians.tolist(), strict=True
        ):
            yield Loop(self.names[code], self.names[other], count, customers, seconds)

    def _process(self) -> ProcessType:
        single, *typed = self.shaped.shapes.tolist()
        spans = sum(typed)
        linear, branching, cyclical = (
            share(name, count, spans)
            for name, count in zip(
                (phrase("linear spans"), phrase("branching spans"), phrase("cyclical spans")), typed, strict=True
            )
        )
        ways, variety = _entropy(self.counted.moves, len(self.names))
        verdict = _verdict(linear.value, branching.value, cyclical.value)
        return ProcessType(verdict, spans, single, linear, branching, cyclical, ways, variety)


def _verdict(linear: float, branching: float, cyclical: float) -> Verdict:
    """The type of the process from the shares of its spans; where two have exactly half, the more complicated one."""
    if cyclical >= CLEAR_SHARE:
        return "cyclical"
    if branching >= CLEAR_SHARE:
        return "branching"
    if linear >= CLEAR_SHARE:
        return "linear"
    return "mixed" if linear == linear else "unknown"


def returns_of(spans: Spans, count: int) -> Returns:
    """Every return in the spans of a part; ``count``: how many touchpoints there are."""
    part = spans.part
    return find_returns(part.touchpoints, part.times, spans.starts, spans.ends, vocabulary=count)


def kinds_of(found: Returns, count: int) -> NDArray[np.int32]:
    """The group of each return, int32[m]: the code for self-loops, ``count`` more for repetitions."""
    groups: NDArray[np.int32] = found.codes.astype(np.int32) + np.int32(count) * (found.between > 0)
    return groups


def _loop_keys(found: Returns, once: NDArray[np.bool_], count: int) -> NDArray[np.uint64]:
    return found.codes[once].astype(np.uint64) * np.uint64(count) + found.via[once]


def _loops_of(found: Returns, owners: NDArray[np.int64], count: int) -> KeyCounts:
    """The loops A → B → A of a part."""
    once = found.between == 1
    keys = _loop_keys(found, once, count)
    if count * count <= _DENSE_CELLS:
        return KeyCounts.of_small(keys.astype(np.int32), owners[once], count * count)
    return KeyCounts.of(keys, owners[once])


def _moves_of(pairs: NDArray[np.int64], counted: PairCounts, count: int) -> KeyCounts:
    """What directly follows what, without direct repeats."""
    sources, targets = np.divmod(pairs, max(count, 1))
    kept = (counted.counts > 0) & (sources != targets)
    return KeyCounts(pairs[kept].astype(np.uint64), counted.counts[kept][:, None])


def _pairs(keys: NDArray[np.uint64], count: int) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """The two codes of each key."""
    return np.divmod(keys.astype(np.int64), max(count, 1))


def _ranks(names: tuple[str, ...]) -> NDArray[np.int64]:
    """The place of each code in the order of the names."""
    ranks = np.empty(len(names), np.int64)
    ranks[sorted(range(len(names)), key=names.__getitem__)] = np.arange(len(names))
    return ranks


def _entropy(moves: KeyCounts, count: int) -> tuple[float, float]:
    """How many touchpoints effectively follow one; and the entropy of that as a share of the largest there could be."""
    if not len(moves.keys):
        return nan, nan
    sources, targets = _pairs(moves.keys, count)
    amounts = moves.counts[:, 0].astype(np.float64)
    totals = np.bincount(sources, weights=amounts, minlength=count)
    entropy = abs(float((amounts / amounts.sum() * np.log(amounts / totals[sources])).sum()))
    kinds = len(np.unique(targets))
    return float(np.exp(entropy)), entropy / float(np.log(kinds)) if kinds > 1 else nan
