"""How much a browser loads before it shows the home page for the first time."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from desireline.app.server.encodings import encoded
from desireline.app.server.headers import SECURITY_HEADERS
from desireline.app.server.pages import STATIC

MOST_BYTES = 300_000
ENTRY, HOME = "index.html", "src/home/HomePage.tsx"
MANIFEST = STATIC / ".vite" / "manifest.json"
HEADER_BYTES = sum(len(name) + len(value) + 4 for name, value in SECURITY_HEADERS.items()) + 250

pytestmark = pytest.mark.skipif(
    not MANIFEST.exists(), reason="not yet: the web application was not built here (make web)"
)


@pytest.fixture(scope="module")
def first_files() -> frozenset[Path]:
    """The page, the scripts and styles of the entry and of Home, the part of the font that has Latin letters."""
    manifest = json.loads(MANIFEST.read_text(encoding="utf-8"))
    fonts = [each["file"] for each in manifest.values() if "inter-latin-wght" in each["file"]]
    names = {"index.html", "icon.svg", *fonts, *files_of(manifest, ENTRY), *files_of(manifest, HOME)}
    return frozenset(STATIC / name for name in names)


def test_the_home_page_is_there_after_less_than_300_kb(first_files: frozenset[Path]) -> None:
    sizes = {file.name: len(encoded(file, "br, gzip").content) for file in first_files}
    assert sum(sizes.values()) + HEADER_BYTES * len(sizes) < MOST_BYTES, sizes


def test_every_script_and_style_of_it_is_compressed_by_the_build(first_files: frozenset[Path]) -> None:
    long = [file for file in first_files if file.suffix in (".js", ".css") and file.stat().st_size >= 1_000]
    assert long
    assert [file.name for file in long if encoded(file, "br").encoding != "br"] == []


def test_the_palette_and_the_charts_wait_until_they_are_wanted(first_files: frozenset[Path]) -> None:
    manifest = json.loads(MANIFEST.read_text(encoding="utf-8"))
    later = [each["file"] for source, each in manifest.items() if source.endswith(("/Palette.tsx", "/VegaChart.tsx"))]
    assert len(later) == 2
    assert not {STATIC / file for file in later} & first_files


def files_of(manifest: dict[str, Any], start: str) -> Iterator[str]:
    """The files of a module and of all that it imports at once, each with its styles."""
    waiting, seen = [start], {start}
    while waiting:
        entry = manifest[waiting.pop()]
        yield from (entry["file"], *entry.get("css", ()))
        found = set(entry.get("imports", ())) - seen
        seen |= found
        waiting += found
