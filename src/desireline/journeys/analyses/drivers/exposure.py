"""What of each span counts: until the outcome."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from desireline.journeys.model import OUTCOMES, Spans
from desireline.kernels.arrays import read_only
from desireline.kernels.drivers import first_marked

_REACHED, _ENDED, _UNFINISHED = (OUTCOMES.index(name) for name in ("reached", "ended", "unfinished"))
SCORE_FIELDS = ("score", "score_kind")


@dataclass(frozen=True, slots=True)
class Sought:
    """The outcome that is looked for.

    Attributes
    ----------
    touchpoints
        bool[touchpoints]: any of these; ``None``: something else.
    kind, below
        A score of the kind with this code, below so many points; NaN: no score.

    Neither: the goal of a journey.
    """

    touchpoints: NDArray[np.bool_] | None = None
    kind: int = -1
    below: float = math.nan


@dataclass(frozen=True, slots=True)
class Exposures:
    """The spans that are compared, as far as they count.

    Attributes
    ----------
    starts, ends, owners
        int64[e] each, none empty: until the outcome, or whole.
    reached
        bool[e]: whether the outcome came.
    numbers
        int64[e]: which of the spans they are, ascending.
    at_once
        Spans in which nothing came before it.
    left_out
        Spans of which it is not known whether the outcome comes.
    """

    starts: NDArray[np.int64]
    ends: NDArray[np.int64]
    owners: NDArray[np.int64]
    reached: NDArray[np.bool_]
    numbers: NDArray[np.int64]
    at_once: int
    left_out: int


def find_exposures(spans: Spans, sought: Sought) -> Exposures:
    """What counts of the spans of a part; see docs/drivers.md.

    Touchpoints: until the first of them; journeys that are unfinished are left out. Score: until the first answer of the kind; spans
    without any are left out. Goal: journeys that are over, without the interaction that reaches the goal or ends them; other
    spans are left out.
    """
    if sought.touchpoints is not None:
        marks = sought.touchpoints[spans.part.touchpoints]
        ends = first_marked(read_only(marks), spans.starts, spans.ends)
        known = np.ones(len(ends), np.bool_) if spans.outcomes is None else spans.outcomes != _UNFINISHED
        return _known(spans, ends, ends < spans.ends, known)
    if not math.isnan(sought.below):
        scores = spans.part.field("score")
        marks = (spans.part.field("score_kind") == sought.kind) & ~np.isnan(scores)
        ends = first_marked(read_only(marks), spans.starts, spans.ends)
        known = ends < spans.ends
        reached = np.zeros(len(ends), np.bool_)
        reached[known] = scores[ends[known]] < sought.below
        return _known(spans, ends, reached, known)
    if spans.outcomes is None:
        return _known(spans, spans.ends, np.zeros(len(spans.ends), np.bool_), np.zeros(len(spans.ends), np.bool_))
    ends = spans.ends - np.isin(spans.outcomes, (_REACHED, _ENDED))
    return _known(spans, ends, spans.outcomes == _REACHED, spans.outcomes != _UNFINISHED)


def _known(spans: Spans, ends: NDArray[np.int64], reached: NDArray[np.bool_], known: NDArray[np.bool_]) -> Exposures:
    empty = ends == spans.starts
    kept = known & ~empty
    return Exposures(
        read_only(spans.starts[kept]),
        read_only(ends[kept]),
        read_only(spans.owners[kept]),
        reached[kept],
        np.flatnonzero(kept),
        int((known & empty).sum()),
        int((~known).sum()),
    )
