"""A logarithmic axis, and how its numbers are written."""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class LogScale:
    """Values from ``low`` to ``high``, powers of ten, over pixels from ``start`` to ``end``."""

    low: float
    high: float
    start: float
    end: float

    @classmethod
    def around(cls, values: Iterable[float], *, start: float, end: float) -> LogScale:
        """The powers of ten around some values, all above zero."""
        found = list(values)
        low, high = math.floor(math.log10(min(found))), math.ceil(math.log10(max(found)))
        return cls(10.0**low, 10.0 ** max(high, low + 1), start, end)

    def place(self, value: float) -> float:
        """Where a value is."""
        share = math.log10(value / self.low) / math.log10(self.high / self.low)
        return self.start + share * (self.end - self.start)

    def ticks(self) -> list[float]:
        """The powers of ten."""
        first = round(math.log10(self.low))
        return [10.0**power for power in range(first, round(math.log10(self.high)) + 1)]


def slope(points: Iterable[tuple[float, float]]) -> float:
    """The slope of the line that fits best through the logarithms: 1 is linear.

    Raises
    ------
    ValueError
        There are not two different places.
    """
    places = [(math.log(x), math.log(y)) for x, y in points]
    middle_x = sum(x for x, _ in places) / max(len(places), 1)
    middle_y = sum(y for _, y in places) / max(len(places), 1)
    spread = sum((x - middle_x) ** 2 for x, _ in places)
    if not spread:
        raise ValueError("a slope needs two different sizes")
    return sum((x - middle_x) * (y - middle_y) for x, y in places) / spread


def seconds_text(seconds: float) -> str:
    """``4.2 ms``, ``0.35 s``, ``12 s``, ``3.5 min``: about two digits."""
    if seconds < 0.0995:
        return f"{_digits(seconds * 1e3)} ms"
    if seconds < 119.5:
        return f"{_digits(seconds)} s"
    return f"{_digits(seconds / 60)} min"


def _digits(value: float) -> str:
    if value >= 9.95:
        return f"{value:.0f}"
    return f"{value:.1f}" if value >= 0.995 else f"{value:.2f}"


def tick_text(seconds: float) -> str:
    """A power of ten of seconds."""
    return f"{seconds * 1e3:g} ms" if seconds < 1 else f"{seconds:g} s"
