"""PPTX: an overview and the phases as slides, 16 wide and 9 high, in shapes that can be edited.

It draws the same shapes as the SVG does. Curves become lines through twelve points a piece, for that is what the file's free forms hold; what belongs
together (a cell, a step) is one group with its name.
"""

from __future__ import annotations

from collections.abc import Sequence
from io import BytesIO
from typing import TYPE_CHECKING, Any

from desireline.maps.drawing.icons import icon_shapes
from desireline.maps.drawing.shapes import (
    LEADING,
    Circle,
    Dash,
    Drawing,
    Group,
    Icon,
    Image,
    Path,
    Point,
    Rectangle,
    Shape,
    Text,
)
from desireline.maps.drawing.themes import Colour, Theme, theme_named
from desireline.maps.formats.losses import Written
from desireline.maps.formats.pictures import lost_in, phases_of

if TYPE_CHECKING:
    from desireline.maps.formats import Rendering

FONT = "Arial"
"""Every office has it, and it is narrower than the font that texts were measured with."""
_EMU_PER_INCH = 914_400
_PIXELS_PER_INCH = 96
_WIDTH, _HEIGHT = 40 / 3, 7.5
"""Inches of a slide."""
_PIECES = 12
_POINTS_PER_INCH = 72
_LONGEST_TITLE = 255


def write_pptx(rendering: Rendering) -> Written:
    """The map as a presentation: an overview, then its phases."""
    drawings = phases_of(rendering)
    content = draw_slides(drawings.all, theme_named("dark" if rendering.dark else "light"), rendering.map.title)
    return Written(content, lost_in(drawings.once, rendering))


def draw_slides(drawings: Sequence[Drawing], theme: Theme, title: str) -> bytes:
    """Drawings as a presentation, a slide each; what is larger than a slide is made smaller as a whole."""
    from pptx import Presentation
    from pptx.util import Emu

    presentation = Presentation()
    presentation.slide_width, presentation.slide_height = (
        Emu(round(inches * _EMU_PER_INCH)) for inches in (_WIDTH, _HEIGHT)
    )
    properties = presentation.core_properties
    properties.title = _plain(title)[:_LONGEST_TITLE]
    properties.subject = _plain(drawings[-1].description)[:_LONGEST_TITLE]
    bare = Presentation()
    workbench = bare.slides.add_slide(bare.slide_layouts[6]).shapes
    for drawing in drawings:
        _add_slide(presentation, drawing, theme, workbench)
    stream = BytesIO()
    presentation.save(stream)
    return stream.getvalue()


def _add_slide(presentation: Any, drawing: Drawing, theme: Theme, workbench: Any) -> None:
    scale = _EMU_PER_INCH * min(1 / _PIXELS_PER_INCH, _WIDTH / drawing.width, _HEIGHT / drawing.height)
    slide = presentation.slides.add_slide(presentation.slide_layouts[6])
    slide._element.cSld.set("name", _plain(drawing.title)[:_LONGEST_TITLE])
    slide.background.fill.solid()
    slide.background.fill.fore_color.rgb = _rgb(theme["paper"])
    writer = _Writer(slide.shapes, theme, scale, workbench)
    for shape in drawing.shapes:
        writer.draw(shape)
    _number(slide.shapes)


