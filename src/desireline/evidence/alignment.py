"""Journeys aligned with the steps of a map."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

import numpy as np
from numpy.typing import NDArray

from desireline.evidence.graph import StepGraph
from desireline.evidence.results import STEP_FACTS, AlignmentFigures, Fit, ProcessShape, StepCounts
from desireline.evidence.signatures import MarksOf, Signatures, make_signatures
from desireline.journeys.analyses.loops import CLEAR_SHARE
from desireline.journeys.analyses.median_intervals import MedianIntervals, median_intervals_of
from desireline.journeys.analyses.medians import Values
from desireline.journeys.engine import Answer, Pass
from desireline.journeys.estimates import share
from desireline.journeys.model import OUTCOMES, Names, Spans
from desireline.journeys.results.loops import Verdict
from desireline.kernels.alignment import (
    Alignments,
    Cut,
    Facts,
    Rules,
    Signed,
    align,
    read_alignments,
    step_sequences,
)
from desireline.kernels.arrays import read_only
from desireline.kernels.loops import count_shapes
from desireline.kernels.medians import Measures
from desireline.kernels.tallies import Tally, add, nonzero, tally
from desireline.maps.measured import Transition, Unplanned

_UNFINISHED = OUTCOMES.index("unfinished")
_DENSE_CELLS = 1 << 20
_NORMAL_QUANTILE = 1.959963984540054
_EARLIEST, _LATEST = np.iinfo(np.int64).min, np.iinfo(np.int64).max


@dataclass(frozen=True, slots=True)
class OpenRule:
    """Which spans may still go on, where they are no journeys of a definition that says so itself.

    ``time_out_us``: those whose last interaction is at most this long before ``record_end_us``, in microseconds; ``None``: none.
    """

    time_out_us: int | None = None
    record_end_us: int = 0

    def of(self, spans: Spans) -> NDArray[np.bool_]:
        """bool[s]."""
        if spans.outcomes is not None:
            return read_only(spans.outcomes == _UNFINISHED)
        if self.time_out_us is None:
            return read_only(np.zeros(len(spans.starts), np.bool_))
        return read_only(self.record_end_us - spans.part.times[spans.ends - 1] <= self.time_out_us)


@dataclass(frozen=True, slots=True, eq=False)
class AlignmentAnalysis:
    """How journeys follow a map.

    A journey is a span. Its interactions that count for steps are aligned with a way through the map at the least cost (A. Adriansyah,
    "Aligning Observed and Modeled Behavior", 2014): 1 for each interaction without a place, 1 for each mandatory step that is passed
    over. A journey that may still go on owes no step after its last place (a *prefix alignment*). Definitions with examples:
    docs/evidence.md.

    Parameters
    ----------
    graph
        The measured steps, at least one, and the ways between them.
    marks
        The condition of each of these steps.
    open_rule
        Which spans may still go on.
    """

    graph: StepGraph
    marks: Sequence[MarksOf]
    open_rule: OpenRule = OpenRule()

    def begin(self, names: Names) -> Pass[Any, AlignmentFigures]:
        """Align and count; the shapes of journeys follow."""
        return AlignmentPass(self.aligner(names), names.touchpoints, tuple(step.id for step in self.graph.steps))

    def aligner(self, names: Names) -> Aligner:
        """What aligns the spans of a part."""
        once = [step.binding is not None and step.binding.count == "once" for step in self.graph.steps]
        rules = Rules(self.graph.ways, read_only(np.array(once, np.bool_)))
        return Aligner(make_signatures([each(names) for each in self.marks], names), rules, self.open_rule)


@dataclass(frozen=True, slots=True, eq=False)
class Aligned:
    """The spans of a part with their alignments."""

    signed: Signed
    cut: Cut
    alignments: Alignments
    facts: Facts


@dataclass(frozen=True, slots=True, eq=False)
class Aligner:
    """Aligns the spans of a part with a map. Can be pickled."""

    signatures: Signatures
    rules: Rules
    open_rule: OpenRule

    def align(self, spans: Spans) -> Aligned:
        """Every span."""
        signed, cut = self.signed(spans), self.cut(spans)
        found = align(signed, cut, self.rules)
        return Aligned(signed, cut, found, read_alignments(signed, spans.part.times, cut, self.rules, found))

    def sequences(self, spans: Spans) -> tuple[NDArray[np.uint16], NDArray[np.int64], NDArray[np.int64]]:
        """The steps of each span, see :func:`step_sequences`; nothing is aligned."""
        return step_sequences(self.signed(spans), self.cut(spans), self.rules.once)

    def signed(self, spans: Spans) -> Signed:
        """The steps that each interaction counts for."""
        return self.signatures.of(spans.part)

    def cut(self, spans: Spans) -> Cut:
        """The spans for kernels."""
        return Cut(read_only(spans.starts), read_only(spans.ends), self.open_rule.of(spans))


@dataclass(frozen=True, slots=True, eq=False)
class AlignmentCounts:
    """What is known of some parts.

    Attributes
    ----------
    totals
        int64[5]: journeys on the map, others, those on the map that may go on, interactions of those on the map, and covered ones.
    facts
        int64[6, k]: journeys by fact, in the order of :data:`STEP_FACTS`, and step.
    counted
        int64[k]: interactions by step.
    moves, follows
        int64[k, k]: from place to place; from step to step among all interactions that count, other than itself.
    costs
        int64[5]: of the journeys on the map the sums of cost, of worst, of cost squared, of cost times worst, of worst squared.
    unplanned
        Interactions by ``(step before + 1) * touchpoints + touchpoint``.
    waits
        Microseconds from the place before, by step.
    bounds
        int64[2]: the times of the first interaction and the last of journeys on the map.
    """

    totals: NDArray[np.int64]
    facts: NDArray[np.int64]
    counted: NDArray[np.int64]
    moves: NDArray[np.int64]
    follows: NDArray[np.int64]
    costs: NDArray[np.int64]
    unplanned: Tally
    waits: Values
    bounds: NDArray[np.int64]

    def __add__(self, other: AlignmentCounts) -> AlignmentCounts:
        """The sums; of the bounds the wider ones."""
        return AlignmentCounts(
            self.totals + other.totals,
            self.facts + other.facts,
            self.counted + other.counted,
            self.moves + other.moves,
            self.follows + other.follows,
            self.costs + other.costs,
            add(self.unplanned, other.unplanned),
            self.waits + other.waits,
            np.array([min(self.bounds[0], other.bounds[0]), max(self.bounds[1], other.bounds[1])], np.int64),
        )


@dataclass(frozen=True, slots=True, eq=False)
class AlignmentPass(Pass[AlignmentCounts, AlignmentFigures]):
    """Aligns every journey, and counts what the alignments say."""

    aligner: Aligner
    touchpoints: tuple[str, ...]
    steps: tuple[str, ...]

    def partial(self, spans: Spans) -> AlignmentCounts:
        """The counts of one part."""
        found, count = self.aligner.align(spans), len(self.steps)
        facts, on_map = found.facts, found.alignments.hits > 0
        starts, ends = spans.starts[on_map], spans.ends[on_map]
        interactions, unplanned = int((ends - starts).sum()), len(facts.unplanned)
        totals = (len(starts), len(on_map) - len(starts), int(found.cut.is_open[on_map].sum()), interactions)
        return AlignmentCounts(
            totals=np.array([*totals, interactions - unplanned], np.int64),
            facts=_counted(facts.codes, len(STEP_FACTS), count),
            counted=facts.counted,
            moves=_counted(facts.moves, count, count),
            follows=_follows(*self.aligner.sequences(spans), count),
            costs=_cost_sums(found.alignments.costs[on_map], found.alignments.worst[on_map]),
            unplanned=self._unplanned(spans, facts),
            waits=Values.of(self._waits(facts), count),
            bounds=_bounds(spans.part.times, starts, ends),
        )

    def combine(self, first: AlignmentCounts, second: AlignmentCounts) -> AlignmentCounts:
        """The sums."""
        return first + second

    def conclude(self, state: AlignmentCounts) -> Pass[Any, AlignmentFigures]:
        """Read again, now that the usual ways are known."""
        return ShapesPass(self, state, usual_followers(state.follows))

    def measure(self, spans: Spans) -> Measures:
        """The microseconds from the place before, by step."""
        return self._waits(self.aligner.align(spans).facts)

    def _waits(self, facts: Facts) -> Measures:
        return Measures((facts.moves % max(len(self.steps), 1)).astype(np.int32), facts.waits)

    def _unplanned(self, spans: Spans, facts: Facts) -> Tally:
        touchpoints = len(self.touchpoints)
        keys = (facts.after + 1) * np.int64(touchpoints) + spans.part.touchpoints[facts.unplanned]
        cells = (len(self.steps) + 1) * touchpoints
        return nonzero(np.bincount(keys, minlength=cells)) if cells <= _DENSE_CELLS else tally(keys)


@dataclass(frozen=True, slots=True, eq=False)
class ShapesPass(Pass[NDArray[np.int64], AlignmentFigures]):
    """Counts the shapes of journeys, int64[4]; medians follow where they need another reading."""

    reading: AlignmentPass
    counted: AlignmentCounts
    usual: NDArray[np.int32]

    def partial(self, spans: Spans) -> NDArray[np.int64]:
        """The counts of one part, in the order of :data:`desireline.kernels.loops.SHAPES`."""
        codes, starts, ends = self.reading.aligner.sequences(spans)
        return count_shapes(read_only(codes), read_only(starts), read_only(ends), self.usual)

    def combine(self, first: NDArray[np.int64], second: NDArray[np.int64]) -> NDArray[np.int64]:
        """The sum."""
        return first + second

    def conclude(self, state: NDArray[np.int64]) -> Answer[AlignmentFigures] | Pass[Any, AlignmentFigures]:
        """The figures, when the medians are known."""
        reading = self.reading
        allowed = reading.aligner.rules.ways.costs[:-1, :-1] == 0
        answer = partial(_figures, reading.steps, reading.touchpoints, allowed, self.counted, tuple(state.tolist()))
        return median_intervals_of(self.counted.waits, reading.measure, answer)


def usual_followers(follows: NDArray[np.int64]) -> NDArray[np.int32]:
    """The step that most often follows each, of several the first in the map; -1 where none does: int64[k, k] -> int32[k]."""
    return read_only(np.where(follows.any(axis=1), follows.argmax(axis=1), -1).astype(np.int32))


def _counted(codes: NDArray[np.int64], rows: int, columns: int) -> NDArray[np.int64]:
    return np.bincount(codes, minlength=rows * columns).reshape(rows, columns).astype(np.int64)


def _follows(
    codes: NDArray[np.uint16], starts: NDArray[np.int64], ends: NDArray[np.int64], count: int
) -> NDArray[np.int64]:
    """How often each step is followed by another one."""
    before, after = codes[:-1].astype(np.int64), codes[1:].astype(np.int64)
    inside = before != after
    inside[ends[:-1] - 1] = False
    return _counted((before * count + after)[inside], count, count)


def _cost_sums(costs: NDArray[np.int64], worst: NDArray[np.int64]) -> NDArray[np.int64]:
    products = (costs, worst, costs * costs, costs * worst, worst * worst)
    return np.array([each.sum() for each in products], np.int64)


def _bounds(times: NDArray[np.int64], starts: NDArray[np.int64], ends: NDArray[np.int64]) -> NDArray[np.int64]:
    if not len(starts):
        return np.array([_LATEST, _EARLIEST], np.int64)
    return np.array([times[starts].min(), times[ends - 1].max()], np.int64)


def _figures(
    steps: tuple[str, ...],
    touchpoints: tuple[str, ...],
    allowed: NDArray[np.bool_],
    state: AlignmentCounts,
    shapes: tuple[int, ...],
    medians: MedianIntervals,
) -> AlignmentFigures:
    journeys, not_on_map, still_open, interactions, covered = state.totals.tolist()
    waits = _of_all_but_the_first(state.waits.sizes(), 0)
    medians = _of_all_but_the_first(medians, math.nan)
    columns = zip(state.counted.tolist(), *state.facts.tolist(), *medians.T.tolist(), waits.tolist(), strict=True)
    first, last = state.bounds.tolist()
    return AlignmentFigures(
        journeys=journeys,
        not_on_map=not_on_map,
        open=still_open,
        interactions=interactions,
        covered=covered,
        fit=fit_of(journeys, state.costs.tolist()),
        process=_process(shapes),
        steps=tuple(StepCounts(*column) for column in columns),
        unplanned=_unplanned(state.unplanned, steps, touchpoints),
        transitions=tuple(
            Transition(steps[source], steps[target], int(state.moves[source, target]), bool(allowed[source, target]))
            for source, target in np.argwhere(state.moves).tolist()
        ),
        first_us=first if journeys else None,
        last_us=last if journeys else None,
    )


def _of_all_but_the_first(numbers: NDArray[Any], nothing: float) -> NDArray[Any]:
    """Nothing at the first step: none is before it, and who comes back to it comes from a later one."""
    found = numbers.copy()
    found[:1] = nothing
    return found


def fit_of(journeys: int, sums: Sequence[int]) -> Fit:
    """The fit with its interval: a ratio of two sums over journeys, its error by linearisation (Cochran 1977, section 6.4).

    Parameters
    ----------
    sums
        Of cost, of worst, of cost squared, of cost times worst, of worst squared.
    """
    cost, worst, cost_2, cost_worst, worst_2 = sums
    if not worst:
        return Fit(journeys, cost, worst)
    ratio = cost / worst
    squares = cost_2 - 2 * ratio * cost_worst + ratio * ratio * worst_2
    if journeys < 2 or squares <= 1e-9 * cost_2 or not cost_2:
        return Fit(journeys, cost, worst, 1 - ratio)
    error = math.sqrt(journeys * squares / (journeys - 1)) / worst
    low, high = (1 - ratio + sign * _NORMAL_QUANTILE * error for sign in (-1, 1))
    return Fit(journeys, cost, worst, 1 - ratio, max(low, 0.0), min(high, 1.0), error)


def _process(shapes: tuple[int, ...]) -> ProcessShape:
    _, *typed = shapes
    journeys = sum(typed)
    linear, branching, cyclical = (
        share(f"{name} journeys", each, journeys)
        for name, each in zip(("linear", "branching", "cyclical"), typed, strict=True)
    )
    verdict: Verdict = "mixed" if journeys else "unknown"
    if linear.value >= CLEAR_SHARE:
        verdict = "linear"
    if branching.value >= CLEAR_SHARE:
        verdict = "branching"
    if cyclical.value >= CLEAR_SHARE:
        verdict = "cyclical"
    return ProcessShape(verdict, journeys, linear, branching, cyclical)


def _unplanned(counted: Tally, steps: tuple[str, ...], touchpoints: tuple[str, ...]) -> tuple[Unplanned, ...]:
    after, codes = np.divmod(counted.keys, max(len(touchpoints), 1))
    rows = [
        (-times, touchpoints[code], place)
        for times, code, place in zip(counted.counts.tolist(), codes.tolist(), after.tolist(), strict=True)
    ]
    return tuple(
        Unplanned(touchpoint, steps[place - 1] if place else None, -times) for times, touchpoint, place in sorted(rows)
    )
