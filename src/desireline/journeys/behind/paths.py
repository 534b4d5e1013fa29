"""Numbers of paths: who is where after so many steps, who goes on from there, and whose path ends."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from desireline.base import InputError, phrase
from desireline.journeys.analyses.paths import PathsAnalysis, Walk
from desireline.journeys.analyses.touchpoints import marks_of_touchpoints
from desireline.journeys.behind.finding import AnalysisNumber, Finder, FoundSpans, code_of
from desireline.journeys.model import Names, Spans
from desireline.store import Workspace


@dataclass(frozen=True, slots=True)
class Stop:
    """Where a path is at a step.

    Attributes
    ----------
    names
        At one of these touchpoints.
    is_other
        At none of them instead, but somewhere.
    """

    names: tuple[str, ...]
    is_other: bool = False

    def codes(self, names: Names) -> NDArray[np.bool_]:
        """By code whether the path is at the stop: bool[t].

        Raises
        ------
        UnknownNameError
            One of them is no touchpoint.
        """
        found = np.zeros(len(names.touchpoints), np.bool_)
        found[[code_of(each, names, "touchpoint") for each in self.names]] = True
        return ~found if self.is_other else found


@dataclass(frozen=True, slots=True)
class PathsNumber(AnalysisNumber[PathsAnalysis]):
    """Spans with a path that is somewhere after so many steps, and goes on from there, or ends.

    Attributes
    ----------
    step
        How many steps from the touchpoint that was asked about, 0 for itself.
    here
        Where it is then.
    following
        Where it is after one step more; ``None``: anywhere, or at its end.
    is_last
        Only paths that have no further step.
    """

    step: int
    here: Stop
    following: Stop | None = None
    is_last: bool = False

    def finder(self, workspace: Workspace, names: Names) -> Finder:
        """See :class:`Number`."""
        self.analysis.begin(names)
        if not 0 <= self.step <= self.analysis.steps:
            raise InputError(
                phrase("step: expected 0 to {steps}, got {step}", steps=self.analysis.steps, step=self.step)
            )
        marks = marks_of_touchpoints(
            [self.analysis.touchpoint], names.touchpoints, role=phrase("the beginning of paths")
        )
        walk = Walk(self.analysis, int(np.argmax(marks)))
        here = self.here.codes(names)
        after = None if self.following is None else self.following.codes(names)

        def find(spans: Spans) -> FoundSpans:
            places, numbers = walk.places(spans)
            met = _is_at(spans, places[:, self.step], here)
            if after is not None:
                met &= _is_at(spans, places[:, self.step + 1], after)
            if self.is_last:
                met &= places[:, self.step + 1] < 0
            found, first = np.unique(numbers[met], return_index=True)
            return FoundSpans(found, places[met, self.step][first], int(met.sum()))

        return find


def _is_at(spans: Spans, places: NDArray[np.int64], codes: NDArray[np.bool_]) -> NDArray[np.bool_]:
    met: NDArray[np.bool_] = (places >= 0) & codes[spans.part.touchpoints[np.maximum(places, 0)]]
    return met
