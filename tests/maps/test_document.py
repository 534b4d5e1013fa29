"""Documents are text: what nobody changed stands as it stood."""

from __future__ import annotations

import copy
import json
from collections.abc import Callable
from difflib import unified_diff
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from desireline.base import InputError
from desireline.maps import Document, new_document

from .random_maps import map_trees, random_change, written_by_hand
from .samples import PHONE, cell, phone, step

SEEDS = st.integers(0, 2**32)


def nothing(tree: Any) -> None:
    """Change nothing."""


@given(map_trees())
def test_what_is_printed_says_what_the_tree_says(tree: dict[str, Any]) -> None:
    assert new_document(tree).tree == tree
    assert new_document(tree, syntax="json").tree == tree


@given(map_trees(), SEEDS)
def test_what_people_write_is_read(tree: dict[str, Any], seed: int) -> None:
    assert Document(written_by_hand(tree, seed)).tree == tree


@given(map_trees(), SEEDS, st.booleans())
@settings(max_examples=300)
def test_changing_and_changing_back_says_the_same(tree: dict[str, Any], seed: int, as_json: bool) -> None:
    text = json.dumps(tree) if as_json else written_by_hand(tree, seed)
    wanted = copy.deepcopy(tree)
    random_change(seed)(wanted)
    assert Document(text).changed(random_change(seed)).tree == wanted


@given(map_trees(), SEEDS, st.booleans())
def test_what_would_be_said_after_a_change_is_what_is_said_then(tree: dict[str, Any], seed: int, as_json: bool) -> None:
    document = Document(json.dumps(tree) if as_json else written_by_hand(tree, seed))
    before = copy.deepcopy(document.tree)
    assert document.told(random_change(seed)).tree == document.changed(random_change(seed)).tree
    assert document.tree == before


@given(map_trees(), SEEDS)
def test_parse_then_print_is_the_identity(tree: dict[str, Any], seed: int) -> None:
    for text in (written_by_hand(tree, seed), new_document(tree).text, new_document(tree, syntax="json").text):
        assert Document(text).changed(nothing).text == text


@given(map_trees(), SEEDS)
def test_a_change_of_one_field_touches_no_other_line(tree: dict[str, Any], seed: int) -> None:
    document = Document(written_by_hand(tree, seed))

    def retitle(changed: Any) -> None:
        changed["title"] = "Another title"

    start = (document.line(("title",)) or 0) - 1
    end = (document.line((list(tree)[3],)) or 0) - 1
    before, after = document.text.split("\n"), document.changed(retitle).text.split("\n")
    assert after[:start] == before[:start]
    assert after[len(after) - len(before) + end :] == before[end:]
    assert "Another title" in after[start]


def changed_lines(change: Callable[[Any], None]) -> list[str]:
    """Lines taken out and put in, without places."""
    told = unified_diff(PHONE.splitlines(), phone(change).text.splitlines(), n=0, lineterm="")
    return [each for each in told if not each.startswith(("---", "+++", "@@"))]