class _Writer:
    """Puts shapes on a slide one after the other and groups them then: within a group each of them would cost a walk over all."""

    def __init__(self, shapes: Any, theme: Theme, scale: float, workbench: Any) -> None:
        self.shapes = shapes
        self.workbench = workbench
        """Free forms are made on a slide that stays empty: python-pptx looks through all numbers of the slide for a free one."""
        self.shapes.turbo_add_enabled = True
        self.theme = theme
        self.scale = scale

    def draw(self, shape: Shape) -> list[Any]:
        """What one shape became on the slide."""
        if isinstance(shape, Group):
            return self._group(shape)
        if isinstance(shape, Icon):
            return [drawn for part in icon_shapes(shape) for drawn in self.draw(part)]
        if isinstance(shape, Text):
            return [self._text(shape)]
        if isinstance(shape, Rectangle):
            return [self._rectangle(shape)]
        if isinstance(shape, Circle):
            return [self._circle(shape)]
        if isinstance(shape, Path):
            return self._path(shape)
        return [self._image(shape)]

    def _group(self, group: Group) -> list[Any]:
        drawn = [each for shape in group.shapes for each in self.draw(shape)]
        if not drawn:
            return []
        found = self._grouped(drawn)
        _name(found, group.id or "", group.title or "")
        return [found]

    def _grouped(self, drawn: list[Any]) -> Any:
        """A group of shapes of the slide; python-pptx's own call looks through all numbers of the slide for a free one."""
        from pptx.oxml.shapes.groupshape import CT_GroupShape
        from pptx.shapes.group import GroupShape

        group: Any = CT_GroupShape.new_grpSp(0, "Group")
        self.shapes._spTree.append(group)
        for each in drawn:
            group.append(each._element)
        group.recalculate_extents()
        return GroupShape(group, self.shapes)

    def _rectangle(self, shape: Rectangle) -> Any:
        from pptx.enum.shapes import MSO_SHAPE

        kind = MSO_SHAPE.ROUNDED_RECTANGLE if shape.radius else MSO_SHAPE.RECTANGLE
        found = self.shapes.add_shape(kind, *self._box(shape.x, shape.y, shape.width, shape.height))
        if shape.radius:
            found.adjustments[0] = min(shape.radius / max(min(shape.width, shape.height), 1), 0.5)
        self._look(found, shape.fill, shape.stroke, shape.stroke_width, shape.dash)
        return found

    def _circle(self, shape: Circle) -> Any:
        from pptx.enum.shapes import MSO_SHAPE

        size = 2 * shape.radius
        box = self._box(shape.x - shape.radius, shape.y - shape.radius, size, size)
        found = self.shapes.add_shape(MSO_SHAPE.OVAL, *box)
        self._look(found, shape.fill, shape.stroke, shape.stroke_width, shape.dash)
        return found

    def _path(self, shape: Path) -> list[Any]:
        points = shape.points if shape.kind == "line" else _flattened(shape.points)
        if len(points) < 2:
            return []
        corners = [(int(x * self.scale), int(y * self.scale)) for x, y in points]
        builder = self.workbench.build_freeform(*corners[0], scale=1.0)
        builder.add_line_segments(corners[1:], close=shape.closed)
        found = builder.convert_to_shape()
        self.shapes._spTree.append(found._element)
        self._look(found, shape.fill, shape.stroke, shape.stroke_width, shape.dash)
        if shape.fill is not None and shape.opacity < 1:
            _fade(found, shape.opacity)
        return [found]

    def _text(self, shape: Text) -> Any:
        from pptx.enum.text import MSO_ANCHOR, MSO_AUTO_SIZE, PP_ALIGN
        from pptx.util import Pt

        box = shape.box
        found = self.shapes.add_textbox(*self._box(box.x, box.y, box.width, box.height))
        frame = found.text_frame
        frame.margin_left = frame.margin_right = frame.margin_top = frame.margin_bottom = 0
        frame.word_wrap, frame.auto_size, frame.vertical_anchor = False, MSO_AUTO_SIZE.NONE, MSO_ANCHOR.TOP
        size = Pt(max(shape.size * self.scale / _EMU_PER_INCH * _POINTS_PER_INCH, 1))
        align = {"left": PP_ALIGN.LEFT, "middle": PP_ALIGN.CENTER, "right": PP_ALIGN.RIGHT}[shape.align]
        for number, line in enumerate(shape.lines):
            paragraph = frame.paragraphs[0] if number == 0 else frame.add_paragraph()
            paragraph.alignment = align
            paragraph.line_spacing = Pt(size.pt * LEADING)
            if shape.rtl:
                paragraph._p.get_or_add_pPr().set("rtl", "1")
            run = paragraph.add_run()
            run.text = _plain(line)
            run.font.size, run.font.bold, run.font.name = size, shape.bold, FONT
            run.font.color.rgb = _rgb(self.theme[shape.colour])
        if shape.whole:
            _name(found, "", shape.whole)
        return found

    def _image(self, shape: Image) -> Any:
        box = self._box(shape.x, shape.y, shape.width, shape.height)
        found = self.shapes.add_picture(BytesIO(shape.data), *box)
        _name(found, "", shape.alternative)
        return found

    def _box(self, x: float, y: float, width: float, height: float) -> tuple[Any, Any, Any, Any]:
        from pptx.util import Emu

        left, top = Emu(int(x * self.scale)), Emu(int(y * self.scale))
        return left, top, Emu(max(int(width * self.scale), 1)), Emu(max(int(height * self.scale), 1))

    def _look(self, found: Any, fill: Colour | None, stroke: Colour | None, width: float, dash: Dash) -> None:
        from pptx.enum.dml import MSO_LINE_DASH_STYLE as DASHES
        from pptx.util import Emu

        _without_style(found)
        if fill is None:
            found.fill.background()
        else:
            found.fill.solid()
            found.fill.fore_color.rgb = _rgb(self.theme[fill])
        if stroke is None:
            found.line.fill.background()
            return
        found.line.color.rgb = _rgb(self.theme[stroke])
        found.line.width = Emu(int(width * self.scale))
        styles = {
            "dashed": DASHES.DASH,
            "dotted": DASHES.ROUND_DOT,
            "long": DASHES.LONG_DASH,
            "dash-dot": DASHES.DASH_DOT,
        }
        if dash != "solid":
            found.line.dash_style = styles[dash]


