"""What is counted by day: chosen from what there is."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from desireline.journeys.analyses.insights.looking import JourneyWindow
from desireline.journeys.model import Names, Spans
from desireline.kernels.changes import NOT_COUNTED

DAY_US = 86_400_000_000
HORIZON_US = DAY_US
PROMPTED_US = 7 * DAY_US
CHAIN_US = DAY_US // 24
"""What follows later than a day is not taken as following."""
NUMBERS = ("score", "sentiment", "value", "wait")
NumberName = Literal["score", "sentiment", "value", "wait"]


@dataclass(frozen=True, slots=True)
class Attribute:
    """A field whose values make segments.

    ``values``: the texts that are segments; ``first``: the number of the first one among all segments; ``is_steady``: whether
    customers keep their value, so that it tells something about the customer, and not only about one interaction.
    """

    name: str
    values: tuple[str, ...]
    first: int
    is_steady: bool


@dataclass(frozen=True, slots=True)
class Measure:
    """A number at a touchpoint: ``scale`` is what it is multiplied with to be a whole number."""

    touchpoint: int
    field: str
    scale: float


@dataclass(frozen=True, slots=True)
class Plan:
    """What is counted.

    Attributes
    ----------
    touchpoints
        Codes of the touchpoints that are counted.
    pairs
        Places in ``touchpoints`` of what follows what.
    measures
        Numbers that are averaged.
    attributes
        What makes segments; the weekday is one of them, under the name ``weekday``.
    first_day, days
        The first day, as days since 1970-01-01, and how many.
    timezone
        By whose clock days begin.
    window
        Of journeys, how long each is looked at.
    currency
        Of amounts; ``None``: it is not known.
    """

    touchpoints: tuple[int, ...]
    pairs: tuple[tuple[int, int], ...]
    measures: tuple[Measure, ...]
    attributes: tuple[Attribute, ...]
    first_day: int
    days: int
    timezone: str = "UTC"
    window: JourneyWindow | None = None
    currency: str | None = None

    @property
    def segments(self) -> int:
        """How many segments there are, with the one of everybody."""
        return 1 + sum(len(each.values) for each in self.attributes)

    def steady_segments(self) -> NDArray[np.bool_]:
        """Which segments are of customers, not of interactions; everybody is. bool[g]."""
        steady = np.ones(self.segments, np.bool_)
        for each in self.attributes:
            steady[each.first : each.first + len(each.values)] = each.is_steady
        return steady

    def segment(self, number: int) -> tuple[str, str] | None:
        """Attribute and value of a segment; ``None`` of everybody."""
        for each in self.attributes:
            if each.first <= number < each.first + len(each.values):
                return each.name, each.values[number - each.first]
        return None


def sent(spans: Spans, names: Names) -> NDArray[np.bool_]:
    """Which interactions are the company turning to the customer. bool[n]."""
    by_code = np.array([value == "outbound" for value in names.values["direction"]] + [False], np.bool_)
    turned: NDArray[np.bool_] = by_code[spans.part.field("direction")]
    return turned


def renumbered(names: tuple[str, ...], wanted: tuple[str, ...], first: int) -> NDArray[np.int32]:
    """By code the number of the segment, :data:`NOT_COUNTED` of a text that is none, and at the end of a missing one."""
    places = {value: first + place for place, value in enumerate(wanted)}
    return np.array([*(places.get(name, NOT_COUNTED) for name in names), NOT_COUNTED], np.int32)
