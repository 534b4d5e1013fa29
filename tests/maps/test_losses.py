"""What each format loses of a map is counted, and docs/maps-formats.md says the same."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from desireline.maps import Document, read_map
from desireline.maps.formats import WRITERS, Rendering
from desireline.maps.formats.kinds import KINDS
from desireline.maps.formats.losses import PARTS, census

from .full_map import FULL
from .samples import cell, phone

PAGE = (Path(__file__).parents[2] / "docs" / "maps-formats.md").read_text(encoding="utf-8")


def lost(ending: str, **options: object) -> dict[str, int]:
    written = WRITERS[ending](Rendering(read_map(FULL), FULL, **options))  # type: ignore[arg-type]
    return {each.what: each.count for each in written.losses}


def holds(ending: str, kind: str) -> bool:
    return not {kind, PARTS.get(kind)} & lost(ending).keys()


def table() -> list[list[str]]:
    """The rows of the table of the page, with its head."""
    lines = PAGE.split("\n## What each holds\n", 1)[1].split("\n## ", 1)[0].splitlines()
    rows = [[cell.strip() for cell in line.strip("|").split("|")] for line in lines if line.startswith("|")]
    return [rows[0], *rows[2:]]


def test_the_page_names_every_kind_of_thing() -> None:
    assert [row[0] for row in table()[1:]] == list(census(read_map(FULL)))


@pytest.mark.parametrize("ending", [each for each in WRITERS if each not in (".json", ".yaml", ".yml")])
def test_the_page_says_what_a_format_holds(ending: str) -> None:
    head, *rows = table()
    place = next(place for place, cell in enumerate(head) if f"`{ending}`" in cell)
    said = {row[0]: row[place] for row in rows}
    assert said == {kind: "yes" if holds(ending, kind) else "–" for kind in said}


@pytest.mark.parametrize("ending", [".json", ".yaml", ".yml", ".xlsx"])
def test_documents_and_workbooks_lose_nothing(ending: str) -> None:
    assert lost(ending) == {}


def test_every_ending_stands_on_the_page() -> None:
    assert set(re.findall(r"`(\.[a-z]+)`", PAGE.split("\n## ", 1)[0])) == set(WRITERS)


def test_a_picture_tells_what_it_is_said_to_hold() -> None:
    told = WRITERS[".svg"](Rendering(read_map(FULL), FULL)).content.decode()
    assert [each for each in ("Study 12", "Trust", "curious", "A price tag", "UK") if each not in told] == []
    hidden = ("channel = app", "touchpoint = Search", "example.org", "Print it", "tomorrow", "buying")
    assert [each for each in hidden if each in told] == []


def test_lanes_that_are_not_drawn_are_lost_with_what_stands_in_them() -> None:
    found = lost(".svg", lanes=("actions",))
    assert (found["lanes that were not chosen"], found["opportunities in no lane"], found["solutions in no lane"]) == (
        6,
        1,
        1,
    )
    assert (
        "sources, quotes and days of evidence" not in lost(".svg")
        and lost(".png")["sources, quotes and days of evidence"] == 1
    )


TALKATIVE = phone(lambda tree: cell(tree, "c1").update(claims=["I type what I heard of, " * 400]))
UNSEEN = phone(
    lambda tree: tree.update(
        personas=[{"id": "anna", "name": "Anna", "picture": {"source": "anna.png", "alternative": "Anna"}}],
        lanes=[
            *tree["lanes"],
            {
                "id": "board",
                "role": "storyboard",
                "cells": [{"id": "b1", "step": "order", "picture": {"source": "shop.png", "alternative": "A shop"}}],
            },
        ],
    )
)
WIDE = phone(
    lambda tree: tree["phases"][0]["steps"].extend({"id": f"s{number}", "name": "I go on"} for number in range(80))
)


@pytest.mark.parametrize(
    ("document", "ending", "told"),
    [
        (TALKATIVE, ".svg", "1 texts cut in the picture, whole where one points at them"),
        (TALKATIVE, ".pptx", "1 texts cut in the picture, whole where one points at them"),
        (TALKATIVE, ".png", "1 texts cut"),
        (UNSEEN, ".html", "2 pictures that cannot be shown"),
        (UNSEEN, ".pdf", "2 pictures that cannot be shown"),
        (
            WIDE,
            ".png",
            "1 picture of 0.88 instead of 2 points for each pixel, for it would be too large for what shows pictures",
        ),
    ],
    ids=["cut, whole on pointing", "cut on a slide", "cut", "pictures of a page", "pictures of a sheet", "too wide"],
)
def test_what_happens_to_a_map_while_it_is_drawn_is_told(
    tmp_path: Path, document: Document, ending: str, told: str
) -> None:
    written = WRITERS[ending](Rendering(read_map(document), document, folder=tmp_path))
    assert told in [str(each) for each in written.losses]


def test_a_map_of_a_few_words_loses_little_in_a_picture() -> None:
    document = phone()
    written = WRITERS[".svg"](Rendering(read_map(document), document))
    assert [str(each) for each in written.losses] == [
        "1 tasks of solutions",
        "1 conditions of bindings",
        "1 opportunities in no lane",
        "1 solutions in no lane",
    ]


def test_every_kind_that_a_format_loses_can_be_told() -> None:
    lost_by_any = {kind for ending in WRITERS for kind in lost(ending)} | set(census(read_map(FULL))) | set(PARTS)
    assert sorted(kind for kind in lost_by_any if kind not in KINDS and not kind.startswith("claims (")) == []