def _flattened(points: tuple[Point, ...]) -> tuple[Point, ...]:
    """Points on cubic Bézier curves."""
    found = [points[0]]
    for place in range(1, len(points) - 2, 3):
        start, first, second, end = found[-1], *points[place : place + 3]
        for number in range(1, _PIECES + 1):
            t = number / _PIECES
            weights = ((1 - t) ** 3, 3 * t * (1 - t) ** 2, 3 * t**2 * (1 - t), t**3)
            corners = (start, first, second, end)
            found.append(
                (
                    sum(weight * corner[0] for weight, corner in zip(weights, corners, strict=True)),
                    sum(weight * corner[1] for weight, corner in zip(weights, corners, strict=True)),
                )
            )
    return tuple(found)


def _fade(shape: Any, opacity: float) -> None:
    """Let what is behind a filled shape shine through: python-pptx has no call for it."""
    from pptx.oxml.ns import qn

    for colour in shape.fill._xPr.iter(qn("a:srgbClr")):
        alpha = colour.makeelement(qn("a:alpha"), {"val": str(int(opacity * 100_000))})
        colour.append(alpha)


def _without_style(shape: Any) -> None:
    """Leave out what the office's theme would add: shadows, colours of its own."""
    from pptx.oxml.ns import qn

    for style in shape._element.findall(qn("p:style")):
        shape._element.remove(style)


def _number(shapes: Any) -> None:
    """Give every shape a number of its own: the quick way of adding gives those of groups twice."""
    from pptx.oxml.ns import qn

    for number, properties in enumerate(shapes._spTree.iter(qn("p:cNvPr")), start=1):
        properties.set("id", str(number))


def _name(shape: Any, name: str, description: str) -> None:
    """What the shape is called in the list of shapes, and what is read aloud."""
    properties = shape._element._nvXxPr.cNvPr
    if name:
        properties.set("name", _plain(name))
    if description:
        properties.set("descr", _plain(description))


def _rgb(colour: str) -> Any:
    from pptx.dml import color

    colours: Any = color.RGBColor
    return colours.from_string(colour.lstrip("#").upper())


def _plain(text: str) -> str:
    """Without signs that no XML may hold."""
    return "".join(
        sign for sign in text if sign >= " " and not 0xD800 <= ord(sign) < 0xE000 and sign not in "\ufffe\uffff"
    )
