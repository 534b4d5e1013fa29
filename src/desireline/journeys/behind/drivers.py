"""Numbers of what goes with an outcome."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from desireline.base import InputError, phrase
from desireline.journeys.analyses.drivers import DriversAnalysis
from desireline.journeys.analyses.drivers.exposure import Exposures, find_exposures
from desireline.journeys.analyses.drivers.having import Feature, find_having
from desireline.journeys.analyses.drivers.plan import WAITS_SECONDS
from desireline.journeys.analyses.drivers.surveying import SurveyPass
from desireline.journeys.behind.finding import (
    NOWHERE,
    AnalysisNumber,
    Finder,
    FoundSpans,
    code_among,
    code_of,
    last_marked,
)
from desireline.journeys.model import Names, Spans
from desireline.journeys.results.drivers import DriverKind
from desireline.store import Workspace

DriverSide = Literal["with", "without", "either"]
_PARTS = {"touchpoint": 1, "channel": 1, "move": 2, "repeat": 1, "wait": 1, "attribute": 2}


@dataclass(frozen=True, slots=True)
class DriverNumber(AnalysisNumber[DriversAnalysis]):
    """Spans that are compared: all of them, or by a feature.

    Attributes
    ----------
    kind, of
        The feature, as :class:`~desireline.journeys.results.drivers.Driver` has it; of kind ``None``: all spans.
    side
        "with" it; "without" it, of those that it is looked for in; or "either" of the two.
    with_outcome
        Only those with the outcome.
    """

    kind: DriverKind | None = None
    of: tuple[str, ...] = ()
    side: DriverSide = "with"
    with_outcome: bool = False

    def finder(self, workspace: Workspace, names: Names) -> Finder:
        """See :class:`Number`."""
        sought = self.counting(SurveyPass, names).asked.sought
        feature = None if self.kind is None else self._feature(self.kind, names)

        def find(spans: Spans) -> FoundSpans:
            found = find_exposures(spans, sought)
            chosen, places = self._chosen(spans, found, names, feature)
            if self.with_outcome:
                chosen = chosen & found.reached
            return FoundSpans(found.numbers[chosen], places[chosen])

        return find

    def _feature(self, kind: DriverKind, names: Names) -> Feature:
        if len(self.of) != _PARTS[kind]:
            raise InputError(
                phrase(
                    "of: expected {count} for a {kind}, got {given}", count=_PARTS[kind], kind=kind, given=len(self.of)
                ),
                hint="feature=move&of=Basket&of=Paid",
            )
        if kind == "channel":
            return Feature(kind, (code_of(self.of[0], names, "channel"),))
        if kind == "wait":
            known = [str(seconds) for seconds in WAITS_SECONDS]
            return Feature(kind, (WAITS_SECONDS[code_among(self.of[0], known, what=phrase("wait"))],))
        if kind == "attribute":
            field, value = self.of
            known_fields = self.analysis.attributes
            field = known_fields[code_among(field, known_fields, what=phrase("field"))]
            return Feature(kind, (code_among(value, names.values[field], what=field),), field)
        return Feature(kind, tuple(code_of(name, names, "touchpoint") for name in self.of))

    def _chosen(
        self, spans: Spans, found: Exposures, names: Names, feature: Feature | None
    ) -> tuple[NDArray[np.bool_], NDArray[np.int64]]:
        """Which exposures it is about, bool[e], and where, int64[e]."""
        nowhere = np.full(len(found.starts), NOWHERE, np.int64)
        if feature is None:
            return np.ones(len(found.starts), np.bool_), np.where(found.reached, found.ends, NOWHERE)
        compared, having = find_having(spans, found, names, feature)
        if self.side != "with":
            return compared & ~having if self.side == "without" else compared, nowhere
        marks = _marks(spans, feature)
        return having, nowhere if marks is None else last_marked(marks, found.starts, found.ends)


def _marks(spans: Spans, feature: Feature) -> NDArray[np.bool_] | None:
    """The interactions that make the feature, bool[n]; ``None``: no single ones do."""
    part = spans.part
    if feature.kind == "attribute":
        return None
    marks: NDArray[np.bool_]
    if feature.kind == "wait":
        marks = part.field("wait") > feature.codes[0]
        return marks
    if feature.kind == "channel":
        marks = part.channels == feature.codes[0]
        return marks
    marks = part.touchpoints == feature.codes[-1]
    if feature.kind == "move":
        marks[1:] &= part.touchpoints[:-1] == feature.codes[0]
    return marks
