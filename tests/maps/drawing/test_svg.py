from __future__ import annotations

from xml.etree import ElementTree

import pytest
from hypothesis import given, settings

from desireline.base import InputError
from desireline.maps.catalogue import read_catalogue
from desireline.maps.drawing import blocks, draw_html, draw_svg, lay_out, table_of
from desireline.maps.drawing.icons import ICONS, channel_icon, icon_shapes
from desireline.maps.drawing.shapes import Circle, Drawing, Group, Icon, Image, Path, Rectangle, Shape, Text
from desireline.maps.drawing.svg import SvgWriter, svg_root
from desireline.maps.drawing.themes import COLOURS, DARK, LIGHT, contrast
from desireline.maps.model import LANE_ROLES, JourneyMap

from .measured_maps import made_up
from .random_maps import large_map, maps

SVG = "{http://www.w3.org/2000/svg}"
few = settings(max_examples=25, deadline=None)


def drawing(*shapes: Shape, title: str = "I pay") -> Drawing:
    return Drawing(200, 100, shapes, title, "A map")


def root(*shapes: Shape) -> ElementTree.Element:
    return ElementTree.fromstring(draw_svg(drawing(*shapes)))


@few
@given(maps())
def test_every_map_is_well_formed_with_ids_once_and_under_the_prefix(journey_map: JourneyMap) -> None:
    tree = ElementTree.fromstring(draw_svg(lay_out(journey_map, measured=made_up(journey_map)), prefix="mine"))
    idents = [each.get("id") for each in tree.iter() if each.get("id")]
    assert all(str(each).startswith("mine/") for each in idents) and len(idents) == len(set(idents))
    assert tree.find(f"{SVG}title") is not None and tree.find(f"{SVG}desc") is not None and tree.get("role") == "img"
    assert not any(each.tag in (f"{SVG}script", f"{SVG}foreignObject") for each in tree.iter())


def test_texts_stay_as_they_are_whatever_they_hold() -> None:
    said = "<script>&\"'</script>\x00"
    (text,) = root(Text(0, 0, 100, (said,), 12)).iter(f"{SVG}text")
    assert "".join(text.itertext()) == "<script>&\"'</script>\ufffd"


def test_text_from_right_to_left_says_so_and_stands_at_its_right_edge() -> None:
    (text,) = root(Text(10, 0, 100, ("أدفع",), 12, align="right", rtl=True)).iter(f"{SVG}text")
    assert (text.get("direction"), text.get("text-anchor"), text[0].get("x")) == ("rtl", None, "110")


def test_programs_that_do_not_know_directions_get_marks_within_the_text() -> None:
    writer = SvgWriter(LIGHT.__getitem__, prefix="map", direction=False)
    made = svg_root(drawing(Text(10, 0, 100, ("أدفع",), 12, align="right", rtl=True)), writer, standalone=True)
    assert "\u2067أدفع\u2069" in made and 'text-anchor="end"' in made and "direction" not in made


@pytest.mark.parametrize(
    ("said", "lines", "read"),
    [
        pytest.param("She thinks about phones", 3, "She thinks about phones", id="broken at a space"),
        pytest.param("one\ntwo", 2, "one two", id="broken where its author broke it"),
        pytest.param("check-out/pay", 2, "check-out/pay", id="broken after a sign"),
        pytest.param("incomprehensibilities", 2, "incomprehensibilities", id="broken within a word"),
        pytest.param("我要买手机然后付款吧", 2, "我要买手机然后付款吧", id="broken where no language has spaces"),
        pytest.param("short", 1, "short", id="one line"),
    ],
)
def test_lines_of_a_text_read_as_the_text_when_copied(said: str, lines: int, read: str) -> None:
    (shape,) = blocks.text(said, width=82, size=13).shapes
    (drawn,) = root(shape).iter(f"{SVG}text")
    assert ("".join(drawn.itertext()), sum(each.get("x") is not None for each in drawn)) == (read, lines)


def test_the_space_between_lines_takes_no_room_in_the_picture() -> None:
    (drawn,) = root(Text(0, 0, 100, ("one", "two"), 12, align="middle", spaced=(True, True))).iter(f"{SVG}text")
    assert [(each.text, each.get("font-size")) for each in drawn] == [("one", None), (" ", "0"), ("two", None)]


def test_a_text_that_was_cut_holds_all_of_it() -> None:
    (text,) = root(Text(0, 0, 100, ("the beg…",), 12, whole="the beginning")).iter(f"{SVG}text")
    assert text.findtext(f"{SVG}title") == "the beginning"


@pytest.mark.parametrize(
    ("shape", "tag", "attributes"),
    [
        pytest.param(
            Rectangle(1, 2, 3, 4, "card", radius=5),
            "rect",
            {"x": "1", "rx": "5", "fill": LIGHT["card"]},
            id="rectangle",
        ),
        pytest.param(
            Circle(1, 2, 3, stroke="ink"), "circle", {"r": "3", "fill": "none", "stroke": LIGHT["ink"]}, id="circle"
        ),
        pytest.param(Path(((0, 0), (5, 5)), "ink", closed=True), "path", {"d": "M0 0L5 5Z"}, id="lines"),
        pytest.param(
            Path(((0, 0), (1, 1), (2, 2), (3, 3)), "ink", kind="curve"), "path", {"d": "M0 0C1 1 2 2 3 3"}, id="curve"
        ),
        pytest.param(Path(((0, 0), (5, 5)), "ink", dash="dashed"), "path", {"stroke-dasharray": "7 5"}, id="dashes"),
        pytest.param(
            Image(0, 0, 9, 9, b"abc", "image/png"), "image", {"href": "data:image/png;base64,YWJj"}, id="picture"
        ),
        pytest.param(Group("search/c1/does", ()), "g", {"id": "map/search/c1/does"}, id="group"),
    ],
)
def test_each_shape_becomes_its_element(shape: Shape, tag: str, attributes: dict[str, str]) -> None:
    (found,) = root(shape).iter(f"{SVG}{tag}")
    assert {name: found.get(name) for name in attributes} == attributes


