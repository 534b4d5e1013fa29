"""Numbers of findings: what was counted on the days of a change, and on all others."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray

from desireline.base import InputError, phrase
from desireline.journeys.analyses.insights import InsightsAnalysis
from desireline.journeys.analyses.insights.counting import CountingPass, Looked
from desireline.journeys.analyses.insights.plan import HORIZON_US, NUMBERS, Plan
from desireline.journeys.analyses.insights.surveying import Survey, SurveyPass
from desireline.journeys.behind.finding import AnalysisNumber, Finder, FoundSpans, code_among, code_of, spans_of
from desireline.journeys.engine import Answer, Pass
from desireline.journeys.model import Names, Spans
from desireline.journeys.results.insights import Measure
from desireline.journeys.spans import rows_of
from desireline.store import Workspace

_Told = Callable[[Looked], NDArray[np.bool_]]
_EPOCH = date(1970, 1, 1)
ChangeThat = Literal["all", "counted"]


@dataclass(frozen=True, slots=True)
class Change:
    """What a finding says of some days.

    Attributes
    ----------
    measure, subject
        As a finding has them.
    segment
        Attribute, with or without ``attributes.``, and value; ``None``: everybody.
    first_day, last_day
        Both included; ``None`` where it goes on.
    is_otherwise
        All other days instead.
    """

    measure: Measure
    subject: str
    segment: tuple[str, str] | None
    first_day: date
    last_day: date | None = None
    is_otherwise: bool = False


@dataclass(frozen=True, slots=True)
class ChangeNumber(AnalysisNumber[InsightsAnalysis]):
    """Spans with what a finding counts.

    Attributes
    ----------
    plan
        What the answer counted: see :class:`PlanReading`.
    change
        What is counted, and on which days.
    that
        "all" that a share or mean is of; or "counted": of a share, those who did it.
    """

    plan: Plan
    change: Change
    that: ChangeThat = "all"

    def finder(self, workspace: Workspace, names: Names) -> Finder:
        """See :class:`Number`."""
        goals = () if self.analysis.goals is None else self.analysis.goals.ready(names)
        counting = CountingPass(names, self.plan, goals)
        days, segment = self._days(), self._segment()
        if self.change.measure == "conversion":
            return self._of_journeys(counting, days, segment)
        told = self._told(names)

        def find(spans: Spans) -> FoundSpans:
            looked = counting.marked(spans)
            inside = np.zeros(len(looked.touchpoints), np.bool_)
            inside[rows_of(looked.spans)] = True
            chosen = inside & told(looked) & _in_days(looked.marks.days, days)
            if segment is not None:
                chosen &= looked.marks.segments[:, segment[0]] == segment[1]
            places = np.flatnonzero(chosen)
            found = spans_of(spans, places)
            if self.change.measure != "level":
                return found
            return found._replace(times=_days_of_owners(looked, places, self.plan.days))

        return find

    def _of_journeys(self, counting: CountingPass, days: NDArray[np.bool_], segment: tuple[int, int] | None) -> Finder:
        known = {each.window.journey: each for each in counting.goals}
        code_among(self.change.subject, list(known), what=phrase("journey"))
        goal = known[self.change.subject]

        def find(spans: Spans) -> FoundSpans:
            looked = counting.marked(spans)
            journeys = goal.journeys(looked.spans.part, looked.marks, self.plan)
            chosen = _in_days(looked.marks.days[journeys.places], days)
            if segment is not None:
                chosen &= looked.marks.segments[journeys.places, segment[0]] == segment[1]
            if self.that == "counted":
                chosen &= journeys.reached
            return spans_of(spans, np.sort(journeys.places[chosen]))

        return find

    def _told(self, names: Names) -> _Told:
        measure = self.change.measure
        subjects = self.change.subject.split(" → ") if measure == "transition" else [self.change.subject]
        codes = [code_of(each, names, "touchpoint") for each in subjects]
        if measure in NUMBERS:
            return lambda looked: _known(looked, measure, codes[0])
        places = [code_among(each, self._touchpoints(names), what=phrase("touchpoint")) for each in subjects]
        if measure == "level":
            return lambda looked: self._active(looked, places[0])
        return lambda looked: self._left(looked, places)

    def _touchpoints(self, names: Names) -> list[str]:
        return [names.touchpoints[code] for code in self.plan.touchpoints]

    def _active(self, looked: Looked, place: int) -> NDArray[np.bool_]:
        if self.that == "all":
            return np.greater_equal(looked.touchpoints, 0)
        found: NDArray[np.bool_] = (looked.touchpoints == place) & ~looked.marks.prompted
        return found

    def _left(self, looked: Looked, places: list[int]) -> NDArray[np.bool_]:
        left: NDArray[np.bool_] = (looked.touchpoints == places[0]) & ~looked.marks.prompted
        if self.that == "all":
            return left
        times = looked.spans.part.times
        follows = np.zeros(len(left), np.bool_)
        follows[:-1] = (
            (looked.touchpoints[1:] == places[1]) & ~looked.marks.prompted[1:] & (np.diff(times) <= HORIZON_US)
        )
        follows[looked.spans.ends - 1] = False
        return left & follows

    def _days(self) -> NDArray[np.bool_]:
        """Which days of the plan are meant: bool[d]."""
        plan, change = self.plan, self.change
        first = (change.first_day - _EPOCH).days - plan.first_day
        last = plan.days - 1 if change.last_day is None else (change.last_day - _EPOCH).days - plan.first_day
        days = np.arange(plan.days)
        during: NDArray[np.bool_] = (days >= first) & (days <= last)
        return ~during if change.is_otherwise else during

    def _segment(self) -> tuple[int, int] | None:
        """The place of the attribute among those of the plan, and the number of the segment."""
        if self.change.segment is None:
            return None
        name, value = self.change.segment
        short = [each.name.removeprefix("attributes.") for each in self.plan.attributes]
        place = code_among(name.removeprefix("attributes."), short, what=phrase("segment"))
        attribute = self.plan.attributes[place]
        return place, attribute.first + code_among(value, attribute.values, what=phrase("segment"))


def _in_days(days: NDArray[np.int64], wanted: NDArray[np.bool_]) -> NDArray[np.bool_]:
    known = (days >= 0) & (days < len(wanted))
    return known & wanted[np.where(known, days, 0)]


def _known(looked: Looked, measure: str, code: int) -> NDArray[np.bool_]:
    part = looked.spans.part
    known: NDArray[np.bool_] = (part.touchpoints == code) & ~np.isnan(part.field(measure))
    return known


def _days_of_owners(looked: Looked, places: NDArray[np.int64], days: int) -> int:
    """On how many days of how many customers, each day of each customer once."""
    spans = looked.spans
    numbers = np.searchsorted(spans.starts, places, side="right") - 1
    return len(np.unique(spans.owners[numbers] * np.int64(days) + looked.marks.days[places]))


@dataclass(frozen=True, slots=True)
class PlanReading:
    """What an answer of insights counts by day; ``None`` where there is too little to count."""

    analysis: InsightsAnalysis

    @property
    def fields(self) -> tuple[str, ...]:
        """The further fields of the log that are looked at."""
        return self.analysis.fields

    def begin(self, names: Names) -> Pass[Any, Plan | None]:
        """The first reading."""
        surveying = self.analysis.begin(names)
        assert isinstance(surveying, SurveyPass)
        return _PlanPass(surveying)


@dataclass(frozen=True, slots=True)
class _PlanPass(Pass[Survey, Plan | None]):
    surveying: SurveyPass

    def partial(self, spans: Spans) -> Survey:
        return self.surveying.partial(spans)

    def combine(self, first: Survey, second: Survey) -> Survey:
        return self.surveying.combine(first, second)

    def conclude(self, state: Survey) -> Answer[Plan | None]:
        found = self.surveying.conclude(state)
        return Answer(found.plan if isinstance(found, CountingPass) else None)


def plan_or_error(plan: Plan | None) -> Plan:
    """The plan.

    Raises
    ------
    InputError
        There is none.
    """
    if plan is None:
        raise InputError(phrase("expected a finding, got none: there are too few days to find changes in"))
    return plan
