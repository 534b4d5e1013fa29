"""An answer as it is told to somebody who may not see customers: without what is about too few of them. See docs/privacy.md."""

from __future__ import annotations

import math
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, fields, is_dataclass, replace
from functools import reduce
from itertools import takewhile
from typing import Any, Generic, TypeVar

from desireline.base import phrase
from desireline.interactions.presence import note_without_rare
from desireline.journeys.answering import Kept
from desireline.journeys.estimates import Comparison, Difference, Estimate
from desireline.journeys.model import (
    ChannelCount,
    ChannelMove,
    DistributionBin,
    Ending,
    FirstSeen,
    FlowEdge,
    FlowNode,
    GapExample,
    LeavingMoves,
    Overview,
    Sessions,
    SilentSwitch,
    SkippedStage,
    StageSkips,
    Variant,
    Variants,
)
from desireline.journeys.results.attribution import Attributed, Attribution, Credit
from desireline.journeys.results.chains import (
    Chains,
    ChannelChain,
    ChannelContacts,
    ChannelPush,
    Containment,
    SelfServiceTouchpoint,
)
from desireline.journeys.results.clusters import Cluster, ClusterMark, ClusterModel, Clusters, JudgedNumber
from desireline.journeys.results.common import CommonJourney, CommonJourneys
from desireline.journeys.results.contacts import (
    ContactGroup,
    Contacts,
    ContactTime,
    OutcomeShare,
    TransferChain,
    TransferCount,
)
from desireline.journeys.results.drivers import Driver, Drivers, Moment
from desireline.journeys.results.effort import Effort, EffortComponent, EffortGroup, EffortWeight
from desireline.journeys.results.emotion import EmotionStep
from desireline.journeys.results.funnel import (
    Funnel,
    FunnelDrop,
    FunnelGroup,
    FunnelStep,
    FunnelTimeBin,
    NextTouchpoint,
)
from desireline.journeys.results.handovers import Handover
from desireline.journeys.results.insights import Finding
from desireline.journeys.results.loops import Loop, Loops, TouchpointLoops
from desireline.journeys.results.outcomes import OutcomeCount, Outcomes
from desireline.journeys.results.paths import MainStep, PathLink, PathNode, Paths
from desireline.journeys.results.retention import Cohort, Retention, RetentionCell
from desireline.journeys.results.scores import ChannelAnswering, ScoreGroup, Scores
from desireline.journeys.results.survival import Survival, SurvivalStep
from desireline.journeys.smallest_group import EVERYBODY, is_small, small_group

R = TypeVar("R")
AS_IT_IS: tuple[str, ...] = ()
"""A row that counts nobody: it says something of the whole answer, or of the row that it lies in."""

ROWS: Mapping[type, tuple[str, ...]] = {
    Attributed: ("journeys", "converting"),
    ChannelAnswering: ("customers",),
    ChannelChain: ("customers",),
    ChannelContacts: ("contacts",),
    ChannelCount: ("count",),
    ChannelMove: ("customers",),
    ChannelPush: ("customers",),
    Cluster: ("customers",),
    ClusterMark: AS_IT_IS,
    Cohort: ("customers",),
    CommonJourney: ("customers",),
    ContactGroup: ("customers",),
    ContactTime: AS_IT_IS,
    Containment: ("chains",),
    Credit: AS_IT_IS,
    DistributionBin: ("sessions",),
    Driver: ("having.n", "lacking.n"),
    EffortComponent: ("contacts",),
    EffortGroup: ("contacts",),
    EffortWeight: AS_IT_IS,
    EmotionStep: AS_IT_IS,
    Ending: ("customers",),
    Finding: ("n",),
    FirstSeen: ("spans",),
    FlowEdge: ("customers",),
    FlowNode: ("customers",),
    FunnelDrop: ("customers", "returned_customers"),
    FunnelGroup: ("customers",),
    FunnelStep: AS_IT_IS,
    FunnelTimeBin: ("customers",),
    GapExample: AS_IT_IS,
    Handover: ("customers",),
    JudgedNumber: AS_IT_IS,
    LeavingMoves: ("moves",),
    Loop: ("customers",),
    MainStep: ("paths",),
    Moment: ("reach", "comparable"),
    NextTouchpoint: ("customers",),
    OutcomeCount: ("customers",),
    OutcomeShare: ("contacts",),
    PathLink: ("customers",),
    PathNode: ("customers",),
    RetentionCell: ("customers",),
    ScoreGroup: ("answers",),
    SelfServiceTouchpoint: ("interactions",),
    SilentSwitch: ("customers",),
    SkippedStage: ("customers",),
    StageSkips: ("spans",),
    SurvivalStep: ("at_risk",),
    TouchpointLoops: ("customers", "repeating_customers", "self_loops.customers", "repetitions.customers"),
    TransferChain: ("customers",),
    TransferCount: ("contacts",),
    Variant: ("customers",),
}
"""By kind of row: what says of how many it is, a number or a share of them; where one is too small, the row is left out."""

