"""Which features and strata are counted."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from desireline.journeys.analyses.drivers.exposure import Exposures, Sought
from desireline.journeys.model import Names, Spans
from desireline.kernels.arrays import read_only
from desireline.kernels.drivers import Features, last_values, longest_waits

MOST_TOUCHPOINTS, MOST_MOVES = 200, 200
MOST_VALUES = 30
MOST_CHANNELS, MOST_ADJUSTED = 12, 8
"""So many values of each make strata of their own, the most frequent ones; the others are one stratum together."""
LEAST_STEADY = 0.8
"""Where so many customers keep their value, a field is one of customers."""
WAITS_SECONDS = (60, 300, 900, 3_600, 86_400)
EXACT_LENGTHS, LENGTH_RATIO, LONGEST = 30, 1.1, 1000


def _lengths() -> NDArray[np.int64]:
    found = list(range(EXACT_LENGTHS + 1))
    while found[-1] < LONGEST:
        found.append(max(found[-1] + 1, int(found[-1] * LENGTH_RATIO)))
    return np.array(found, np.int64)


LENGTHS = _lengths()
"""Where the bands of lengths begin: each of its own up to :data:`EXACT_LENGTHS`, then each a tenth longer than the last."""
_CHANNELS, _ADJUSTED = MOST_CHANNELS + 1, MOST_ADJUSTED + 2
STRATA = (len(LENGTHS), _CHANNELS, _ADJUSTED)
MOST_STRATA = len(LENGTHS) * _CHANNELS * _ADJUSTED
_NO_STRATUM = -1


@dataclass(frozen=True, slots=True)
class Settings:
    """What is asked, checked; ``text``: the outcome in words."""

    sought: Sought
    text: str
    is_negative: bool | None
    attributes: tuple[str, ...]
    adjust: str | None
    top: int | None


@dataclass(frozen=True, slots=True)
class AttributeValues:
    """A field that customers keep: its values by name, and the number of each code among them, -1 for those that are not there."""

    name: str
    values: tuple[str, ...]
    numbers: NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Chosen:
    """What a first reading chooses.

    Attributes
    ----------
    touchpoints
        Codes of the touchpoints that are features.
    channels
        int64[channels]: the stratum of each channel in which a span begins.
    adjusted
        int64[values + 1]: the stratum of each value of the field that is held fixed, the last for none.
    attributes
        Fields whose values are features.
    counts
        int64[5]: exposures, those with the outcome, customers, at once, left out.
    """

    touchpoints: tuple[int, ...]
    channels: NDArray[np.int64]
    adjusted: NDArray[np.int64]
    attributes: tuple[AttributeValues, ...]
    counts: NDArray[np.int64]

    def numbers(self, names: Names) -> NDArray[np.int32]:
        """See :func:`touchpoint_numbers`."""
        return touchpoint_numbers(names, self.touchpoints)

    def strata(
        self, spans: Spans, exposures: Exposures, lengths: NDArray[np.int64], adjust: str | None
    ) -> NDArray[np.int64]:
        """Which of :data:`MOST_STRATA` strata each exposure is in, by its length, or another number from 0: int64[e]."""
        bands = np.searchsorted(LENGTHS, lengths, side="right") - 1
        channels = self.channels[spans.part.channels[exposures.starts]]
        adjusted = np.zeros(len(bands), np.int64)
        if adjust is not None:
            values = last_values(read_only(spans.part.field(adjust)), exposures.starts, exposures.ends)
            adjusted = self.adjusted[values]
        strata: NDArray[np.int64] = (bands * _CHANNELS + channels) * _ADJUSTED + adjusted
        return strata


@dataclass(frozen=True, slots=True)
class Plan:
    """What is counted.

    Attributes
    ----------
    moves
        Numbers of touchpoints, the one and what directly follows it.
    strata, wait_strata
        int64[:data:`MOST_STRATA`]: the number of each stratum that there is, by the length of exposures and by the number of their
        waits; -1 for others.
    """

    chosen: Chosen
    moves: tuple[tuple[int, int], ...]
    strata: NDArray[np.int64]
    wait_strata: NDArray[np.int64]

    def features(self, names: Names) -> Features:
        """See :func:`features_of`."""
        return features_of(names, self.chosen.touchpoints, self.moves)

    def count_of_features(self, names: Names) -> int:
        """How many there are, with the one for nothing."""
        return count_of_features(names, self.chosen.touchpoints, self.moves)


def touchpoint_numbers(names: Names, touchpoints: Sequence[int]) -> NDArray[np.int32]:
    """int32[touchpoints]: the number of each touchpoint, one more than the last for those that are no features."""
    found = np.full(len(names.touchpoints), len(touchpoints), np.int32)
    found[list(touchpoints)] = np.arange(len(touchpoints))
    return read_only(found)


def features_of(names: Names, touchpoints: Sequence[int], moves: Sequence[tuple[int, int]]) -> Features:
    """The number of each feature: touchpoints, one for nothing, touchpoints again, touchpoints followed, channels, moves.

    Parameters
    ----------
    touchpoints
        Codes of those that are features, each once.
    moves
        Their numbers, the one and what directly follows it.
    """
    count = len(touchpoints)
    again = np.append(count + 1 + np.arange(count), count).astype(np.int32)
    followed = np.append(2 * count + 1 + np.arange(count), count).astype(np.int32)
    channels = (3 * count + 1 + np.arange(len(names.channels))).astype(np.int32)
    found = np.full((count + 1, count + 1), count, np.int32)
    for number, move in enumerate(moves, start=3 * count + 1 + len(names.channels)):
        found[move] = number
    numbers = (channels, again, followed, found)
    return Features(touchpoint_numbers(names, touchpoints), *(read_only(each) for each in numbers))


def count_of_features(names: Names, touchpoints: Sequence[int], moves: Sequence[tuple[int, int]]) -> int:
    """How many features there are, with the one for nothing."""
    return 3 * len(touchpoints) + 1 + len(names.channels) + len(moves)


def waits_of(spans: Spans, exposures: Exposures) -> tuple[NDArray[np.int64], NDArray[np.float64]]:
    """How many waits each exposure has, and the longest in seconds."""
    return longest_waits(read_only(spans.part.field("wait")), exposures.starts, exposures.ends)


def most_frequent(counts: NDArray[np.int64], names: Sequence[str], most: int) -> list[int]:
    """The codes that occur, the most frequent first, of equal ones the first by name."""
    codes = np.flatnonzero(counts).tolist()
    return sorted(codes, key=lambda code: (-int(counts[code]), names[code]))[:most]


def numbered(counts: NDArray[np.int64]) -> NDArray[np.int64]:
    """Numbers from 0 for what occurs, -1 for what does not."""
    found = np.full(len(counts), _NO_STRATUM, np.int64)
    places = np.flatnonzero(counts)
    found[places] = np.arange(len(places))
    return found
