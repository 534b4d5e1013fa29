"""The same shared document in Python and in the editor: each reads what the other wrote."""

from __future__ import annotations

import json
from base64 import b64decode, b64encode
from pathlib import Path
from typing import Any

import pytest
from pycrdt import Doc

from desireline.maps.templates import template_document
from desireline.maps.together.trees import EXACT, become, new_doc, tree_of_doc

from ..full_map import FULL

SHARED = Path(__file__).parent / "shared"
ODD: dict[str, Any] = {
    "desireline": "map/1",
    "id": "odd",
    "title": "“Odd” 👩‍👧",
    "phases": [],
    "$mine": {"b": [1.5, -0.00001, 1e-7, 1e21, True, None], "a": "\u2028"},
}


def _examples() -> dict[str, Any]:
    return {"retail": template_document("retail").tree, "full": FULL.tree, "odd": ODD}


def _written(tree: dict[str, Any]) -> bytes:
    """A document that holds a tree, and what was removed from it."""
    doc = new_doc(Doc(client_id=1))
    more = {
        **tree,
        "phases": [*tree["phases"], {"id": "gone", "name": "Gone", "steps": [{"id": "gone", "name": "Gone"}]}],
    }
    become(doc, more)
    become(doc, tree)
    return doc.get_update()


def test_the_examples_for_the_editor_are_those_of_today() -> None:
    """To write them anew: ``python -m tests.maps.together.test_across_languages``."""
    kept = json.loads((SHARED / "from_python.json").read_text(encoding="utf-8"))
    assert {each["name"]: each["tree"] for each in kept} == _examples()
    for each in kept:
        doc = new_doc()
        doc.apply_update(b64decode(each["update"]))
        assert tree_of_doc(doc) == each["tree"]


def _number(text: str) -> float:
    """A number as JavaScript has it."""
    return int(text) if abs(int(text)) <= EXACT else float(text)


@pytest.mark.parametrize("number", range(40))
def test_a_document_that_two_editors_wrote_says_here_what_it_says_there(number: int) -> None:
    example = json.loads((SHARED / "from_web.json").read_text(encoding="utf-8"), parse_int=_number)[number]
    doc = new_doc()
    doc.apply_update(b64decode(example["update"]))
    assert tree_of_doc(doc) == example["tree"]


if __name__ == "__main__":
    written = [
        {"name": name, "tree": tree, "update": b64encode(_written(tree)).decode()} for name, tree in _examples().items()
    ]
    (SHARED / "from_python.json").write_text(json.dumps(written, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
