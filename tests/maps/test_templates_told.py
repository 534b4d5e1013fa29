"""Templates and the catalogue in other languages: whole, nothing left over, and maps as good as the English ones."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from functools import lru_cache
from importlib.resources import files
from typing import Any

import pytest

from desireline.base import LANGUAGES, Language
from desireline.maps import Document, problems_of, read_map, unknown_fields
from desireline.maps.catalogue import read_catalogue
from desireline.maps.linting import lint
from desireline.maps.templates import all_templates, new_map, template_document, told_templates
from desireline.maps.templates.telling import TEXT_FIELDS, told_template, told_text

from .good_map import TODAY

OTHERS = [each for each in LANGUAGES if each != "en"]
NAMES = [each.name for each in all_templates()]


@lru_cache
def english(name: str | None) -> Document:
    return new_map() if name is None else template_document(name)


@lru_cache
def told(name: str | None, language: Language) -> Document:
    return told_template(english(name), language)


def texts(node: Any, field: str = "") -> Iterator[str]:
    """What people read in a document."""
    if isinstance(node, dict):
        for key, value in node.items():
            yield from texts(value, key)
    elif isinstance(node, list):
        for each in node:
            yield from texts(each, field)
    elif isinstance(node, str) and field in TEXT_FIELDS:
        yield node


def comments(name: str | None) -> Iterator[str]:
    yield from (found["said"] for found in re.finditer(r"(?:^|\s)# (?P<said>.+)$", english(name).text, re.MULTILINE))


def words(language: Language) -> dict[str, dict[str, str]]:
    return tomllib.loads(
        files("desireline.maps.templates").joinpath(f"words.{language}.toml").read_text(encoding="utf-8")
    )


def in_the_catalogue() -> set[str]:
    found = read_catalogue()
    names = {each.name for each in (*found.channels, *found.touchpoints)}
    return names | {each.summary for each in found.touchpoints}


@pytest.mark.parametrize("language", OTHERS)
def test_every_text_is_translated_and_no_other(language: Language) -> None:
    known = {english for part in words(language).values() for english in part}
    of_templates = {text for name in (*NAMES, None) for text in texts(english(name).tree)}
    wanted = of_templates | in_the_catalogue() | {each.purpose for each in all_templates()}
    assert sorted(wanted - known) == []
    said = {comment for name in (*NAMES, None) for comment in comments(name)}
    assert sorted(known - wanted - said) == []


@pytest.mark.parametrize("language", OTHERS)
def test_a_text_has_one_translation(language: Language) -> None:
    parts = list(words(language).values())
    assert sum(map(len, parts)) == len({english for part in parts for english in part})


@pytest.mark.parametrize("language", OTHERS)
@pytest.mark.parametrize("name", NAMES)
def test_a_told_template_has_the_same_shape_and_breaks_nothing(name: str, language: Language) -> None:
    found, before = told(name, language), read_map(english(name))
    assert (problems_of(found), unknown_fields(found)) == ([], [])
    after = read_map(found)
    assert after.language == language
    assert [step.id for step in after.steps] == [step.id for step in before.steps]
    assert [lane.id for lane in after.lanes] == [lane.id for lane in before.lanes]


@pytest.mark.parametrize("language", OTHERS)
@pytest.mark.parametrize("name", NAMES)
def test_the_linter_says_the_same_of_a_told_template(name: str, language: Language) -> None:
    rules = {each.rule for each in lint(told(name, language), today=TODAY)}
    assert rules == {each.rule for each in lint(english(name), today=TODAY)}


@pytest.mark.parametrize("language", OTHERS)
@pytest.mark.parametrize("name", NAMES)
def test_a_told_template_names_the_touchpoints_of_the_told_catalogue(name: str, language: Language) -> None:
    known = {told_text(each.name, language) for each in read_catalogue().touchpoints}
    mentioned = {
        mention.name
        for lane in read_map(told(name, language)).lanes
        for cell in lane.cells
        for mention in cell.touchpoints
    }
    assert mentioned <= known


def test_a_new_map_is_written_in_the_language_that_is_asked_for() -> None:
    made = new_map("telecom", title="Ich suche einen Anbieter", ident="anbieter", language="de")
    assert (made.id, made.tree["title"], made.tree["language"]) == ("anbieter", "Ich suche einen Anbieter", "de")
    assert made.tree["phases"][0]["name"] == "Genug haben"
    assert made.text.startswith("# Ein Anbieter von Internet")


def test_a_new_map_from_the_skeleton_explains_itself_in_the_language() -> None:
    made = new_map(title="Ich kaufe", language="de")
    assert "# Phasen sagen, was der Kunde will" in made.text
    assert made.tree["phases"][0]["steps"][0]["name"] == "Ich merke etwas"
    assert "# opportunities: [{id: make-it-easy, title: Wie könnten wir es leicht machen?}]" in made.text


def test_the_list_of_templates_is_told() -> None:
    assert [each.name for each in told_templates("de")] == NAMES
    assert told_templates("en") == all_templates()
    assert (
        next(each for each in told_templates("de") if each.name == "retail").title
        == "Ich kaufe etwas Neues für mein Zuhause"
    )
