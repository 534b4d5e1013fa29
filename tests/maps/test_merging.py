"""Three-way merge over ids: what one side changed is taken, what both changed is named."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desireline.base import InputError
from desireline.maps import Document, new_document, read_map
from desireline.maps.comparing import differences
from desireline.maps.merging import merge, merge_order

from .random_maps import map_trees, sensible_change, written_by_hand
from .samples import cell, phone, step

SEEDS = st.integers(0, 2**32)
Change = Callable[[Any], None]


def merged(ours: Change, theirs: Change) -> Document:
    found = merge(phone(), phone(ours), phone(theirs))
    assert found.conflicts == ()
    assert found.document is not None
    return found.document


def with_comment(document: Document) -> Document:
    """Another text that says the same, so that a merge has something to do."""
    return Document(f"# mine\n{document.text}", document.origin)


@given(map_trees(), SEEDS, SEEDS)
def test_what_only_one_side_changed_is_taken(tree: dict[str, Any], seed: int, hand: int) -> None:
    base = Document(written_by_hand(tree, hand))
    other = base.changed(sensible_change(seed, "new"))
    assert merge(base, base, other).document == other
    assert merge(base, other, base).document == other
    assert merge(base, other, other).document == other
    for ours, theirs in ((with_comment(base), other), (other, with_comment(base)), (other, with_comment(other))):
        found = merge(base, ours, theirs).document
        assert found is not None
        assert found.tree == other.tree


@given(map_trees(), SEEDS, SEEDS)
def test_it_does_not_matter_whose_side_is_whose(tree: dict[str, Any], first: int, second: int) -> None:
    base = new_document(tree)
    one, other = base.changed(sensible_change(first, "one")), base.changed(sensible_change(second, "two"))
    there, back = merge(base, one, other), merge(base, other, one)
    assert len(there.conflicts) == len(back.conflicts)
    if there.document and back.document:
        assert read_map(there.document) == read_map(back.document)


@given(map_trees(), SEEDS, SEEDS, st.sampled_from(["ours", "theirs"]))
def test_with_a_preferred_side_there_are_no_conflicts(tree: dict[str, Any], first: int, second: int, side: Any) -> None:
    base = new_document(tree)
    one, other = base.changed(sensible_change(first, "one")), base.changed(sensible_change(second, "two"))
    found = merge(base, one, other, prefer=side)
    assert found.conflicts == ()
    assert found.document is not None


INDEPENDENT: dict[str, tuple[Change, Change]] = {
    "two steps": (lambda t: step(t, "search").update(name="A"), lambda t: step(t, "order").update(name="B")),
    "two fields of a step": (
        lambda t: step(t, "search").update(name="A"),
        lambda t: step(t, "search").update(summary="B"),
    ),
    "moved here, renamed there": (
        lambda t: t["phases"][1]["steps"].append(t["phases"][0]["steps"].pop(1)),
        lambda t: step(t, "compare").update(name="I weigh"),
    ),
    "two new steps": (
        lambda t: t["phases"][0]["steps"].append({"id": "one", "name": "One"}),
        lambda t: t["phases"][0]["steps"].append({"id": "two", "name": "Two"}),
    ),
    "claim in other words, and its confidence": (
        lambda t: cell(t, "p1")["claims"][0].update(text="Nobody says the price"),
        lambda t: cell(t, "p1")["claims"][0].update(confidence="high"),
    ),
    "two claims": (
        lambda t: cell(t, "p1")["claims"].append("One"),
        lambda t: cell(t, "p1")["claims"].insert(0, "Two"),
    ),
    "lanes in another order, and a new cell": (
        lambda t: t["lanes"].reverse(),
        lambda t: t["lanes"][0]["cells"].append({"id": "c2", "step": "order"}),
    ),
    "removed here, something else there": (
        lambda t: t["lanes"].pop(0),
        lambda t: cell(t, "p1").update(word="angry"),
    ),
    "a task, and its opportunity": (
        lambda t: t["opportunities"][0]["solutions"][0]["tasks"].append({"id": "tell", "title": "Tell"}),
        lambda t: t["opportunities"][0].update(effort=2),
    ),
}


@pytest.mark.parametrize(("one", "other"), INDEPENDENT.values(), ids=INDEPENDENT)
def test_changes_that_have_nothing_to_do_with_each_other_are_both_kept(one: Change, other: Change) -> None:
    there, back = merged(one, other), merged(other, one)
    assert read_map(there) == read_map(back)
    for change, left in ((one, other), (other, one)):
        told = {str(each) for each in differences(phone(), phone(change))}
        rest = {str(each) for each in differences(phone(left), there)}
        assert {each[:2] for each in rest} == {each[:2] for each in told}


CONTRADICTING: dict[str, tuple[Change, Change, str]] = {
    "name": (
        lambda t: step(t, "search").update(name="A"),
        lambda t: step(t, "search").update(name="B"),
        'step search: name: ours is "A", theirs is "B" (it was "I look for a phone")',
    ),
    "field that is new on both sides": (
        lambda t: step(t, "search").update(summary="A"),
        lambda t: step(t, "search").update(summary="B"),
        'step search: summary: ours is "A", theirs is "B" (it was nothing)',
    ),
    "moved to two places": (
        lambda t: t["phases"].append({"id": "p", "name": "P", "steps": [t["phases"][0]["steps"].pop(1)]}),
        lambda t: t["phases"][1]["steps"].append(t["phases"][0]["steps"].pop(1)),
        'step compare: place: ours is "phase p", theirs is "phase buy" (it was "phase consider")',
    ),
    "removed here, changed there": (
        lambda t: t["lanes"].pop(0),
        lambda t: cell(t, "c1").update(word="curious"),
        'lane does: ours is "removed", theirs is "changed" (it was "actions")',
    ),
    "removed here, something new in it there": (
        lambda t: t["lanes"].pop(0),
        lambda t: t["lanes"][0]["cells"].append({"id": "c2", "step": "order"}),
        'lane does: ours is "removed", theirs is "changed" (it was "actions")',
    ),
    "claim in two other words": (
        lambda t: cell(t, "p1")["claims"].__setitem__(1, "It takes a week"),
        lambda t: cell(t, "p1")["claims"].__setitem__(1, "It takes a year"),
        'cell p1: claims "It takes long": ours is "It takes a week", theirs is "It takes a year" (it was "It takes long")',
    ),
    "one lane to two places": (
        lambda t: t["lanes"].insert(0, t["lanes"].pop()),
        lambda t: t["lanes"].insert(1, t["lanes"].pop()),
        "map: order of lanes: ours is [lane doors, lane does, lane hurts], theirs is [lane does, lane doors, lane hurts]"
        " (it was [lane does, lane hurts, lane doors])",
    ),
}


@pytest.mark.parametrize(("ours", "theirs", "told"), CONTRADICTING.values(), ids=CONTRADICTING)
def test_what_both_changed_is_named_with_both_values(ours: Change, theirs: Change, told: str) -> None:
    found = merge(phone(), phone(ours), phone(theirs))
    assert found.document is None
    assert [str(each) for each in found.conflicts] == [told]


def test_the_comments_of_ours_stay_and_those_of_new_things_come_along() -> None:
    theirs = Document(
        phone().text.replace(
            "      - id: receive",
            "      # they pay\n      - id: pay # by card\n        name: I pay\n      - id: receive",
        )
    )
    found = merge(phone(), phone(lambda t: t.update(title="I get a phone")), theirs).document
    assert found is not None
    assert found.text == theirs.text.replace("title: I buy a phone", "title: I get a phone")


def test_a_cell_at_a_step_that_the_other_side_removed_is_told() -> None:
    def remove(tree: Any) -> None:
        tree["phases"][0]["steps"].pop(1)

    def add(tree: Any) -> None:
        tree["lanes"][0]["cells"].append({"id": "c2", "step": "compare"})

    with pytest.raises(InputError, match="there is no step 'compare'"):
        merge(phone(), phone(remove), phone(add))


def test_json_stays_json() -> None:
    base, ours, theirs = (
        new_document(phone(change).tree, syntax="json") for change in (None, *INDEPENDENT["two steps"])
    )
    found = merge(base, ours, theirs).document
    assert found is not None
    assert found.text == new_document(found.tree, syntax="json").text
    assert [each.name for each in read_map(found).steps] == ["A", "I compare", "B", "I get it"]


LETTERS = "abcdef"


@given(st.permutations(LETTERS), st.permutations(LETTERS), st.sets(st.sampled_from(LETTERS)), st.integers(0, 6))
def test_orders_are_merged_alike_from_both_sides(one: list[str], other: list[str], gone: set[str], place: int) -> None:
    one = [each for each in one if each not in gone]
    other.insert(place, "x")
    found = merge_order(LETTERS, one, other)
    assert found == merge_order(LETTERS, other, one)
    assert found is None or sorted(found) == sorted({*one, *other})


@given(st.permutations(LETTERS), st.integers(0, 6))
def test_an_order_that_only_one_side_changed_is_taken(order: list[str], place: int) -> None:
    order.insert(place, "x")
    assert merge_order(LETTERS, LETTERS, order) == order
    assert merge_order(LETTERS, order, LETTERS) == order
