"""Differences between two documents told by names, for people who never see an id."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any, cast

from desireline.base import joined, phrase
from desireline.maps.comparing import Change, differences, holder_of, is_entry, stands_behind
from desireline.maps.document import Document, Kind
from desireline.maps.library import EMPTY_LIBRARY, Library
from desireline.maps.model import LANE_LABELS
from desireline.maps.things import Key, Thing, things_of

_NAMED_IN = {
    "next": "step",
    "until": "step",
    "step": "step",
    "persona": "persona",
    "opportunities": "opportunity",
    "metrics": "metric",
    "kpi": "metric",
    "map": "map",
    "parent.map": "map",
    "future": "map",
}
"""Fields that name things by their ids, and what kind those are."""
_SHARED = frozenset({"map", "persona", "metric", "opportunity"})
"""What has a document of its own, or may have one."""


def named_differences(before: Document, after: Document, library: Library = EMPTY_LIBRARY) -> list[Change]:
    """What was changed from one document to another, as :func:`desireline.maps.comparing.differences`, told by names.

    ``place`` is what holds a thing, of one that was moved where it stands now; a cell is called by its lane and its step.

    Parameters
    ----------
    library
        Where the documents are that they only name.

    Raises
    ------
    InputError
        One of them breaks its schema, or they are of different kinds.
    """
    found = differences(before, after)
    naming = _Naming(things_of(before), things_of(after), library)
    return [naming.told(each) for each in found]


class _Naming:
    def __init__(self, old: Mapping[Key, Thing], new: Mapping[Key, Thing], library: Library) -> None:
        self.old = old
        self.new = new
        self.library = library
        self.keys = {(key[0], thing.ident): key for key, thing in (*old.items(), *new.items())}

    def told(self, change: Change) -> Change:
        key = self.keys.get((change.what, change.id))
        if is_entry(change):
            return self._entry(change)
        if key is None or not key[1]:
            return self._with_values(change)
        if change.action == "moved":
            spots = (self._spot(self.old, key), self._spot(self.new, key))
            return replace(change, name=self.name(key), place=spots[1], before=spots[0], after=spots[1])
        return self._with_values(replace(change, name=self.name(key), place=self._holder(self.new, key)))

    def name(self, key: Key) -> str:
        """What a thing is called: as it is now, else as it was."""
        thing = self.new.get(key) or self.old.get(key)
        if thing is None or thing.is_reference:
            return self._shared_name(*key)
        if thing.kind == "lane":
            return str(thing.fields.get("label") or "") or LANE_LABELS[thing.fields["role"]]
        if thing.kind == "cell" and thing.parent is not None:
            step = self.name(("step", str(thing.fields.get("step"))))
            return phrase("{lane} at “{step}”", lane=self.name(thing.parent), step=step)
        return thing.name or thing.ident

    def _entry(self, change: Change) -> Change:
        """A claim, a touchpoint …, told with what it belongs to."""
        holder = next(self._owners(change), None)
        name = self.name(("metric", change.name)) if change.what == "metric" else change.name
        return self._with_values(replace(change, name=name, place="" if holder is None else self.name(holder)))

    def _owners(self, change: Change) -> Iterator[Key]:
        """What an entry may belong to: its place says the kind, or it belongs to another entry."""
        kind = change.place.partition(" ")[0]
        kinds = (kind,) if (kind, change.id) in self.keys else ("cell", "step", "persona", "metric", "opportunity")
        yield from (self.keys[each, change.id] for each in kinds if (each, change.id) in self.keys)

    def _with_values(self, change: Change) -> Change:
        kind = _NAMED_IN.get(change.field)
        if change.action != "changed" or kind is None:
            return change
        return replace(change, before=self._values(kind, change.before), after=self._values(kind, change.after))

    def _values(self, kind: str, said: Any) -> Any:
        if isinstance(said, Sequence) and not isinstance(said, str):
            return [self._values(kind, each) for each in said]
        return self.name((kind, said)) if isinstance(said, str) else said

    def _shared_name(self, kind: str, ident: str) -> str:
        found = self.library.find(cast("Kind", kind), ident) if kind in _SHARED else None
        return ident if found is None else str(found.tree.get("name") or found.tree.get("title") or ident)

    def _holder(self, things: Mapping[Key, Thing], key: Key) -> str:
        holder = holder_of(things if key in things else self.old, key)
        return "" if holder is None else self.name(holder)

    def _spot(self, things: Mapping[Key, Thing], key: Key) -> str:
        behind = stands_behind(things, key)
        spot = phrase("as the first") if behind is None else phrase("after “{name}”", name=self.name(behind))
        holder = self._holder(things, key)
        return joined((holder, spot), ", ") if holder else spot