OF_A_PART: Mapping[type, tuple[tuple[str, ...], Callable[[Any], int]]] = {
    ContactGroup: (("median_repeat_seconds",), lambda row: row.repeats),
    ContactTime: (("median_seconds", "p90_seconds"), lambda row: row.mean.n),
    Handover: (("median_seconds",), lambda row: row.count - row.told),
}
"""By kind of row: its numbers that are about a part of it, and of how many that is; where it is too small, they lose their value."""

WHOLE: Mapping[type, tuple[str, ...]] = {
    Attribution: ("conversions", "journeys"),
    Chains: ("customers",),
    Clusters: ("total_customers",),
    CommonJourneys: ("total_customers",),
    Contacts: ("total.customers",),
    Drivers: ("customers",),
    Effort: ("customers", "contacts"),
    Funnel: ("steps.customers",),
    Loops: ("customers",),
    Outcomes: ("customers",),
    Overview: ("customers",),
    Paths: ("total_customers", "customers"),
    Retention: ("customers",),
    Scores: ("total.answers", "customers_answered"),
    Sessions: ("customers",),
    Survival: ("customers",),
    Variants: ("total_customers",),
}
"""By kind of answer: what says of how many the whole is; where one of these is too small, nothing is told."""
_UNTOUCHED = (ClusterModel,)
_NAMING = ("name", "touchpoint", "channel", "source", "target", "source_channel", "target_channel", "via")
"""Where a row may name a touchpoint or a channel."""


@dataclass(frozen=True, slots=True)
class Withheld(Generic[R]):
    """What is told of an answer, and how many rows and numbers of it are not."""

    answer: R
    left_out: int

    def notes(self, fewest: int) -> tuple[str, ...]:
        """For people: that something is left out."""
        if not self.left_out:
            return ()
        if self.left_out == 1:
            return (phrase("1 row or number about fewer than {fewest:,} customers left out", fewest=fewest),)
        return (
            phrase(
                "{count:,} rows and numbers about fewer than {fewest:,} customers left out",
                count=self.left_out,
                fewest=fewest,
            ),
        )


def told(kept: Kept[R], fewest: int, *, rare: Collection[str] = ()) -> Kept[R]:
    """A kept answer as it is told to somebody who sees numbers of so many customers and more, with a note on what is left out.

    Parameters are those of :func:`withhold`.

    Raises
    ------
    SmallGroupError
        All of it is about fewer.
    """
    if fewest <= EVERYBODY:
        return kept
    found = withhold(kept.answer, fewest, rare=rare)
    notes = (note_without_rare(each, fewest) for each in kept.notes)
    return Kept(found.answer, (*notes, *found.notes(fewest)))


def withhold(answer: R, fewest: int, *, rare: Collection[str] = ()) -> Withheld[R]:
    """An answer without rows and numbers that are about fewer customers.

    What a row counts instead of customers (contacts, answers, journeys) is taken for them.

    Parameters
    ----------
    rare
        Touchpoints and channels of fewer customers: rows about them are left out, however much they count.

    Raises
    ------
    SmallGroupError
        All of it is about fewer.
    """
    if any(is_small(number, fewest) for number in _numbers(answer, WHOLE.get(type(answer), ()))):
        raise small_group(fewest)
    walk = _Walk(fewest, frozenset(rare))
    found = _compared(answer, walk) if isinstance(answer, Comparison) else walk.through(answer)
    return Withheld(_tidy(found), walk.left_out)


def without_rows(rows: Sequence[R], fewest: int, counted: Callable[[R], Iterable[int]]) -> tuple[R, ...]:
    """Rows of which every number that counts customers is large enough."""
    return tuple(row for row in rows if not any(is_small(number, fewest) for number in counted(row)))


