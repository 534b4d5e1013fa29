from __future__ import annotations

from io import BytesIO

import pytest

from desireline.maps import Document, read_map
from desireline.maps.drawing import lay_out_phases
from desireline.maps.drawing.shapes import Circle, Drawing, Group, Icon, Path, Rectangle, Text
from desireline.maps.drawing.themes import LIGHT
from desireline.maps.formats import Rendering
from desireline.maps.formats.pictures import phases_of
from desireline.maps.formats.slides import draw_slides, write_pptx

from .drawing.random_maps import large_map

STAGES = """\
desireline: map/1
id: buy
title: I buy
phases:
  - {id: a, name: Look, steps: [{id: look, name: I look}]}
  - {id: b, name: Pay, steps: [{id: pay, name: I pay}, {id: wait, name: I wait}]}
"""


def slide_of(drawing: Drawing):  # type: ignore[no-untyped-def]
    from pptx import Presentation

    presentation = Presentation(BytesIO(draw_slides((drawing,), LIGHT, "I call")))
    return presentation, presentation.slides[0]


def drawing(*shapes: object, width: float = 960, height: float = 480) -> Drawing:
    return Drawing(width, height, shapes, "I call", "A map")  # type: ignore[arg-type]


def test_slides_are_16_wide_and_9_high_and_the_presentation_has_the_title_of_the_map() -> None:
    presentation, _ = slide_of(drawing())
    assert presentation.slide_width.inches / presentation.slide_height.inches == pytest.approx(16 / 9, abs=1e-4)
    assert presentation.core_properties.title == "I call"


def test_a_picture_wider_than_a_slide_is_made_smaller_as_a_whole() -> None:
    _, slide = slide_of(drawing(Text(0, 0, 100, ("far",), 20), width=96 * 40))
    assert slide.shapes[0].text_frame.paragraphs[0].runs[0].font.size.pt == pytest.approx(5)


def test_every_phase_has_a_slide_after_the_map_itself_and_its_overview() -> None:
    from pptx import Presentation

    document = Document(STAGES)
    written = write_pptx(Rendering(read_map(document), document))
    names = [slide._element.cSld.name for slide in Presentation(BytesIO(written.content)).slides]
    assert names == ["I buy", "Overview", "Look", "Pay"]


def test_an_overview_of_many_steps_has_several_slides_with_each_step_once() -> None:
    found = lay_out_phases(large_map(60, 2)).overview
    said = [" ".join(text.lines) for each in found for text in each.texts()]
    assert len(found) > 1
    assert all(sum(text == step.name for text in said) == 1 for step in large_map(60, 2).steps)


def test_a_phase_with_more_lanes_than_a_slide_has_room_for_has_several_with_each_text_once() -> None:
    lanes = "".join(
        f"  - {{id: l{place}, role: actions, cells: [{{id: c{place}, step: look, claims: [{{text: {'long words ' * 40}{place}}}]}}]}}\n"
        for place in range(6)
    )
    document = Document(STAGES + "lanes:\n" + lanes)
    phases = phases_of(Rendering(read_map(document), document)).phases
    parts = [each for each in phases if each.title == "Look"]
    said = [" ".join(text.lines) for each in parts for text in each.texts()]
    assert len(parts) > 1 and all(each.width / each.height == pytest.approx(16 / 9) for each in phases)
    assert all(sum(text.endswith(f"words {place}") for text in said) == 1 for place in range(6))


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