def test_a_theme_that_is_not_there_is_named() -> None:
    with pytest.raises(InputError, match="expected the theme light or dark, got 'blue'"):
        draw_svg(drawing(), theme="blue")


def test_both_themes_have_every_colour() -> None:
    assert set(LIGHT) == set(DARK) == set(COLOURS)


@pytest.mark.parametrize("theme", [LIGHT, DARK], ids=["light", "dark"])
def test_lines_and_signs_stand_out_from_the_paper(theme: dict[str, str]) -> None:
    """WCAG 2.2, 1.4.11: a ratio of 3."""
    signs = (
        "line-1",
        "line-2",
        "line-3",
        "line-4",
        "line-5",
        "measured",
        "good",
        "attention",
        "bad",
        "unknown",
        "accent",
    )
    weak = [each for each in signs for ground in ("paper", "chart") if contrast(theme[each], theme[ground]) < 3]
    assert weak == []


@pytest.mark.parametrize("name", sorted(ICONS))
def test_every_sign_stays_within_its_square(name: str) -> None:
    from desireline.maps.drawing.shapes import bounds

    for shape in icon_shapes(Icon(name, 10, 20, 24)):
        box = bounds(shape)
        assert box.x >= 10 and box.y >= 20 and box.right <= 34 and box.bottom <= 44


def test_every_role_of_a_lane_has_a_sign() -> None:
    assert set(LANE_ROLES) <= set(ICONS)


@pytest.mark.parametrize(
    ("channel", "icon"),
    [
        ("Web shop", "shop"),
        ("E-Mail", "email"),
        ("Call centre", "phone"),
        ("mobile_app", "app"),
        ("In person", "person"),
        ("Invoice", "billing"),
        ("Instagram", "social"),
        ("NPS survey", "survey"),
        ("Brief", "letter"),
        ("adapter", "other"),
        ("application", "other"),
        ("", "other"),
        (None, "other"),
    ],
)
def test_channels_get_the_sign_of_their_words(channel: str | None, icon: str) -> None:
    assert channel_icon(channel) == icon


def test_the_channels_of_the_catalogue_have_the_signs_that_it_says() -> None:
    catalogue = read_catalogue()
    assert {each.channel: channel_icon(each.channel) for each in catalogue.channels} == {
        each.channel: each.icon for each in catalogue.channels
    }
    assert {each.icon for each in (*catalogue.channels, *catalogue.touchpoints)} <= set(ICONS)


def page(journey_map: JourneyMap) -> str:
    measured = made_up(journey_map)
    return draw_html(lay_out(journey_map, measured=measured), table_of(journey_map, measured=measured))


@few
@given(maps())
def test_the_table_says_what_the_picture_says(journey_map: JourneyMap) -> None:
    table = table_of(journey_map)
    said = "\n".join(line for row in table.rows for cell in row.cells for line in cell.lines)
    for lane in journey_map.lanes:
        for cell in lane.cells:
            assert all(claim.text in said for claim in cell.claims)
            assert all(mention.name in said for mention in cell.touchpoints)
    columns = len(table.steps)
    assert sum(span for _, span in table.phases) == columns
    assert all(sum(cell.span for cell in row.cells) == columns for row in table.rows)


@few
@given(maps())
def test_a_page_holds_the_picture_and_the_table_and_nothing_that_runs(journey_map: JourneyMap) -> None:
    made = page(journey_map)
    assert made.startswith("<!doctype html>") and made.count("<svg") == 1 and made.count("<table") == 1
    assert "<script" not in made and "http://" not in made and "https://" not in made


def test_a_page_follows_the_theme_of_the_reader_unless_it_is_chosen() -> None:
    journey_map = large_map(2, 2)
    chosen = draw_html(lay_out(journey_map), table_of(journey_map), theme="dark")
    assert "prefers-color-scheme" in page(journey_map) and "prefers-color-scheme" not in chosen
    assert f"--paper: {DARK['paper']}" in chosen and LIGHT["ink"] not in chosen


def test_cells_over_each_other_make_further_rows() -> None:
    from desireline.maps import Cell, Claim, Lane

    lane = Lane(
        "l",
        "pains",
        "Pains",
        cells=tuple(Cell(f"c{place}", "s0", claims=(Claim(f"no {place}"),)) for place in range(2)),
    )
    rows = [row for row in table_of(JourneyMap("m", "m", large_map(2, 0).phases, (lane,))).rows if row.label == "Pains"]
    assert [row.cells[0].lines for row in rows] == [("no 0 (assumption)",), ("no 1 (assumption)",)]
