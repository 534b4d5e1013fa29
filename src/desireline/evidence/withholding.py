"""What was measured along a map as it is told to somebody who may not see customers. See docs/privacy.md."""

from __future__ import annotations

import math
from collections.abc import Collection
from dataclasses import replace

from desireline.evidence.bindings import StepBinding
from desireline.evidence.lane_results import Lanes, MapMeasures, StepLane, StepReading
from desireline.evidence.map_series import MapSeries
from desireline.evidence.proposals import Proposal, Proposals
from desireline.evidence.results import AlignmentFigures, MapCheck, ProcessShape, StepCheck
from desireline.evidence.step_customers import MapCustomers
from desireline.journeys.estimates import Estimate
from desireline.journeys.smallest_group import is_small, small_group
from desireline.journeys.withholding import blank, without_rows
from desireline.maps.measured import BindingState


def withheld_measures(
    found: MapMeasures, customers: MapCustomers, fewest: int, *, rare: Collection[str], of_all: MapCustomers
) -> MapMeasures:
    """What was measured, without the steps that too few customers come to, and numbers of too few journeys.

    Parameters
    ----------
    customers
        See :func:`~desireline.evidence.step_customers.customers_on_map`.
    rare
        Touchpoints and channels of fewer customers.
    of_all
        The customers of all of the data: what is known of bindings is about them.

    Raises
    ------
    SmallGroupError
        All of it is about fewer customers or journeys.
    """
    if is_small(customers.on_map, fewest) or is_small(found.check.figures.journeys, fewest):
        raise small_group(fewest)
    hidden = _hidden(found.check, customers, fewest)
    lanes = [each for each in found.lanes.steps if each.step not in hidden]
    shown = tuple(_lane(each, rare, fewest) for each in without_rows(lanes, fewest, lambda each: (each.stays,)))
    return replace(
        found,
        check=_check(found.check, hidden, rare, fewest, of_all),
        lanes=Lanes(shown, found.lanes.currency, found.lanes.scales),
        metrics=tuple(_reading(each, hidden, fewest) for each in found.metrics),
    )


def withheld_binding(binding: StepBinding, of_all: MapCustomers, fewest: int) -> StepBinding:
    """What is known of a step's binding; of too few customers neither how many interactions nor whether, and since when, it is silent.

    Parameters
    ----------
    of_all
        The customers of all of the data.
    """
    if not is_small(of_all.at_steps.get(binding.step, 0), fewest):
        return binding
    state: BindingState = "bound" if binding.state == "silent" else binding.state
    return replace(binding, state=state, interactions=0, last=None)


def withheld_series(found: MapSeries, customers: MapCustomers, fewest: int) -> MapSeries:
    """A series, its points of too few journeys without a value.

    Raises
    ------
    SmallGroupError
        Too few customers come to the step.
    """
    if is_small(customers.at_steps.get(found.step, 0), fewest):
        raise small_group(fewest)
    points = tuple(replace(each, estimate=_estimate(each.estimate, fewest)) for each in found.points)
    return replace(found, points=points)


def withheld_proposals(found: Proposals, fewest: int) -> Proposals:
    """Proposals that enough journeys speak for.

    Raises
    ------
    SmallGroupError
        All of them are about fewer journeys.
    """
    if is_small(found.journeys, fewest):
        raise small_group(fewest)
    return replace(
        found,
        proposals=without_rows(found.proposals, fewest, _speaking),
        rejected=without_rows(found.rejected, fewest, _speaking),
        discarded=without_rows(found.discarded, fewest, _speaking),
    )


def _speaking(proposal: Proposal) -> tuple[int, int]:
    return proposal.count, proposal.candidate.of


def _hidden(check: MapCheck, customers: MapCustomers, fewest: int) -> frozenset[str]:
    few = {step for step, number in customers.at_steps.items() if is_small(number, fewest)}
    reached = {step.id for step in check.steps if step.counts is not None and is_small(step.counts.reached, fewest)}
    return frozenset(few | reached)


def _check(
    check: MapCheck, hidden: Collection[str], rare: Collection[str], fewest: int, of_all: MapCustomers
) -> MapCheck:
    bound = (replace(each, binding=withheld_binding(each.binding, of_all, fewest)) for each in check.steps)
    steps = tuple(replace(each, counts=None) if each.id in hidden else _step(each, fewest) for each in bound)
    return replace(check, steps=steps, figures=_figures(check.figures, hidden, rare, fewest))


def _step(step: StepCheck, fewest: int) -> StepCheck:
    if step.counts is None or not is_small(step.counts.median_n, fewest):
        return step
    counts = replace(step.counts, median_seconds=math.nan, median_low=math.nan, median_high=math.nan, median_n=0)
    return replace(step, counts=counts)


def _figures(
    figures: AlignmentFigures, hidden: Collection[str], rare: Collection[str], fewest: int
) -> AlignmentFigures:
    transitions = [each for each in figures.transitions if not {each.source, each.target} & set(hidden)]
    unplanned = [each for each in figures.unplanned if each.after not in hidden and each.touchpoint not in rare]
    return replace(
        figures,
        process=_process(figures.process, fewest),
        transitions=without_rows(transitions, fewest, lambda each: (each.count,)),
        unplanned=without_rows(unplanned, fewest, lambda each: (each.count,)),
    )


def _process(process: ProcessShape, fewest: int) -> ProcessShape:
    if not is_small(process.journeys, fewest):
        return process
    shares = (blank(each) for each in (process.linear, process.branching, process.cyclical))
    return ProcessShape("unknown", 0, *shares)


def _lane(lane: StepLane, rare: Collection[str], fewest: int) -> StepLane:
    feelings = {line: each for line, each in lane.feelings.items() if not is_small(each.n, fewest)}
    common = [each for each in lane.channels if each.channel not in rare]
    channels = without_rows(common, fewest, lambda each: (each.interactions,))
    return replace(
        lane,
        channels=channels,
        effort=_estimate(lane.effort, fewest),
        cost=_estimate(lane.cost, fewest),
        nps=_estimate(lane.nps, fewest),
        csat=_estimate(lane.csat, fewest),
        ces=_estimate(lane.ces, fewest),
        sentiment=_estimate(lane.sentiment, fewest),
        feelings=feelings,
    )


def _estimate(estimate: Estimate, fewest: int) -> Estimate:
    return blank(estimate) if is_small(estimate.n, fewest) else estimate


def _reading(each: StepReading, hidden: Collection[str], fewest: int) -> StepReading:
    measure = each.reading.measure
    if measure is None or (each.step not in hidden and not is_small(measure.n, fewest)):
        return each
    return replace(each, reading=replace(each.reading, measure=None, health="unknown"))
