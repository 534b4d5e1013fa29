"""A figure of a map over time, recomputed from the log by the rule that holds today."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta, tzinfo
from typing import Any, Literal, Unpack, get_args

from desireline.base import InputError, Period, Progress, UnknownNameError, closest_names, phrase
from desireline.evidence.bindings import DEFAULT_SILENT_AFTER
from desireline.evidence.checking import Prepared, checked, open_rule_of, prepare
from desireline.evidence.counting_rules import RuleVersion, rule_versions
from desireline.evidence.lane_results import StepLane, median_time
from desireline.evidence.lanes import DEFAULT_LONGEST_STAY, LanesAnalysis, ScoreRules
from desireline.evidence.measuring import lanes_analysis
from desireline.evidence.metrics import drop_off
from desireline.evidence.results import AlignmentFigures
from desireline.interactions import count_log
from desireline.journeys import Analysis, Selection, ask_together
from desireline.journeys.estimates import Estimate
from desireline.journeys.model import Result
from desireline.journeys.selection import SelectionOptions, read_period
from desireline.maps import JourneyMap
from desireline.store import Workspace

SeriesMeasure = Literal["reach", "drop-off", "median-time", "effort", "cost", "nps", "csat", "ces", "sentiment"]
SERIES_MEASURES: tuple[SeriesMeasure, ...] = get_args(SeriesMeasure)
SeriesBy = Literal["month", "week"]
MOST_POINTS = 600
_OF_ALIGNMENT = ("reach", "drop-off", "median-time")


@dataclass(frozen=True, slots=True)
class SeriesPoint:
    """One month or week.

    Attributes
    ----------
    name
        ``2026-03``, ``2026-W09`` (ISO 8601).
    start, end
        Its first day and its last, by the clock of the workspace.
    estimate
        NaN of no journeys.
    is_over
        Whether the data goes on after it.
    changes
        The versions of the map with which another rule came in it; the past is counted by today's all the same.
    """

    name: str
    start: date
    end: date
    estimate: Estimate
    is_over: bool
    changes: tuple[RuleVersion, ...] = ()


@dataclass(frozen=True, slots=True)
class MapSeries(Result):
    """A figure at a step of a map over time.

    Attributes
    ----------
    points
        Every month or week from the first interaction to the last, in order.
    rules
        How the step was counted in the versions of the map, the oldest first; the last one is what all points are counted by.
    """

    map: str
    step: str
    name: str
    measure: SeriesMeasure
    by: SeriesBy
    points: tuple[SeriesPoint, ...]
    rules: tuple[RuleVersion, ...]

    def rows(self) -> list[dict[str, Any]]:
        """A row for each point."""
        return [
            {
                self.by: each.name,
                "start": each.start.isoformat(),
                "end": each.end.isoformat(),
                "value": each.estimate.value,
                "low": each.estimate.low,
                "high": each.estimate.high,
                "n": each.estimate.n,
                "is_over": each.is_over,
                "rule_changed_by": [change.number for change in each.changes],
            }
            for each in self.points
        ]

    def to_dict(self) -> dict[str, Any]:
        """``{"map", "step", "name", "measure", "unit", "by", "points": […], "rules": […]}``."""
        unit = next((each.estimate.unit for each in self.points if each.estimate.unit), "")
        is_share = any(each.estimate.kind == "share" for each in self.points)
        return {
            "map": self.map,
            "step": self.step,
            "name": self.name,
            "measure": self.measure,
            "unit": "share" if is_share else unit,
            "by": self.by,
            "points": self.rows(),
            "rules": [each.to_dict() for each in self.rules],
        }

    def estimates(self) -> tuple[Estimate, ...]:
        """Those of the points."""
        return tuple(each.estimate for each in self.points)


def series(
    workspace: Workspace,
    journey_map: JourneyMap,
    step: str,
    measure: SeriesMeasure = "reach",
    *,
    by: SeriesBy = "month",
    scores: ScoreRules = ScoreRules(),
    longest_stay: timedelta | str = DEFAULT_LONGEST_STAY,
    progress: Progress | None = None,
    **selection: Unpack[SelectionOptions],
) -> MapSeries:
    """A figure at a step over time: for each month or week what :func:`~desireline.evidence.measure` gives for that period.

    All of the past is counted by the rule of ``journey_map``; where an earlier version had another one is told beside.

    Parameters
    ----------
    measure
        One of :data:`SERIES_MEASURES`.
    by
        Months, or weeks from Monday, by the clock of the workspace.

    Others: see :func:`~desireline.evidence.measure`. Threads of this process do it.

    Raises
    ------
    InputError
        The step cannot be measured, there would be more than :data:`MOST_POINTS` points, or an argument has no such value.
    UnknownNameError
        The map has no such step.
    """
    _check(journey_map, step, measure, by)
    prepared = prepare(workspace, journey_map, selection, silent_after=DEFAULT_SILENT_AFTER, progress=progress)
    if step not in {each.id for each in prepared.analysis.graph.steps}:
        state = next(each for each in prepared.bindings if each.step == step)
        raise InputError(phrase("the step {step!r} cannot be measured: {state}", step=step, state=state.text()))
    period, end = _whole_period(prepared)
    periods = list(_periods(period, by, workspace.zone))
    if len(periods) > MOST_POINTS:
        raise InputError(
            phrase(
                "expected at most {most} points, got {count:,} (by {by})", most=MOST_POINTS, count=len(periods), by=by
            ),
            hint=phrase("name a shorter --period"),
        )
    lanes = None if measure in _OF_ALIGNMENT else lanes_analysis(prepared, scores, longest_stay)
    questions = [_question(prepared, lanes, _clipped(each, period)) for each in periods]
    answers = ask_together(workspace, questions, progress=progress) if questions else ()
    rules = rule_versions(workspace, journey_map, step)
    points = tuple(
        _point(each, _estimate(prepared, answer, step, measure), by, workspace.zone, end, rules[1:])
        for each, answer in zip(periods, answers, strict=True)
    )
    name = next(each.name for each in journey_map.steps if each.id == step)
    return MapSeries(journey_map.id, step, name, measure, by, points, rules)


def _check(journey_map: JourneyMap, step: str, measure: str, by: str) -> None:
    steps = [each.id for each in journey_map.steps]
    if step not in steps:
        close = closest_names(step, steps)
        hint = (
            phrase("did you mean {close}?", close=", ".join(close))
            if close
            else phrase("steps: {steps}", steps=", ".join(steps[:20]))
        )
        raise UnknownNameError(phrase("the map {id!r} has no step {step!r}", id=journey_map.id, step=step), hint=hint)
    if measure not in SERIES_MEASURES:
        raise InputError(
            phrase(
                "measure: expected one of {known}, got {measure!r}", known=", ".join(SERIES_MEASURES), measure=measure
            )
        )
    if by not in get_args(SeriesBy):
        raise InputError(phrase("by: expected month or week, got {by!r}", by=by))


def _whole_period(prepared: Prepared) -> tuple[Period, datetime | None]:
    """The asked period, as far as there is data; and the end of the record."""
    log = count_log(prepared.workspace)
    asked = read_period(prepared.workspace, prepared.selection.period)
    if log.first_at is None or log.record_end is None:
        return Period(), None
    after = log.record_end + timedelta(microseconds=1)
    start = log.first_at if asked.start is None else max(asked.start, log.first_at)
    return Period(start, after if asked.end is None else min(asked.end, after)), log.record_end


def _periods(whole: Period, by: SeriesBy, zone: tzinfo) -> Iterator[Period]:
    """The months or weeks that a period touches."""
    if whole.start is None or whole.end is None or whole.end <= whole.start:
        return
    day = whole.start.astimezone(zone).date()
    first = day.replace(day=1) if by == "month" else day - timedelta(days=day.weekday())
    while _midnight(first, zone) < whole.end:
        following = (first + timedelta(days=32)).replace(day=1) if by == "month" else first + timedelta(days=7)
        yield Period(_midnight(first, zone), _midnight(following, zone))
        first = following


def _midnight(day: date, zone: tzinfo) -> datetime:
    return datetime.combine(day, time(), zone)


def _question(prepared: Prepared, lanes: LanesAnalysis | None, period: Period) -> tuple[Analysis[Any], Selection]:
    selection = replace(prepared.selection, period=period)
    alignment = replace(prepared.analysis, open_rule=open_rule_of(prepared.workspace, selection, None))
    return (alignment if lanes is None else replace(lanes, alignment=alignment)), selection


def _clipped(period: Period, whole: Period) -> Period:
    assert period.start is not None and period.end is not None and whole.start is not None and whole.end is not None
    return Period(max(period.start, whole.start), min(period.end, whole.end))


def _estimate(prepared: Prepared, answer: Any, step: str, measure: SeriesMeasure) -> Estimate:
    named = f"{step}: {measure}"
    if not isinstance(answer, AlignmentFigures):
        lane: StepLane = next(each for each in answer.steps if each.step == step)
        return replace(lane.estimates()[measure], name=named)
    found = checked(prepared, answer)
    own = next(each for each in found.steps if each.id == step)
    if measure == "reach":
        return replace(own.share("reached"), name=named)
    if measure == "drop-off":
        return drop_off(own)
    waited = median_time(own) or Estimate(named, "mean", math.nan, 0, unit="seconds")
    return replace(waited, name=named)


def _point(
    period: Period,
    estimate: Estimate,
    by: SeriesBy,
    zone: tzinfo,
    end: datetime | None,
    changes: tuple[RuleVersion, ...],
) -> SeriesPoint:
    assert period.start is not None and period.end is not None
    first = period.start.astimezone(zone).date()
    last = (period.end.astimezone(zone) - timedelta(microseconds=1)).date()
    year, week, _ = first.isocalendar()
    own = tuple(each for each in changes if each.saved_at is not None and period.start <= each.saved_at < period.end)
    name = f"{first:%Y-%m}" if by == "month" else f"{year}-W{week:02}"
    return SeriesPoint(name, first, last, estimate, end is not None and period.end <= end, own)
