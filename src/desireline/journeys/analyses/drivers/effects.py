"""What counts of spans by feature, stratum and outcome say."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from desireline.base import format_seconds, phrase
from desireline.interactions.condition import ATTRIBUTE_PREFIX
from desireline.journeys.analyses.drivers.plan import WAITS_SECONDS, Plan, Settings
from desireline.journeys.estimates import share, sure_ones
from desireline.journeys.model import Names
from desireline.journeys.results.drivers import Driver, DriverKind, Drivers, Moment
from desireline.kernels.stratified import mantel_haenszel

if TYPE_CHECKING:
    from desireline.journeys.analyses.drivers.counting import Counts

_TWO_SIDED_95 = 1.959963984540054


@dataclass(frozen=True, slots=True)
class _Feature:
    """Spans with a feature, and those among which they are, by stratum: int64[strata, 2], without the outcome first."""

    kind: DriverKind
    of: tuple[str, ...]
    name: str
    among: str | None
    having: NDArray[np.int64]
    compared: NDArray[np.int64]


def find_drivers(names: Names, asked: Settings, plan: Plan, state: Counts) -> Drivers:
    """The comparison of every feature that some of the spans have and some have not."""
    spans, reached, customers, at_once, left_out = plan.chosen.counts.tolist()
    found = [
        _driver(each, asked.text, spans)
        for each in _features(names, plan, state)
        if 0 < each.having.sum() < each.compared.sum()
    ]
    sure = sure_ones([each.p for each, _ in found])
    marked = [(replace(each, is_sure=is_sure), error) for (each, error), is_sure in zip(found, sure, strict=True)]
    drivers = sorted((each for each, _ in marked), key=_order)
    moments = sorted(
        (_moment(each, error) for each, error in marked if each.kind == "touchpoint" and each.p == each.p),
        key=lambda each: (not each.is_sure, -abs(each.points), each.touchpoint),
    )
    return Drivers(
        outcome=asked.text,
        is_negative=asked.is_negative,
        adjusted_for=_adjusted_for(asked),
        reached=share(phrase("spans with {what}", what=asked.text), reached, spans),
        customers=customers,
        at_once=at_once,
        left_out=left_out,
        compared=len(drivers),
        tested=sum(each.p == each.p for each in drivers),
        sure=sum(sure),
        drivers=tuple(drivers[: asked.top]),
        moments=tuple(moments[: asked.top]),
    )


def _features(names: Names, plan: Plan, state: Counts) -> Iterator[_Feature]:
    touchpoints = [names.touchpoints[code] for code in plan.chosen.touchpoints]
    counts, count = state.features, len(touchpoints)
    for number, name in enumerate(touchpoints):
        yield _Feature("touchpoint", (name,), name, None, counts[..., number], state.spans)
        again = counts[..., count + 1 + number]
        more = phrase("{name}, more than once", name=name)
        yield _Feature("repeat", (name,), more, name, again, counts[..., number])
    for number, name in enumerate(names.channels, start=3 * count + 1):
        yield _Feature("channel", (name,), f"channel = {name}", None, counts[..., number], state.spans)
    for number, (one, other) in enumerate(plan.moves, start=3 * count + 1 + len(names.channels)):
        of = (touchpoints[one], touchpoints[other])
        followed = counts[..., 2 * count + 1 + one]
        start = phrase("{touchpoint} → any", touchpoint=touchpoints[one])
        yield _Feature("move", of, " → ".join(of), start, counts[..., number], followed)
    for number, seconds in enumerate(WAITS_SECONDS):
        longer = phrase("wait longer than {time}", time=format_seconds(seconds))
        yield _Feature("wait", (str(seconds),), longer, "a wait", state.waits[..., number], state.waiting)
    for attribute, values in zip(plan.chosen.attributes, state.values, strict=True):
        field = attribute.name.removeprefix(ATTRIBUTE_PREFIX)
        for number, value in enumerate(attribute.values):
            yield _Feature(
                "attribute",
                (attribute.name, value),
                f"{field} = {value}",
                phrase("a known {field}", field=field),
                values[..., number],
                values.sum(axis=-1),
            )


def _driver(feature: _Feature, outcome: str, spans: int) -> tuple[Driver, float]:
    """The comparison, and the standard error of the difference."""
    rest = feature.compared - feature.having
    effect = mantel_haenszel(feature.having[:, 1], feature.having.sum(axis=1), rest[:, 1], rest.sum(axis=1))
    having, lacking = int(feature.having.sum()), int(rest.sum())
    driver = Driver(
        kind=feature.kind,
        of=feature.of,
        name=feature.name,
        among=feature.among,
        having=share(
            phrase("{outcome} with {feature}", outcome=outcome, feature=feature.name),
            int(feature.having[:, 1].sum()),
            having,
        ),
        lacking=share(
            phrase("{outcome} without {feature}", outcome=outcome, feature=feature.name), int(rest[:, 1].sum()), lacking
        ),
        reach=share(phrase("spans with {what}", what=feature.name), having, spans),
        comparable=effect.comparable,
        odds_ratio=effect.odds_ratio,
        low=effect.odds_low,
        high=effect.odds_high,
        difference=effect.difference,
        difference_low=effect.difference_low,
        difference_high=effect.difference_high,
        p=effect.p,
    )
    return driver, effect.difference_error


def _moment(driver: Driver, error: float) -> Moment:
    """What is at stake, both numbers it is made of being estimates."""
    spans = driver.reach.n
    part = driver.comparable / spans
    points = driver.difference * part
    spread = math.hypot(part * error, driver.difference * math.sqrt(part * (1 - part) / spans))
    return Moment(
        touchpoint=driver.name,
        reach=driver.reach,
        comparable=driver.comparable,
        difference=driver.difference,
        difference_low=driver.difference_low,
        difference_high=driver.difference_high,
        points=points,
        low=points - _TWO_SIDED_95 * spread,
        high=points + _TWO_SIDED_95 * spread,
        is_sure=driver.is_sure,
    )


def _order(driver: Driver) -> tuple[object, ...]:
    """Sure ones first, untested ones last; the odds that are farthest from equal even at the near end of their interval first."""
    return (
        not driver.is_sure,
        math.isnan(driver.p),
        math.isnan(driver.low),
        -_least(driver),
        driver.p if driver.p == driver.p else 1.0,
        driver.kind,
        driver.name,
    )


def _least(driver: Driver) -> float:
    """How far from equal the near end of the interval is, on a log scale; below 0 where equal is within it."""
    if math.isnan(driver.low):
        return 0.0
    return max(math.log(driver.low), -math.log(driver.high))


def _adjusted_for(asked: Settings) -> tuple[str, ...]:
    further = () if asked.adjust is None else (asked.adjust.removeprefix(ATTRIBUTE_PREFIX),)
    return (
        phrase("number of interactions before the outcome (of waits: number of waits)"),
        phrase("channel of the first one"),
        *further,
    )
