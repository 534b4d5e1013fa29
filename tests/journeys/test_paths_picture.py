from __future__ import annotations

from itertools import pairwise
from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desireline.journeys.analyses import LoopsAnalysis, PathsAnalysis
from desireline.journeys.model import Names
from desireline.journeys.pictures.charts import themed
from desireline.journeys.pictures.paths_svg import PathsLayout, describe_link, lay_out_paths
from desireline.journeys.results.paths import Paths

from .rows import NAMES, SECOND, Row, answer, some_rows

SVG = "{http://www.w3.org/2000/svg}"
QUESTIONS = st.builds(
    PathsAnalysis,
    touchpoint=st.sampled_from(NAMES.touchpoints),
    direction=st.sampled_from(["after", "before"]),
    steps=st.integers(1, 6),
    top=st.integers(1, 4),
    anchor=st.sampled_from(["first", "every"]),
)


def walked(codes: str, *, customer: int = 1) -> list[Row]:
    return [Row(customer, place * SECOND, int(code), 0) for place, code in enumerate(codes)]


def laid_out(result: Paths) -> PathsLayout:
    return lay_out_paths(result, top=100.0)


@given(some_rows(least=8, most=40, customers=6, times=20), QUESTIONS)
def test_boxes_do_not_overlap_and_stay_inside(rows: list[Row], question: PathsAnalysis) -> None:
    result = answer(question, rows)
    if not result.paths:
        return
    layout = laid_out(result)
    for first, second in pairwise(layout.boxes):
        assert first.slot.overlap(second.slot) == 0
    for box in layout.boxes:
        assert box.slot.x >= 0
        assert box.slot.right <= layout.width
        assert box.slot.bottom <= layout.height
        assert box.slot.y - 0.01 <= box.area.y
        assert box.area.bottom <= box.slot.bottom + 0.01


@given(some_rows(least=8, most=40, customers=6, times=20), QUESTIONS)
def test_bands_leave_and_arrive_within_their_boxes(rows: list[Row], question: PathsAnalysis) -> None:
    result = answer(question, rows)
    if not result.paths:
        return
    layout = laid_out(result)
    edges = {round(x, 3) for box in layout.boxes for x in (box.area.x, box.area.right)}
    for band in layout.bands:
        assert {round(band.near[0], 3), round(band.far[0], 3)} <= edges
        assert band.main <= band.height + 0.01
        near, far = (
            (band.link.source, band.link.target)
            if question.direction == "after"
            else (band.link.target, band.link.source)
        )
        for name, step, y in ((near, abs(band.link.step) - 1, band.near[1]), (far, abs(band.link.step), band.far[1])):
            (area,) = [box.area for box in layout.boxes if (box.node.name, abs(box.node.step)) == (name, step)]
            assert area.y - 0.01 <= y
            assert y + band.link.paths * layout.scale <= area.bottom + 0.01


@given(some_rows(most=30, customers=4), QUESTIONS)
def test_every_picture_is_a_document(rows: list[Row], question: PathsAnalysis) -> None:
    root = ElementTree.fromstring(answer(question, rows).svg())
    assert root.tag == f"{SVG}svg"
    assert root.findtext(f"{SVG}title")


def test_names_are_escaped_shortened_and_told_whole() -> None:
    long = "A <name> & more that is much too long for any box, and goes on and on until the end of it"
    names = Names((long, "B"), ("web",))
    svg = answer(PathsAnalysis("B"), walked("10"), names=names).svg()
    assert "<name>" not in svg
    texts = [each.text or "" for each in ElementTree.fromstring(svg).iter(f"{SVG}title")]
    assert any(text.startswith(long) for text in texts)


def test_the_most_common_path_is_drawn_as_high_as_it_is_frequent() -> None:
    rows = [row for who, codes in enumerate(["012", "012", "013", "312"]) for row in walked(codes, customer=who)]
    result = answer(PathsAnalysis("Visit"), rows)
    layout = laid_out(result)
    main = [round(band.main / layout.scale) for band in layout.bands if band.main]
    assert main == [3, 2]
    assert "Visit › Search › Order › (end): 2 of 3 paths" in result.svg()


def test_a_link_is_told_in_words() -> None:
    (link, _) = answer(PathsAnalysis("Visit"), walked("01")).links
    assert describe_link(link).replace("\N{NO-BREAK SPACE}", " ") == (
        "Visit → Search: 1 path (100 %), 1 customer, median time between 1 s"
    )


def test_the_chart_of_loops_says_that_nothing_comes_again() -> None:
    assert "There is nothing to draw" in str(themed(answer(LoopsAnalysis(), walked("0")).chart()))


@pytest.mark.parametrize(
    ("codes", "panels"),
    [
        pytest.param("00", 1, id="only directly"),
        pytest.param("0010", 3, id="all there is"),
    ],
)
def test_the_chart_of_loops_leaves_out_what_is_empty(codes: str, panels: int) -> None:
    assert len(themed(answer(LoopsAnalysis(), walked(codes)).chart())["vconcat"]) == panels
