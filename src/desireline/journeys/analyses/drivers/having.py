"""Which spans have one feature: those that the third reading counts."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from desireline.journeys.analyses.drivers.exposure import Exposures
from desireline.journeys.analyses.drivers.plan import count_of_features, features_of, waits_of
from desireline.journeys.model import Names, Spans
from desireline.journeys.results.drivers import DriverKind
from desireline.kernels.arrays import read_only
from desireline.kernels.drivers import count_features, last_values


@dataclass(frozen=True, slots=True)
class Feature:
    """A feature of spans.

    Attributes
    ----------
    codes
        Of one touchpoint, of the two of a move, of a channel, or of a value; of a wait so many seconds.
    field
        Whose value it is.
    """

    kind: DriverKind
    codes: tuple[int, ...]
    field: str = ""


class Having(NamedTuple):
    """Of exposures: which of them are compared, and which of those have the feature, bool[e] each."""

    compared: NDArray[np.bool_]
    having: NDArray[np.bool_]


def find_having(spans: Spans, found: Exposures, names: Names, feature: Feature) -> Having:
    """The exposures with a feature, and those that it is looked for in."""
    if feature.kind == "wait":
        counts, longest = waits_of(spans, found)
        return Having(counts > 0, longest > feature.codes[0])
    if feature.kind == "attribute":
        values = last_values(read_only(spans.part.field(feature.field)), found.starts, found.ends)
        return Having(values >= 0, values == feature.codes[0])
    return _find_counted(spans, found, names, feature)


def _find_counted(spans: Spans, found: Exposures, names: Names, feature: Feature) -> Having:
    """Each exposure is a cell of its own."""
    touchpoints = () if feature.kind == "channel" else tuple(dict.fromkeys(feature.codes))
    first, last = 0, len(touchpoints) - 1
    moves = [(first, last)] if feature.kind == "move" else []
    numbers = features_of(names, touchpoints, moves)
    shape = (len(found.starts), count_of_features(names, touchpoints, moves))
    cells = read_only(np.arange(len(found.starts), dtype=np.int64))
    part = spans.part
    has = count_features(part.touchpoints, part.channels, found.starts, found.ends, cells, numbers, shape) > 0
    everything = np.ones(len(has), np.bool_)
    match feature.kind:
        case "channel":
            return Having(everything, has[:, numbers.channels[feature.codes[0]]])
        case "repeat":
            return Having(has[:, first], has[:, numbers.again[first]])
        case "move":
            return Having(has[:, numbers.followed[first]], has[:, numbers.moves[first, last]])
        case _:
            return Having(everything, has[:, first])
