"""The ways between steps: to the next one, past some, back; as designed and as customers took them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from desireline.base import Phrase, written
from desireline.maps.drawing.blocks import Block, arrow_head, text
from desireline.maps.drawing.grid import GUTTER, Grid
from desireline.maps.drawing.shapes import Circle, Dash, Group, Path, Point, Rectangle, Shape
from desireline.maps.drawing.themes import Colour
from desireline.maps.measured import Measured, ProcessType
from desireline.maps.model import JourneyMap

TRACK = 15.0
NO_BREAK = "\N{NO-BREAK SPACE}"
_MOST_BESIDES = 12
_LEAST_SHARE = 0.02
_PORT = 12.0


@dataclass(frozen=True, slots=True)
class Way:
    """A way from a column to another.

    Attributes
    ----------
    designed
        The map has it, or lets customers pass over what lies between; else they took it all the same.
    share
        Of all who went on from its first step or ended there, from 0 to 1; ``None``: not measured.
    """

    source: int
    target: int
    designed: bool
    share: float | None = None


def ways_of(journey_map: JourneyMap, grid: Grid, measured: Measured | None) -> tuple[Way, ...]:
    """The ways that the map draws, and of the others that customers took the most frequent ones."""
    followers = _followers(journey_map)
    designed = {
        (grid.places[step], grid.places[after])
        for step, each in followers.items()
        for after in each
        if after in grid.places
    }
    shares, allowed = _shares(measured, grid), _allowed(measured, grid)
    seen = _measured_columns(measured, grid)
    known = [Way(*pair, designed=True, share=_share(pair, shares, seen)) for pair in sorted(designed)]
    others = sorted(
        ((share, pair) for pair, share in shares.items() if pair not in designed), key=lambda each: (-each[0], each[1])
    )
    besides = [Way(*pair, designed=pair in allowed, share=share) for share, pair in others if share >= _LEAST_SHARE]
    return (*known, *besides[:_MOST_BESIDES])


def process_type(journey_map: JourneyMap) -> ProcessType:
    """How a map is meant: cyclical where a way leads back, branching where several ways lead on, linear else."""
    followers = _followers(journey_map)
    order = {step.id: place for place, step in enumerate(journey_map.steps)}
    if any(
        order.get(after, place) <= place
        for step, each in followers.items()
        for place in [order[step]]
        for after in each
        if after in order
    ):
        return "cyclical"
    return "branching" if any(len(each) > 1 for each in followers.values()) else "linear"


def _followers(journey_map: JourneyMap) -> dict[str, tuple[str, ...]]:
    steps = journey_map.steps
    after = (*((each.id,) for each in steps[1:]), ())
    return {step.id: default if step.next is None else step.next for step, default in zip(steps, after, strict=False)}


def _share(pair: tuple[int, int], shares: dict[tuple[int, int], float], seen: set[int]) -> float | None:
    """Nothing where one of the two steps cannot be measured, or nothing was."""
    return shares.get(pair, 0.0) if shares and seen.issuperset(pair) else None


def _measured_columns(measured: Measured | None, grid: Grid) -> set[int]:
    if measured is None:
        return set()
    return {
        grid.places[each.step]
        for each in measured.steps
        if each.step in grid.places and each.binding in ("bound", "silent")
    }


def _shares(measured: Measured | None, grid: Grid) -> dict[tuple[int, int], float]:
    if measured is None:
        return {}
    counts = {
        (grid.places[each.source], grid.places[each.target]): each.count
        for each in measured.transitions
        if each.source in grid.places and each.target in grid.places
    }
    totals = {grid.places[each.step]: each.left for each in measured.steps if each.step in grid.places}
    for each in measured.transitions:
        if each.source in grid.places:
            source = grid.places[each.source]
            totals[source] = totals.get(source, 0) + each.count
    return {pair: count / totals[pair[0]] for pair, count in counts.items() if totals[pair[0]]}


def _allowed(measured: Measured | None, grid: Grid) -> set[tuple[int, int]]:
    """Ways over steps that the map lets customers pass over."""
    transitions = () if measured is None else measured.transitions
    return {
        (grid.places[each.source], grid.places[each.target])
        for each in transitions
        if each.allowed and each.source in grid.places and each.target in grid.places
    }


def connectors(ways: Sequence[Way], grid: Grid, *, y: float) -> Iterator[Shape]:
    """The ways to the next column, in the gutters at the height ``y``."""
    for way in ways:
        if way.target != way.source + 1:
            continue
        left, right = grid.left(way.target) - GUTTER + 2, grid.left(way.target) - 2
        thick = thickness(way)
        head = max(8.0, thick + 4)
        head = min(head, right - left)
        yield Path(((left, y), (right - head + 1, y)), colour_of(way), thick, dash=dash_of(way))
        yield arrow_head((right, y), towards=(1, 0), size=head, colour=colour_of(way))


def ends(journey_map: JourneyMap, grid: Grid, *, y: float) -> Iterator[Shape]:
    """A sign after the steps that end a journey though others stand after them."""
    last = len(grid.columns) - 1
    for place, column in enumerate(grid.columns):
        if column.step is not None and column.step.next == () and place != last:
            x = grid.left(place) + grid.column_width + GUTTER / 2
            yield Circle(x, y, 6.5, "surface", "ink-soft", 1.6)
            yield Rectangle(x - 2.6, y - 2.6, 5.2, 5.2, "ink-soft")


def forward_band(ways: Sequence[Way], grid: Grid) -> Block:
    """The ways past some steps, as arcs that end at the lower edge of the band."""
    found = [way for way in ways if way.target > way.source + 1]
    return _band(found, grid, upward=True)


def backward_band(ways: Sequence[Way], grid: Grid) -> Block:
    """The ways back, as arcs that end at the upper edge of the band."""
    return _band([way for way in ways if way.target <= way.source], grid, upward=False)


def _band(ways: Sequence[Way], grid: Grid, *, upward: bool) -> Block:
    if not ways:
        return Block(grid.width, 0)
    tracks = _tracks(ways)
    height = (max(tracks) + 1) * TRACK + 12
    shapes: list[Shape] = []
    labels: list[Shape] = []
    for way, track in zip(ways, tracks, strict=True):
        depth = 12 + track * TRACK
        name = _name(way, grid)
        shapes.append(Group(name, tuple(_arc(way, grid, depth=depth, height=height, upward=upward))))
        said = tuple(_label(way, grid, y=height - depth if upward else depth))
        if said:
            labels.append(Group(f"{name}/share", said))
    return Block(grid.width, height, (*shapes, *labels))


def _name(way: Way, grid: Grid) -> str:
    """``_way/back/pay/search``: the steps from which and to which it leads; no step has an id with a ``_``."""
    steps = (grid.columns[place].step for place in (way.source, way.target))
    return "/".join(
        ("_way", "on" if way.target > way.source else "back", *(each.id for each in steps if each is not None))
    )


def _tracks(ways: Sequence[Way]) -> list[int]:
    """For each way a track, so that no two on one track touch; short ones lie nearest to the steps."""
    free: list[list[tuple[int, int]]] = []
    found = [0] * len(ways)
    for place in sorted(
        range(len(ways)), key=lambda each: (abs(ways[each].target - ways[each].source), ways[each].source)
    ):
        first, last = sorted((ways[place].source, ways[place].target))
        track = next(
            (number for number, taken in enumerate(free) if all(last < one or other < first for one, other in taken)),
            len(free),
        )
        if track == len(free):
            free.append([])
        free[track].append((first, last))
        found[place] = track
    return found


def _arc(way: Way, grid: Grid, *, depth: float, height: float, upward: bool) -> Iterator[Shape]:
    edge, turn = (height, height - depth) if upward else (0.0, depth)
    side = 1 if way.target > way.source else -1
    start = grid.centre(way.source) + (_PORT if upward else side * _PORT)
    end = grid.centre(way.target) - (_PORT if upward else side * _PORT)
    if way.source == way.target:
        start, end = grid.centre(way.source) + 3 * _PORT, grid.centre(way.source) - _PORT
    towards = 1.0 if upward else -1.0
    head = 8.0
    corners = ((start, edge), (start, turn), (end, turn), (end, edge - towards * head * 0.7))
    colour = colour_of(way)
    yield Path(_rounded(corners, 6.0), colour, min(6.0, thickness(way)), kind="curve", dash=dash_of(way))
    yield arrow_head((end, edge), towards=(0, towards), size=head, colour=colour)


def _rounded(corners: Sequence[Point], radius: float) -> tuple[Point, ...]:
    """Lines through corners that are round, as a curve."""
    found: list[Point] = [corners[0]]
    for before, corner, after in zip(corners, corners[1:], corners[2:], strict=False):
        enter, leave = _towards(corner, before, radius), _towards(corner, after, radius)
        found += [*_straight(found[-1], enter), corner, corner, leave]
    return (*found, *_straight(found[-1], corners[-1]))


def _straight(start: Point, end: Point) -> tuple[Point, Point, Point]:
    return start, end, end


def _towards(start: Point, end: Point, distance: float) -> Point:
    length = max(1e-9, abs(end[0] - start[0]) + abs(end[1] - start[1]))
    part = min(0.5, distance / length)
    return start[0] + (end[0] - start[0]) * part, start[1] + (end[1] - start[1]) * part


def _label(way: Way, grid: Grid, *, y: float) -> Iterator[Shape]:
    if way.share is None:
        return
    said = text(percent(way.share), width=60, size=10.0, colour="measured" if not way.designed else "ink-soft")
    x = (grid.centre(way.source) + grid.centre(way.target)) / 2 - said.width / 2
    if way.source == way.target:
        x += _PORT
    yield Rectangle(x - 3, y - said.height / 2, said.width + 6, said.height, "paper", radius=3)
    yield from said.at(x, y - said.height / 2)


def thickness(way: Way) -> float:
    """In pixels: by share where it is measured."""
    return 1.8 if way.share is None else 1.2 + 7.0 * way.share


def colour_of(way: Way) -> Colour:
    """Of the line."""
    return "ink-soft" if way.designed else "measured"


def dash_of(way: Way) -> Dash:
    """Of the line: broken where the map does not have the way."""
    return "solid" if way.designed else "dashed"


def percent(share: float) -> Phrase:
    """A share (0 to 1) for people.

    >>> [percent(share).replace(NO_BREAK, " ") for share in (0.034, 0.0001, 1)]
    ['3 %', '< 1 %', '100 %']
    """
    if 0 < share < 0.005:
        return written(f"<{NO_BREAK}1{NO_BREAK}%")
    return written(f"{share * 100:.0f}{NO_BREAK}%")
