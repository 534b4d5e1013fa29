from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator, FormatChecker

from desireline.interactions import FIELDS, interaction_schema, log_schema

PUBLISHED = Path(__file__).parents[2] / "schemas" / "interaction.schema.json"
SMALLEST = {
    "source": "shop",
    "channel": "web",
    "touchpoint": "Order placed",
    "occurred_at": "2026-01-31T10:00:00Z",
    "identifiers": {"email": "ann@example.org"},
}


def test_the_published_schema_is_the_one_of_the_product() -> None:
    expected = json.dumps(interaction_schema(), indent=2, ensure_ascii=False) + "\n"
    assert PUBLISHED.read_text(encoding="utf-8") == expected, "write interaction_schema() to it anew, indent=2"


def test_the_schema_is_one() -> None:
    Draft202012Validator.check_schema(interaction_schema())


def test_every_field_is_described_and_is_a_column_of_the_log() -> None:
    properties = interaction_schema()["properties"]
    assert set(properties) == {field.name for field in FIELDS} | {"identifiers", "attributes"}
    assert all(each["description"] for each in properties.values())
    assert set(properties) | {"arrival", "fingerprint", "anchor", "record", "version"} == set(log_schema().names)


def problems(document: dict[str, Any]) -> list[str]:
    checker = Draft202012Validator(interaction_schema(), format_checker=FormatChecker())
    return [error.json_path for error in checker.iter_errors(document)]


@pytest.mark.parametrize(
    "more",
    [
        {},
        {"id": "1", "direction": "inbound", "actor": "bot", "duration": 0, "sentiment": -2, "attributes": {"a": ""}},
        {"score": 9, "score_kind": "NPS", "text": "x" * 100_000, "cost": -1.5},
    ],
)
def test_documents_that_are_interactions(more: dict[str, Any]) -> None:
    assert problems({**SMALLEST, **more}) == []


@pytest.mark.parametrize(
    ("more", "place"),
    [
        ({"direction": "sideways"}, "$.direction"),
        ({"duration": -1}, "$.duration"),
        ({"sentiment": 2.5}, "$.sentiment"),
        ({"cost": "5"}, "$.cost"),
        ({"channel": ""}, "$.channel"),
        ({"touchpoint": "x" * 201}, "$.touchpoint"),
        ({"identifiers": {}}, "$.identifiers"),
        ({"identifiers": {"email": ""}}, "$.identifiers.email"),
        ({"attributes": {"a": 1}}, "$.attributes.a"),
        ({"customer": "C-1"}, "$"),
    ],
)
def test_documents_that_are_none(more: dict[str, Any], place: str) -> None:
    assert problems({**SMALLEST, **more}) == [place]


@pytest.mark.parametrize("field", sorted(SMALLEST))
def test_what_an_interaction_cannot_do_without(field: str) -> None:
    assert problems({name: value for name, value in SMALLEST.items() if name != field}) == ["$"]