SMALL_CHANGES: dict[str, tuple[Callable[[Any], None], list[str]]] = {
    "a text": (
        lambda t: step(t, "search").update(name="I ask: where?"),
        ["-        name: I look for a phone", '+        name: "I ask: where?"'],
    ),
    "behind a comment": (
        lambda t: step(t, "search").update(id="look"),
        ["-      - id: search        # the door", "+      - id: look        # the door"],
    ),
    "within braces": (
        lambda t: t["owner"].update(department="Care"),
        [
            "-owner: {name: Ada Lovelace, department: Sales}",
            "+owner: {name: Ada Lovelace, department: Care}",
        ],
    ),
    "one more within brackets": (
        lambda t: step(t, "compare")["next"].append("receive"),
        ["-        next: [search, order]", "+        next: [search, order, receive]"],
    ),
    "a new field": (
        lambda t: step(t, "order").update(summary="Two lines\nof text"),
        ["+        summary: |-", "+          Two lines", "+          of text"],
    ),
    "a thing with the comments above it taken out": (
        lambda t: t["phases"][0]["steps"].pop(0),
        [
            "-      # where it begins",
            "-      - id: search        # the door",
            "-        name: I look for a phone",
            "-        binding: {where: \"touchpoint = 'Search'\"}",
        ],
    ),
    "a thing with the comments above it moved": (
        lambda t: t["phases"][1]["steps"].insert(1, t["phases"][0]["steps"].pop(0)),
        [
            "-      # where it begins",
            "-      - id: search        # the door",
            "-        name: I look for a phone",
            "-        binding: {where: \"touchpoint = 'Search'\"}",
            "+      # where it begins",
            "+      - id: search        # the door",
            "+        name: I look for a phone",
            "+        binding: {where: \"touchpoint = 'Search'\"}",
        ],
    ),
    "a text becomes a claim": (
        lambda t: cell(t, "p1")["claims"].__setitem__(1, {"text": "It takes long", "confidence": "low"}),
        ["-          - It takes long", "+          - text: It takes long", "+            confidence: low"],
    ),
}


@pytest.mark.parametrize(("change", "told"), SMALL_CHANGES.values(), ids=SMALL_CHANGES)
def test_a_small_change_is_a_small_difference(change: Callable[[Any], None], told: list[str]) -> None:
    assert changed_lines(change) == told


UNUSABLE = {
    "an alias": ("a: &x 1\nb: *x\n", "line 1: YAML anchors and aliases (&x) are not supported"),
    "a field twice": ("a: 1\nb:\n  c: 1\n  c: 2\n", "line 4: the field 'c' stands twice in one place"),
    "a field twice in JSON": ('{"a": 1, "a": 2}', "the field 'a' stands twice in one place"),
    "two documents": ("a: 1\n---\nb: 1\n", "line 2: is no valid YAML: but found another document"),
    "too deep": ("a: " + "[" * 100 + "]" * 100, "expected values nested at most 60 deep"),
    "much too deep": ("a: " + "[" * 5000, "expected values nested at most 60 deep"),
    "much too deep in JSON": ('{"a": ' + "[" * 100_000, "expected values nested at most 60 deep"),
    "a list": ("- a\n", "expected fields with their values, got ['a']"),
    "nothing": ("# only a comment\n", "expected fields with their values, got nothing"),
    "half a character": ('{"a": "\\ud800"}', "got half a character"),
    "no number in JSON": ('{"a": NaN}', "expected a number, got NaN"),
    "too long": ("a: " + "x" * 20_000_000, "expected at most 20,000,000 characters"),
}


@pytest.mark.parametrize(("text", "told"), UNUSABLE.values(), ids=UNUSABLE)
def test_what_is_no_document_is_told(text: str, told: str) -> None:
    with pytest.raises(InputError) as raised:
        _ = Document(text, "x.yaml").tree
    assert told in str(raised.value)


def test_what_cannot_be_changed_in_place_is_told_and_not_spoiled() -> None:
    with pytest.raises(InputError, match="cannot be changed in place"):
        Document("? a\n: 1\n? b\n: 2\n").changed(lambda tree: tree.update(a=tree.pop("a")))


def test_a_heading_stays_at_the_top_and_a_comment_with_its_field() -> None:
    document = Document("# Heading\n\n# first\na: 1\n# second\nb: 2\n")
    assert document.changed(lambda tree: tree.update(a=tree.pop("a"))).text == (
        "# Heading\n\n# second\nb: 2\n# first\na: 1\n"
    )


def test_a_comment_behind_a_list_does_not_get_into_the_text_that_takes_its_place() -> None:
    document = Document("a:\n  - 1\n  - 2  # why\nb: 1\n")
    changed = document.changed(lambda tree: tree.update(a="one\ntwo\n"))
    assert changed.tree == {"a": "one\ntwo\n", "b": 1}
    assert changed.text == "a: |  # why\n  one\n  two\nb: 1\n"
