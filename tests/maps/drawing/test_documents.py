from __future__ import annotations

import io
import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image as Pillow

from desireline.base import InputError
from desireline.maps import Picture
from desireline.maps.drawing import LayoutOptions, draw_pdf, draw_pdf_pages, draw_png, lay_out, missing_characters
from desireline.maps.drawing.curves import curve_through
from desireline.maps.drawing.documents import LONGEST_SIDE, MOST_POINTS, Tile, tile_name, tiles
from desireline.maps.drawing.pictures import LARGEST_FILE, LoadedPicture, NoPicture, load_picture, load_portrait
from desireline.maps.drawing.shapes import Drawing, Rectangle, Text
from desireline.maps.model import Cell, JourneyMap, Lane, Persona

from .random_maps import large_map

PLAIN = Drawing(400, 200, (Rectangle(0, 0, 400, 200, "paper"), Text(10, 10, 100, ("I pay",), 20)), "I pay", "A map")


def test_a_png_has_two_points_a_pixel_and_is_not_empty() -> None:
    with Pillow.open(io.BytesIO(draw_png(PLAIN))) as picture:
        assert picture.size == (800, 400) and len(picture.convert("RGB").getcolors() or []) > 2


def test_a_picture_that_would_be_too_large_has_fewer_points() -> None:
    wide = Drawing(12_000, 9_000, (Rectangle(0, 0, 12_000, 9_000, "paper"),), "wide", "wide")
    with Pillow.open(io.BytesIO(draw_png(wide, scale=1.2))) as picture:
        assert MOST_POINTS * 0.95 <= picture.width * picture.height <= MOST_POINTS * 1.01


@pytest.mark.parametrize(("width", "height"), [(40_000, 300), (300, 40_000)], ids=["wide", "tall"])
def test_no_side_of_a_picture_is_longer_than_viewers_take(width: int, height: int) -> None:
    long = Drawing(width, height, (Rectangle(0, 0, width, height, "paper"),), "long", "long")
    with Pillow.open(io.BytesIO(draw_png(long))) as picture:
        assert 0.99 * LONGEST_SIDE <= max(picture.size) <= LONGEST_SIDE


@pytest.mark.parametrize("scale", [0, 0.05, 5])
def test_a_scale_that_cannot_be_is_refused(scale: float) -> None:
    with pytest.raises(InputError, match=r"scale from 0.1 to 4, got"):
        draw_png(PLAIN, scale=scale)


@pytest.mark.parametrize(
    ("paper", "size"),
    [
        pytest.param("a4", (842, 595), id="a4 across"),
        pytest.param("A3", (1191, 842), id="a3 across"),
        pytest.param("a0", (3370, 2384), id="a0 across"),
    ],
)
def test_a_pdf_is_one_sheet_of_the_paper_turned_as_it_fits(paper: str, size: tuple[int, int]) -> None:
    content = draw_pdf(PLAIN, paper=paper)
    assert content.startswith(b"%PDF") and pages(content) == [pytest.approx(size, abs=1)]


def test_files_hold_title_and_author_and_are_the_same_every_time() -> None:
    content = draw_pdf(PLAIN, author="Ada")
    assert b"I pay" in content and b"Ada" in content
    assert content == draw_pdf(PLAIN, author="Ada") and draw_png(PLAIN) == draw_png(PLAIN)


def test_a_tall_map_stands_upright() -> None:
    tall = Drawing(200, 400, (Rectangle(0, 0, 200, 400, "paper"),), "tall", "tall")
    assert pages(draw_pdf(tall, paper="a4")) == [pytest.approx((595, 842), abs=1)]


def pages(content: bytes) -> list[tuple[float, float]]:
    boxes = re.findall(rb"/MediaBox\s*\[\s*0(?:\.0)? 0(?:\.0)? ([\d.]+) ([\d.]+)\s*\]", content)
    return [(float(width), float(height)) for width, height in boxes]


def test_pages_of_a_pdf_are_all_across_with_a_picture_on_each() -> None:
    drawings = (Drawing(1600, 900, (), "One", "a map"), Drawing(800, 450, (), "Two", "a map"))
    made = pages(draw_pdf_pages(drawings, title="I call", paper="a4"))
    assert len(made) == 2 and all(width > height for width, height in made)


