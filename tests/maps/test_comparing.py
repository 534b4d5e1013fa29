"""Differences speak of phases, steps, lanes, cells and claims."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desireline.base import InputError
from desireline.maps import Document, new_document
from desireline.maps.comparing import Change, differences
from desireline.maps.things import Thing, as_fields, things_of

from .random_maps import map_trees, sensible_change, written_by_hand
from .samples import cell, phone, step


def move_step(tree: Any) -> None:
    tree["phases"][1]["steps"].insert(1, tree["phases"][0]["steps"].pop(1))


def edit(place: Any, **values: Any) -> None:
    place.update(values)


CASES: dict[str, tuple[Callable[[Any], None], list[str]]] = {
    "title": (lambda t: edit(t, title="I get one"), ['~ map buy-a-phone: "I buy a phone" is now "I get one"']),
    "field within": (
        lambda t: edit(t["owner"], department="Care"),
        ['~ map buy-a-phone "I buy a phone": owner.department: "Sales" → "Care"'],
    ),
    "list of words": (lambda t: edit(t, tags=["a", "b"]), ['~ map buy-a-phone "I buy a phone": tags: nothing → a, b']),
    "step renamed": (
        lambda t: edit(step(t, "search"), name="I search"),
        ['~ step search: "I look for a phone" is now "I search"'],
    ),
    "step moved": (
        move_step,
        ['> step compare "I compare": from phase consider, after search to phase buy, after order'],
    ),
    "step added": (
        lambda t: t["phases"][1]["steps"].append({"id": "tell", "name": "I tell others"}),
        ['+ step tell "I tell others" in phase buy, after receive'],
    ),
    "cell removed": (
        lambda t: t["lanes"][0]["cells"].clear(),
        ['- cell c1 "actions at I look for a phone" in lane does'],
    ),
    "lanes in another order": (
        lambda t: t["lanes"].insert(0, t["lanes"].pop()),
        ['> lane doors "touchpoints": from after hurts to first'],
    ),
    "binding": (
        lambda t: edit(step(t, "search")["binding"], count="once"),
        ['~ step search "I look for a phone": binding.count: nothing → "once"'],
    ),
    "claim added": (
        lambda t: cell(t, "p1")["claims"].append("It is heavy"),
        ['+ claim "It is heavy" in cell p1'],
    ),
    "claim changed": (
        lambda t: edit(cell(t, "p1")["claims"][0], confidence="high"),
        ['~ claim "The price is said late" in cell p1: confidence: "medium" → "high"'],
    ),
    "claim said in other words": (
        lambda t: cell(t, "p1")["claims"].__setitem__(1, "It takes a week"),
        ['~ claim "It takes long" in cell p1: text: "It takes long" → "It takes a week"'],
    ),
    "claim with more to it": (
        lambda t: cell(t, "p1")["claims"].__setitem__(1, {"text": "It takes long", "confidence": "low"}),
        ['~ claim "It takes long" in cell p1: confidence: nothing → "low"'],
    ),
    "claims in another order": (
        lambda t: cell(t, "p1")["claims"].reverse(),
        ['> claim "It takes long": from place 2 to place 1'],
    ),
    "evidence": (
        lambda t: edit(cell(t, "p1")["claims"][0]["evidence"][0], n=12),
        ['~ evidence "interview, Study 12" in claim "The price is said late": n: 8 → 12'],
    ),
    "touchpoint": (
        lambda t: cell(t, "t1")["touchpoints"].append({"name": "Shop"}),
        ['+ touchpoint "Shop" in cell t1'],
    ),
    "task": (
        lambda t: t["opportunities"][0]["solutions"][0]["tasks"].clear(),
        ['- task print-it "Print it" in solution price-tag'],
    ),
    "truth value": (
        lambda t: edit(step(t, "compare"), optional=False),
        ['~ step compare "I compare": optional: yes → no'],
    ),
}


@pytest.mark.parametrize(("change", "told"), CASES.values(), ids=CASES)
def test_a_change_is_told_in_words_of_the_map(change: Callable[[Any], None], told: list[str]) -> None:
    assert [str(each) for each in differences(phone(), phone(change))] == told


@given(map_trees(), st.integers(0, 2**32))
def test_a_document_is_not_different_from_itself_however_it_is_written(tree: dict[str, Any], seed: int) -> None:
    assert differences(new_document(tree), Document(written_by_hand(tree, seed))) == []


@given(map_trees(), st.integers(0, 2**32))
def test_what_is_different_is_the_same_from_both_sides(tree: dict[str, Any], seed: int) -> None:
    before = new_document(tree)
    after = before.changed(sensible_change(seed, "new"))
    assert Counter(map(_turned, differences(before, after))) == Counter(map(_kept, differences(after, before)))


@given(map_trees(), st.integers(0, 2**32))
def test_what_is_told_makes_one_document_of_the_other(tree: dict[str, Any], seed: int) -> None:
    before = new_document(tree)
    after = before.changed(sensible_change(seed, "new"))
    assert _applied(before, differences(before, after)) == _outline(things_of(after))


def test_documents_of_two_kinds_are_refused() -> None:
    metric = new_document({"desireline": "metric/1", "id": "m", "name": "M", "kind": "nps"})
    with pytest.raises(InputError, match=r"documents of one kind, got a map \(phone.yaml\) and a metric"):
        differences(phone(), metric)


def test_a_broken_document_is_told_with_all_its_problems() -> None:
    with pytest.raises(InputError, match="role"):
        differences(phone(), Document(phone().text.replace("role: pains", "role: pain")))


def _turned(change: Change) -> tuple[str, ...]:
    action = {"added": "removed", "removed": "added"}.get(change.action, change.action)
    return _told(action, change, change.after, change.before)


def _kept(change: Change) -> tuple[str, ...]:
    return _told(change.action, change, change.before, change.after)


def _told(action: str, change: Change, before: Any, after: Any) -> tuple[str, ...]:
    """Of two things that changed places, either may be the one that moved."""
    if action == "moved":
        return (action, change.what)
    values = (before, after) if action in ("changed", "renamed") else ()
    return (action, change.what, change.id, change.field, *map(repr, values))


Outline = dict[tuple[str, str], tuple[str, dict[str, Any], Counter[str]]]
"""By kind and id: what holds it, its fields, and the texts of its claims in any order."""


def _outline(things: dict[tuple[str, str], Thing]) -> Outline:
    found: Outline = {}
    for key, thing in things.items():
        parent = f"{thing.parent[0]} {things[thing.parent].ident}" if thing.parent and thing.parent[1] else ""
        found[key[0], thing.ident] = _thing(parent, thing.fields)
    return found


def _thing(parent: str, said: Mapping[str, Any]) -> tuple[str, dict[str, Any], Counter[str]]:
    fields = {name: value for name, value in said.items() if name != "claims"}
    claims = Counter(str(as_fields(each, [{"text": ""}])["text"]) for each in said.get("claims", []))
    return parent, fields, claims


def _applied(before: Document, changes: list[Change]) -> Outline:
    """A slow and obvious way to do what is told."""
    found = _outline(things_of(before))
    for each in changes:
        key = (each.what, each.id)
        if each.what == "evidence":
            continue
        if each.what == "claim":
            _apply_to_claims(found["cell", each.id][2], each)
        elif each.action == "added":
            found[key] = _thing(each.place, each.after)
        elif each.action == "removed":
            del found[key]
        elif each.action == "moved":
            found[key] = (each.place, *found[key][1:])
        elif each.after is None:
            del found[key][1][each.field]
        else:
            found[key][1][each.field] = each.after
    return found


def _apply_to_claims(claims: Counter[str], change: Change) -> None:
    if change.action == "added":
        claims[change.name] += 1
    elif change.action == "removed":
        claims[change.name] -= 1
    elif change.field == "text":
        claims[change.before] -= 1
        claims[change.after] += 1
    for text in [text for text, count in claims.items() if not count]:
        del claims[text]
