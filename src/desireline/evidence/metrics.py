"""The metrics that a map places at steps, as measured, beside their targets. Definitions: docs/measured-lanes.md."""

from __future__ import annotations

import math
from collections.abc import Mapping

from desireline.evidence.lane_results import Lanes, StepLane, StepReading, as_measure
from desireline.evidence.results import MapCheck, StepCheck, StepCounts
from desireline.journeys.estimates import Estimate, share
from desireline.maps import JourneyMap, Metric, MetricPlacement
from desireline.maps.measured import SHARE, Health, Measure, MetricReading

SMALL_N = 30
"""Of fewer, a value whose interval has the target in it is neither good nor bad."""
TIME_UNITS: Mapping[str, float] = {"seconds": 1, "minutes": 60, "hours": 3_600, "days": 86_400, "weeks": 604_800}
"""What a median time may be told in, and its seconds; else it is told in days."""
_DAYS = "days"


def read_metrics(journey_map: JourneyMap, check: MapCheck, lanes: Lanes) -> tuple[StepReading, ...]:
    """The metrics placed at the steps of a map, in its order, each once a step.

    Parameters
    ----------
    check, lanes
        What was measured along it.
    """
    known = {metric.id: metric for metric in journey_map.metrics}
    steps = {step.id: step for step in check.steps}
    measured = {lane.step: lane for lane in lanes.steps}
    found = []
    for step in journey_map.steps:
        for placement in {each.metric: each for each in step.metrics}.values():
            metric = known.get(placement.metric)
            if metric is not None:
                measure = _measure(metric, steps[step.id], measured.get(step.id), lanes.currency)
                found.append(StepReading(step.id, _reading(metric, placement, measure)))
    return tuple(found)


def drop_off(step: StepCheck) -> Estimate:
    """Of the journeys that reached a step and are not still open there, the share that left at it."""
    named = f"{step.id}: drop-off"
    if step.counts is None:
        return Estimate(named, "share", math.nan, 0)
    return share(named, step.counts.left, step.counts.reached - step.counts.open)


def health_of(metric: Metric, placement: MetricPlacement, measure: Measure | None) -> Health:
    """Good at the target or better, bad beyond ``attention``, attention between; unknown where that cannot be said.

    That is so without a value or a target, where the unit of the metric is not that of the value, and where fewer than :data:`SMALL_N`
    were measured and the interval has the target in it, or there is none.
    """
    target, attention = targets_of(metric, placement)
    if measure is None or target is None:
        return "unknown"
    if metric.kind != "number":
        if metric.unit is not None and not metric.is_share and metric.unit != measure.unit:
            return "unknown"
        if measure.n < SMALL_N and not _is_clear(measure, target):
            return "unknown"
    sign = 1 if metric.direction == "higher" else -1
    if sign * measure.value >= sign * target:
        return "good"
    is_beyond = attention is not None and sign * measure.value < sign * attention
    return "bad" if is_beyond else "attention"


def targets_of(metric: Metric, placement: MetricPlacement) -> tuple[float | None, float | None]:
    """Target and limit of attention: the placement's own, else the metric's."""
    return (
        metric.target if placement.target is None else placement.target,
        metric.attention if placement.attention is None else placement.attention,
    )


def _is_clear(measure: Measure, target: float) -> bool:
    if measure.low is None or measure.high is None:
        return False
    return target < measure.low or target > measure.high


def _reading(metric: Metric, placement: MetricPlacement, measure: Measure | None) -> MetricReading:
    target, _ = targets_of(metric, placement)
    health = health_of(metric, placement, measure)
    return MetricReading(metric.id, metric.name, measure, target, health, metric.direction)


def _measure(metric: Metric, step: StepCheck, lane: StepLane | None, currency: str) -> Measure | None:
    if metric.kind == "number":
        return _newest(metric)
    if lane is None or step.counts is None:
        return None
    match metric.kind:
        case "reach":
            return as_measure(step.share("reached"), SHARE)
        case "drop-off":
            return as_measure(drop_off(step), SHARE)
        case "median-time":
            return _time(metric, step.counts)
        case "csat":
            return as_measure(lane.csat, SHARE)
        case "cost":
            return as_measure(lane.cost, currency)
        case _:
            return as_measure(lane.estimates()[metric.kind], "points")


def _time(metric: Metric, counts: StepCounts) -> Measure | None:
    if math.isnan(counts.median_seconds):
        return None
    unit = metric.unit if metric.unit is not None and metric.unit in TIME_UNITS else _DAYS
    value, low, high = (each / TIME_UNITS[unit] for each in counts.median)
    if math.isnan(low):
        return Measure(value, counts.median_n, unit=unit)
    return Measure(value, counts.median_n, low, high, unit)


def _newest(metric: Metric) -> Measure | None:
    if not metric.values:
        return None
    last = max(metric.values, key=lambda each: each.date)
    return Measure(last.value, last.n or 0, unit=metric.unit or "")
