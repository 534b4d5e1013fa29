"""The third reading: spans with each feature, by stratum and outcome."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from desireline.journeys.analyses.drivers.effects import find_drivers
from desireline.journeys.analyses.drivers.exposure import Exposures, find_exposures
from desireline.journeys.analyses.drivers.plan import WAITS_SECONDS, Plan, Settings, waits_of
from desireline.journeys.engine import Answer, Pass
from desireline.journeys.model import Names, Spans
from desireline.journeys.results.drivers import Drivers
from desireline.kernels.arrays import read_only
from desireline.kernels.drivers import count_features, last_values


@dataclass(frozen=True, slots=True)
class Counts:
    """Spans by stratum and outcome: int64[strata, 2, …], without the outcome first.

    Attributes
    ----------
    spans
        int64[strata, 2]: all.
    features
        int64[strata, 2, features].
    values
        By attribute, int64[strata, 2, values]: spans with each value.
    waiting
        int64[wait strata, 2]: spans that have a wait.
    waits
        int64[wait strata, 2, :data:`WAITS_SECONDS`]: those of which the longest is longer.
    """

    spans: NDArray[np.int64]
    features: NDArray[np.int64]
    values: tuple[NDArray[np.int64], ...]
    waiting: NDArray[np.int64]
    waits: NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class CountingPass(Pass[Counts, Drivers]):
    """Counts what the plan names."""

    names: Names
    asked: Settings
    plan: Plan

    def partial(self, spans: Spans) -> Counts:
        """The counts of one part."""
        plan, asked = self.plan, self.asked
        found = find_exposures(spans, asked.sought)
        lengths = plan.chosen.strata(spans, found, found.ends - found.starts, asked.adjust)
        cells = read_only(2 * plan.strata[lengths] + found.reached)
        strata, kinds = int(plan.strata.max()) + 1, plan.count_of_features(self.names)
        features = count_features(
            spans.part.touchpoints,
            spans.part.channels,
            found.starts,
            found.ends,
            cells,
            plan.features(self.names),
            (2 * strata, kinds),
        )
        values = []
        for each in plan.chosen.attributes:
            codes = last_values(read_only(spans.part.field(each.name)), found.starts, found.ends)
            known = codes >= 0
            keys = cells[known] * len(each.values) + each.numbers[codes[known]]
            values.append(_counted(keys, (strata, 2, len(each.values))))
        waiting, waits = self._waits(spans, found)
        return Counts(_counted(cells, (strata, 2)), features.reshape(strata, 2, kinds), tuple(values), waiting, waits)

    def _waits(self, spans: Spans, found: Exposures) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
        counts, longest = waits_of(spans, found)
        some = counts > 0
        strata = self.plan.chosen.strata(spans, found, counts, self.asked.adjust)[some]
        cells = 2 * self.plan.wait_strata[strata] + found.reached[some]
        shape = (int(self.plan.wait_strata.max()) + 1, 2)
        longer = [_counted(cells[longest[some] > seconds], shape) for seconds in WAITS_SECONDS]
        return _counted(cells, shape), np.stack(longer, axis=-1)

    def combine(self, first: Counts, second: Counts) -> Counts:
        """The sums."""
        return Counts(
            first.spans + second.spans,
            first.features + second.features,
            tuple(one + other for one, other in zip(first.values, second.values, strict=True)),
            first.waiting + second.waiting,
            first.waits + second.waits,
        )

    def conclude(self, state: Counts) -> Answer[Drivers]:
        """Compare."""
        return Answer(find_drivers(self.names, self.asked, self.plan, state))


def _counted(keys: NDArray[np.int64], shape: tuple[int, ...]) -> NDArray[np.int64]:
    counts: NDArray[np.int64] = np.bincount(keys, minlength=int(np.prod(shape))).astype(np.int64).reshape(shape)
    return counts
