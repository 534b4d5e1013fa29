"""``desireline maps render`` as a user types it."""

from __future__ import annotations

from pathlib import Path

import pytest
from typer.testing import CliRunner

from desireline.app.commands import app
from desireline.base import DesirelineError, InputError
from desireline.maps import read_file, read_map
from desireline.maps.drawing import LayoutOptions, draw_svg, lay_out

from .test_layout import check

ROOT = Path(__file__).parents[3]
TEMPLATES = ROOT / "src/desireline/maps/templates"
MAP = """\
desireline: map/1
id: buy
title: I buy
personas: [anna]
phases: [{id: p, name: Pay, steps: [{id: s, name: I pay}]}]
lanes:
  - {id: does, role: actions, cells: [{id: c, step: s, claims: [I tap]}]}
  - {id: hurts, role: pains, cells: [{id: d, step: s, claims: [It is late]}]}
"""
ANNA = "desireline: persona/1\nid: anna\nname: Anna B.\n"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "buy.yaml").write_text(MAP)
    (tmp_path / "anna.yaml").write_text(ANNA)
    return tmp_path


def render(folder: Path, out: str, *options: str) -> str:
    arguments = ["maps", "render", str(folder / "buy.yaml"), "-o", str(folder / out), *options]
    result = CliRunner().invoke(app, arguments, catch_exceptions=False)
    assert result.exit_code == 0
    return result.stderr


@pytest.mark.parametrize(
    ("out", "begins"),
    [
        pytest.param("buy.svg", b"<svg", id="svg"),
        pytest.param("BUY.PNG", b"\x89PNG", id="png"),
        pytest.param("buy.pdf", b"%PDF", id="pdf"),
        pytest.param("buy.html", b"<!doctype html>", id="html"),
        pytest.param("buy.json", b"{", id="json"),
    ],
)
def test_the_ending_chooses_the_format(folder: Path, out: str, begins: bytes) -> None:
    assert render(folder, out) == f"written: {folder / out}\n"
    assert (folder / out).read_bytes().startswith(begins)
    assert not list(folder.glob(".*"))


def test_personas_are_found_beside_the_map(folder: Path) -> None:
    render(folder, "buy.svg")
    assert ">Anna B.<" in (folder / "buy.svg").read_text()


def test_lanes_and_theme_can_be_chosen(folder: Path) -> None:
    render(folder, "buy.svg", "--lanes", "pains", "--dark")
    drawn = (folder / "buy.svg").read_text()
    assert "It is late" in drawn and "I tap" not in drawn and "#12161d" in drawn


@pytest.mark.parametrize(
    ("out", "options", "message"),
    [
        pytest.param("buy.doc", (), r"expected a file that ends in .*\.svg.*, got 'buy.doc'", id="ending"),
        pytest.param("buy.pdf", ("--paper", "a9"), "expected the paper a4, a3, a2, a1, a0, got 'a9'", id="paper"),
        pytest.param("buy.svg", ("--lanes", "pain"), "no lane with the id or role 'pain'", id="lane"),
        pytest.param("gone/buy.svg", (), "cannot be written: No such file or directory", id="folder"),
    ],
)
def test_what_cannot_be_is_said_and_nothing_is_written(
    folder: Path, out: str, options: tuple[str, ...], message: str
) -> None:
    before = sorted(folder.iterdir())
    with pytest.raises(DesirelineError, match=message):
        render(folder, out, *options)
    assert sorted(folder.iterdir()) == before


def test_a_file_that_was_there_stays_where_the_map_is_broken(folder: Path) -> None:
    (folder / "buy.svg").write_text("old")
    (folder / "buy.yaml").write_text(MAP.replace("role: pains", "role: pain"))
    with pytest.raises(InputError, match="did you mean pains"):
        render(folder, "buy.svg")
    assert (folder / "buy.svg").read_text() == "old"


@pytest.mark.parametrize("path", sorted(TEMPLATES.glob("*.yaml")), ids=lambda path: path.stem)
def test_every_template_keeps_the_laws_of_the_layout(path: Path) -> None:
    check(lay_out(read_map(read_file(path))))


def test_the_picture_of_the_documentation_is_that_of_its_map() -> None:
    """Draw it again with: desireline maps render docs/examples/broadband.yaml -o docs/pictures/map.svg."""
    path = ROOT / "docs/examples/broadband.yaml"
    drawing = lay_out(read_map(read_file(path)), options=LayoutOptions(folder=path.parent))
    assert draw_svg(drawing, prefix="renew-broadband") == (ROOT / "docs/pictures/map.svg").read_text()