def test_a_tiled_pdf_has_a_sheet_for_each_part() -> None:
    drawing = lay_out(large_map(14, 6))
    sheets = len(pages(draw_pdf(drawing, paper="a4", tiled=True)))
    assert 2 < sheets <= len(tiles(drawing, width=1_290, height=880))


@pytest.mark.parametrize("steps", [3, 8, 14, 30])
@pytest.mark.parametrize("lanes", [1, 4, 9])
def test_no_part_above_others_is_half_empty(steps: int, lanes: int) -> None:
    found = tiles(lay_out(large_map(steps, lanes)), width=1_290, height=880)
    last = max(each.row for each in found)
    assert all(each.height > 0.55 * 880 for each in found if each.row < last)


def test_a_lane_is_cut_between_its_texts_where_the_sheet_would_be_half_empty_else() -> None:
    texts = tuple(Text(0, y, 100, ("I pay",), 20) for y in range(0, 1_000, 50))
    drawing = Drawing(200, 1_000, texts, "t", "d", rows=(100,))
    first, *others = tiles(drawing, width=200, height=300)
    assert 240 < first.height <= 300
    boxes = [each.box for each in texts]
    assert not any(box.y < tile.y < box.bottom for tile in others for box in boxes)


@pytest.mark.parametrize("paper", ["a5", "letter", ""])
def test_a_paper_that_is_not_there_is_named(paper: str) -> None:
    with pytest.raises(InputError, match="expected the paper a4, a3, a2, a1, a0"):
        draw_pdf(PLAIN, paper=paper)


@given(
    st.floats(10, 5_000),
    st.floats(10, 5_000),
    st.lists(st.floats(-10, 6_000), max_size=30),
    st.lists(st.floats(-10, 6_000), max_size=30),
)
def test_the_parts_of_a_drawing_are_the_drawing_and_none_is_too_large(
    width: float, height: float, columns: list[float], rows: list[float]
) -> None:
    drawing = Drawing(width, height, (), "t", "d", columns=tuple(columns), rows=tuple(rows))
    found = tiles(drawing, width=700, height=500)
    assert all(each.width <= 700 + 1e-3 and each.height <= 500 + 1e-3 for each in found)
    assert sum(each.width * each.height for each in found) == pytest.approx(width * height)
    across = [each for each in found if each.row == 0]
    assert [each.x for each in across[1:]] == pytest.approx([each.x + each.width for each in across[:-1]])


@pytest.mark.parametrize(
    ("column", "row", "name"), [(0, 0, "A1"), (2, 1, "B3"), (0, 25, "Z1"), (0, 26, "AA1"), (4, 52, "BA5")]
)
def test_parts_are_named_by_row_and_column(column: int, row: int, name: str) -> None:
    assert tile_name(Tile(0, 0, 1, 1, column, row)) == name


def test_every_character_of_a_plain_map_can_be_shown() -> None:
    assert missing_characters(lay_out(large_map(2, 3))) == ()


def picture_file(folder: Path, name: str, size: tuple[int, int] = (640, 480), **saving: object) -> Path:
    path = folder / name
    Pillow.new("RGB", size, "teal").save(path, **saving)  # type: ignore[arg-type]
    return path


@pytest.mark.parametrize(
    ("name", "media_type"),
    [("a.png", "image/png"), ("a.jpg", "image/jpeg"), ("a.webp", "image/png"), ("a.gif", "image/png")],
)
def test_pictures_are_made_small_enough(tmp_path: Path, name: str, media_type: str) -> None:
    picture_file(tmp_path, name, (2_000, 1_000))
    loaded = load_picture(Picture(name), folder=tmp_path, widest=400)
    assert isinstance(loaded, LoadedPicture)
    assert (loaded.media_type, loaded.width, loaded.height) == (media_type, 400, 200)


def test_a_photo_that_lies_on_its_side_is_turned(tmp_path: Path) -> None:
    sideways = Pillow.Exif()
    sideways[0x0112] = 6
    picture_file(tmp_path, "a.jpg", (400, 200), exif=sideways)
    loaded = load_picture(Picture("a.jpg"), folder=tmp_path, widest=400)
    assert isinstance(loaded, LoadedPicture) and (loaded.width, loaded.height) == (200, 400)


def test_a_data_address_needs_no_folder() -> None:
    dot = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="
    assert isinstance(load_picture(Picture(f"data:image/png;base64,{dot}"), folder=None, widest=10), LoadedPicture)


