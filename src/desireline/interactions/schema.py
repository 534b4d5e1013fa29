"""The interaction as JSON Schema, published in ``schemas/interaction.schema.json``."""

from __future__ import annotations

from typing import Any

from desireline.interactions.identifiers import IDENTIFIER_TYPES
from desireline.interactions.model import FIELDS, LONGEST_ATTRIBUTE, LONGEST_IDENTIFIER, Field


def interaction_schema() -> dict[str, Any]:
    """The JSON Schema (draft 2020-12) of one interaction."""
    properties: dict[str, Any] = {field.name: _property(field) for field in FIELDS}
    properties["identifiers"] = {
        "type": "object",
        "description": "The identifiers it was seen under, by type. The first in the order of types is the anchor. "
        f"Known types: {', '.join(each.name for each in IDENTIFIER_TYPES)}; others may be used.",
        "additionalProperties": {"type": "string", "minLength": 1, "maxLength": LONGEST_IDENTIFIER},
        "minProperties": 1,
    }
    properties["attributes"] = {
        "type": "object",
        "description": "Whatever else the source says about it.",
        "additionalProperties": {"type": "string", "maxLength": LONGEST_ATTRIBUTE},
    }
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "Interaction",
        "description": "One contact between a customer and the company.",
        "type": "object",
        "properties": properties,
        "required": [field.name for field in FIELDS if field.required] + ["identifiers"],
        "additionalProperties": False,
    }


def _property(field: Field) -> dict[str, Any]:
    meaning = field.meaning if field.unit is None else f"{field.meaning} Unit: {field.unit}."
    described: dict[str, Any] = {"description": meaning}
    if field.kind == "choice":
        return {"enum": list(field.choices), **described}
    if field.kind == "time":
        return {"type": "string", "format": "date-time", **described}
    if field.kind == "text":
        return {"type": "string", "minLength": 1, "maxLength": field.longest, **described}
    number: dict[str, Any] = {"type": "number", **described}
    if field.lowest is not None:
        number["minimum"] = field.lowest
    if field.highest is not None:
        number["maximum"] = field.highest
    return number
