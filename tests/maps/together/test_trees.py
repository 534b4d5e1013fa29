from __future__ import annotations

import copy
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desireline.maps import Document
from desireline.maps.templates import all_templates, template_document
from desireline.maps.together.ordering import nth_place, place_between
from desireline.maps.together.trees import assigned, become, new_doc, split_lists, tree_of_doc

from ..full_map import FULL
from ..random_maps import map_trees, sensible_change


@given(tree=map_trees())
def test_a_tree_comes_back_from_a_shared_document(tree: dict[str, Any]) -> None:
    doc = new_doc()
    become(doc, tree)
    assert tree_of_doc(doc) == tree


@given(tree=map_trees(), seed=st.integers(0, 10_000))
def test_a_shared_document_becomes_any_other_tree(tree: dict[str, Any], seed: int) -> None:
    doc = new_doc()
    become(doc, tree)
    other = copy.deepcopy(tree)
    sensible_change(seed, "x")(other)
    become(doc, other)
    assert tree_of_doc(doc) == other
    become(doc, tree)
    assert tree_of_doc(doc) == tree


@given(tree=map_trees(), seeds=st.tuples(st.integers(0, 10_000), st.integers(0, 10_000)))
def test_two_who_change_at_once_come_to_the_same(tree: dict[str, Any], seeds: tuple[int, int]) -> None:
    one, other = new_doc(), new_doc()
    become(one, tree)
    other.apply_update(one.get_update())
    for doc, seed, mark in ((one, seeds[0], "a"), (other, seeds[1], "b")):
        changed = copy.deepcopy(tree)
        sensible_change(seed, mark)(changed)
        become(doc, changed)
    one.apply_update(other.get_update())
    other.apply_update(one.get_update())
    assert tree_of_doc(one) == tree_of_doc(other)


@given(seeds=st.lists(st.integers(0, 100), min_size=1, max_size=40))
def test_a_place_lies_between_its_neighbours(seeds: list[int]) -> None:
    places: list[str] = [nth_place(0)]
    for seed in seeds:
        at = seed % (len(places) + 1)
        place = place_between(places[at - 1] if at else None, places[at] if at < len(places) else None)
        places.insert(at, place)
    assert places == sorted(set(places))


def _changed(document: Document, tree: dict[str, Any]) -> Document:
    return document.changed(lambda said: assigned(said, tree))


def test_what_came_from_a_shared_document_keeps_comments_and_order() -> None:
    text = "# ours\ntitle: Old # why\ndesireline: map/1\nid: a\nphases:\n- name: Buy # the phase\n  id: buy\n"
    doc = new_doc()
    become(doc, Document(text).tree)
    doc["map"]["title"] = "New"
    assert _changed(Document(text), tree_of_doc(doc)).text == text.replace("Old", "New")


def test_a_document_that_nobody_changed_stays_letter_by_letter() -> None:
    doc = new_doc()
    become(doc, FULL.tree)
    assert _changed(FULL, tree_of_doc(doc)).text == FULL.text


@pytest.mark.parametrize("name", [each.name for each in all_templates()])
def test_every_template_comes_back(name: str) -> None:
    tree = template_document(name).tree
    doc = new_doc()
    become(doc, tree)
    assert tree_of_doc(doc) == tree


def test_solutions_that_a_shared_document_holds_as_one_value_become_things_of_their_own() -> None:
    tree = {**FULL.tree, "opportunities": [{"id": "o", "title": "O", "solutions": [{"id": "s", "title": "S"}]}]}
    doc = new_doc()
    become(doc, {**tree, "opportunities": [{"id": "o", "title": "O"}]})
    doc["opportunities"]["o/solutions"] = [{"id": "s", "title": "S"}]
    assert tree_of_doc(doc) == tree
    assert split_lists(doc)
    assert tree_of_doc(doc) == tree
    assert doc["opportunities"]["o/solutions"] == []
    assert not split_lists(doc)
