"""Rules about how the map is tied to what happens."""

from __future__ import annotations

from collections.abc import Iterator

from desireline.base import phrase
from desireline.maps.linting.finding import Rule, Spot
from desireline.maps.linting.given import Given
from desireline.maps.measured import StepMeasures
from desireline.maps.model import Metric, MetricPlacement


def _unbound_step(given: Given) -> Iterator[Spot]:
    steps = given.map.steps
    unbound = [step for step in steps if step.binding is None]
    if given.map.state == "future" or not unbound:
        return
    if len(unbound) == len(steps):
        yield Spot(phrase("no step says which interactions count as reaching it: the map cannot be measured"))
        return
    for step in unbound:
        message = f'"{step.name}" does not say which interactions count as reaching it'
        yield Spot(message, step.id, given.path("step", step.id))


def _silent_binding(given: Given) -> Iterator[Spot]:
    bound = sum(step.binding is not None for step in given.map.steps)
    if given.measured is None and bound:
        message = phrase(
            "whether the binding of 1 step is silent or broken: no workspace with interactions was named (-w)"
            if bound == 1
            else "whether the bindings of {bound} steps are silent or broken: no workspace with interactions was named (-w)",
            bound=bound,
        )
        yield Spot(message, checked=False)
    for each in _measures(given, "silent"):
        message = phrase(
            "no interaction counted since {day}" if each.silent_since else "no interaction counted",
            day=each.silent_since,
        )
        yield Spot(message, each.step, given.path("step", each.step))


def _broken_binding(given: Given) -> Iterator[Spot]:
    for each in _measures(given, "broken"):
        message = phrase(
            "its binding cannot be counted any more: {why}"
            if each.broken_by
            else "its binding cannot be counted any more",
            why=each.broken_by,
        )
        yield Spot(message, each.step, given.path("step", each.step))


def _measures(given: Given, state: str) -> Iterator[StepMeasures]:
    found = given.measured.steps if given.measured is not None else ()
    return (each for each in found if each.binding == state)


def _target_no_share(given: Given) -> Iterator[Spot]:
    shares = {each.id: each for each in given.map.metrics if each.is_share}
    for each in shares.values():
        for said in _no_shares(each)[:1]:
            message = f'"{each.name}" is a share, from 0 to 1, and its target or limit is {said:g}'
            yield Spot(message, each.id, given.path("metric", each.id))
    for step in given.map.steps:
        for placed in (each for each in step.metrics if each.metric in shares):
            for said in _no_shares(placed)[:1]:
                message = f'"{shares[placed.metric].name}" is a share, from 0 to 1; its target or limit at "{step.name}" is {said:g}'
                yield Spot(message, f"{step.id}/{placed.metric}", given.path("step", step.id))


def _no_shares(said: Metric | MetricPlacement) -> list[float]:
    return [each for each in (said.target, said.attention) if each is not None and not 0 <= each <= 1]


RULES = (
    Rule(
        "target-is-no-share",
        "warning",
        "A target or limit of a metric of the kind reach, drop-off or csat does not lie between 0 and 1",
        phrase("30 % is written 0.3"),
        _target_no_share,
    ),
    Rule(
        "unbound-step",
        "warning",
        "A step does not say which interactions count as reaching it; said once where no step does, not asked of a future state",
        phrase("binding: {{where: \"touchpoint = 'Order placed'\"}}"),
        _unbound_step,
    ),
    Rule(
        "silent-binding",
        "warning",
        "A step was bound and no interaction has counted for long",
        phrase("has the touchpoint another name now? See the taxonomy, or change the binding"),
        _silent_binding,
    ),
    Rule(
        "broken-binding",
        "error",
        "A step is bound to something that is gone",
        phrase("change the binding, or bring back what it names"),
        _broken_binding,
    ),
)
