"""Counting what comes before what, by touchpoint or by the steps of a map."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any, Generic, TypeVar
from zoneinfo import ZoneInfo

import numpy as np
from numpy.typing import NDArray

from desireline.evidence.signatures import MarksOf, Signatures, make_signatures
from desireline.journeys.engine import Analysis, Answer, Pass
from desireline.journeys.model import OUTCOMES, Names, Spans
from desireline.kernels.arrays import read_only
from desireline.kernels.step_orders import NO_UNIT, Orders, count_orders, count_reach

S = TypeVar("S")
R = TypeVar("R")
_REACHED = OUTCOMES.index("reached")
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_EARLIEST, _LATEST = np.iinfo(np.int64).min, np.iinfo(np.int64).max


@dataclass(frozen=True, slots=True, eq=False)
class AtGoal(Generic[R]):
    """An analysis of those journeys only that reached the goal of their definition."""

    analysis: Analysis[R]

    def begin(self, names: Names) -> Pass[Any, R]:
        """As the analysis begins."""
        return AtGoalPass(self.analysis.begin(names))


@dataclass(frozen=True, slots=True, eq=False)
class AtGoalPass(Pass[S, R]):
    """Leaves out all other journeys."""

    reading: Pass[S, R]

    def partial(self, spans: Spans) -> S:
        """Of one part."""
        kept = _at_goal(spans)
        starts, ends, owners = (read_only(each[kept]) for each in (spans.starts, spans.ends, spans.owners))
        outcomes = None if spans.outcomes is None else read_only(spans.outcomes[kept])
        return self.reading.partial(Spans(spans.part, starts, ends, owners, outcomes))

    def combine(self, first: S, second: S) -> S:
        """As the analysis does."""
        return self.reading.combine(first, second)

    def conclude(self, state: S) -> Answer[R] | Pass[Any, R]:
        """As the analysis does; what it reads next are these journeys too."""
        found = self.reading.conclude(state)
        return found if isinstance(found, Answer) else AtGoalPass(found)


@dataclass(frozen=True, slots=True, eq=False)
class Units:
    """Gives every interaction a unit: the first step whose condition it meets, else its touchpoint behind the steps. Can be pickled."""

    signatures: Signatures
    steps: int

    def of(self, spans: Spans) -> NDArray[np.int32]:
        """int32[n]."""
        signed = self.signatures.of(spans.part)
        lengths = np.diff(signed.offsets)
        first = np.full(len(lengths), NO_UNIT, np.int32)
        first[lengths > 0] = signed.steps[signed.offsets[:-1][lengths > 0]]
        found = first[signed.signatures]
        return read_only(np.where(found < 0, self.steps + spans.part.touchpoints.astype(np.int32), found))


def units_of(marks: Sequence[MarksOf], names: Names) -> Units:
    """The units of a map whose steps have these conditions."""
    return Units(make_signatures([each(names) for each in marks], names), len(marks))


@dataclass(frozen=True, slots=True, eq=False)
class Reach:
    """Who comes where.

    Attributes
    ----------
    names
        What the codes mean.
    journeys, at_goal
        How many journeys are looked at, and how many of them reached the goal of their definition; 0 without one.
    reach
        int64[units]: journeys with the unit.
    earliest_us
        int64[units]: when its first interaction was; the largest int64 where it has none.
    channels
        int64[units, channels]: interactions.
    planned
        int64[touchpoints]: interactions that count for a step.
    first_us, last_us
        When these journeys began and ended, microseconds since 1970, UTC; ``None`` of none.
    """

    names: Names
    journeys: int
    at_goal: int
    reach: NDArray[np.int64]
    earliest_us: NDArray[np.int64]
    channels: NDArray[np.int64]
    planned: NDArray[np.int64]
    first_us: int | None
    last_us: int | None

    def first_day(self, zone: ZoneInfo) -> date | None:
        """The day on which the first of these journeys began, by a clock."""
        return None if self.first_us is None else day_at(self.first_us, zone)

    def last_day(self, zone: ZoneInfo) -> date | None:
        """The day on which the last of these journeys ended, by a clock."""
        return None if self.last_us is None else day_at(self.last_us, zone)


@dataclass(frozen=True, slots=True, eq=False)
class ReachAnalysis:
    """In how many journeys each step of a map occurs, and each touchpoint that no step counts.

    Parameters
    ----------
    marks
        The conditions of the map's steps; none without a map. With a map, only journeys with one of its steps are looked at.
    """

    marks: Sequence[MarksOf] = ()

    def begin(self, names: Names) -> Pass[Any, Reach]:
        """One reading."""
        return ReachPass(names, units_of(self.marks, names))


@dataclass(frozen=True, slots=True, eq=False)
class ReachCounts:
    """``totals``: int64[2], journeys and those at their goal; ``bounds``: int64[2], first and last time; the others as in :class:`Reach`."""

    totals: NDArray[np.int64]
    bounds: NDArray[np.int64]
    reach: NDArray[np.int64]
    earliest_us: NDArray[np.int64]
    channels: NDArray[np.int64]
    planned: NDArray[np.int64]


@dataclass(frozen=True, slots=True, eq=False)
class ReachPass(Pass[ReachCounts, Reach]):
    """Counts."""

    names: Names
    units: Units

    def partial(self, spans: Spans) -> ReachCounts:
        """Of one part."""
        units, part = self.units.of(spans), spans.part
        count, channels = self.units.steps + len(self.names.touchpoints), len(self.names.channels)
        wanted = on_map(spans, units, self.units.steps)
        starts, ends = read_only(spans.starts[wanted]), read_only(spans.ends[wanted])
        reached = count_reach(units, read_only(part.times), starts, ends, count)
        inside = _inside(len(units), starts, ends)
        cells = units[inside].astype(np.int64) * channels + part.channels[inside]
        is_planned = inside & (units < self.units.steps)
        return ReachCounts(
            totals=np.array([len(starts), _at_goal(spans)[wanted].sum()], np.int64),
            bounds=np.array([part.times[starts].min(), part.times[ends - 1].max()], np.int64)
            if len(starts)
            else np.array([_LATEST, _EARLIEST], np.int64),
            reach=reached.journeys,
            earliest_us=reached.earliest,
            channels=np.bincount(cells, minlength=count * channels).reshape(count, channels).astype(np.int64),
            planned=np.bincount(part.touchpoints[is_planned], minlength=len(self.names.touchpoints)).astype(np.int64),
        )

    def combine(self, first: ReachCounts, second: ReachCounts) -> ReachCounts:
        """The sums, the earlier times, and the wider bounds."""
        return ReachCounts(
            first.totals + second.totals,
            np.array([min(first.bounds[0], second.bounds[0]), max(first.bounds[1], second.bounds[1])], np.int64),
            first.reach + second.reach,
            np.minimum(first.earliest_us, second.earliest_us),
            first.channels + second.channels,
            first.planned + second.planned,
        )

    def conclude(self, state: ReachCounts) -> Answer[Reach]:
        """With its names."""
        journeys, at_goal = state.totals.tolist()
        first, last = state.bounds.tolist() if journeys else (None, None)
        columns = state.reach, state.earliest_us, state.channels, state.planned
        return Answer(Reach(self.names, journeys, at_goal, *columns, first, last))


@dataclass(frozen=True, slots=True, eq=False)
class OrdersAnalysis:
    """What comes before what, over some units.

    Parameters
    ----------
    marks
        The conditions of the map's steps, as for :class:`ReachAnalysis`.
    groups
        The touchpoints of each unit that is looked at; behind the steps of the map.
    """

    marks: Sequence[MarksOf] = ()
    groups: Sequence[Sequence[str]] = ()

    def begin(self, names: Names) -> Pass[Any, Orders]:
        """One reading."""
        steps = len(self.marks)
        place_of = {name: code for code, name in enumerate(names.touchpoints)}
        group_of = np.full(steps + len(names.touchpoints), NO_UNIT, np.int32)
        group_of[:steps] = np.arange(steps)
        for number, group in enumerate(self.groups):
            group_of[[steps + place_of[name] for name in group]] = steps + number
        return OrdersPass(units_of(self.marks, names), read_only(group_of), steps + len(self.groups))


@dataclass(frozen=True, slots=True, eq=False)
class OrdersPass(Pass[Orders, Orders]):
    """Counts; ``group_of``: int32[units], what each unit counts as, or :data:`NO_UNIT`."""

    units: Units
    group_of: NDArray[np.int32]
    count: int

    def partial(self, spans: Spans) -> Orders:
        """Of one part."""
        units = self.units.of(spans)
        wanted = on_map(spans, units, self.units.steps)
        starts, ends = read_only(spans.starts[wanted]), read_only(spans.ends[wanted])
        return count_orders(read_only(self.group_of[units]), read_only(spans.part.times), starts, ends, self.count)

    def combine(self, first: Orders, second: Orders) -> Orders:
        """The sums."""
        return Orders(*(here + there for here, there in zip(first, second, strict=True)))

    def conclude(self, state: Orders) -> Answer[Orders]:
        """As it is."""
        return Answer(state)


def on_map(spans: Spans, units: NDArray[np.int32], steps: int) -> NDArray[np.bool_]:
    """Which spans have an interaction that counts for a step; all where there are no steps: bool[s]."""
    if not steps or not len(spans.starts):
        return np.ones(len(spans.starts), np.bool_)
    hits = np.concatenate([[0], np.cumsum(units < steps)])
    on: NDArray[np.bool_] = hits[spans.ends] > hits[spans.starts]
    return on


def _at_goal(spans: Spans) -> NDArray[np.bool_]:
    if spans.outcomes is None:
        return np.zeros(len(spans.starts), np.bool_)
    return np.asarray(spans.outcomes == _REACHED)


def _inside(size: int, starts: NDArray[np.int64], ends: NDArray[np.int64]) -> NDArray[np.bool_]:
    """Which interactions lie in a span: bool[size]."""
    edges = np.zeros(size + 1, np.int8)
    edges[starts] += 1
    edges[ends] -= 1
    return np.cumsum(edges[:-1], dtype=np.int8) > 0


def day_at(microseconds: int, zone: ZoneInfo) -> date:
    """The day of a time in microseconds since 1970, UTC, by a clock."""
    return (_EPOCH + timedelta(microseconds=microseconds)).astimezone(zone).date()
