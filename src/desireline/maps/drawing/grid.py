"""Where the columns of a map stand: one for each step, one for a phase without steps."""

from __future__ import annotations

from dataclasses import dataclass

from desireline.maps.model import JourneyMap, Phase, Step

GUTTER = 22.0
RAIL = 150.0
_NARROWEST = 1040.0
_WIDEST_STEP = 300.0


@dataclass(frozen=True, slots=True)
class Column:
    """A step, or the place of a phase that has none yet."""

    phase: int
    step: Step | None


@dataclass(frozen=True, slots=True)
class Grid:
    """The columns from left to right, measured from the left edge of the first one."""

    phases: tuple[Phase, ...]
    columns: tuple[Column, ...]
    column_width: float
    places: dict[str, int]

    @property
    def width(self) -> float:
        """Of all columns with the gutters between them."""
        return max(0.0, len(self.columns) * (self.column_width + GUTTER) - GUTTER)

    def left(self, column: int) -> float:
        """The left edge of a column."""
        return column * (self.column_width + GUTTER)

    def centre(self, column: int) -> float:
        """The middle of a column."""
        return self.left(column) + self.column_width / 2

    def span(self, first: int, last: int) -> float:
        """The width from a column to another, both included."""
        return self.left(last) + self.column_width - self.left(first)

    def phase_columns(self, phase: int) -> tuple[int, int]:
        """The first and the last column of a phase."""
        found = [place for place, each in enumerate(self.columns) if each.phase == phase]
        return found[0], found[-1]

    def borders(self) -> tuple[float, ...]:
        """Where a phase ends and the next begins."""
        pairs = zip(self.columns, self.columns[1:], strict=False)
        return tuple(
            self.left(place) - GUTTER / 2
            for place, (before, after) in enumerate(pairs, start=1)
            if before.phase != after.phase
        )

    def cell_columns(self, step: str, until: str | None) -> tuple[int, int] | None:
        """The first and the last column of a cell; ``None`` where the map has no such step."""
        first = self.places.get(step)
        last = first if until is None else self.places.get(until)
        return None if first is None or last is None else (min(first, last), max(first, last))


def grid_of(journey_map: JourneyMap, *, step_width: float) -> Grid:
    """The columns of a map; few of them are wider, so that there is room for the heading."""
    columns: list[Column] = []
    for number, phase in enumerate(journey_map.phases):
        columns += [Column(number, step) for step in phase.steps] or [Column(number, None)]
    share = (_NARROWEST - RAIL) / max(1, len(columns)) - GUTTER
    width = max(step_width, min(share, max(step_width, _WIDEST_STEP)))
    places = {each.step.id: place for place, each in enumerate(columns) if each.step is not None}
    return Grid(journey_map.phases, tuple(columns), width, places)
