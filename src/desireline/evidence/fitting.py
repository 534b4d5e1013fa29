"""How well journeys follow a map, and nothing else: quick, to try many forms of it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from desireline.evidence.alignment import Aligner, AlignmentAnalysis, fit_of
from desireline.evidence.results import Fit
from desireline.journeys.engine import Answer, Pass
from desireline.journeys.model import Names, Spans
from desireline.kernels.alignment import align


@dataclass(frozen=True, slots=True, eq=False)
class FitAnalysis:
    """The fit of :class:`AlignmentAnalysis` alone."""

    alignment: AlignmentAnalysis

    def begin(self, names: Names) -> Pass[Any, Fit]:
        """One reading."""
        return FitPass(self.alignment.aligner(names))


@dataclass(frozen=True, slots=True, eq=False)
class FitPass(Pass[NDArray[np.int64], Fit]):
    """Adds up, int64[6]: journeys on the map; the sums of cost, worst, cost squared, cost times worst, worst squared."""

    aligner: Aligner

    def partial(self, spans: Spans) -> NDArray[np.int64]:
        """Of one part."""
        found = align(self.aligner.signed(spans), self.aligner.cut(spans), self.aligner.rules)
        on_map = found.hits > 0
        costs, worst = found.costs[on_map], found.worst[on_map]
        sums = (costs, worst, costs * costs, costs * worst, worst * worst)
        return np.array([on_map.sum(), *(each.sum() for each in sums)], np.int64)

    def combine(self, first: NDArray[np.int64], second: NDArray[np.int64]) -> NDArray[np.int64]:
        """The sums."""
        return first + second

    def conclude(self, state: NDArray[np.int64]) -> Answer[Fit]:
        """The fit."""
        journeys, *sums = state.tolist()
        return Answer(fit_of(journeys, sums))
