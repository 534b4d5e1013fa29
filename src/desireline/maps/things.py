"""A document as the things that have an id: phases, steps, lanes, cells … each with its fields, and where it belongs."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from desireline.maps.document import Document
from desireline.maps.yaml_editing import same

Key = tuple[str, str]
"""The kind of a thing and its id; of a solution or task, the ids of what holds it stand before, with slashes."""
Tree = Mapping[str, Any]

LISTS: dict[str, dict[str, str]] = {
    "map": {
        "personas": "persona",
        "metrics": "metric",
        "opportunities": "opportunity",
        "phases": "phase",
        "lanes": "lane",
    },
    "phase": {"steps": "step"},
    "lane": {"cells": "cell"},
    "opportunity": {"solutions": "solution"},
    "solution": {"tasks": "task"},
}
"""By kind of thing: its fields that list things, and what those are."""
_WITHIN_OTHERS = frozenset({"solution", "task"})
_LABELS = ("text", "metric", "name", "id")
"""What an entry that has no id is known by, such as the text of a claim."""


@dataclass(frozen=True, slots=True)
class Thing:
    """One thing of a document.

    Attributes
    ----------
    parent
        What holds it; ``None`` of the document itself.
    fields
        What it says, without the lists of things in it.
    lists
        By field: the keys of the things in it, in their order.
    layout
        The names of all its fields, in their order.
    is_reference
        It is only named: a persona that another document describes.
    """

    key: Key
    ident: str
    parent: Key | None
    fields: Tree
    lists: Mapping[str, tuple[Key, ...]]
    layout: tuple[str, ...]
    is_reference: bool = False

    @property
    def kind(self) -> str:
        """Phase, step, lane, cell …; of the document its own kind."""
        return self.key[0]

    @property
    def name(self) -> str:
        """What it is called; "" where it has no name."""
        said = (
            self.fields.get("name") or self.fields.get("title") or self.fields.get("label") or self.fields.get("role")
        )
        return str(said or "")


def things_of(document: Document) -> dict[Key, Thing]:
    """The things of a document that the schema accepts, each after what holds it; the first is the document."""
    found: dict[Key, Thing] = {}
    root = (document.kind, "")
    _collect(document.tree, root, None, document.id, found)
    return found


def tree_of(things: Mapping[Key, Thing], key: Key) -> Any:
    """What a thing and all that it holds says, as plain values."""
    thing = things[key]
    if thing.is_reference:
        return thing.ident
    said: dict[str, Any] = {}
    for name in thing.layout:
        if name in thing.lists:
            said[name] = [tree_of(things, each) for each in thing.lists[name]]
        elif name in thing.fields:
            said[name] = thing.fields[name]
    return said


def label_of(entry: Any) -> str:
    """What an entry without an id is known by: the text of a claim, the name of a touchpoint, the source of evidence."""
    if isinstance(entry, str):
        return entry
    if isinstance(entry, Mapping):
        for name in _LABELS:
            if isinstance(entry.get(name), str):
                return str(entry[name])
        if "kind" in entry:
            return ", ".join(str(entry[name]) for name in ("kind", "source", "quote") if entry.get(name))
    return json.dumps(entry, ensure_ascii=False, sort_keys=True)


def as_fields(entry: Any, others: Sequence[Any]) -> Any:
    """An entry that is only a text, as the fields that it is short for: ``The price is late`` is ``{text: The price is late}``."""
    if not isinstance(entry, str):
        return entry
    for each in others:
        if isinstance(each, Mapping):
            return {next((name for name in _LABELS if isinstance(each.get(name), str)), "text"): entry}
    return entry


def matched_entries(base: Sequence[Any], side: Sequence[Any]) -> list[int | None]:
    """For each entry of ``side`` the place of the entry of ``base`` that it is; ``None``: it is new.

    First those that say the same are matched, then those with the same label; what is left between the same neighbours is taken
    for changed in place.
    """
    found: list[int | None] = [None] * len(side)
    left = set(range(len(base)))
    for named in (_written, label_of):
        places: dict[str, list[int]] = {}
        for place in sorted(left):
            places.setdefault(named(base[place]), []).append(place)
        for number, entry in enumerate(side):
            if found[number] is None and (free := places.get(named(entry))):
                found[number] = free.pop(0)
        left -= {place for place in found if place is not None}
    before: int | None = -1
    for number, entry in enumerate(side):
        if found[number] is None and before is not None and before + 1 in left and _may_be_one(base[before + 1], entry):
            found[number] = before + 1
        before = found[number]
    return found


def unmoved(base: Sequence[Any], side: Sequence[Any]) -> set[Any]:
    """Those that both have and that keep their order: a longest increasing run, the one with the earliest ends.

    Grows with n log n (Fredman 1975).
    """
    from bisect import bisect_left

    places = {each: number for number, each in enumerate(base)}
    common = [each for each in side if each in places]
    ends: list[int] = []
    last: list[int] = []
    before: list[int] = []
    for number, each in enumerate(common):
        length = bisect_left(ends, places[each])
        before.append(last[length - 1] if length else -1)
        ends[length : length + 1] = [places[each]]
        last[length : length + 1] = [number]
    found: set[Any] = set()
    at = last[-1] if last else -1
    while at >= 0:
        found.add(common[at])
        at = before[at]
    return found


def _written(entry: Any) -> str:
    return json.dumps({"text": entry} if isinstance(entry, str) else entry, ensure_ascii=False)


def _may_be_one(one: Any, other: Any) -> bool:
    """Whether an entry may be the other, changed: both are texts or claims, not whole other kinds of things."""
    return isinstance(one, str | Mapping) and isinstance(other, str | Mapping)


def _collect(said: Any, key: Key, parent: Key | None, ident: str, found: dict[Key, Thing]) -> None:
    if not isinstance(said, Mapping):
        found[key] = Thing(key, ident, parent, {}, {}, (), is_reference=True)
        return
    kinds = {name: kind for name, kind in LISTS.get(key[0], {}).items() if isinstance(said.get(name), list)}
    keys = {name: tuple(_keys(said[name], kind, key)) for name, kind in kinds.items()}
    fields = {name: value for name, value in said.items() if name not in kinds}
    found[key] = Thing(key, ident, parent, fields, keys, tuple(said))
    for name in kinds:
        for entry, each in zip(said[name], keys[name], strict=True):
            _collect(entry, each, key, _ident(entry), found)


def _keys(entries: list[Any], kind: str, parent: Key) -> Iterator[Key]:
    for entry in entries:
        yield kind, f"{parent[1]}/{_ident(entry)}" if kind in _WITHIN_OTHERS else _ident(entry)


def _ident(entry: Any) -> str:
    return str(entry["id"]) if isinstance(entry, Mapping) else str(entry)


__all__ = [
    "LISTS",
    "Key",
    "Thing",
    "Tree",
    "as_fields",
    "label_of",
    "matched_entries",
    "same",
    "things_of",
    "tree_of",
    "unmoved",
]
