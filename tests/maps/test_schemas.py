"""The schemas that are published are those of the product."""

from __future__ import annotations

from importlib.resources import files
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator

from desireline.maps import schema
from desireline.maps.document import KINDS

PUBLISHED = Path(__file__).parents[2] / "schemas"


@pytest.mark.parametrize("kind", KINDS)
def test_the_published_schema_is_the_one_of_the_product(kind: str) -> None:
    own = files("desireline.maps").joinpath("schemas", f"{kind}.schema.json").read_text(encoding="utf-8")
    assert (PUBLISHED / f"{kind}.schema.json").read_text(encoding="utf-8") == own, (
        "copy it from src/desireline/maps/schemas"
    )


@pytest.mark.parametrize("kind", KINDS)
def test_the_schema_is_one(kind: str) -> None:
    Draft202012Validator.check_schema(schema(kind))  # type: ignore[arg-type]
