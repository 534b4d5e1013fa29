"""Made-up measurements along a map, for pictures of the measured layer."""

from __future__ import annotations

import itertools
from collections.abc import Iterable
from datetime import date

from desireline.maps import JourneyMap, Step
from desireline.maps.measured import (
    Measure,
    Measured,
    MetricReading,
    PersonaMeasured,
    StepMeasures,
    Transition,
    Unplanned,
)


def made_up(journey_map: JourneyMap) -> Measured:
    """Every figure there is, different at each step."""
    steps = journey_map.steps
    return Measured(
        map=journey_map.id,
        journeys=4_812,
        fit=0.734,
        steps=tuple(_step(place, each.id) for place, each in enumerate(steps)),
        unplanned=_unplanned([each.id for each in steps]),
        transitions=_transitions([each.id for each in steps]),
        period="2026-01-01 to 2026-06-30",
        process="cyclical",
        personas=(
            PersonaMeasured("anna", "Anna, who is new here", 1_204, tuple(map(_step, range(len(steps)), _ids(steps)))),
            PersonaMeasured("nobody", "Nobody", 0, tuple(StepMeasures(each) for each in _ids(steps))),
        ),
    )


def _ids(steps: Iterable[Step]) -> tuple[str, ...]:
    return tuple(each.id for each in steps)


def _step(place: int, ident: str) -> StepMeasures:
    if place % 6 == 5:
        return StepMeasures(ident)
    reached = max(40, 4_812 - 523 * place)
    return StepMeasures(
        step=ident,
        binding="broken" if place == 3 else "silent" if place == 4 else "bound",
        silent_since=date(2026, 4, 2) if place == 4 else None,
        broken_by="the touchpoint 'Kiosk' is gone" if place == 3 else None,
        reached=reached,
        skipped=37 * place,
        repeated=122 + 11 * place,
        out_of_order=7 * place,
        left=81 + 3 * place,
        median_seconds_from_previous=None if place == 0 else 4_213.0 * place**2,
        median_seconds_interval=None if place % 3 == 0 else (3_900.0 * place**2, 4_800.0 * place**2),
        emotion=None
        if place % 4 == 3
        else Measure(1.2 - 0.5 * place % 2.4, 412 - place, low=0.6 - 0.5 * place % 2.4, high=1.5 - 0.5 * place % 2.4),
        effort=Measure(2.31, 388, low=2.1, high=2.5) if place == 1 else None,
        channels=(("web", 0.62), ("phone", 0.31), ("shop", 0.07)) if place % 2 else (),
        metrics=_readings(place),
    )


def _readings(place: int) -> tuple[MetricReading, ...]:
    first = MetricReading("conversion", "Conversion", Measure(0.274, 4_120, 0.26, 0.288, "share"), 0.3, "attention")
    second = MetricReading("csat", "Satisfaction", Measure(4.41, 322, 4.3, 4.5), 4.2, "good")
    third = MetricReading("wait", "Waiting time", Measure(412, 1_322, 380, 440, "s"), 120.0, "bad")
    return ((first,), (second, third), ())[place % 3]


def _unplanned(steps: list[str]) -> tuple[Unplanned, ...]:
    found = [Unplanned("Ad seen", None, 611)]
    for place, each in enumerate(steps):
        found += [
            Unplanned(name, each, max(3, 900 - 90 * place - 100 * rank))
            for rank, name in enumerate(("Call centre", "Help page", "Chat", "Complaint form")[: place % 5])
        ]
    return tuple(found)


def _transitions(steps: list[str]) -> tuple[Transition, ...]:
    found = [
        Transition(one, other, 3_900 - 300 * place) for place, (one, other) in enumerate(itertools.pairwise(steps))
    ]
    found += [Transition(one, other, 420) for one, other in zip(steps, steps[2:], strict=False)][:3]
    return (*found, *([Transition(steps[-1], steps[0], 700)] if len(steps) > 2 else []))
