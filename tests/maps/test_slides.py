from __future__ import annotations

from io import BytesIO

import pytest

from desireline.maps.drawing.shapes import Circle, Drawing, Group, Icon, Path, Rectangle, Text
from desireline.maps.drawing.themes import LIGHT
from desireline.maps.formats.slides import draw_slides


def slide_of(drawing: Drawing):  # type: ignore[no-untyped-def]
    from pptx import Presentation

    presentation = Presentation(BytesIO(draw_slides(drawing, LIGHT)))
    return presentation, presentation.slides[0]


def drawing(*shapes: object, width: float = 960, height: float = 480) -> Drawing:
    return Drawing(width, height, shapes, "I call", "A map")  # type: ignore[arg-type]


def test_a_slide_has_the_size_of_the_map_and_its_title() -> None:
    presentation, _ = slide_of(drawing())
    assert (presentation.slide_width.inches, presentation.slide_height.inches) == (10, 5)
    assert presentation.core_properties.title == "I call"


def test_a_map_wider_than_any_slide_is_made_smaller_as_a_whole() -> None:
    presentation, slide = slide_of(drawing(Text(0, 0, 100, ("far",), 20), width=96 * 112))
    assert presentation.slide_width.inches == 56
    assert slide.shapes[0].text_frame.paragraphs[0].runs[0].font.size.pt == pytest.approx(7.5)


def test_texts_stay_texts_in_their_lines() -> None:
    _, slide = slide_of(drawing(Text(10, 20, 100, ("=1+1", "سلام\x0b"), 16, bold=True, align="right", rtl=True)))
    frame = slide.shapes[0].text_frame
    assert [paragraph.text for paragraph in frame.paragraphs] == ["=1+1", "سلام"]
    assert frame.paragraphs[1]._p.pPr.get("rtl") == "1"


def test_what_belongs_together_is_a_group_with_its_name() -> None:
    inner = (Rectangle(0, 0, 100, 40, fill="card", radius=6), Text(4, 4, 92, ("I pay",), 12), Icon("web", 80, 20, 16))
    _, slide = slide_of(drawing(Group("pay/c1", inner, "I pay, with a card")))
    group = slide.shapes[0]
    assert group.name == "pay/c1" and len(group.shapes) >= 4
    assert group._element.xpath(".//p:cNvPr")[0].get("descr") == "I pay, with a card"


def test_curves_end_where_they_should() -> None:
    curve = Path(((0, 0), (0, 96), (96, 96), (96, 0)), stroke="line-1", kind="curve")
    _, slide = slide_of(
        drawing(
            curve,
            Circle(48, 48, 10, stroke="ink"),
            Path(((0, 0), (9, 9), (9, 0)), fill="good", closed=True, opacity=0.4),
        )
    )
    drawn = slide.shapes[0]
    assert (drawn.left.inches, drawn.width.inches) == (pytest.approx(0, abs=0.01), pytest.approx(1, abs=0.01))
    assert drawn.height.inches == pytest.approx(0.75, abs=0.01)
    assert len(slide.shapes) == 3


def test_every_shape_has_a_number_of_its_own() -> None:
    group = Group("a", (Rectangle(0, 0, 9, 9, fill="card"), Group("b", (Text(0, 0, 9, ("x",), 9),))))
    _, slide = slide_of(drawing(group, Rectangle(0, 0, 9, 9), group, Text(0, 0, 9, ("y",), 9)))
    numbers = [each.get("id") for each in slide.shapes._spTree.xpath(".//p:cNvPr")]
    assert len(numbers) == len(set(numbers)) == 11
