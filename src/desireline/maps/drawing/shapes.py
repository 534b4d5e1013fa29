"""What a drawn map is made of: shapes in pixels, from the top left corner, whose colours are names of a theme.

Every writer (SVG, PNG, PDF, HTML, slides) draws these; none measures or breaks a text again.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Literal, TypeAlias

from desireline.maps.drawing.themes import Colour

Align = Literal["left", "middle", "right"]
Dash = Literal["solid", "dashed", "dotted", "long", "dash-dot"]
PathKind = Literal["line", "curve"]
Point: TypeAlias = tuple[float, float]

LEADING = 1.36
"""Distance of baselines, in font sizes."""
BASELINE = 1.02
"""From the top of a line to its baseline, in font sizes."""
_FLIPPED: dict[Align, Align] = {"left": "right", "middle": "middle", "right": "left"}


@dataclass(frozen=True, slots=True)
class Box:
    """Where something stands."""

    x: float
    y: float
    width: float
    height: float

    @property
    def right(self) -> float:
        """The right edge."""
        return self.x + self.width

    @property
    def bottom(self) -> float:
        """The lower edge."""
        return self.y + self.height


@dataclass(frozen=True, slots=True)
class Rectangle:
    """A rectangle; ``fill`` or ``stroke`` of ``None``: none."""

    x: float
    y: float
    width: float
    height: float
    fill: Colour | None = None
    stroke: Colour | None = None
    stroke_width: float = 1.0
    radius: float = 0.0
    dash: Dash = "solid"

    def moved(self, dx: float, dy: float) -> Rectangle:
        """The same, elsewhere."""
        return replace(self, x=self.x + dx, y=self.y + dy)

    def mirrored(self, width: float) -> Rectangle:
        """As in a mirror at the middle of a drawing."""
        return replace(self, x=width - self.x - self.width)

    @property
    def box(self) -> Box:
        """Where it stands."""
        return Box(self.x, self.y, self.width, self.height)


@dataclass(frozen=True, slots=True)
class Text:
    """Lines of text in a box that holds them.

    Attributes
    ----------
    x, y, width
        The box; its height follows from the lines.
    size
        Of the font, in pixels.
    rtl
        The text reads from right to left.
    whole
        All of the text, where it was cut.
    spaced
        For each line whether the text has a space between it and the next one; none: it has nowhere.
    """

    x: float
    y: float
    width: float
    lines: tuple[str, ...]
    size: float
    colour: Colour = "ink"
    bold: bool = False
    align: Align = "left"
    rtl: bool = False
    whole: str | None = None
    spaced: tuple[bool, ...] = ()

    def moved(self, dx: float, dy: float) -> Text:
        """The same, elsewhere."""
        return replace(self, x=self.x + dx, y=self.y + dy)

    def mirrored(self, width: float) -> Text:
        """As in a mirror at the middle of a drawing; the text itself stays readable."""
        return replace(self, x=width - self.x - self.width, align=_FLIPPED[self.align])

    @property
    def box(self) -> Box:
        """Where it stands."""
        return Box(self.x, self.y, self.width, len(self.lines) * self.size * LEADING)

    @property
    def anchor(self) -> float:
        """The place that the lines are aligned at."""
        return self.x + {"left": 0.0, "middle": 0.5, "right": 1.0}[self.align] * self.width

    def baseline(self, line: int) -> float:
        """Where a line stands."""
        return self.y + self.size * (BASELINE + LEADING * line)


@dataclass(frozen=True, slots=True)
class Path:
    """A line through points, or a shape where it is closed.

    Attributes
    ----------
    points
        Of a ``line``, its corners; of a ``curve``, the start and then for each piece two control points and its end
        (cubic Bézier curves).
    """

    points: tuple[Point, ...]
    stroke: Colour | None = None
    stroke_width: float = 1.0
    fill: Colour | None = None
    kind: PathKind = "line"
    closed: bool = False
    dash: Dash = "solid"
    opacity: float = 1.0

    def moved(self, dx: float, dy: float) -> Path:
        """The same, elsewhere."""
        return replace(self, points=tuple((x + dx, y + dy) for x, y in self.points))

    def mirrored(self, width: float) -> Path:
        """As in a mirror at the middle of a drawing."""
        return replace(self, points=tuple((width - x, y) for x, y in self.points))


@dataclass(frozen=True, slots=True)
class Circle:
    """A circle by its middle."""

    x: float
    y: float
    radius: float
    fill: Colour | None = None
    stroke: Colour | None = None
    stroke_width: float = 1.0
    dash: Dash = "solid"

    def moved(self, dx: float, dy: float) -> Circle:
        """The same, elsewhere."""
        return replace(self, x=self.x + dx, y=self.y + dy)

    def mirrored(self, width: float) -> Circle:
        """As in a mirror at the middle of a drawing."""
        return replace(self, x=width - self.x)


@dataclass(frozen=True, slots=True)
class Icon:
    """A sign by its name (:data:`desireline.maps.drawing.icons.ICONS`), in a square whose side is ``size``."""

    name: str
    x: float
    y: float
    size: float
    colour: Colour = "ink-soft"

    def moved(self, dx: float, dy: float) -> Icon:
        """The same, elsewhere."""
        return replace(self, x=self.x + dx, y=self.y + dy)

    def mirrored(self, width: float) -> Icon:
        """At the mirrored place, itself not mirrored."""
        return replace(self, x=width - self.x - self.size)


@dataclass(frozen=True, slots=True)
class Image:
    """A picture made of points, as the bytes of a file of ``media_type``."""

    x: float
    y: float
    width: float
    height: float
    data: bytes
    media_type: str
    alternative: str = ""

    def moved(self, dx: float, dy: float) -> Image:
        """The same, elsewhere."""
        return replace(self, x=self.x + dx, y=self.y + dy)

    def mirrored(self, width: float) -> Image:
        """At the mirrored place, itself not mirrored."""
        return replace(self, x=width - self.x - self.width)

    @property
    def box(self) -> Box:
        """Where it stands."""
        return Box(self.x, self.y, self.width, self.height)


@dataclass(frozen=True, slots=True)
class Group:
    """Shapes that are one thing: ``id`` such as ``search/c1/does`` (step, cell, lane), ``title`` what is said about it on pointing."""

    id: str | None
    shapes: tuple[Shape, ...]
    title: str | None = None

    def moved(self, dx: float, dy: float) -> Group:
        """The same, elsewhere."""
        return replace(self, shapes=tuple(each.moved(dx, dy) for each in self.shapes))

    def mirrored(self, width: float) -> Group:
        """All of it as in a mirror."""
        return replace(self, shapes=tuple(each.mirrored(width) for each in self.shapes))


Shape: TypeAlias = Rectangle | Text | Path | Circle | Icon | Image | Group


@dataclass(frozen=True, slots=True)
class Drawing:
    """A whole picture.

    Attributes
    ----------
    language
        BCP 47; ``None``: unknown.
    columns, rows
        Places at which the picture can be cut without cutting a step or a lane, from left and from above.
    """

    width: float
    height: float
    shapes: tuple[Shape, ...]
    title: str
    description: str
    language: str | None = None
    rtl: bool = False
    columns: tuple[float, ...] = ()
    rows: tuple[float, ...] = ()

    def mirrored(self) -> Drawing:
        """As in a mirror, for languages that are written from right to left."""
        return replace(
            self,
            shapes=tuple(each.mirrored(self.width) for each in self.shapes),
            columns=tuple(sorted(self.width - each for each in self.columns)),
        )

    def all_shapes(self) -> Iterator[Shape]:
        """Every shape in the order in which it is drawn, groups before what they hold."""
        return walk(self.shapes)

    def texts(self) -> Iterator[Text]:
        """Every text."""
        return (each for each in self.all_shapes() if isinstance(each, Text))


def walk(shapes: tuple[Shape, ...]) -> Iterator[Shape]:
    """Every shape in the order in which it is drawn, groups before what they hold."""
    for each in shapes:
        yield each
        if isinstance(each, Group):
            yield from walk(each.shapes)


def leaves(shapes: tuple[Shape, ...]) -> Iterator[Shape]:
    """Every shape that is no group, in the order in which it is drawn."""
    return (each for each in walk(shapes) if not isinstance(each, Group))


def bounds(shape: Shape) -> Box:
    """What a shape covers, without the width of its line; of a curve the box around its control points."""
    if isinstance(shape, Circle):
        return Box(shape.x - shape.radius, shape.y - shape.radius, 2 * shape.radius, 2 * shape.radius)
    if isinstance(shape, Icon):
        return Box(shape.x, shape.y, shape.size, shape.size)
    if isinstance(shape, Path):
        return _around(shape.points)
    if isinstance(shape, Group):
        boxes = [bounds(each) for each in shape.shapes]
        return _around([point for box in boxes for point in ((box.x, box.y), (box.right, box.bottom))] or [(0.0, 0.0)])
    return shape.box


def _around(points: Sequence[Point]) -> Box:
    across, along = [x for x, _ in points], [y for _, y in points]
    return Box(min(across), min(along), max(across) - min(across), max(along) - min(along))
