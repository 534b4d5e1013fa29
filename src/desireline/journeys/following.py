"""What usually comes next: of the journeys of a definition, which touchpoint directly follows another, and after how long."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from desireline.journeys.definitions import JourneyDefinition
from desireline.journeys.index import Index
from desireline.journeys.index.manifest import Revision, revision_of
from desireline.journeys.model import Spans
from desireline.journeys.selection import Selection, span_sources
from desireline.store import Workspace

_LATE = 0.9
_LEAST = 10
_SECOND_US = 1e6


@dataclass(frozen=True, slots=True)
class ExpectedNext:
    """What usually comes next.

    Attributes
    ----------
    touchpoint
        The one that most often directly follows within the journey.
    share
        Of all times that a journey was where this one is, how often it did.
    interactions
        Of how many.
    median_seconds
        The usual time until then.
    late_after_seconds
        Nine of ten came sooner.
    """

    touchpoint: str
    share: float
    interactions: int
    median_seconds: float
    late_after_seconds: float


def what_follows(
    workspace: Workspace, index: Index, definition: JourneyDefinition, touchpoint: int
) -> ExpectedNext | None:
    """What usually follows a touchpoint (by code) in the journeys of a definition; ``None`` where there is too little to say."""
    return _followed(
        _Asked(str(workspace.folder.resolve()), revision_of(workspace), definition, touchpoint, workspace, index)
    )


@dataclass(frozen=True, slots=True)
class _Asked:
    """What the answer depends on; and where to look."""

    folder: str
    revision: Revision
    definition: JourneyDefinition
    touchpoint: int
    workspace: Workspace = field(compare=False)
    index: Index = field(compare=False)


@lru_cache(maxsize=512)
def _followed(asked: _Asked) -> ExpectedNext | None:
    selection = Selection(journey=asked.definition)
    found = [
        _after(make_spans(), asked.touchpoint) for make_spans in span_sources(asked.workspace, asked.index, selection)
    ]
    targets = np.concatenate([np.empty(0, np.int64), *(each for each, _ in found)])
    pauses = np.concatenate([np.empty(0, np.int64), *(each for _, each in found)])
    if len(targets) < _LEAST or (targets >= 0).sum() < _LEAST:
        return None
    codes, counts = np.unique(targets[targets >= 0], return_counts=True)
    likeliest = int(codes[np.argmax(counts)])
    seconds = pauses[targets == likeliest] / _SECOND_US
    return ExpectedNext(
        touchpoint=asked.index.names.touchpoints[likeliest],
        share=float(len(seconds) / len(targets)),
        interactions=len(targets),
        median_seconds=float(np.median(seconds)),
        late_after_seconds=float(np.quantile(seconds, _LATE)),
    )


def _after(spans: Spans, touchpoint: int) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """What follows each interaction with a touchpoint within its span: codes, -1 of nothing, and microseconds until then."""
    part = spans.part
    lengths = spans.ends - spans.starts
    before = np.cumsum(lengths) - lengths
    rows = np.arange(int(lengths.sum())) + np.repeat(spans.starts - before, lengths)
    last = np.repeat(spans.ends - 1, lengths)
    here = part.touchpoints[rows] == touchpoint
    rows, ends = rows[here], rows[here] == last[here]
    following = np.where(ends, rows, rows + 1)
    targets = np.where(ends, -1, part.touchpoints[following].astype(np.int64))
    return targets, part.times[following] - part.times[rows]
