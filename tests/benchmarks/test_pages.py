"""What is measured of the pages is what the API has."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from benchmarks.pages import PAGES

PATHS = json.loads((Path(__file__).parents[2] / "schemas" / "openapi.json").read_text(encoding="utf-8"))["paths"]
PATTERNS = [
    re.compile(re.sub(r"\{[^}]+\}", "[^/]+", path.rstrip("/"))) for path, does in PATHS.items() if "get" in does
]


@pytest.mark.parametrize("address", [each for addresses in PAGES.values() for each in addresses])
def test_every_address_is_one_of_the_api(address: str) -> None:
    path = address.partition("?")[0]
    assert any(pattern.fullmatch(path) for pattern in PATTERNS)
