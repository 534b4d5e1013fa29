"""Conversion: of the journeys of each definition that begin on a day, how many come to their goal within a set time."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from desireline.interactions import All, Any_, Comparison, Condition, Not, count_log
from desireline.journeys.analyses.insights.looking import JourneyWindow
from desireline.journeys.analyses.insights.plan import Plan
from desireline.journeys.definitions import JourneyDefinition
from desireline.journeys.model import OUTCOMES, Names, Part, Spans
from desireline.journeys.selection import Cutter, Selection, make_cutter
from desireline.kernels.changes import EVERYBODY
from desireline.store import Workspace

LONGEST_WINDOW = timedelta(days=7)
_REACHED = OUTCOMES.index("reached")
_EPOCH, _MICROSECOND = datetime(1970, 1, 1, tzinfo=UTC), timedelta(microseconds=1)


def window_of(workspace: Workspace, definition: JourneyDefinition) -> JourneyWindow:
    """How long the journeys of a definition are looked at: a week, or their time-out where that is shorter."""
    length, last = min(definition.time_out, LONGEST_WINDOW), count_log(workspace).record_end
    last_begin = 0 if last is None else (last - length - _EPOCH) // _MICROSECOND
    return JourneyWindow(definition.ident, length // _MICROSECOND, last_begin)


@dataclass(frozen=True, slots=True, eq=False)
class Marked:
    """What is known of the n interactions of a part, as :func:`desireline.kernels.changes.count_days` has it.

    ``days``: int64[n], 0 is the first one. ``prompted``: bool[n], what the company prompted. ``segments``: int32[n, f].
    """

    days: NDArray[np.int64]
    prompted: NDArray[np.bool_]
    segments: NDArray[np.int32]


@dataclass(frozen=True, slots=True)
class GoalCounts:
    """Of one definition: journeys that came to the goal, and all, int64[2, g, d]; weeks of customers in which one begins."""

    days: NDArray[np.int64]
    weeks: int

    def __add__(self, other: GoalCounts) -> GoalCounts:
        """The sums."""
        return GoalCounts(self.days + other.days, self.weeks + other.weeks)


class GoalJourneys(NamedTuple):
    """Journeys of a definition: int64[j] where in the part each begins, int64[j] the owners, bool[j] whether it came to the goal."""

    places: NDArray[np.int64]
    owners: NDArray[np.int64]
    reached: NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Goal:
    """A definition whose journeys are followed to their goal.

    Attributes
    ----------
    window
        Which definition, and how long its journeys are looked at.
    touchpoints
        That its start and its goal name.
    cutter
        Cuts parts into its journeys.
    """

    window: JourneyWindow
    touchpoints: tuple[str, ...]
    cutter: Cutter

    def count(self, part: Part, marks: Marked, plan: Plan) -> GoalCounts:
        """The journeys of one part that the company did not prompt; each counts in the segments of its first interaction."""
        places, owners, reached = self.journeys(part, marks, plan)
        days, groups = marks.days[places], marks.segments[places]
        counts = np.zeros((2, plan.segments * plan.days), np.int64)
        for codes in (np.full(len(days), EVERYBODY, np.int32), *groups.T):
            cells, told = codes * np.int64(plan.days) + days, codes >= 0
            for row, kept in enumerate((told & reached, told)):
                counts[row] += np.bincount(cells[kept], minlength=counts.shape[1])
        weeks = len(np.unique(owners * np.int64(plan.days) + days // 7))
        return GoalCounts(counts.reshape(2, plan.segments, plan.days), weeks)

    def journeys(self, part: Part, marks: Marked, plan: Plan) -> GoalJourneys:
        """The journeys that are counted."""
        spans = self.cutter(part)
        begins = spans.part.times[spans.starts]
        places = _places_in(part, spans)
        days = marks.days[places]
        chosen = (begins <= self.window.last_begin_us) & (days >= 0) & (days < plan.days)
        chosen &= ~marks.prompted[places]
        assert spans.outcomes is not None
        soon = spans.part.times[spans.ends - 1] - begins <= self.window.length_us
        reached = (spans.outcomes == _REACHED) & soon
        return GoalJourneys(places[chosen], spans.owners[chosen], reached[chosen])


def _places_in(part: Part, spans: Spans) -> NDArray[np.int64]:
    """Where in a part the spans begin that were cut from it, and that may have a copy of some of its interactions."""
    if len(spans.part.times) == len(part.times):
        return spans.starts
    order = np.argsort(part.arrivals, kind="stable")
    found: NDArray[np.int64] = order[np.searchsorted(part.arrivals[order], spans.part.arrivals[spans.starts])]
    return found


@dataclass(frozen=True, slots=True)
class Goals:
    """The definitions whose journeys are followed to their goal.

    Attributes
    ----------
    workspace
        What they are read for.
    definitions
        In the order in which they are told.
    selection
        Which customers, and in which period journeys begin.
    """

    workspace: Workspace
    definitions: tuple[JourneyDefinition, ...]
    selection: Selection

    def ready(self, names: Names) -> tuple[Goal, ...]:
        """What counts them, for parts whose codes have these names."""
        found = []
        for definition in self.definitions:
            chosen = replace(self.selection, journey=definition, where=None, span="life")
            named = dict.fromkeys((*touchpoints_of(definition.start), *touchpoints_of(definition.goal)))
            cutter = make_cutter(self.workspace, chosen, names)
            found.append(Goal(window_of(self.workspace, definition), tuple(named), cutter))
        return tuple(found)


def touchpoints_of(condition: Condition) -> Iterator[str]:
    """The touchpoints that a condition asks for by name."""
    match condition:
        case Comparison(field="touchpoint", operator="equals"):
            yield str(condition.value)
        case Comparison(field="touchpoint", operator="in", value=tuple(values)):
            yield from map(str, values)
        case All(parts) | Any_(parts):
            for each in parts:
                yield from touchpoints_of(each)
        case Comparison() | Not():
            return