def blank(estimate: Estimate) -> Estimate:
    """An estimate as if nothing had been measured."""
    return replace(estimate, value=math.nan, n=0, low=math.nan, high=math.nan, deviation=math.nan)


@dataclass(slots=True)
class _Walk:
    """Goes through an answer and counts what it leaves out."""

    fewest: int
    rare: frozenset[str]
    left_out: int = 0

    def through(self, value: Any) -> Any:
        if isinstance(value, Estimate):
            return self._estimate(value)
        if isinstance(value, tuple):
            return self._rows(value)
        if isinstance(value, Mapping):
            return {key: self.through(each) for key, each in value.items() if not self._is_left_out(each)}
        if not is_dataclass(value) or isinstance(value, (type, *_UNTOUCHED)):
            return value
        if isinstance(value, Outcomes) and is_small(_having(value.in_time), self.fewest):
            self.left_out += 1
            value = replace(value, in_time=blank(value.in_time))
        said = {each.name: getattr(value, each.name) for each in fields(value)}
        changed = {name: new for name, old in said.items() if (new := self.through(old)) is not old}
        changed |= self._of_a_part(value)
        return replace(value, **changed) if changed else value

    def _rows(self, rows: tuple[Any, ...]) -> tuple[Any, ...]:
        if not any(is_dataclass(each) for each in rows):
            return rows
        kept = [each for each in rows if not self._is_small(each)]
        self.left_out += len(rows) - len(kept)
        return tuple(self.through(each) for each in kept)

    def _is_small(self, row: Any) -> bool:
        if any(getattr(row, name, None) in self.rare for name in _NAMING):
            return True
        return any(is_small(number, self.fewest) for number in _numbers(row, ROWS.get(type(row), ())))

    def _of_a_part(self, row: Any) -> dict[str, float]:
        names, count = OF_A_PART.get(type(row), ((), int))
        if not names or not is_small(count(row), self.fewest):
            return {}
        self.left_out += len(names)
        return dict.fromkeys(names, math.nan)

    def _is_left_out(self, value: Any) -> bool:
        small = isinstance(value, Estimate) and is_small(value.n, self.fewest)
        self.left_out += small
        return small

    def _estimate(self, estimate: Estimate) -> Estimate:
        if not is_small(estimate.n, self.fewest):
            return estimate
        self.left_out += 1
        return blank(estimate)


def _numbers(value: Any, paths: Sequence[str]) -> Iterable[int]:
    """What stands at some paths; through tuples each of theirs; of a share how many have it."""
    for path in paths:
        for found in _flat(reduce(_step, path.split("."), value)):
            yield _having(found) if isinstance(found, Estimate) else found


def _step(value: Any, name: str) -> Any:
    return tuple(getattr(each, name) for each in value) if isinstance(value, tuple) else getattr(value, name)


def _flat(found: Any) -> tuple[Any, ...]:
    return found if isinstance(found, tuple) else (found,)


def _having(share: Estimate) -> int:
    return 0 if math.isnan(share.value) else round(share.value * share.n)


def _compared(found: Comparison, walk: _Walk) -> Comparison:
    """Without the numbers of which one side is too small: what it is of, and of a share those of whom it is true."""
    sizes = found.sizes
    if sizes is not None and any(is_small(number, walk.fewest) for number in (sizes.first, sizes.second)):
        raise small_group(walk.fewest)
    kept = without_rows(found.differences, walk.fewest, _sides)
    walk.left_out += len(found.differences) - len(kept)
    return replace(found, differences=kept)


def _sides(row: Difference) -> Iterable[int]:
    for each in (row.before, row.after):
        yield each.n
        if each.kind == "share":
            yield _having(each)


def _tidy(answer: Any) -> Any:
    """What hangs on a row that was left out goes with it."""
    if not isinstance(answer, Paths):
        return answer
    shown = {(each.step, each.name) for each in answer.nodes}
    whole = takewhile(lambda each: abs(each[1].step) == each[0] and _is_on(each[1], shown), enumerate(answer.main_path))
    return replace(answer, main_path=tuple(step for _, step in whole))


def _is_on(each: MainStep, shown: set[tuple[int, str]]) -> bool:
    return each.name is None or (each.step, each.name) in shown
