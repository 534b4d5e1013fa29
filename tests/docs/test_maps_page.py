"""The tables of the page about maps are those of the schemas and of the code."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

import pytest

from desireline.maps import BLUEPRINT_LINES, LANE_LABELS, LANE_ROLES, schema
from desireline.maps.catalogue import read_catalogue
from desireline.maps.linting import RULES
from desireline.maps.templates import all_templates

from .pages import ROOT

PAGE = (ROOT / "docs" / "maps.md").read_text(encoding="utf-8")
Rule = Mapping[str, Any]


def at(kind: Any, *path: str) -> Rule:
    node: Any = schema(kind)
    for part in path:
        node = node[part]
    found: Rule = node
    return found


NOUNS: dict[str, Rule] = {
    "Map": at("map"),
    "Scope": at("map", "$defs", "scope"),
    "Parent": at("map", "properties", "parent"),
    "Phase": at("map", "$defs", "phase"),
    "Step": at("map", "$defs", "step"),
    "Binding": at("map", "$defs", "step", "properties", "binding"),
    "Metric placement": at("map", "$defs", "step", "properties", "metrics", "items", "oneOf")[1],  # type: ignore[index]
    "Lane": at("map", "$defs", "lane"),
    "Cell": at("map", "$defs", "cell"),
    "Claim": at("map", "$defs", "claim"),
    "Evidence": at("map", "$defs", "evidence"),
    "Touchpoint": at("map", "$defs", "cell", "properties", "touchpoints", "items"),
    "Picture": at("map", "$defs", "cell", "properties", "picture"),
    "Owner": at("map", "$defs", "owner"),
    "Persona": at("persona", "$defs", "persona"),
    "Behaviour scale": at("persona", "$defs", "persona", "properties", "behaviour", "items"),
    "Metric": at("metric", "$defs", "metric"),
    "Value": at("metric", "$defs", "metric", "properties", "values", "items"),
    "Opportunity": at("opportunity", "$defs", "opportunity"),
    "Solution": at("opportunity", "$defs", "opportunity", "properties", "solutions", "items"),
    "Task": at(
        "opportunity",
        *("$defs", "opportunity", "properties", "solutions", "items", "properties", "tasks", "items"),
    ),
    "Lint": at("map", "properties", "lint"),
    "Proposals": at("map", "properties", "proposals"),
    "Rejected proposal": at("map", "properties", "proposals", "properties", "rejected", "items"),
}
_NAMES = {id(rule): noun for noun, rule in NOUNS.items()}
_PLAIN = {"id": "id", "name": "text", "text": "text", "date": "day", "condition": "[condition](conditions.md)"}


def holds(rule: Rule) -> str:
    """What a field may hold, in the words of the page."""
    if "oneOf" in rule:
        return " or ".join(holds(each) for each in rule["oneOf"])
    if "$ref" in rule:
        return _target(rule["$ref"])
    if id(rule) in _NAMES:
        return _link(_NAMES[id(rule)])
    if rule.get("type") == "array":
        return f"list of {holds(rule['items'])}"
    if "enum" in rule:
        return ", ".join(f"`{each}`" for each in rule["enum"]) + _default(rule)
    if "const" in rule:
        return f"`{rule['const']}`"
    kinds = {"string": "text", "boolean": "true or false", "integer": "whole number", "number": "number"}
    return kinds[rule["type"]] + _range(rule) + _default(rule)


def _target(reference: str) -> str:
    urn, _, pointer = reference.partition("#/")
    name = pointer.rpartition("/")[2]
    if name in _PLAIN:
        return _PLAIN[name]
    kind = urn.split(":")[2] if urn else "map"
    found = at(kind, *pointer.split("/"))
    return _link(_NAMES[id(found)]) if id(found) in _NAMES else holds(found)


def _link(noun: str) -> str:
    return f"[{noun.lower()}](#{noun.lower().replace(' ', '-')})"


def _range(rule: Rule) -> str:
    if "exclusiveMinimum" in rule:
        return f" above {rule['exclusiveMinimum']}"
    if "maximum" in rule:
        return f" from {rule['minimum']} to {rule['maximum']}"
    return f" from {rule['minimum']}" if "minimum" in rule else ""


def _default(rule: Rule) -> str:
    if "default" not in rule:
        return ""
    said = rule["default"]
    return f"; {str(said).lower() if isinstance(said, bool) else f'`{said}`'} by default"


def table(heading: str) -> list[list[str]]:
    """The rows of the first table under a heading, without its head."""
    lines = PAGE.split(f"\n{heading}\n", 1)[1].splitlines()
    start = next(place for place, line in enumerate(lines) if line.startswith("|"))
    rows = []
    for line in lines[start:]:
        if not line.startswith("|"):
            break
        rows.append([cell.strip() for cell in line.strip("|").split("|")])
    return rows[2:]


@pytest.mark.parametrize("noun", NOUNS)
def test_the_table_of_a_noun_has_the_fields_of_the_schema(noun: str) -> None:
    rule = NOUNS[noun]
    needed = rule.get("required", [])
    expected = [
        [f"`{name}`", holds(field), "yes" if name in needed else ""] for name, field in rule["properties"].items()
    ]
    assert [row[:3] for row in table(f"### {noun}")] == expected


@pytest.mark.parametrize("noun", NOUNS)
def test_every_field_is_explained(noun: str) -> None:
    assert all(len(row) == 4 and row[3] for row in table(f"### {noun}"))


def test_the_table_of_rules_is_the_one_of_the_linter() -> None:
    assert table("## Rules") == [[f"`{rule.name}`", rule.severity, rule.meaning] for rule in RULES]


def test_the_table_of_templates_is_the_one_of_the_code() -> None:
    expected = [[f"`{each.name}`", each.title, each.purpose] for each in all_templates()]
    assert table("## Templates") == expected


def test_the_table_of_roles_is_the_one_of_the_code() -> None:
    rows = table("## Lanes")
    assert [row[:2] for row in rows] == [[f"`{role}`", LANE_LABELS[role]] for role in LANE_ROLES]
    lines = [f"{BLUEPRINT_LINES[role]} stands above it" for role in LANE_ROLES if role in BLUEPRINT_LINES]
    assert [match[0] for row in rows if (match := re.search(r"Line of [a-z ]+ stands above it", row[2]))] == lines


def test_the_table_of_channels_is_the_one_of_the_catalogue() -> None:
    assert table("## Touchpoints and channels") == [[f"`{e.channel}`", e.name] for e in read_catalogue().channels]
