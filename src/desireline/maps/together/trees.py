"""The tree of a map in a shared document, and back."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from pycrdt import Doc, Map

from desireline.maps.things import matched_entries, unmoved
from desireline.maps.together.living import Living
from desireline.maps.together.ordering import place_between
from desireline.maps.together.shape import (
    AT,
    FIELDS,
    GONE,
    KINDS,
    LISTS,
    NAMED_ONLY,
    ROOT,
    SHORT,
    WITHOUT_IDS,
    stored_name,
    tree_name,
)

Tree = dict[str, Any]
EXACT = 2**53
"""Up to here a number of JavaScript is a whole number exactly."""
SharedDoc = Doc[Map[Any]]


def new_doc(doc: SharedDoc | None = None) -> SharedDoc:
    """A shared document with nothing in it; ``doc``: one that has not even that."""
    doc = Doc() if doc is None else doc
    for kind in (ROOT, *KINDS):
        doc.get(kind, type=Map)
    return doc


def tree_of_doc(doc: SharedDoc) -> Tree:
    """What a shared document says, as the tree of a map; what points at steps that are gone is left out."""
    root = {name: _plain(value) for name, value in _said(doc, ROOT).items()}
    living = Living(_things(doc))
    return _Reader(living).tree(root)


def become(doc: SharedDoc, tree: Mapping[str, Any]) -> None:
    """Make a shared document say what a tree says, changing as little of it as possible.

    Parameters
    ----------
    tree
        One that the schema accepts.
    """
    with doc.transaction():
        _Writer(doc).write(tree)


def split_lists(doc: SharedDoc) -> bool:
    """Make things of entries that a list holds as a plain value, as shared documents had solutions before; whether there were some."""
    held = (
        LISTS.get(kind, {}).get(name) and said
        for kind, things in _things(doc).items()
        for each in things.values()
        for name, said in each.items()
    )
    if not any(held):
        return False
    become(doc, tree_of_doc(doc))
    return True


class _Reader:
    def __init__(self, living: Living) -> None:
        self.living = living
        phases = living.children("phases")
        self.steps = [step for phase in phases for step in living.children("steps", phase)]
        self.places = {step: number for number, step in enumerate(self.steps)}

    def tree(self, root: Mapping[str, Any]) -> Tree:
        fields = {name: value for key, value in root.items() if (name := tree_name(key)) is not None}
        return self._with_lists(ROOT, "", fields)

    def thing(self, kind: str, ident: str) -> Any:
        said = self.living.things[kind][ident]
        fields = {name: value for key, value in said.items() if (name := tree_name(key)) is not None}
        if kind not in WITHOUT_IDS:
            fields["id"] = ident
        if kind == "steps":
            self._mend_next(fields)
        if kind == "cells":
            self._mend_until(fields)
        found = self._with_lists(kind, ident, fields)
        if said.get(SHORT) is True and len(found) == 1:
            return next(iter(found.values()))
        return found

    def _with_lists(self, kind: str, ident: str, fields: Tree) -> Tree:
        for name, inner in LISTS.get(kind, {}).items():
            children = [self.thing(inner, child) for child in self.living.children(inner, ident)]
            if children or fields.get(name) == []:
                fields[name] = children
        return in_order(kind, fields)

    def _mend_next(self, fields: Tree) -> None:
        named = fields.get("next")
        if isinstance(named, list) and named:
            fields["next"] = [step for step in named if step in self.places]
            if not fields["next"]:
                del fields["next"]

    def _mend_until(self, fields: Tree) -> None:
        last = fields.get("until")
        if last is not None and self.places.get(last, -1) < self.places.get(fields.get("step", ""), 0):
            del fields["until"]


class _Writer:
    def __init__(self, doc: SharedDoc) -> None:
        self.doc = doc
        self.maps = {kind: doc.get(kind, type=Map) for kind in (ROOT, *KINDS)}
        self.things = _things(doc)
        self.before = Living(self.things)
        self.kept: dict[str, set[str]] = {kind: set() for kind in KINDS}

    def write(self, tree: Mapping[str, Any]) -> None:
        stored = _said(self.doc, ROOT)
        self._write_fields(ROOT, "", stored, _stored(ROOT, tree))
        self._write_lists(ROOT, "", tree)
        self._remove_others()

    def _write_lists(self, kind: str, ident: str, fields: Mapping[str, Any]) -> None:
        for name, inner in LISTS.get(kind, {}).items():
            self._write_list(inner, ident, fields.get(name, []))

    def _write_list(self, kind: str, holder: str, entries: Sequence[Any]) -> None:
        idents = self._idents(kind, holder, entries)
        here = self.before.children(kind, holder)
        stays = unmoved(here, idents)
        after = [ident for ident in idents if ident in stays]
        before: str | None = None
        for ident, entry in zip(idents, entries, strict=True):
            if after and after[0] == ident:
                after.pop(0)
                place = self.things[kind][ident][AT][1]
            else:
                place = place_between(before, self.things[kind][after[0]][AT][1] if after else None)
            self._write_thing(kind, ident, [holder, place], entry)
            before = place

    def _idents(self, kind: str, holder: str, entries: Sequence[Any]) -> list[str]:
        if kind not in WITHOUT_IDS:
            return [str(each["id"]) if isinstance(each, Mapping) else str(each) for each in entries]
        here = self.before.children(kind, holder)
        reader = _Reader(self.before)
        matched = matched_entries([reader.thing(kind, ident) for ident in here], entries)
        return [here[place] if place is not None else self._fresh(kind, holder) for place in matched]

    def _fresh(self, kind: str, holder: str) -> str:
        known = self.things[kind]
        number = 1
        while f"{holder}.{number}" in known or f"{holder}.{number}" in self.kept[kind]:
            number += 1
        ident = f"{holder}.{number}"
        self.kept[kind].add(ident)
        return ident

    def _write_thing(self, kind: str, ident: str, at: list[str], entry: Any) -> None:
        self.kept[kind].add(ident)
        wanted: Tree = {AT: at, **_stored(kind, entry)}
        self._write_fields(kind, f"{ident}/", self.things[kind].get(ident, {}), wanted)
        self._write_lists(kind, ident, entry if isinstance(entry, Mapping) else {})

    def _write_fields(self, kind: str, prefix: str, stored: Mapping[str, Any], wanted: Mapping[str, Any]) -> None:
        shared = self.maps[kind]
        for name, value in wanted.items():
            if name not in stored or not _alike(_plain(stored[name]), value):
                shared[f"{prefix}{name}"] = value
        for name in stored:
            if name not in wanted:
                del shared[f"{prefix}{name}"]

    def _remove_others(self) -> None:
        while True:
            living = Living(_things(self.doc))
            others = [
                (kind, ident)
                for kind in KINDS
                for ident in living.things[kind]
                if ident not in self.kept[kind] and living.is_there(kind, ident)
            ]
            if not others:
                return
            for kind, ident in others:
                self.maps[kind][f"{ident}/{GONE}"] = living.seen(kind, ident)


def in_order(kind: str, fields: Mapping[str, Any]) -> Tree:
    """Fields in the order in which they are usually written."""
    known = FIELDS[kind]
    rank = {name: number for number, name in enumerate(known)}
    return {name: fields[name] for name in sorted(fields, key=lambda name: (rank.get(name, len(known)), name))}


def _stored(kind: str, entry: Any) -> Tree:
    """What is stored of an entry of the tree, without its id and what it lists."""
    if not isinstance(entry, Mapping):
        return {SHORT: True} if kind in NAMED_ONLY else {SHORT: True, "text": entry}
    lists = LISTS.get(kind, {})
    skipped = ("id",) if kind != ROOT and kind not in WITHOUT_IDS else ()
    return {stored_name(name): [] if name in lists else value for name, value in entry.items() if name not in skipped}


def _things(doc: SharedDoc) -> dict[str, dict[str, Tree]]:
    found: dict[str, dict[str, Tree]] = {}
    for kind in KINDS:
        things = found.setdefault(kind, {})
        for key, value in _said(doc, kind).items():
            ident, slash, name = key.partition("/")
            if slash:
                things.setdefault(ident, {})[name] = _plain(value)
    return found


def _said(doc: SharedDoc, kind: str) -> Tree:
    return doc.get(kind, type=Map).to_py() or {}


def _plain(value: Any) -> Any:
    """Whole numbers as such: a shared document knows only one kind of number."""
    if isinstance(value, float) and value.is_integer() and abs(value) <= EXACT:
        return int(value)
    if isinstance(value, list):
        return [_plain(each) for each in value]
    if isinstance(value, Mapping):
        return {key: _plain(each) for key, each in value.items()}
    return value


def _alike(one: Any, other: Any) -> bool:
    """Whether two values say the same; the order of fields does not matter, true is not 1."""
    if isinstance(one, Mapping) and isinstance(other, Mapping):
        return one.keys() == other.keys() and all(_alike(one[key], other[key]) for key in one)
    if isinstance(one, list) and isinstance(other, list):
        return len(one) == len(other) and all(map(_alike, one, other))
    return bool(one == other) and isinstance(one, bool) == isinstance(other, bool)


def assigned(old: Any, new: Any) -> Any:
    """What ``new`` says, in the values of ``old`` where they say the same, and with its order of fields.

    For :meth:`desireline.maps.Document.changed`, where order and comments hang on the values that stay.
    """
    if _alike(old, new):
        return old
    if isinstance(old, dict) and isinstance(new, Mapping):
        for name in [name for name in old if name not in new]:
            del old[name]
        for name, value in new.items():
            old[name] = assigned(old[name], value) if name in old else value
        return old
    if isinstance(old, list) and isinstance(new, list):
        old[:] = _assigned_entries(list(old), new)
        return old
    return new


def _assigned_entries(old: list[Any], new: list[Any]) -> Iterator[Any]:
    by_ident = {each["id"]: each for each in old if isinstance(each, Mapping) and "id" in each}
    if by_ident or any(isinstance(each, Mapping) and "id" in each for each in new):
        for each in new:
            known = by_ident.get(each.get("id")) if isinstance(each, Mapping) else None
            yield each if known is None else assigned(known, each)
        return
    for each, place in zip(new, matched_entries(old, new), strict=True):
        yield each if place is None else assigned(old[place], each)


__all__ = ["SharedDoc", "assigned", "become", "in_order", "new_doc", "split_lists", "tree_of_doc"]