@pytest.mark.parametrize(
    ("source", "reason"),
    [
        pytest.param("gone.png", "gone.png: there is no such file", id="missing"),
        pytest.param("../secret.png", "outside of the map's folder", id="outside"),
        pytest.param("/etc/hostname", "outside of the map's folder", id="elsewhere"),
        pytest.param("link.png", "outside of the map's folder", id="a link that leads outside"),
        pytest.param("https://example.org/a.png", "not fetched", id="network"),
        pytest.param("text.png", "no picture that can be read", id="no picture"),
        pytest.param("cut.png", "no picture that can be read", id="cut off"),
        pytest.param("huge.png", "has 50 MB", id="50 MB"),
        pytest.param("a\x00b.png", "cannot be one", id="no name"),
        pytest.param(".", ": ", id="a folder"),
        pytest.param("data:image/png;base64,AAAA", "no picture that can be read", id="data that is none"),
        pytest.param("data:image/png", "no data", id="no data"),
    ],
)
def test_a_picture_that_cannot_be_shown_says_why(tmp_path: Path, source: str, reason: str) -> None:
    folder = tmp_path / "maps"
    folder.mkdir()
    picture_file(tmp_path, "secret.png")
    (folder / "link.png").symlink_to(tmp_path / "secret.png")
    (folder / "text.png").write_text("hello")
    whole = picture_file(folder, "cut.png").read_bytes()
    (folder / "cut.png").write_bytes(whole[: len(whole) // 2])
    with (folder / "huge.png").open("wb") as file:
        file.truncate(50_000_000)
    found = load_picture(Picture(source), folder=folder, widest=400)
    assert isinstance(found, NoPicture) and reason in found.reason
    assert LARGEST_FILE < 50_000_000


def test_a_picture_with_too_many_points_is_not_opened(tmp_path: Path) -> None:
    picture_file(tmp_path, "a.png", (20_000, 4_000))
    found = load_picture(Picture("a.png"), folder=tmp_path, widest=400)
    assert isinstance(found, NoPicture) and "20,000 × 4,000 points" in found.reason


def test_a_portrait_is_round(tmp_path: Path) -> None:
    picture_file(tmp_path, "a.png")
    loaded = load_portrait(Picture("a.png"), folder=tmp_path, side=80)
    assert isinstance(loaded, LoadedPicture)
    with Pillow.open(io.BytesIO(loaded.data)) as picture:
        assert picture.size == (80, 80)
        assert (picture.getpixel((0, 0))[3], picture.getpixel((40, 40))[3]) == (0, 255)  # type: ignore[index]


def test_pictures_of_steps_and_personas_are_drawn_or_say_why_not(tmp_path: Path) -> None:
    picture_file(tmp_path, "a.png")
    lane = Lane(
        "l",
        "storyboard",
        "Story",
        cells=(Cell("c", "s0", picture=Picture("a.png")), Cell("d", "s0", picture=Picture("gone.png", "a door"))),
    )
    anna = Persona("anna", "Anna", picture=Picture("a.png"))
    drawing = lay_out(
        JourneyMap("m", "m", large_map(1, 0).phases, (lane,), personas=(anna,)), options=LayoutOptions(folder=tmp_path)
    )
    said = " ".join(line for text in drawing.texts() for line in text.lines)
    assert sum(type(each).__name__ == "Image" for each in drawing.all_shapes()) == 2
    assert "a door" in said and "there is no such file" in said


@given(st.lists(st.tuples(st.floats(0.5, 100), st.floats(-100, 100)), min_size=2, max_size=12))
def test_a_curve_goes_through_its_points_and_never_swings_beyond_them(pieces: list[tuple[float, float]]) -> None:
    x = 0.0
    points = []
    for step, y in pieces:
        x += step
        points.append((x, y))
    curve = curve_through(points)
    assert [curve[place] for place in range(0, len(curve), 3)] == points
    for place in range(0, len(curve) - 1, 3):
        low, high = sorted((curve[place][1], curve[place + 3][1]))
        assert all(low - 1e-6 <= y <= high + 1e-6 for y in bezier(curve[place : place + 4]))


def bezier(piece: tuple[tuple[float, float], ...]) -> list[float]:
    a, b, c, d = (y for _, y in piece)
    parts = [place / 50 for place in range(51)]
    return [a * (1 - t) ** 3 + 3 * b * t * (1 - t) ** 2 + 3 * c * t**2 * (1 - t) + d * t**3 for t in parts]
